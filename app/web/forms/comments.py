"""The forms of a discussion."""

from flask import request
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, IntegerField, RadioField, SelectField, TextAreaField
from wtforms.validators import Optional

from app.language import _
from app.models.comments import Stance
from app.models.standards import StandardVersion
from app.rules.words import STANCES
from app.web.forms import offer


class CommentForm(FlaskForm):
    """A comment or a reply."""

    stance = RadioField(_("Your comment"), choices=offer(STANCES.items()), default=Stance.NEUTRAL.value)
    clause = SelectField(_("About"), choices=offer([("", _("The whole standard"))]), validate_choice=False, default="")
    body = TextAreaField(_("Text"))
    proposed_change = TextAreaField(_("The wording that you suggest"))
    wording_only = BooleanField(_("Only wording, the meaning stays"))
    lived = BooleanField(_("I, or people close to me, lived through this"))
    reply_to = HiddenField()

    @property
    def asks_for_preview(self) -> bool:
        """Whether the button that was pressed only wants to see the text as readers will."""
        return request.form.get("do") == "preview"

    def about(self, version: StandardVersion) -> "CommentForm":
        """Offer the clauses of this version."""
        numbered = [(clause["number"], _("Clause %(number)s", number=clause["number"])) for clause in version.clauses]
        self.clause.choices = offer([("", _("The whole standard")), *numbered])
        return self


class EditForm(FlaskForm):
    """A changed text; `revision` is the one that was read."""

    body = TextAreaField(_("Your text"))
    proposed_change = TextAreaField(_("The wording that you suggest"))
    revision = IntegerField(validators=[Optional()])
