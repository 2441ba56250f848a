"""When an outcome can be stated and by whom; who responds; what is overdue, by the clock of the place."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.models.consultations import Consultation, ConsultationState, Membership, Phase, PhaseKind, Role
from app.models.outcomes import Response
from app.models.standards import Standard
from app.rules import outcomes as rules
from app.rules.outcomes import NOTHING, Blockers

NOON = datetime(2026, 6, 10, 12, tzinfo=UTC)
DAY = timedelta(days=1)
P, C = PhaseKind, ConsultationState
CHAIR, AUTHOR = Membership(id=1, role=Role.CHAIR), Membership(id=2, role=Role.DEPUTY)


def phase(kind: PhaseKind, begins: int, ends: int) -> Phase:
    return Phase(kind=kind, opens_at=NOON + begins * DAY, closes_at=NOON + ends * DAY)


OVER = [phase(P.POSITION, -9, -5), phase(P.RESOLVE, -5, -1)]


def consultation(state: ConsultationState = C.OPEN) -> Consultation:
    return Consultation(state=state, time_zone="UTC")


def standard(**values) -> Standard:
    return Standard(**{"membership_id": AUTHOR.id, **values})


def code(refusal):
    return refusal and refusal.code


def why_not(member=CHAIR, *, phases=OVER, state=C.OPEN, stated=False, blockers=NOTHING, **values):
    found = rules.why_not_state_outcome(
        consultation(state), phases, standard(**values), member, stated=stated, blockers=blockers, at=NOON
    )
    return code(found)


def test_chair_and_deputies_state_outcomes_of_others():
    assert why_not() is None
    assert why_not(AUTHOR) == "own_standard"
    assert why_not(Membership(id=3, role=Role.DEPUTY)) is None
    for role in (Role.PARTICIPANT, Role.MODERATOR, Role.POLICYMAKER):
        assert why_not(Membership(id=3, role=role)) == "not_chair"
    assert why_not(None) == "not_chair"


def test_it_is_stated_once_and_not_of_what_was_withdrawn():
    assert why_not(stated=True) == "outcome_stated"
    assert why_not(withdrawn_at=NOON) == "standard_withdrawn"


@pytest.mark.parametrize(
    ("phases", "state", "expected"),
    [
        (OVER, C.OPEN, None),
        (OVER, C.DRAFT, "outcome_too_early"),
        ([], C.OPEN, "outcome_too_early"),
        ([phase(P.RESOLVE, -5, 0)], C.OPEN, None),
        ([phase(P.RESOLVE, -5, 1)], C.OPEN, "outcome_too_early"),
        ([phase(P.OUTCOME, 0, 5)], C.OPEN, None),
        ([phase(P.OUTCOME, 1, 5)], C.OPEN, "outcome_too_early"),
        ([*OVER, phase(P.SECOND_ROUND, -1, 5)], C.OPEN, "outcome_too_early"),
        ([phase(P.POSITION, -5, 5), phase(P.OUTCOME, -1, 5)], C.OPEN, "outcome_too_early"),
        ([], C.CLOSED, None),
        ([phase(P.RESOLVE, -5, 5)], C.CLOSED, None),
        ([], C.RESPONDED, None),
    ],
)
def test_the_outcome_follows_the_resolution(phases, state, expected):
    assert why_not(phases=phases, state=state) == expected


def test_a_standard_that_was_moved_goes_by_its_own_phases():
    running = [phase(P.POSITION, -5, 5)]
    assert why_not(phases=running) == "outcome_too_early"
    assert why_not(phases=running, moved_to=P.OUTCOME, moved_at=NOON - DAY) is None
    assert why_not(phases=OVER, moved_to=P.SECOND_ROUND, moved_at=NOON - DAY) == "outcome_too_early"


@pytest.mark.parametrize("name", ["unanswered", "upheld", "appealed", "undisposed"])
def test_whatever_is_open_blocks_it_and_is_said(name):
    blockers = Blockers(**{name: 2})
    assert why_not(blockers=blockers) == "outcome_blocked"
    [sentence] = blockers.sentences
    assert str(sentence).startswith("2 ")
    assert Blockers().sentences == ()


@pytest.mark.parametrize("role", Role)
def test_who_responds(role):
    refusal = rules.why_not_respond(Membership(role=role), outcome=True, imported=False)
    responding = role in (Role.POLICYMAKER, Role.CHAIR, Role.DEPUTY)
    assert code(refusal) == (None if responding else "not_responding")


def test_a_response_follows_the_outcome():
    chair = Membership(role=Role.CHAIR)
    assert code(rules.why_not_respond(chair, outcome=False, imported=False)) == "no_outcome"
    assert code(rules.why_not_respond(chair, outcome=True, imported=True)) == "imported_response"
    assert code(rules.why_not_respond(None, outcome=True, imported=False)) == "not_responding"


def overdue(place: Consultation, response: Response | None, at: datetime, *, elsewhere: bool = False) -> date | None:
    return rules.overdue_since(place, response, answered_elsewhere=elsewhere, at=at)


def test_the_promised_day_ends_where_the_consultation_takes_place():
    place = Consultation(time_zone="Pacific/Auckland", answer_due=date(2026, 6, 10))
    assert overdue(place, None, datetime(2026, 6, 10, 11, 59, tzinfo=UTC)) is None  # 23:59 there
    assert overdue(place, None, datetime(2026, 6, 10, 12, tzinfo=UTC)) == date(2026, 6, 10)
    place.time_zone = "America/Lima"
    assert overdue(place, None, datetime(2026, 6, 11, 4, 59, tzinfo=UTC)) is None
    assert overdue(place, None, datetime(2026, 6, 11, 5, tzinfo=UTC)) == date(2026, 6, 10)


@pytest.mark.parametrize(
    ("response", "elsewhere", "expected"),
    [
        (None, False, date(2026, 6, 1)),
        (None, True, None),
        (Response(done="", promised_on=None), False, None),
        (Response(done="", promised_on=date(2026, 6, 5)), False, date(2026, 6, 5)),
        (Response(done="", promised_on=date(2026, 6, 10)), False, None),
        (Response(done="It is law.", promised_on=date(2026, 6, 5)), False, None),
    ],
)
def test_what_is_promised_is_overdue_until_it_is_done(response, elsewhere, expected):
    place = Consultation(time_zone="UTC", answer_due=date(2026, 6, 1))
    assert overdue(place, response, NOON, elsewhere=elsewhere) == expected


def test_nothing_promised_is_never_overdue():
    assert overdue(Consultation(time_zone="UTC", answer_due=None), None, NOON) is None
