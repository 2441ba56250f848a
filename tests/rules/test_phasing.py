"""The order of phases, what blocks one, and moving one standard by itself."""

from datetime import UTC, datetime, timedelta

import pytest

from app.errors import Refusal
from app.models.consultations import Consultation, ConsultationState, Phase, PhaseKind
from app.models.standards import Standard
from app.rules.consultations import why_not_now
from app.rules.phases import phases_of
from app.rules.phasing import (
    Facts,
    Span,
    ahead,
    next_kind,
    obstacles,
    problems_of_phases,
    problems_of_rescheduling,
    why_not_begin,
    why_not_end,
    why_not_move,
    why_not_move_back,
)

NOON = datetime(2026, 6, 10, 12, tzinfo=UTC)
DAY = timedelta(days=1)
SUBMIT, DISCUSS, POSITION, RESOLVE, SECOND, OUTCOME = PhaseKind
OPEN = Consultation(state=ConsultationState.OPEN, closes_at=NOON + 30 * DAY, time_zone="UTC")
NOTHING = Facts()


def span(kind: PhaseKind, opens: int, closes: int) -> Span:
    return Span(kind, NOON + opens * DAY, NOON + closes * DAY)


def phase(kind: PhaseKind, opens: int, closes: int) -> Phase:
    return Phase(kind=kind, opens_at=NOON + opens * DAY, closes_at=NOON + closes * DAY, ended_why="")


def code(refusal: Refusal | None) -> str | None:
    return refusal.code if refusal else None


@pytest.mark.parametrize(
    ("spans", "fields"),
    [
        ([], []),
        ([span(SUBMIT, 0, 9), span(DISCUSS, 0, 9), span(POSITION, 3, 9), span(RESOLVE, 8, 12)], []),  # they overlap
        ([span(SUBMIT, 0, 0)], ["submit-closes_at"]),
        ([span(SUBMIT, 2, 9), span(DISCUSS, 1, 9)], ["discuss-opens_at"]),
        ([span(POSITION, 0, 5), span(SECOND, 4, 9)], ["second_round-opens_at"]),
        ([span(POSITION, 0, 5), span(SECOND, 5, 9), span(OUTCOME, 8, 12)], ["outcome-opens_at"]),
        ([span(POSITION, 0, 5), span(SECOND, 5, 9), span(OUTCOME, 9, 12)], []),
        ([span(SUBMIT, 5, 1), span(OUTCOME, 0, 2)], ["submit-closes_at", "outcome-opens_at"]),
    ],
)
def test_phases_come_in_order_and_may_overlap(spans: list[Span], fields: list[str]) -> None:
    assert [field for field, _message in problems_of_phases(spans)] == fields


@pytest.mark.parametrize(
    ("after", "fields"),
    [
        ([span(SUBMIT, -5, 5), span(POSITION, 2, 9)], []),
        ([span(SUBMIT, -5, 7), span(POSITION, 3, 9)], []),  # longer, later
        ([span(SUBMIT, -4, 5), span(POSITION, 2, 9)], ["submit-opens_at"]),  # it has begun
        ([span(POSITION, 2, 9)], ["submit-opens_at"]),
        ([span(SUBMIT, -5, 0), span(POSITION, 2, 9)], ["submit-closes_at"]),
        ([span(SUBMIT, -5, 5), span(POSITION, -1, 9)], ["position-opens_at"]),
        ([span(SUBMIT, -5, 5)], []),  # what has not begun may be dropped
    ],
)
def test_the_past_is_not_planned_anew(after: list[Span], fields: list[str]) -> None:
    before = [phase(SUBMIT, -5, 5), phase(POSITION, 2, 9)]
    assert [field for field, _message in problems_of_rescheduling(before, after, at=NOON)] == fields


@pytest.mark.parametrize(
    ("begins", "blocking"),
    [
        (RESOLVE, set()),
        (SECOND, {"unanswered_objections", "open_amendments"}),
        (OUTCOME, {"unanswered_objections", "open_amendments", "unresolved_comments", "waiting_cases"}),
    ],
)
def test_what_is_unfinished_blocks_or_is_a_notice(begins: PhaseKind, blocking: set[str]) -> None:
    everything = Facts(unanswered=1, unresolved=2, amendments=3, waiting=4, not_heard=("Tenants",))
    found = obstacles(begins, everything)
    assert {obstacle.code for obstacle in found if obstacle.blocks} == blocking
    assert len(found) == 5
    assert [obstacle.blocks for obstacle in found] == sorted((o.blocks for o in found), reverse=True)
    assert obstacles(begins, NOTHING) == ()
    assert "Tenants" in str(found[-1].message)


@pytest.mark.parametrize(
    ("begins", "facts", "until", "expected"),
    [
        (RESOLVE, NOTHING, NOON + DAY, None),
        (RESOLVE, NOTHING, None, "phase_without_end"),
        (RESOLVE, NOTHING, NOON, "phase_without_end"),
        (POSITION, NOTHING, None, "phase_running"),
        (SECOND, NOTHING, NOON + DAY, "phase_order"),  # the first round still runs
        (DISCUSS, NOTHING, None, None),  # as planned, earlier
        (OUTCOME, Facts(unanswered=1), NOON + DAY, "phase_order"),
    ],
)
def test_opening_a_phase_by_hand(begins: PhaseKind, facts: Facts, until: datetime | None, expected: str | None) -> None:
    phases = [phase(DISCUSS, -2, 5), phase(POSITION, -1, 5)]
    if begins == DISCUSS:
        phases = [phase(DISCUSS, 1, 5)]
    assert code(why_not_begin(OPEN, phases, begins, facts, until=until, at=NOON)) == expected


def test_a_phase_does_not_begin_before_what_it_needs() -> None:
    over = [phase(POSITION, -9, -1)]
    begin = lambda facts: code(why_not_begin(OPEN, over, OUTCOME, facts, until=NOON + DAY, at=NOON))  # noqa: E731 - a name for a phrase
    assert begin(NOTHING) is None
    assert begin(Facts(unanswered=1)) == "unanswered_objections"
    assert begin(Facts(unresolved=1)) == "unresolved_comments"
    assert begin(Facts(waiting=1)) == "waiting_cases"
    assert begin(Facts(not_heard=("Tenants",))) is None


@pytest.mark.parametrize("state", ConsultationState)
def test_phases_are_switched_by_hand_while_it_is_open(state: ConsultationState) -> None:
    there, running = Consultation(state=state), phase(POSITION, -1, 5)
    expected = None if state == ConsultationState.OPEN else "not_open"
    assert code(why_not_end(there, running, at=NOON)) == expected
    assert code(why_not_begin(there, [], POSITION, NOTHING, until=NOON + DAY, at=NOON)) == expected
    assert code(why_not_move(there, [running], Standard(), RESOLVE, NOTHING, until=None, at=NOON)) == expected


def test_only_what_runs_can_be_ended() -> None:
    assert code(why_not_end(OPEN, None, at=NOON)) == "phase_not_running"
    assert code(why_not_end(OPEN, phase(POSITION, 1, 2), at=NOON)) == "phase_not_running"
    assert code(why_not_end(OPEN, phase(POSITION, -2, 0), at=NOON)) == "phase_not_running"


@pytest.mark.parametrize(
    ("standard", "moves_to", "facts", "until", "expected"),
    [
        (Standard(), SECOND, NOTHING, NOON + DAY, None),
        (Standard(), SECOND, Facts(unanswered=1), NOON + DAY, "unanswered_objections"),
        (Standard(), RESOLVE, Facts(unanswered=1), None, None),
        (Standard(), SUBMIT, NOTHING, None, "not_a_move"),
        (Standard(), SECOND, NOTHING, NOON, "phase_without_end"),
        (Standard(withdrawn_at=NOON), RESOLVE, NOTHING, None, "standard_withdrawn"),
    ],
)
def test_moving_a_standard(
    standard: Standard, moves_to: PhaseKind, facts: Facts, until: datetime | None, expected: str | None
) -> None:
    phases = [phase(POSITION, -1, 5)]
    assert code(why_not_move(OPEN, phases, standard, moves_to, facts, until=until, at=NOON)) == expected


def test_a_second_round_needs_a_first() -> None:
    later = [phase(POSITION, 1, 5)]
    assert code(why_not_move(OPEN, later, Standard(), SECOND, NOTHING, until=None, at=NOON)) == "no_first_round"
    assert code(why_not_move_back(OPEN, Standard())) == "not_moved"
    assert why_not_move_back(OPEN, Standard(moved_to=SECOND)) is None


def test_what_is_closed_for_a_moved_standard_says_since_when_and_why() -> None:
    moved = Standard(moved_to=RESOLVE, moved_at=NOON - DAY, moved_why="The text is settled early")
    own = phases_of(OPEN, moved, [phase(POSITION, -5, 5), phase(SUBMIT, -9, -8)])
    refusal = why_not_now(OPEN, own, (POSITION,), at=NOON)
    assert refusal
    assert str(refusal.message) == (
        "The chair ended this on 9 June 2026: The text is settled early. You can still read everything."
    )
    over = why_not_now(OPEN, own, (SUBMIT,), at=NOON)
    assert over
    assert str(over.message) == "This closed on 2 June 2026. You can still read everything."


def test_ahead_and_next() -> None:
    phases = [phase(SUBMIT, -5, 5), phase(POSITION, -1, 5), phase(OUTCOME, 6, 9), phase(RESOLVE, 5, 6)]
    assert [kind for kind in PhaseKind if ahead(phases, kind, NOON)] == [RESOLVE, SECOND, OUTCOME]
    assert next_kind(phases, NOON) == RESOLVE
    assert next_kind(phases, NOON + 7 * DAY) is None
