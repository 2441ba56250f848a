"""Who may be asked to do what in a consultation, and what may not be taken back."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from app.errors import CONFLICT, Refusal
from app.language import Message, _
from app.models.consultations import Consultation, ConsultationState, Membership, Role
from app.models.invitations import Invitation
from app.rules.consultations import CHAIRING_ROLES, REVIEWING_ROLES
from app.rules.readiness import ELIGIBLE_REVIEWERS

INVITED_TO = (Role.MODERATOR, Role.DEPUTY, Role.POLICYMAKER, Role.CHAIR)
WORKS = timedelta(days=14)
DUTIES: Mapping[str, Message] = {
    Role.MODERATOR: _("Reads what is sent, and decides with reasons."),
    Role.DEPUTY: _("Does everything that the chair does, and decides where the chair's own decision is in question."),
    Role.POLICYMAKER: _("Reads the results, and publishes the answer of the authority."),
    Role.CHAIR: _("Leads the consultation: settings, phases, answers to objections, outcomes."),
}


def why_not_invite(by: Membership, role: Role, *, groups: int) -> Refusal | None:
    """The chair and deputies invite, once there are groups to speak from; a further chair is invited by a chair."""
    if by.role not in CHAIRING_ROLES:
        return Refusal("not_chair", _("Only the chair and the deputies of this consultation can do this."))
    if role not in INVITED_TO:
        return Refusal("no_such_role", _("Choose what this person is to do."))
    if not groups:
        sentence = _("Add the stakeholder groups under Set-up first: whoever joins says from which one they speak.")
        return Refusal("no_groups", sentence, CONFLICT)
    if role == Role.CHAIR and by.role != Role.CHAIR:
        return Refusal("chair_alone", _("Only a chair can make somebody else a chair, or take that role back."))
    return None


def why_not_withdraw_invitation(invitation: Invitation) -> Refusal | None:
    """What was accepted or withdrawn is over."""
    if invitation.accepted_at is not None:
        sentence = _("This invitation was accepted in the meantime. Take the role back instead.")
        return Refusal("invitation_accepted", sentence, CONFLICT)
    if invitation.withdrawn_at is not None:
        return Refusal("invitation_withdrawn", _("This invitation is withdrawn already."), CONFLICT)
    return None


def works(invitation: Invitation, at: datetime) -> bool:
    """Whether a link can still be used."""
    return invitation.accepted_at is None and invitation.withdrawn_at is None and at < invitation.expires_at


def why_not_accept(membership: Membership | None, team: Sequence[Membership], role: Role) -> Refusal | None:
    """Nobody gets a role twice, and the last chair stays one."""
    if membership is None:
        return None
    if membership.role == role:
        return Refusal("has_role", _("You have this role in this consultation already."), CONFLICT)
    return _why_not_lose(membership, team, role)


def why_not_take_back(
    consultation: Consultation, by: Membership, membership: Membership, team: Sequence[Membership]
) -> Refusal | None:
    """A consultation keeps a chair, and while it is open two people who may review."""
    if by.role not in CHAIRING_ROLES:
        return Refusal("not_chair", _("Only the chair and the deputies of this consultation can do this."))
    if membership.role == Role.PARTICIPANT:
        return Refusal("no_role", _("This person takes part without a role."), CONFLICT)
    if membership.role == Role.CHAIR and by.role != Role.CHAIR:
        return Refusal("chair_alone", _("Only a chair can make somebody else a chair, or take that role back."))
    if refusal := _why_not_lose(membership, team, Role.PARTICIPANT):
        return refusal
    left = [one for one in team if one.role in REVIEWING_ROLES and one.id != membership.id]
    reviews = membership.role in REVIEWING_ROLES
    if reviews and consultation.state == ConsultationState.OPEN and len(left) < ELIGIBLE_REVIEWERS:
        sentence = _("Two people have to be able to review while the consultation is open. Invite another one first.")
        return Refusal("too_few_reviewers", sentence, CONFLICT)
    return None


def _why_not_lose(membership: Membership, team: Sequence[Membership], role: Role) -> Refusal | None:
    chairs = [one for one in team if one.role == Role.CHAIR and one.id != membership.id]
    if membership.role == Role.CHAIR and role != Role.CHAIR and not chairs:
        sentence = _("A consultation needs a chair. Make somebody else a chair first.")
        return Refusal("last_chair", sentence, CONFLICT)
    return None
