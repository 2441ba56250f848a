"""The form of the authority's response."""

from flask_wtf import FlaskForm
from wtforms import DateField, RadioField, TextAreaField
from wtforms.validators import Optional

from app.errors import Invalid
from app.language import _
from app.models.outcomes import Response
from app.rules.words import RESPONSES
from app.web.forms import offer


class ResponseForm(FlaskForm):
    """What the authority says to a standard, what it promises by when, and later what it did."""

    response = RadioField(_("What the authority says"), choices=offer(RESPONSES.items()), validate_choice=False)
    text = TextAreaField(_("The response, with its reasons"))
    promised_on = DateField(_("Something is done by"), validators=[Optional()])
    done = TextAreaField(_("What was done"))
    done_on = DateField(_("Done on"), validators=[Optional()])

    def check_days(self) -> None:
        """Do nothing when both days are days.

        Raises:
            Invalid: one of them cannot be read as one.
        """
        for field in (self.promised_on, self.done_on):
            typed = (field.raw_data or [""])[0]
            if typed.strip() and field.data is None:
                raise Invalid(field.name, _("Enter a day such as 2026-12-31."))


def filled(given: Response | None) -> ResponseForm:
    """The form with what was published before, if anything was."""
    if given is None:
        return ResponseForm(None)
    return ResponseForm(
        None,
        response=given.kind.value,
        text=given.text,
        promised_on=given.promised_on,
        done=given.done,
        done_on=given.done_on,
    )
