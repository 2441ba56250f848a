"""When a position may be taken, on which text, and who sees the tallies."""

from datetime import UTC, datetime, timedelta

import pytest

from app.errors import CONFLICT, FORBIDDEN
from app.models.consultations import Consultation, ConsultationState, Membership, Phase, PhaseKind, TallyVisibility
from app.models.standards import Standard
from app.rules.positions import why_not_see_tally, why_not_take_position, why_not_this_version

NOON = datetime(2026, 6, 10, 12, tzinfo=UTC)
DAY = timedelta(days=1)
ALWAYS, AFTER_POSITION, AFTER_CLOSING = (
    TallyVisibility.ALWAYS,
    TallyVisibility.AFTER_POSITION,
    TallyVisibility.AFTER_CLOSING,
)


def codes(kind: PhaseKind, *, state: ConsultationState = ConsultationState.OPEN, withdrawn: bool = False) -> list:
    """What a member and what somebody else is told."""
    phases = [Phase(kind=kind, opens_at=NOON - DAY, closes_at=NOON + DAY)]
    consultation = Consultation(state=state, closes_at=NOON)
    standard = Standard(withdrawn_at=NOON if withdrawn else None)
    people = (Membership(), None)
    found = [why_not_take_position(consultation, phases, standard, who, at=NOON) for who in people]
    return [refusal.code if refusal else None for refusal in found]


@pytest.mark.parametrize("phase", PhaseKind)
def test_positions_have_their_phases(phase: PhaseKind) -> None:
    if phase in (PhaseKind.POSITION, PhaseKind.SECOND_ROUND):
        assert codes(phase) == [None, "not_joined"]
    else:
        assert codes(phase) == ["phase_absent", "phase_absent"]


@pytest.mark.parametrize(
    ("state", "withdrawn", "expected"),
    [
        (ConsultationState.DRAFT, False, "consultation_not_open"),
        (ConsultationState.CLOSED, False, "consultation_closed"),
        (ConsultationState.RESPONDED, True, "consultation_closed"),
        (ConsultationState.OPEN, True, "standard_withdrawn"),
    ],
)
def test_nobody_takes_a_position_when_it_is_too_late(state: ConsultationState, withdrawn: bool, expected: str) -> None:
    assert codes(PhaseKind.POSITION, state=state, withdrawn=withdrawn) == [expected, expected]


@pytest.mark.parametrize(("read", "in_force", "stale"), [(None, 3, False), (3, 3, False), (2, 3, True), (4, 3, True)])
def test_a_position_belongs_to_the_text_that_was_read(read: int | None, in_force: int, stale: bool) -> None:
    refusal = why_not_this_version(Standard(version=in_force), read)
    if stale:
        assert refusal
        assert (refusal.code, refusal.status) == ("stale_version", CONFLICT)
        assert "version 3" in str(refusal.message)
    else:
        assert refusal is None


@pytest.mark.parametrize(
    ("visible", "closed", "has_position", "expected"),
    [
        (ALWAYS, False, False, None),
        (ALWAYS, False, True, None),
        (ALWAYS, True, False, None),
        (AFTER_POSITION, False, False, "tally_after_position"),
        (AFTER_POSITION, False, True, None),
        (AFTER_POSITION, True, False, None),
        (AFTER_CLOSING, False, False, "tally_after_closing"),
        (AFTER_CLOSING, False, True, "tally_after_closing"),  # a position of one's own opens nothing
        (AFTER_CLOSING, True, False, None),
        (AFTER_CLOSING, True, True, None),
    ],
)
def test_who_sees_tallies(visible: TallyVisibility, closed: bool, has_position: bool, expected: str | None) -> None:
    consultation = Consultation(tallies_visible=visible)
    refusal = why_not_see_tally(consultation, closed=closed, has_position=has_position)
    assert (refusal.code if refusal else None) == expected
    assert refusal is None or refusal.status == FORBIDDEN
