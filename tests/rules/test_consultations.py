"""Who may do what, and when: states, phases, joining, opening, closing."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.errors import CONFLICT, FORBIDDEN, Refusal
from app.models.consultations import Consultation, ConsultationState, Membership, Participation, Phase, PhaseKind, Role
from app.rules.consultations import (
    REVIEWING_ROLES,
    begun,
    running,
    why_not_close,
    why_not_join,
    why_not_member,
    why_not_now,
)

NOON = datetime(2026, 6, 10, 12, tzinfo=UTC)
DAY = timedelta(days=1)
MOMENT = timedelta(microseconds=1)


def consultation(
    state: ConsultationState = ConsultationState.OPEN, participation: Participation = Participation.ANYONE
) -> Consultation:
    return Consultation(state=state, participation=participation, closes_at=NOON + 9 * DAY)


def phase(kind: PhaseKind, opens: int, closes: int) -> Phase:
    return Phase(kind=kind, opens_at=NOON + opens * DAY, closes_at=NOON + closes * DAY)


def code(refusal: Refusal | None) -> str | None:
    return refusal.code if refusal else None


@pytest.mark.parametrize(
    ("at", "runs", "has_begun"),
    [
        (NOON - MOMENT, False, False),
        (NOON, True, True),  # the first moment belongs to it
        (NOON + DAY - MOMENT, True, True),
        (NOON + DAY, False, True),  # the closing moment does not
    ],
)
def test_a_phase_runs_from_its_first_moment_up_to_its_last(at: datetime, runs: bool, has_begun: bool) -> None:
    only = phase(PhaseKind.DISCUSS, 0, 1)
    assert (running([only], PhaseKind.DISCUSS, at) is only) == runs
    assert begun([only], PhaseKind.DISCUSS, at) == has_begun
    assert running([only], PhaseKind.SUBMIT, at) is None
    assert not begun([only], PhaseKind.SUBMIT, at)


@pytest.mark.parametrize(
    ("state", "phases", "expected"),
    [
        (ConsultationState.DRAFT, [(PhaseKind.SUBMIT, -1, 1)], "consultation_not_open"),
        (ConsultationState.OPEN, [(PhaseKind.SUBMIT, -1, 1)], None),
        (ConsultationState.OPEN, [(PhaseKind.DISCUSS, -9, -8), (PhaseKind.SUBMIT, 0, 1)], None),
        (ConsultationState.OPEN, [(PhaseKind.SUBMIT, 1, 2)], "phase_not_begun"),
        (ConsultationState.OPEN, [(PhaseKind.SUBMIT, -2, -1), (PhaseKind.DISCUSS, 1, 2)], "phase_not_begun"),
        (ConsultationState.OPEN, [(PhaseKind.SUBMIT, -2, 0)], "phase_over"),
        (ConsultationState.OPEN, [(PhaseKind.POSITION, -1, 1)], "phase_absent"),
        (ConsultationState.OPEN, [], "phase_absent"),
        (ConsultationState.CLOSED, [(PhaseKind.SUBMIT, -1, 1)], "consultation_closed"),
        (ConsultationState.RESPONDED, [(PhaseKind.SUBMIT, -1, 1)], "consultation_closed"),
    ],
)
def test_when_an_act_is_allowed(
    state: ConsultationState, phases: list[tuple[PhaseKind, int, int]], expected: str | None
) -> None:
    planned = [phase(*plan) for plan in phases]
    refusal = why_not_now(consultation(state), planned, (PhaseKind.SUBMIT, PhaseKind.DISCUSS), at=NOON)
    assert code(refusal) == expected
    assert refusal is None or refusal.status == CONFLICT


def test_the_sentence_names_the_next_opening_and_the_last_closing() -> None:
    later = [phase(PhaseKind.SUBMIT, 5, 6), phase(PhaseKind.DISCUSS, 2, 3)]
    over = [phase(PhaseKind.SUBMIT, -9, -8), phase(PhaseKind.DISCUSS, -9, -5)]
    kinds = (PhaseKind.SUBMIT, PhaseKind.DISCUSS)
    not_begun = why_not_now(consultation(), later, kinds, at=NOON)
    gone = why_not_now(consultation(), over, kinds, at=NOON)
    assert not_begun
    assert str(not_begun.message) == "This opens on 12 June 2026."
    assert gone
    assert str(gone.message) == "This closed on 5 June 2026. You can still read everything."


@pytest.mark.parametrize(
    ("closes_at", "answer_due", "words"),
    [
        (None, None, "This consultation is closed."),
        (NOON, None, "closed on 10 June 2026"),
        (NOON, date(2026, 9, 1), "the response, due on 1 September 2026"),
    ],
)
def test_a_closed_consultation_says_since_when_and_what_comes(
    closes_at: datetime | None, answer_due: date | None, words: str
) -> None:
    closed = Consultation(state=ConsultationState.CLOSED, closes_at=closes_at, answer_due=answer_due)
    refusal = why_not_now(closed, [], (PhaseKind.SUBMIT,), at=NOON)
    assert refusal
    assert words in str(refusal.message)


def test_only_members_act() -> None:
    refusal = why_not_member(None)
    assert refusal
    assert (refusal.code, refusal.status) == ("not_joined", FORBIDDEN)
    assert why_not_member(Membership()) is None


ANYONE, INVITATION = Participation.ANYONE, Participation.INVITATION


@pytest.mark.parametrize(
    ("state", "participation", "member", "invited", "expected"),
    [
        (ConsultationState.DRAFT, ANYONE, False, False, None),  # its team joins before it opens
        (ConsultationState.OPEN, ANYONE, False, False, None),
        (ConsultationState.OPEN, ANYONE, False, True, None),
        (ConsultationState.OPEN, INVITATION, False, True, None),
        (ConsultationState.OPEN, INVITATION, False, False, "invitation_needed"),
        (ConsultationState.OPEN, INVITATION, True, True, "already_joined"),
        (ConsultationState.OPEN, ANYONE, True, False, "already_joined"),
        (ConsultationState.CLOSED, ANYONE, False, False, "consultation_closed"),
        (ConsultationState.CLOSED, INVITATION, False, False, "consultation_closed"),
        (ConsultationState.RESPONDED, ANYONE, False, True, "consultation_closed"),
        (ConsultationState.CLOSED, ANYONE, True, False, "already_joined"),
    ],
)
def test_who_may_join(
    state: ConsultationState, participation: Participation, member: bool, invited: bool, expected: str | None
) -> None:
    refusal = why_not_join(consultation(state, participation), Membership() if member else None, invited=invited)
    assert code(refusal) == expected


@pytest.mark.parametrize("state", ConsultationState)
def test_only_what_is_open_can_be_closed(state: ConsultationState) -> None:
    found = consultation(state)
    is_open = state == ConsultationState.OPEN
    assert code(why_not_close(found, unanswered=[])) == (None if is_open else "not_open")
    assert code(why_not_close(found, unanswered=[3, 8])) == ("objections_unanswered" if is_open else "not_open")
    if is_open:
        assert "standards 3 and 8" in str(why_not_close(found, unanswered=[3, 8]).message)


def test_policymakers_read_and_do_not_review() -> None:
    assert set(REVIEWING_ROLES) == {Role.MODERATOR, Role.CHAIR, Role.DEPUTY}
