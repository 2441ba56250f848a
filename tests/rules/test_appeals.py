"""Appeals: until when, by whom, heard by whom, and what they lead to."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import CONFLICT, FORBIDDEN
from app.models.appeals import Appeal, AppealOutcome
from app.models.comments import Comment
from app.models.consultations import Membership, Role
from app.models.contributions import State
from app.models.moderation import Action, Decision, Standing
from app.rules.appeals import (
    ANSWERED_IN,
    hands_of,
    open_until,
    state_after,
    why_not_answer,
    why_not_appeal,
    why_not_appeal_now,
    why_not_hear,
)

NOON = datetime(2026, 6, 10, 12, tzinfo=UTC)
AUTHOR = Membership(id=1, role=Role.PARTICIPANT, organisation="Example Org")
JUDGE = Membership(id=5, role=Role.MODERATOR)


def decision(
    action: Action = Action.DECLINE, *, standing: Standing = Standing.TAKEN, led_to: State = State.DECLINED, **more
):
    return Decision(
        action=action, standing=standing, before={"led_to": led_to.value, **more}, decided_at=NOON, moderator_id=2
    )


def code(refusal) -> tuple[str, int] | None:
    return (refusal.code, refusal.status) if refusal else None


def appeal(by=AUTHOR, *, made=None, state=State.DECLINED, appealed=False, at=NOON):
    text = Comment(membership_id=1, state=state)
    return code(why_not_appeal(by, made or decision(), text, appealed=appealed, at=at))


@pytest.mark.parametrize(
    ("decided", "until"),
    [
        ((2026, 8, 31), (2027, 2, 28)),
        ((2026, 8, 30), (2027, 2, 28)),
        ((2026, 8, 29), (2027, 2, 28)),
        ((2026, 8, 28), (2027, 2, 28)),
        ((2027, 8, 31), (2028, 2, 29)),  # a leap year
        ((2027, 8, 30), (2028, 2, 29)),
        ((2026, 8, 27), (2027, 2, 27)),
        ((2026, 3, 31), (2026, 9, 30)),
        ((2026, 5, 31), (2026, 11, 30)),
        ((2026, 10, 31), (2027, 4, 30)),
        ((2026, 12, 31), (2027, 6, 30)),
        ((2026, 6, 1), (2026, 12, 1)),
        ((2026, 7, 15), (2027, 1, 15)),
        ((2028, 2, 29), (2028, 8, 29)),
    ],
)
def test_six_months_end_on_the_same_day_or_the_last_one(decided, until) -> None:
    moment = datetime(*decided, 23, 59, tzinfo=UTC)
    assert open_until(moment) == datetime(*until, 23, 59, tzinfo=UTC)


@given(st.datetimes(datetime(2020, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - given a zone
def test_six_months_are_never_shorter_than_their_shortest_and_never_run_backwards(moment) -> None:
    until = open_until(moment)
    assert timedelta(days=181) <= until - moment <= timedelta(days=184)
    assert until <= open_until(moment + timedelta(days=1))


def test_the_author_of_a_text_that_was_restricted_appeals() -> None:
    assert appeal() is None
    stranger = Membership(id=9, role=Role.CHAIR)
    for by in (None, stranger):
        assert appeal(by) == ("not_author", FORBIDDEN)


@pytest.mark.parametrize("action", Action)
def test_everything_but_a_publication_can_be_appealed(action: Action) -> None:
    expected = ("nothing_to_appeal", CONFLICT) if action == Action.PUBLISH else None
    assert appeal(made=decision(action)) == expected


@pytest.mark.parametrize("standing", Standing)
def test_only_a_decision_that_holds_can_be_appealed(standing: Standing) -> None:
    expected = None if standing == Standing.TAKEN else ("nothing_to_appeal", CONFLICT)
    assert appeal(made=decision(standing=standing)) == expected
    assert code(why_not_appeal_now(None, Comment(), appealed=False, at=NOON)) == ("nothing_to_appeal", CONFLICT)


@pytest.mark.parametrize("state", State)
def test_a_text_that_moved_on_is_not_appealed(state: State) -> None:
    assert appeal(state=state) == (None if state == State.DECLINED else ("moved_on", CONFLICT))


def test_an_appeal_is_sent_once_and_in_time() -> None:
    assert appeal(appealed=True) == ("appealed_before", CONFLICT)
    end = open_until(NOON)
    assert appeal(at=end) is None
    assert appeal(at=end + timedelta(seconds=1)) == ("appeal_over", CONFLICT)
    assert timedelta(days=14) == ANSWERED_IN


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ({"led_to": "hidden", "state": "published"}, State.HIDDEN),
        ({"state": "published"}, State.PUBLISHED),
        ({}, State.PENDING),
    ],
)
def test_where_a_decision_led_is_known_of_old_ones_too(before, expected) -> None:
    assert state_after(Decision(before=before)) == expected


@pytest.mark.parametrize("role", Role)
def test_moderators_and_chairs_hear_appeals(role: Role) -> None:
    expected = None if role in (Role.MODERATOR, Role.CHAIR, Role.DEPUTY) else ("not_moderator", FORBIDDEN)
    assert code(why_not_hear(Membership(id=5, role=role), Appeal(), AUTHOR, decision())) == expected


def test_nobody_hears_an_appeal_in_which_they_have_a_part() -> None:
    colleague = Membership(id=5, role=Role.MODERATOR, organisation=" example  ORG ")
    assert code(why_not_hear(None, Appeal(), AUTHOR, decision())) == ("not_moderator", FORBIDDEN)
    own = Membership(id=1, role=Role.CHAIR)
    assert code(why_not_hear(own, Appeal(), AUTHOR, decision())) == ("own_item", FORBIDDEN)
    assert code(why_not_hear(colleague, Appeal(), AUTHOR, decision())) == ("own_organisation", FORBIDDEN)
    assert code(why_not_hear(JUDGE, Appeal(decided_at=NOON), AUTHOR, decision())) == ("appeal_decided", CONFLICT)


def test_whoever_took_or_proposed_a_decision_or_the_one_before_it_hears_no_appeal() -> None:
    made = decision(hands=[7])
    made.first_reader_id = 3
    assert hands_of(made) == {2, 3, 7}
    for hand in (2, 3, 7):
        reader = Membership(id=hand, role=Role.CHAIR)
        assert code(why_not_hear(reader, Appeal(), AUTHOR, made)) == ("took_part", FORBIDDEN)
    assert why_not_hear(JUDGE, Appeal(), AUTHOR, made) is None


@pytest.mark.parametrize("appealed", Action)
@pytest.mark.parametrize("replacement", [*Action, None])
def test_what_takes_the_place_of_a_decision_is_milder(appealed: Action, replacement: Action | None) -> None:
    order = list(Action)
    found = why_not_answer(decision(appealed), AppealOutcome.PARTLY, replacement, "Because.")
    milder = replacement is not None and order.index(replacement) < order.index(appealed)
    assert (found is None) == milder
    for outcome in (AppealOutcome.STANDS, AppealOutcome.OVERTURNED):
        assert why_not_answer(decision(appealed), outcome, replacement, "Because.") is None


@pytest.mark.parametrize("outcome", AppealOutcome)
def test_an_appeal_is_answered_in_words(outcome: AppealOutcome) -> None:
    field, refusal = why_not_answer(decision(), outcome, Action.NOTE, "")
    assert (field, refusal.code) == ("answer", "answer_needed")
