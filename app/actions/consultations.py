"""Setting up consultations, opening and closing them, and joining them."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app import clock
from app.actions import blockers, passwords
from app.actions.texts import checked
from app.errors import Invalid, NotFound, Refusal, require
from app.events import ConsultationClosed, ConsultationCreated, ConsultationOpened, MemberJoined, RoleGiven, record
from app.language import _
from app.models.consultations import (
    Consultation,
    ConsultationState,
    Identity,
    Membership,
    Phase,
    PhaseKind,
    Role,
    StakeholderGroup,
)
from app.models.people import Account
from app.rules.consultations import CHAIRING_ROLES, REVIEWING_ROLES, why_not_close, why_not_join
from app.rules.groups import NewGroup
from app.rules.phasing import problems_of_phases, spans_of
from app.rules.readiness import Preparation, why_not_open
from app.rules.settings import LONGEST_REASON


@dataclass(frozen=True, slots=True)
class NewPhase:
    """A phase to be set up."""

    kind: PhaseKind
    opens_at: datetime
    closes_at: datetime


def create(
    session: Session, consultation: Consultation, *, groups: Sequence[NewGroup] = (), phases: Sequence[NewPhase] = ()
) -> Consultation:
    """Store a consultation with its groups and phases.

    Raises:
        Invalid: the address is taken, or a phase ends before it begins.
    """
    if session.scalar(select(Consultation.id).where(Consultation.slug == consultation.slug)) is not None:
        raise Invalid("slug", _("There is already a consultation at this address. Choose another one."))
    if any(phase.closes_at <= phase.opens_at for phase in phases):
        raise Invalid("phases", _("A phase has to close after it opens."))
    consultation.created_at = clock.now()
    session.add(consultation)
    session.flush()
    for rank, group in enumerate(groups, start=1):
        session.add(
            StakeholderGroup(
                consultation_id=consultation.id,
                key=group.key,
                name=group.name,
                description=group.description,
                family=group.family,
                rank=rank,
                directly_affected=group.directly_affected,
            )
        )
    for phase in phases:
        session.add(
            Phase(consultation_id=consultation.id, kind=phase.kind, opens_at=phase.opens_at, closes_at=phase.closes_at)
        )
    session.flush()
    record(
        session, ConsultationCreated(consultation_id=consultation.id, slug=consultation.slug, title=consultation.title)
    )
    return consultation


def lock(session: Session, consultation: Consultation) -> None:
    """Make writers of one consultation take turns, and let every cached page of it grow old; rows are read anew."""
    session.execute(
        update(Consultation).where(Consultation.id == consultation.id).values(revision=Consultation.revision + 1),
        execution_options={"synchronize_session": False},
    )
    session.refresh(consultation)


def open_for_all(session: Session, consultation: Consultation) -> None:
    """Open a consultation.

    Raises:
        Refused: it is not a draft, or something is left to prepare.
    """
    lock(session, consultation)
    require(why_not_open(consultation, preparation(session, consultation), at=clock.now()))
    consultation.state = ConsultationState.OPEN
    consultation.opens_at, consultation.opens_itself = clock.now(), False
    record(session, ConsultationOpened(consultation_id=consultation.id, slug=consultation.slug))


def preparation(session: Session, consultation: Consultation) -> Preparation:
    """What has been prepared for opening. Three statements."""
    reviewing = select(func.count()).select_from(Membership)
    here = (Membership.consultation_id == consultation.id, Membership.role.in_(REVIEWING_ROLES))
    of_group = select(StakeholderGroup.directly_affected).where(StakeholderGroup.consultation_id == consultation.id)
    affected = session.scalars(of_group).all()
    phases = phases_of(session, consultation)
    return Preparation(
        reviewers=session.scalar(reviewing.where(*here)) or 0,
        groups=len(affected),
        affected_groups=sum(affected),
        phases=len(phases),
        phases_in_order=not problems_of_phases(spans_of(phases)),
    )


def close(session: Session, consultation: Consultation, *, reason: str = "", at: datetime | None = None) -> None:
    """Close a consultation now, or as of the announced moment `at`.

    Raises:
        Refused: it is not open, or an objection still waits for its answer.
        Invalid: the reason is too long.
    """
    lock(session, consultation)
    require(why_not_close(consultation, unanswered=sorted(blockers.unanswered(session, consultation.id))))
    reason = checked(reason, field="reason", needed=False, longest=LONGEST_REASON)
    consultation.state = ConsultationState.CLOSED
    consultation.closes_at, consultation.closed_why = at or clock.now(), reason
    record(session, ConsultationClosed(consultation_id=consultation.id, slug=consultation.slug, reason=reason))


def join(
    session: Session,
    consultation: Consultation,
    *,
    account: Account,
    display_name: str,
    group_key: str,
    identity: Identity = Identity.PSEUDONYM,
    organisation: str = "",
    invitation_code: str = "",
) -> Membership:
    """Take part in a consultation, speaking from one of its groups.

    Raises:
        Refused: it is closed, joined already or needs an invitation.
        Invalid: the group does not exist here, or the name is taken by somebody else.
    """
    lock(session, consultation)
    existing = session.scalars(
        select(Membership).where(Membership.consultation_id == consultation.id, Membership.account_id == account.id)
    ).one_or_none()
    invited = bool(invitation_code) and passwords.fits(consultation.invitation_hash, invitation_code)
    require(why_not_join(consultation, existing, invited=invited))
    return enrol(
        session,
        consultation,
        account=account,
        display_name=display_name,
        group_key=group_key,
        identity=identity,
        organisation=organisation,
    )


def enrol(
    session: Session,
    consultation: Consultation,
    *,
    account: Account,
    display_name: str,
    group_key: str,
    identity: Identity,
    organisation: str = "",
) -> Membership:
    """Write down that somebody takes part, once it is settled that they may; the consultation is locked.

    Raises:
        Invalid: the group does not exist here, or the name is taken by somebody else.
    """
    group = _group(session, consultation, group_key)
    membership = Membership(
        consultation_id=consultation.id,
        account_id=account.id,
        group_id=group.id,
        identity=Identity.NAMED if organisation else identity,
        display_name=organisation or display_name,
        name_key=_free_name(session, consultation, organisation or display_name),
        organisation=organisation or None,
        joined_at=clock.now(),
        counted_from=account.proved_at,
    )
    session.add(membership)
    session.flush()
    record(session, MemberJoined(consultation_id=consultation.id, membership_id=membership.id, group=group.key))
    return membership


def rename(session: Session, consultation: Consultation, membership: Membership, *, display_name: str) -> None:
    """Appear under another name in one consultation.

    Raises:
        Invalid: somebody else has it.
    """
    lock(session, consultation)
    membership.name_key = _free_name(session, consultation, display_name, but=membership.id)
    membership.display_name = display_name
    session.flush()


def give_role(session: Session, consultation: Consultation, membership: Membership, *, role: Role) -> None:
    """Make a member moderator, chair, policymaker or participant of the consultation."""
    lock(session, consultation)
    membership.role = role
    record(session, RoleGiven(consultation_id=consultation.id, membership_id=membership.id, role=role.value))


def phases_of(session: Session, consultation: Consultation) -> list[Phase]:
    """The phases of a consultation in the order in which they open, read anew: whoever locks sees what others did."""
    wanted = select(Phase).where(Phase.consultation_id == consultation.id).execution_options(populate_existing=True)
    return list(session.scalars(wanted.order_by(Phase.opens_at, Phase.id)))


def get(session: Session, slug: str) -> Consultation:
    """The consultation at an address, for writing.

    Raises:
        NotFound: there is none.
    """
    consultation = session.scalars(select(Consultation).where(Consultation.slug == slug)).one_or_none()
    if consultation is None:
        raise NotFound
    return consultation


def chair_of(session: Session, consultation: Consultation) -> Membership:
    """Whoever leads a consultation: its chair, else its first deputy.

    Raises:
        Refused: nobody does.
    """
    leading = select(Membership).where(
        Membership.consultation_id == consultation.id, Membership.role.in_(CHAIRING_ROLES)
    )
    found = session.scalars(leading.order_by(Membership.role != Role.CHAIR, Membership.id).limit(1)).first()
    if found is None:
        require(Refusal("no_chair", _("This consultation has no chair yet. Give somebody that role first.")))
    assert found is not None
    return found


def _group(session: Session, consultation: Consultation, key: str) -> StakeholderGroup:
    wanted = select(StakeholderGroup).where(
        StakeholderGroup.consultation_id == consultation.id, StakeholderGroup.key == key
    )
    group = session.scalars(wanted).one_or_none()
    if group is None:
        raise Invalid("stakeholder_group", _("Choose the group that you speak from. The one that fits best is enough."))
    return group


def name_key(name: str) -> str:
    """What makes two names the same name to a reader: case, width and spacing aside."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _free_name(session: Session, consultation: Consultation, name: str, *, but: int | None = None) -> str:
    key = name_key(name)
    taken = session.scalar(
        select(Membership.id).where(Membership.consultation_id == consultation.id, Membership.name_key == key)
    )
    if taken is not None and taken != but:
        raise Invalid("display_name", _("Somebody in this consultation already uses this name. Choose another one."))
    return key
