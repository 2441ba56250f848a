"""The form of a position."""

from collections.abc import Sequence

from flask_wtf import FlaskForm
from wtforms import IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional

from app.language import _
from app.rules.words import CHOICES
from app.web.forms import offer


class PositionForm(FlaskForm):
    """Where somebody stands; `version` is the text that was read."""

    position = RadioField(_("Your position"), choices=offer(CHOICES.items()), validate_choice=False)
    reason = TextAreaField(_("Your reason"))
    would_change = StringField(_("What would change your mind?"))
    clause = SelectField(_("The clause that it is about"), id="reason-clause", validate_choice=False, default="")
    version = IntegerField(validators=[Optional()])

    def about(self, changed: Sequence[str]) -> "PositionForm":
        """Offer the clauses that a second round is about."""
        numbered = [(number, _("Clause %(number)s", number=number)) for number in changed]
        self.clause.choices = offer([("", _("None")), *numbered])
        return self
