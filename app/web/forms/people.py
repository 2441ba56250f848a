"""The forms of accounts."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import EmailField, HiddenField, PasswordField, RadioField, SelectField, StringField
from wtforms.validators import DataRequired

from app import text
from app.language import LANGUAGES, _, available
from app.web.forms import at_most, offer
from app.web.forms.consultations import LONGEST_NAME, JoinForm, consent

EMAIL_NEEDED = _("Enter an e-mail address, such as name@example.org")


def languages() -> list[Any]:
    """The languages that the pages can speak."""
    return offer([("", _("As my browser")), *((code, LANGUAGES[code]) for code in available())])


class JoinSiteForm(JoinForm):
    """A new account, and the first consultation to take part in."""

    email = EmailField(_("E-mail address"), validators=[DataRequired(EMAIL_NEEDED)])
    password = PasswordField(_("Password"), validators=[DataRequired(_("Choose a password."))])
    consent = consent()
    consultation = HiddenField()


class SignInForm(FlaskForm):
    """Address and password."""

    email = EmailField(_("E-mail address"), validators=[DataRequired(EMAIL_NEEDED)])
    password = PasswordField(_("Password"), validators=[DataRequired(_("Enter your password."))])
    next = HiddenField()


class AskResetForm(FlaskForm):
    """Where to send a link for a new password."""

    email = EmailField(_("E-mail address"), validators=[DataRequired(EMAIL_NEEDED)])


class NewPasswordForm(FlaskForm):
    """A new password, after a mailed link."""

    password = PasswordField(_("New password"), validators=[DataRequired(_("Choose a password."))])


class ChangePasswordForm(FlaskForm):
    """A new password for somebody who knows the old one."""

    current = PasswordField(_("Current password"), validators=[DataRequired(_("Enter your current password."))])
    password = PasswordField(_("New password"), validators=[DataRequired(_("Choose a password."))])


class NameForm(FlaskForm):
    """How one is greeted, in which language, light or dark."""

    display_name = StringField(
        _("Name"),
        filters=[lambda value: text.clean_line(value or "")],
        validators=[
            DataRequired(_("Enter a name. It can be a pseudonym.")),
            at_most(LONGEST_NAME),
        ],
    )
    language = SelectField(_("Language"), choices=languages, validate_choice=False)
    appearance = RadioField(
        _("Appearance"),
        choices=offer([("auto", _("As my device")), ("light", _("Light")), ("dark", _("Dark"))]),
        default="auto",
        validate_choice=False,
    )
