"""The forms of amendments: proposing one, taking a position on it, adopting and declining it."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, RadioField, TextAreaField
from wtforms.validators import Optional

from app.language import _
from app.rules.words import CHOICES
from app.web.forms import offer
from app.web.forms.versions import ClassForm


class AmendmentForm(ClassForm):
    """Another wording for a clause; `version` is the text that was read."""

    clause = HiddenField()
    text = TextAreaField(_("The wording that you propose"))
    reason = TextAreaField(_("Why"))
    version = IntegerField(validators=[Optional()])


class AdoptForm(ClassForm):
    """What is adopted; `version` is the text that it was compared with."""

    text = TextAreaField(_("The wording that is adopted"))
    reason = TextAreaField(_("Your reason, if you want to give one"))
    version = IntegerField(validators=[Optional()])


class DeclineForm(FlaskForm):
    """Why an amendment is declined."""

    reason = TextAreaField(_("Your reason"))


class AmendmentPositionForm(FlaskForm):
    """Where somebody stands on an amendment."""

    position = RadioField(_("Your position on this amendment"), choices=offer(CHOICES.items()), validate_choice=False)
