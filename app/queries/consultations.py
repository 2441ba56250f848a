"""Consultations: the frame of every page in one, the list, and the overview."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ScalarSelect, and_, func, select
from sqlalchemy.orm import Session

from app import clock
from app.errors import NotFound, Refusal
from app.models.consultations import Consultation, ConsultationState, Membership, Phase, StakeholderGroup
from app.models.standards import Standard
from app.queries.people import Viewer
from app.queries.visibility import consultation_visible
from app.queries.voices import voices_of
from app.rules.consultations import begun, running, why_not_join
from app.rules.disclosure import BalanceNotice, balance
from app.rules.local_time import zone
from app.rules.phases import phases_of
from app.rules.phasing import ahead
from app.rules.positions import TAKING_POSITIONS
from app.rules.standards import why_not_propose
from app.rules.withholding import Tables


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page in a consultation rests on: it, its phases and groups, and who the viewer is in it.

    `earlier` are the tables of a summary, whose hidden groups the next one hides as well.
    """

    consultation: Consultation
    phases: tuple[Phase, ...]
    groups: tuple[StakeholderGroup, ...]
    viewer: Viewer
    membership: Membership | None
    at: datetime
    last_move_ended: datetime | None = None
    earlier: Tables = field(default_factory=dict)

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which its times are shown."""
        return zone(self.consultation.time_zone)

    @property
    def closed(self) -> bool:
        """Whether everything that was said is in."""
        return self.consultation.state in (ConsultationState.CLOSED, ConsultationState.RESPONDED)

    @property
    def membership_id(self) -> int | None:
        """The viewer's membership here, if any."""
        return self.membership.id if self.membership else None

    def group_of(self, group_id: int | None) -> StakeholderGroup | None:
        """The stakeholder group with this id."""
        return next((group for group in self.groups if group.id == group_id), None)


@dataclass(frozen=True, slots=True)
class PhaseLine:
    """A phase on the timeline."""

    phase: Phase
    done: bool
    now: bool


@dataclass(frozen=True, slots=True)
class Seat:
    """A stakeholder group at the table: how many voices, or open while it is not yet heard."""

    key: str
    name: str
    description: str
    family: str
    directly_affected: bool
    heard: bool
    shown: bool
    size: int


@dataclass(frozen=True, slots=True)
class Heard:
    """Who has been heard in a consultation."""

    seats: tuple[Seat, ...]
    people: int
    organisations: int
    balance: tuple[tuple[str, BalanceNotice[str]], ...]

    @property
    def not_yet_heard(self) -> tuple[Seat, ...]:
        """The groups with fewer voices than the consultation asks for."""
        return tuple(seat for seat in self.seats if not seat.heard)


def frame(session: Session, slug: str, viewer: Viewer) -> Frame:
    """The frame of a page in the consultation at `slug`. Two statements.

    Raises:
        NotFound: there is none, or it is being prepared by others.
    """
    at = clock.now()
    rows = session.execute(
        select(Consultation, Membership, Phase, _last_move_ended(at))
        .outerjoin(
            Membership,
            and_(Membership.consultation_id == Consultation.id, Membership.account_id == viewer.owner_id),
        )
        .outerjoin(Phase, Phase.consultation_id == Consultation.id)
        .where(Consultation.slug == slug, consultation_visible(administrator=viewer.administrator))
        .order_by(Phase.opens_at, Phase.id)
    ).all()
    if not rows:
        raise NotFound
    consultation, membership, _first_phase, last_move_ended = rows[0]
    phases: list[Phase | None] = [row[2] for row in rows]
    groups = select(StakeholderGroup).where(StakeholderGroup.consultation_id == consultation.id)
    return Frame(
        consultation=consultation,
        phases=tuple(phase for phase in phases if phase is not None),
        groups=tuple(session.scalars(groups.order_by(StakeholderGroup.rank))),
        viewer=viewer,
        membership=membership,
        at=at,
        last_move_ended=last_move_ended,
    )


def _last_move_ended(at: datetime) -> ScalarSelect[datetime | None]:
    """When the last standard that was moved by itself came to the end of its phase: pages differ from then on."""
    ended = select(func.max(Standard.moved_until)).where(Standard.moved_until <= at)
    return ended.where(Standard.consultation_id == Consultation.id).correlate(Consultation).scalar_subquery()


@dataclass(frozen=True, slots=True)
class Moved:
    """Where the chair moved one standard: ahead of the others or behind them, with a timeline of its own."""

    ahead: bool
    lines: tuple[PhaseLine, ...]


def moved(frame: Frame, standard: Standard) -> Moved | None:
    """Where a standard was moved, or None where it is among the others."""
    if standard.moved_to is None:
        return None
    own = sorted(phases_of(frame.consultation, standard, frame.phases), key=lambda phase: phase.opens_at)
    return Moved(ahead(frame.phases, standard.moved_to, frame.at), _lines(frame, own))


def timeline(frame: Frame) -> tuple[PhaseLine, ...]:
    """The phases in order, with what is over and what runs."""
    return _lines(frame, frame.phases)


def _lines(frame: Frame, phases: Sequence[Phase]) -> tuple[PhaseLine, ...]:
    over = frame.closed
    return tuple(
        PhaseLine(
            phase,
            done=over or phase.closes_at <= frame.at,
            now=not over and running([phase], phase.kind, frame.at) is not None,
        )
        for phase in phases
    )


def heard(session: Session, frame: Frame) -> Heard:
    """Who has been heard: voices by group, those not yet heard, and whether one group outweighs the rest.

    A voice is a person with a current position or a published contribution; organisations are counted apart.
    """
    voices = voices_of(session, frame.consultation, frame.earlier)
    seats = tuple(
        Seat(
            key=group.key,
            name=group.name,
            description=group.description,
            family=group.family,
            directly_affected=group.directly_affected,
            heard=voices.groups[group.key] >= frame.consultation.minimum_group,
            shown=group.key in voices.shown,
            size=voices.groups[group.key] if group.key in voices.shown else 0,
        )
        for group in frame.groups
    )
    return Heard(seats, voices.people, voices.organisations, _balance(frame, seats))


def _balance(frame: Frame, seats: Sequence[Seat]) -> tuple[tuple[str, BalanceNotice[str]], ...]:
    """The groups that outweigh the others, by name, among those whose size may be shown."""
    names = {seat.key: seat.name for seat in seats}
    weights = {seat.key: seat.size for seat in seats if seat.shown}
    notices = balance(weights, frame.consultation.minimum_group) if weights else ()
    return tuple((names[notice.key], notice) for notice in notices)


@dataclass(frozen=True, slots=True)
class HomePage:
    """Consultations by where they stand, and the one that the front page shows."""

    open: tuple[Consultation, ...]
    coming: tuple[Consultation, ...]
    closed: tuple[Consultation, ...]


def home(session: Session, viewer: Viewer) -> HomePage:
    """All consultations that this viewer may see."""
    rows = session.scalars(
        select(Consultation)
        .outerjoin(
            Membership,
            and_(Membership.consultation_id == Consultation.id, Membership.account_id == viewer.owner_id),
        )
        .where(consultation_visible(administrator=viewer.administrator))
        .order_by(Consultation.closes_at, Consultation.id)
    ).all()
    return HomePage(
        open=_in_state(rows, ConsultationState.OPEN),
        coming=_in_state(rows, ConsultationState.DRAFT),
        closed=(*_in_state(rows, ConsultationState.CLOSED), *_in_state(rows, ConsultationState.RESPONDED)),
    )


def joinable(session: Session, viewer: Viewer, slug: str | None = None) -> Frame:
    """The consultation that somebody new joins: the one named, else the open one that closes first.

    Raises:
        NotFound: no consultation is open.
    """
    if slug is not None:
        return frame(session, slug, viewer)
    found = home(session, viewer).open
    if not found:
        raise NotFound
    return frame(session, found[0].slug, viewer)


def why_not_join_now(frame: Frame) -> Refusal | None:
    """Why this viewer cannot join, an invitation aside."""
    return why_not_join(frame.consultation, frame.membership, invited=True)


def why_not_propose_now(frame: Frame) -> Refusal | None:
    """Why this viewer cannot propose a standard now."""
    return why_not_propose(frame.consultation, frame.phases, frame.membership, at=frame.at)


def position_phase_begun(frame: Frame, standard: Standard) -> bool:
    """Whether positions on a standard can be taken, or could be once; imported consultations are over."""
    phases = phases_of(frame.consultation, standard, frame.phases)
    return frame.closed or any(begun(phases, kind, frame.at) for kind in TAKING_POSITIONS)


def _in_state(rows: Sequence[Consultation], state: ConsultationState) -> tuple[Consultation, ...]:
    return tuple(consultation for consultation in rows if consultation.state == state)
