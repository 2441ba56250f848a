"""The form of joining one consultation."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, StringField
from wtforms.validators import DataRequired

from app import text
from app.language import _
from app.models.consultations import Identity
from app.queries.consultations import Frame
from app.web.forms import at_most, offer

LONGEST_NAME = 60
IDENTITY_CHOICES = [
    (Identity.PSEUDONYM.value, _("Under a pseudonym")),
    (Identity.NAMED.value, _("Under my name")),
    (Identity.CONFIDENTIAL.value, _("Confidentially")),
]


def consent() -> BooleanField:
    """The last tick of a join form."""
    return BooleanField(
        _("What I submit may be published under the name above and stay in the record of the consultation"),
        validators=[DataRequired(_("Agree to publication, or read along without joining."))],
    )


class JoinForm(FlaskForm):
    """From where somebody speaks, and how they appear."""

    identity = RadioField(_("How you appear"), choices=offer(IDENTITY_CHOICES), default=Identity.PSEUDONYM.value)
    display_name = StringField(
        _("Name or pseudonym"),
        filters=[lambda value: text.clean_line(value or "")],
        validators=[
            DataRequired(_("Enter the name or pseudonym under which you appear.")),
            at_most(LONGEST_NAME),
        ],
    )
    stakeholder_group = RadioField(
        _("Where you speak from"),
        validators=[DataRequired(_("Choose the group that you speak from. The one that fits best is enough."))],
        validate_choice=False,
    )
    organisation = StringField(
        _("Organisation, if you speak for one"),
        filters=[lambda value: text.clean_line(value or "")],
        validators=[at_most(LONGEST_NAME)],
    )
    invitation_code = StringField(_("Invitation code"), filters=[lambda value: text.clean_line(value or "")])
    consent = consent()

    def offering(self, frame: Frame) -> "JoinForm":
        """Offer the groups of this consultation."""
        self.stakeholder_group.choices = offer((group.key, group.name) for group in frame.groups)
        return self
