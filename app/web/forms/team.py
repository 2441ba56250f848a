"""The forms of inviting somebody, and of accepting."""

from flask_wtf import FlaskForm
from wtforms import EmailField, RadioField, SelectField, StringField

from app import text
from app.language import LANGUAGES, _
from app.models.consultations import Role
from app.queries.team import TeamPage
from app.rules.team import INVITED_TO
from app.rules.words import ROLES
from app.web.forms import offer


class InviteForm(FlaskForm):
    """Whom to ask, and what for."""

    role = RadioField(_("What this person is to do"), validate_choice=False, default=Role.MODERATOR.value)
    name = StringField(_("Name"), filters=[lambda value: text.clean_line(value or "")])
    email = EmailField(_("E-mail address"))
    language = SelectField(_("Language of the letter"), choices=offer(LANGUAGES.items()), validate_choice=False)

    def offering(self, page: TeamPage) -> "InviteForm":
        """Offer the roles that this viewer may give."""
        self.role.choices = offer((role.value, ROLES[role]) for role in page.roles)
        return self

    def chosen_role(self) -> Role:
        """The role that was chosen; one that nobody can be invited to where there is no such role."""
        return Role(self.role.data) if self.role.data in set(INVITED_TO) else Role.PARTICIPANT
