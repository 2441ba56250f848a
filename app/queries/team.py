"""Who has which role in a consultation, who was asked, and the page behind the link of a letter. Never an address."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from app import clock
from app.errors import NotFound, Refusal
from app.models.consultations import Consultation, Membership, Role, StakeholderGroup
from app.models.invitations import Invitation
from app.queries.consultations import Frame
from app.queries.people import Viewer
from app.rules.consultations import REVIEWING_ROLES, TEAM
from app.rules.readiness import ELIGIBLE_REVIEWERS
from app.rules.team import INVITED_TO, why_not_accept, why_not_invite, why_not_take_back, works


class Asked(StrEnum):
    """Where an invitation stands."""

    SENT = "sent"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class TeamMember:
    """Somebody with a role."""

    membership: Membership
    group: StakeholderGroup | None
    mine: bool
    why_not_take_back: Refusal | None


@dataclass(frozen=True, slots=True)
class InvitationLine:
    """An invitation as the chair sees it. The address is not among what is read."""

    id: int
    name: str
    role: Role
    created_at: datetime
    expires_at: datetime
    state: Asked


@dataclass(frozen=True, slots=True)
class TeamPage:
    """The team of a consultation."""

    frame: Frame
    members: tuple[TeamMember, ...]
    invitations: tuple[InvitationLine, ...]
    roles: tuple[Role, ...]
    why_not_invite: Refusal | None

    @property
    def reviewers_missing(self) -> int:
        """How many more people have to be able to review before it can open."""
        reviewing = sum(member.membership.role in REVIEWING_ROLES for member in self.members)
        return max(ELIGIBLE_REVIEWERS - reviewing, 0)


@dataclass(frozen=True, slots=True)
class InvitationPage:
    """What somebody sees who follows the link of a letter; the frame is that of the consultation, prepared or not."""

    frame: Frame
    invitation_id: int
    role: Role
    why_not_accept: Refusal | None


def team(session: Session, frame: Frame) -> TeamPage:
    """Everybody with a role, and everybody who was asked. Two statements."""
    assert frame.membership is not None
    found = _members(session, frame.consultation.id)
    members = tuple(
        TeamMember(
            membership,
            group=frame.group_of(membership.group_id),
            mine=membership.id == frame.membership_id,
            why_not_take_back=why_not_take_back(frame.consultation, frame.membership, membership, found),
        )
        for membership in found
    )
    roles = tuple(role for role in INVITED_TO if _may_give(frame, role))
    why_not = why_not_invite(frame.membership, Role.MODERATOR, groups=len(frame.groups))
    return TeamPage(frame, members, _invitations(session, frame), roles, why_not)


def invitation_page(session: Session, viewer: Viewer, token_hash: str) -> InvitationPage:
    """The page behind the link of a letter.

    Raises:
        NotFound: the link is unknown, was used or withdrawn, or is too old.
    """
    at = clock.now()
    row = session.execute(
        select(Invitation, Consultation, Membership)
        .join(Consultation, Consultation.id == Invitation.consultation_id)
        .outerjoin(
            Membership,
            and_(Membership.consultation_id == Consultation.id, Membership.account_id == viewer.owner_id),
        )
        .where(Invitation.token_hash == token_hash)
    ).one_or_none()
    if row is None or not works(row[0], at):
        raise NotFound
    invitation, consultation, membership = row
    groups = select(StakeholderGroup).where(StakeholderGroup.consultation_id == consultation.id)
    frame = Frame(
        consultation=consultation,
        phases=(),
        groups=tuple(session.scalars(groups.order_by(StakeholderGroup.rank))),
        viewer=viewer,
        membership=membership,
        at=at,
    )
    why_not = why_not_accept(membership, _members(session, consultation.id), invitation.role)
    return InvitationPage(frame, invitation.id, invitation.role, why_not)


def _may_give(frame: Frame, role: Role) -> bool:
    assert frame.membership is not None
    refusal = why_not_invite(frame.membership, role, groups=len(frame.groups))
    return refusal is None or refusal.code == "no_groups"


def _members(session: Session, consultation_id: int) -> list[Membership]:
    here = select(Membership).where(Membership.consultation_id == consultation_id, Membership.role.in_(TEAM))
    return list(session.scalars(here.order_by(Membership.joined_at, Membership.id)))


def _invitations(session: Session, frame: Frame) -> tuple[InvitationLine, ...]:
    rows = session.execute(
        select(
            Invitation.id,
            Invitation.name,
            Invitation.role,
            Invitation.created_at,
            Invitation.expires_at,
            Invitation.accepted_at,
            Invitation.withdrawn_at,
        )
        .where(Invitation.consultation_id == frame.consultation.id)
        .order_by(Invitation.id.desc())
    )
    return tuple(
        InvitationLine(number, name, role, created, expires, _state(expires, accepted, withdrawn, frame.at))
        for number, name, role, created, expires, accepted, withdrawn in rows
    )


def _state(expires: datetime, accepted: datetime | None, withdrawn: datetime | None, at: datetime) -> Asked:
    if accepted is not None:
        return Asked.ACCEPTED
    if withdrawn is not None:
        return Asked.WITHDRAWN
    return Asked.SENT if at < expires else Asked.EXPIRED
