"""The chair's desk: which consultations somebody leads, and what is next in one of them."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import Refusal
from app.models.consultations import Consultation, ConsultationState, Membership, Phase, PhaseKind
from app.models.standards import Standard, StandardVersion
from app.queries.consultations import Frame, heard
from app.queries.people import Viewer
from app.queries.visibility import readable_standard
from app.rules.consultations import CHAIRING_ROLES, REVIEWING_ROLES, why_not_close
from app.rules.phasing import (
    Facts,
    Obstacle,
    ahead,
    next_kind,
    obstacles,
    problems_of_phases,
    spans_of,
    why_not_end,
)
from app.rules.readiness import Check, Preparation, checks, why_not_open, why_not_open_itself


@dataclass(frozen=True, slots=True)
class MovedStandard:
    """A standard that is in a phase of its own; `over` once that phase has ended and it waits for the chair."""

    standard: Standard
    title: str
    language: str
    ahead: bool
    over: bool


@dataclass(frozen=True, slots=True)
class Desk:
    """What the chair has to know and can do next."""

    frame: Frame
    checks: tuple[Check, ...]
    facts: Facts
    next_kind: PhaseKind | None
    obstacles: tuple[Obstacle, ...]
    moved: tuple[MovedStandard, ...]
    why_not_open: Refusal | None
    why_not_open_itself: Refusal | None
    why_not_close: Refusal | None

    @property
    def to_do(self) -> tuple[Check, ...]:
        """What is left to prepare."""
        return tuple(check for check in self.checks if not check.done)

    @property
    def blocked(self) -> bool:
        """Whether anything keeps the next phase from beginning."""
        return any(obstacle.blocks for obstacle in self.obstacles)

    @property
    def is_draft(self) -> bool:
        """Whether it is being prepared."""
        return self.frame.consultation.state == ConsultationState.DRAFT


@dataclass(frozen=True, slots=True)
class PhaseRow:
    """One kind of phase as the chair plans it; `phase` is None where it is not planned."""

    kind: PhaseKind
    phase: Phase | None
    done: bool
    now: bool
    why_not_end: Refusal | None


@dataclass(frozen=True, slots=True)
class PhasesPage:
    """The plan, what blocks what, and the standards that have a phase of their own."""

    frame: Frame
    rows: tuple[PhaseRow, ...]
    obstacles: dict[PhaseKind, tuple[Obstacle, ...]]
    standards: tuple[tuple[Standard, str], ...]
    moved: tuple[MovedStandard, ...]


def led(session: Session, viewer: Viewer) -> tuple[Consultation, ...]:
    """The consultations that somebody leads, the newest first."""
    mine = (Membership.account_id == viewer.owner_id, Membership.role.in_(CHAIRING_ROLES))
    rows = session.scalars(
        select(Consultation)
        .join(Membership, Membership.consultation_id == Consultation.id)
        .where(*mine)
        .order_by(Consultation.created_at.desc(), Consultation.id.desc())
    )
    return tuple(rows)


def desk(session: Session, frame: Frame, facts: Facts) -> Desk:
    """What is next in a consultation. `facts` is what the actions count as unfinished."""
    prepared = _preparation(session, frame)
    consultation = frame.consultation
    following = next_kind(frame.phases, frame.at)
    known = _with_unheard(session, frame, facts)
    return Desk(
        frame=frame,
        checks=checks(consultation, prepared, at=frame.at),
        facts=known,
        next_kind=following,
        obstacles=obstacles(following, known) if following is not None else (),
        moved=_moved(frame, _standards(session, frame)),
        why_not_open=why_not_open(consultation, prepared, at=frame.at),
        why_not_open_itself=why_not_open_itself(consultation, at=frame.at),
        why_not_close=why_not_close(consultation, unanswered=facts.unanswered_in),
    )


def phases_page(session: Session, frame: Frame, facts: Facts) -> PhasesPage:
    """The plan of a consultation, and the standards that can be moved."""
    planned = {phase.kind: phase for phase in frame.phases}
    known = _with_unheard(session, frame, facts)
    standards = _standards(session, frame)
    return PhasesPage(
        frame=frame,
        rows=tuple(_row(frame, kind, planned.get(kind)) for kind in PhaseKind),
        obstacles={kind: obstacles(kind, known) for kind in PhaseKind},
        standards=tuple((standard, title) for standard, title, _language in standards),
        moved=_moved(frame, standards),
    )


def _row(frame: Frame, kind: PhaseKind, phase: Phase | None) -> PhaseRow:
    is_open = frame.consultation.state == ConsultationState.OPEN
    return PhaseRow(
        kind,
        phase,
        done=phase is not None and phase.closes_at <= frame.at,
        now=is_open and phase is not None and phase.opens_at <= frame.at < phase.closes_at,
        why_not_end=why_not_end(frame.consultation, phase, at=frame.at),
    )


def _preparation(session: Session, frame: Frame) -> Preparation:
    reviewing = select(func.count()).select_from(Membership)
    here = (Membership.consultation_id == frame.consultation.id, Membership.role.in_(REVIEWING_ROLES))
    return Preparation(
        reviewers=session.scalar(reviewing.where(*here)) or 0,
        groups=len(frame.groups),
        affected_groups=sum(group.directly_affected for group in frame.groups),
        phases=len(frame.phases),
        phases_in_order=not problems_of_phases(spans_of(frame.phases)),
    )


def _with_unheard(session: Session, frame: Frame, facts: Facts) -> Facts:
    names = tuple(seat.name for seat in heard(session, frame).not_yet_heard)
    return Facts(
        unanswered=facts.unanswered,
        unresolved=facts.unresolved,
        amendments=facts.amendments,
        waiting=facts.waiting,
        not_heard=names,
    )


def _standards(session: Session, frame: Frame) -> list[tuple[Standard, str, str]]:
    rows = session.execute(
        select(Standard, StandardVersion.title, StandardVersion.language)
        .join(StandardVersion, StandardVersion.standard_id == Standard.id)
        .where(Standard.consultation_id == frame.consultation.id, readable_standard())
        .order_by(Standard.number)
    )
    return [(standard, title, language) for standard, title, language in rows]


def _moved(frame: Frame, rows: list[tuple[Standard, str, str]]) -> tuple[MovedStandard, ...]:
    return tuple(
        MovedStandard(
            standard,
            title,
            language,
            ahead=ahead(frame.phases, standard.moved_to, frame.at),
            over=standard.moved_until is not None and standard.moved_until <= frame.at,
        )
        for standard, title, language in rows
        if standard.moved_to is not None
    )
