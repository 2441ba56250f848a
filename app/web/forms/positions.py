"""The form of a position."""

from flask_wtf import FlaskForm
from wtforms import IntegerField, RadioField, StringField, TextAreaField
from wtforms.validators import Optional

from app.language import _
from app.rules.words import CHOICES
from app.web.forms import offer


class PositionForm(FlaskForm):
    """Where somebody stands; `version` is the text that was read."""

    position = RadioField(_("Your position"), choices=offer(CHOICES.items()), validate_choice=False)
    reason = TextAreaField(_("Your reason"))
    would_change = StringField(_("What would change your mind?"))
    version = IntegerField(validators=[Optional()])
