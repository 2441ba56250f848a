"""The form of an outcome."""

from flask_wtf import FlaskForm
from wtforms import RadioField, TextAreaField

from app.language import _
from app.rules.words import OUTCOMES
from app.web.forms import offer


class OutcomeForm(FlaskForm):
    """What becomes of a standard, and why."""

    outcome = RadioField(_("What becomes of it"), choices=offer(OUTCOMES.items()), validate_choice=False)
    reasons = TextAreaField(_("Your reasons"))
