"""The form of a decision."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, RadioField, SelectField, TextAreaField
from wtforms.validators import Optional

from app.language import _
from app.models.contributions import READABLE, State
from app.models.moderation import Action
from app.rules.words import ACTIONS, REASONS
from app.web.forms import offer

OFFERED = (Action.PUBLISH, Action.NOTE, Action.RETURN)


class DecisionForm(FlaskForm):
    """What is decided, why, and what the author is told; `revision` is the text that was read."""

    action = RadioField(_("The least restrictive one that works"), validate_choice=False)
    reason = SelectField(
        _("Reason"), choices=offer([("", _("No reason needed")), *REASONS.items()]), validate_choice=False
    )
    explanation = TextAreaField(_("Statement to the author"))
    gist = TextAreaField(_("The gist that is published"))
    redactions = HiddenField()
    revision = IntegerField(validators=[Optional()])

    def offering(self, state: State, *, change_waits: bool) -> "DecisionForm":
        """Offer what fits: what everybody reads can be hidden, and what nobody has read, a change too, declined."""
        removing = [Action.HIDE] if state in READABLE else []
        declining = [Action.DECLINE] if state not in READABLE or change_waits else []
        self.action.choices = offer((action.value, ACTIONS[action]) for action in (*OFFERED, *declining, *removing))
        return self
