"""Asking people by mail to take on a role in a consultation, and taking roles back."""

import secrets

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import clock
from app.actions import consultations
from app.actions.people import normal_email, token_hash
from app.errors import Invalid, NotFound, require
from app.events import InvitationWithdrawn, MemberInvited, RoleGiven, record
from app.language import _
from app.models.consultations import Consultation, Identity, Membership, Role, StakeholderGroup
from app.models.invitations import Invitation
from app.models.people import Account
from app.rules.consultations import TEAM, why_not_chair
from app.rules.team import (
    WORKS,
    why_not_accept,
    why_not_invite,
    why_not_take_back,
    why_not_withdraw_invitation,
    works,
)

LONGEST_NAME = 120


def invite(
    session: Session,
    consultation: Consultation,
    *,
    by: Membership,
    role: Role,
    name: str,
    email: str,
    language: str = "",
) -> Invitation:
    """Ask somebody to take on a role; a letter with a link follows. The address is kept until it is written.

    Raises:
        Refused: not the chair, or not a role that can be given.
        Invalid: no name, or no address.
    """
    consultations.lock(session, consultation)
    here = select(func.count()).select_from(StakeholderGroup)
    groups = session.scalar(here.where(StakeholderGroup.consultation_id == consultation.id)) or 0
    require(why_not_invite(by, role, groups=groups))
    address = normal_email(email)
    if not name:
        raise Invalid("name", _("Enter a name by which you recognise this invitation."))
    if len(name) > LONGEST_NAME:
        raise Invalid("name", _("Shorten this to %(most)s characters.", most=LONGEST_NAME))
    now = clock.now()
    invitation = Invitation(
        consultation_id=consultation.id,
        role=role,
        name=name,
        email=address,
        language=language,
        invited_by_id=by.id,
        created_at=now,
        expires_at=now + WORKS,
    )
    session.add(invitation)
    session.flush()
    record(session, MemberInvited(consultation_id=consultation.id, role=role.value, invitation_id=invitation.id))
    return invitation


def seal(session: Session, invitation: Invitation) -> str:
    """The token for the letter; from now on the address is forgotten and only a hash of the token is stored."""
    token = secrets.token_urlsafe(32)
    invitation.token_hash, invitation.email = token_hash(token), None
    session.flush()
    return token


def withdraw(session: Session, consultation: Consultation, invitation: Invitation, *, by: Membership) -> None:
    """Take an invitation back; its link stops working.

    Raises:
        Refused: not the chair, accepted already, or withdrawn already.
    """
    consultations.lock(session, consultation)
    session.refresh(invitation)
    require(why_not_chair(by) or why_not_withdraw_invitation(invitation))
    invitation.withdrawn_at, invitation.email = clock.now(), None
    record(
        session,
        InvitationWithdrawn(consultation_id=consultation.id, role=invitation.role.value, invitation_id=invitation.id),
    )


def accept(
    session: Session,
    consultation: Consultation,
    invitation: Invitation,
    *,
    account: Account,
    display_name: str = "",
    group_key: str = "",
    identity: Identity = Identity.PSEUDONYM,
    organisation: str = "",
) -> Membership:
    """Take on the role: as the member that one is, else as a new one who speaks from a group.

    Raises:
        NotFound: the link was used, withdrawn, or is too old.
        Refused: one has this role, or is the last chair.
        Invalid: the group does not exist here, or the name is taken by somebody else.
    """
    consultations.lock(session, consultation)
    session.refresh(invitation)
    if not works(invitation, clock.now()):
        raise NotFound
    mine = select(Membership).where(Membership.consultation_id == consultation.id, Membership.account_id == account.id)
    membership = session.scalars(mine).one_or_none()
    require(why_not_accept(membership, team_of(session, consultation), invitation.role))
    if membership is None:
        membership = consultations.enrol(
            session,
            consultation,
            account=account,
            display_name=display_name,
            group_key=group_key,
            identity=identity,
            organisation=organisation,
        )
    invitation.accepted_at = clock.now()
    _give(session, consultation, membership, invitation.role)
    return membership


def take_back(session: Session, consultation: Consultation, membership: Membership, *, by: Membership) -> None:
    """Take a role back; the person goes on as a participant.

    Raises:
        Refused: not the chair, the last chair, or too few would be left to review.
    """
    consultations.lock(session, consultation)
    session.refresh(by)
    session.refresh(membership)
    require(why_not_take_back(consultation, by, membership, team_of(session, consultation)))
    _give(session, consultation, membership, Role.PARTICIPANT)


def find(session: Session, consultation_id: int, invitation_id: int) -> Invitation:
    """An invitation of this consultation.

    Raises:
        NotFound: there is none with this number here.
    """
    invitation = session.get(Invitation, invitation_id)
    if invitation is None or invitation.consultation_id != consultation_id:
        raise NotFound
    return invitation


def team_of(session: Session, consultation: Consultation) -> list[Membership]:
    """Everybody with a role in a consultation, read anew."""
    here = select(Membership).where(Membership.consultation_id == consultation.id, Membership.role.in_(TEAM))
    ordered = here.order_by(Membership.joined_at, Membership.id).execution_options(populate_existing=True)
    return list(session.scalars(ordered))


def _give(session: Session, consultation: Consultation, membership: Membership, role: Role) -> None:
    membership.role = role
    record(session, RoleGiven(consultation_id=consultation.id, membership_id=membership.id, role=role.value))
