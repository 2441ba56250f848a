"""What is allowed when: the phases of a consultation, and those of a standard that the chair moved by itself."""

from collections.abc import Sequence
from datetime import UTC, datetime

from app.models.consultations import Consultation, Phase, PhaseKind
from app.models.standards import Standard

OPENED_BY = {
    PhaseKind.SUBMIT: (PhaseKind.SUBMIT,),
    PhaseKind.DISCUSS: (PhaseKind.DISCUSS,),
    PhaseKind.POSITION: (PhaseKind.DISCUSS, PhaseKind.POSITION),
    PhaseKind.RESOLVE: (PhaseKind.RESOLVE,),
    PhaseKind.SECOND_ROUND: (PhaseKind.SECOND_ROUND,),
    PhaseKind.OUTCOME: (PhaseKind.OUTCOME,),
}
"""What a move into each phase opens: people who take positions may discuss, too."""
NEVER = datetime.max.replace(tzinfo=UTC)


def phases_of(consultation: Consultation, standard: Standard, phases: Sequence[Phase]) -> list[Phase]:
    """The phases that count for one standard.

    They are those of its consultation until the chair moves it. From then on the phase that it was moved to runs, until
    the day given with the move, else until the consultation closes; what ran before ended with the move.
    """
    if standard.moved_to is None or standard.moved_at is None:
        return list(phases)
    opened = OPENED_BY[standard.moved_to]
    until = standard.moved_until or consultation.closes_at or NEVER
    before = [
        _cut(phase, standard.moved_at, standard.moved_why)
        for phase in phases
        if phase.kind not in opened and phase.opens_at < standard.moved_at
    ]
    return before + [Phase(kind=kind, opens_at=standard.moved_at, closes_at=until, ended_why="") for kind in opened]


def first_round_ended_at(standard: Standard, phases: Sequence[Phase]) -> datetime | None:
    """When the first round of positions on a standard ended or will end; None where there is none."""
    if standard.first_round_ended_at is not None:
        return standard.first_round_ended_at
    return next((phase.closes_at for phase in phases if phase.kind == PhaseKind.POSITION), None)


def _cut(phase: Phase, moved_at: datetime, why: str) -> Phase:
    """A phase as it was for a standard that was moved: it ended then, unless it was over."""
    if phase.closes_at <= moved_at:
        return Phase(kind=phase.kind, opens_at=phase.opens_at, closes_at=phase.closes_at, ended_why=phase.ended_why)
    return Phase(kind=phase.kind, opens_at=phase.opens_at, closes_at=moved_at, ended_why=why)
