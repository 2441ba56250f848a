"""When people may discuss, and what they may reply to."""

from datetime import UTC, datetime, timedelta

import pytest

from app.errors import CONFLICT
from app.models.consultations import Consultation, ConsultationState, Membership, Phase, PhaseKind
from app.models.contributions import State
from app.models.standards import Standard
from app.rules.comments import why_not_comment, why_not_reply

NOON = datetime(2026, 6, 10, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def running(kind: PhaseKind) -> list[Phase]:
    return [Phase(kind=kind, opens_at=NOON - DAY, closes_at=NOON + DAY)]


def codes(kind: PhaseKind, *, state: ConsultationState = ConsultationState.OPEN, withdrawn: bool = False) -> list:
    """What a member and what somebody else is told."""
    consultation = Consultation(state=state, closes_at=NOON)
    standard = Standard(withdrawn_at=NOON if withdrawn else None)
    found = [why_not_comment(consultation, running(kind), standard, who, at=NOON) for who in (Membership(), None)]
    return [refusal.code if refusal else None for refusal in found]


@pytest.mark.parametrize("phase", PhaseKind)
def test_discussion_goes_on_while_positions_are_taken_and_in_the_second_round(phase: PhaseKind) -> None:
    if phase in (PhaseKind.DISCUSS, PhaseKind.POSITION, PhaseKind.SECOND_ROUND):
        assert codes(phase) == [None, "not_joined"]
    else:
        assert codes(phase) == ["phase_absent", "phase_absent"]


def test_the_moment_is_named_before_the_person() -> None:
    assert codes(PhaseKind.DISCUSS, state=ConsultationState.CLOSED) == ["consultation_closed"] * 2
    assert codes(PhaseKind.DISCUSS, withdrawn=True) == ["standard_withdrawn"] * 2


@pytest.mark.parametrize("state", State)
def test_replies_go_to_what_can_be_read(state: State) -> None:
    refusal = why_not_reply(state)
    if state in (State.PUBLISHED, State.REDACTED):
        assert refusal is None
    else:
        assert refusal
        assert (refusal.code, refusal.status) == ("parent_gone", CONFLICT)
