"""The way of an objection, step by step: every pair of state and step, and who may take which."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from app.models.consultations import Identity, Membership, Role
from app.models.contributions import State
from app.models.objections import Objection, ObjectionState, StepKind
from app.rules import objections as rules
from app.rules.objections import Involved

NOON = datetime(2026, 6, 10, 12, tzinfo=UTC)
S, K = ObjectionState, StepKind
WAYS = {
    (S.RAISED, K.ANSWER): S.ANSWERED,
    (S.UPHELD, K.ANSWER): S.ANSWERED,
    (S.ANSWERED, K.SATISFIED): S.WITHDRAWN,
    (S.ANSWERED, K.NOT_SATISFIED): S.SUSTAINED,
    (S.ANSWERED, K.NO_REPLY): S.LAPSED,
    (S.SUSTAINED, K.UPHELD): S.UPHELD,
    (S.SUSTAINED, K.OVERRULED): S.OVERRULED,
    (S.APPEALED, K.UPHELD): S.UPHELD,
    (S.APPEALED, K.OVERRULED): S.OVERRULED,
    (S.OVERRULED, K.APPEAL): S.APPEALED,
    **{(state, K.MEDIATION): state for state in (S.RAISED, S.ANSWERED, S.SUSTAINED, S.UPHELD, S.APPEALED)},
}
OBJECTOR, AUTHOR, CHAIR, DEPUTY, OTHER, ADMINISTRATOR, ADOPTER = range(1, 8)


def somebody(member_id: int, role: Role = Role.PARTICIPANT, organisation: str | None = None) -> Membership:
    return Membership(id=member_id, role=role, organisation=organisation, identity=Identity.PSEUDONYM)


def objection(state: ObjectionState) -> Objection:
    return Objection(state=state, moved_at=NOON)


def involved(**parts) -> Involved:
    parts = {"objector": somebody(OBJECTOR), "author_id": AUTHOR, "adopted_by_id": ADOPTER, **parts}
    return Involved(**parts)


def code(refusal):
    return refusal and refusal.code


@pytest.mark.parametrize(("state", "step"), list(product(S, K)))
def test_every_step_leads_where_the_table_says_or_nowhere(state, step):
    assert rules.next_state(state, step) == WAYS.get((state, step))


def test_every_state_can_be_left_or_is_an_end():
    ends = {state for state in S if not any(rules.next_state(state, step) not in (None, state) for step in K)}
    assert ends == {S.WITHDRAWN, S.LAPSED}
    assert {*rules.STANDING, *ends} == set(S)


@pytest.mark.parametrize(
    ("member", "state", "reason", "expected"),
    [
        (somebody(CHAIR, Role.CHAIR), S.RAISED, State.PUBLISHED, None),
        (somebody(DEPUTY, Role.DEPUTY), S.UPHELD, State.REDACTED, None),
        (somebody(AUTHOR), S.RAISED, State.PUBLISHED, None),
        (None, S.RAISED, State.PUBLISHED, "not_answering"),
        (somebody(OTHER), S.RAISED, State.PUBLISHED, "not_answering"),
        (somebody(OTHER, Role.MODERATOR), S.RAISED, State.PUBLISHED, "not_answering"),
        (somebody(OBJECTOR, Role.CHAIR), S.RAISED, State.PUBLISHED, "own_objection"),
        (somebody(CHAIR, Role.CHAIR), S.ANSWERED, State.PUBLISHED, "already_answered"),
        (somebody(CHAIR, Role.CHAIR), S.WITHDRAWN, State.PUBLISHED, "already_answered"),
        (somebody(CHAIR, Role.CHAIR), S.RAISED, State.PENDING, "reason_pending"),
        (somebody(CHAIR, Role.CHAIR), S.RAISED, State.DECLINED, "reason_not_published"),
        (somebody(CHAIR, Role.CHAIR), S.RAISED, State.HIDDEN, "reason_not_published"),
    ],
)
def test_who_answers(member, state, reason, expected):
    assert code(rules.why_not_answer(objection(state), reason, involved(), member)) == expected


def test_whoever_takes_part_confidentially_leaves_the_answer_to_the_chair():
    author = somebody(AUTHOR)
    author.identity = Identity.CONFIDENTIAL
    assert code(rules.why_not_answer(objection(S.RAISED), State.PUBLISHED, involved(), author)) == "confidential_answer"


@pytest.mark.parametrize(
    ("member", "state", "later", "expected"),
    [
        (OBJECTOR, S.ANSWERED, timedelta(days=14, seconds=-1), None),
        (OBJECTOR, S.ANSWERED, timedelta(days=14), "reply_too_late"),
        (OBJECTOR, S.LAPSED, timedelta(), "reply_too_late"),
        (OBJECTOR, S.RAISED, timedelta(), "nothing_to_reply_to"),
        (OBJECTOR, S.SUSTAINED, timedelta(), "nothing_to_reply_to"),
        (AUTHOR, S.ANSWERED, timedelta(), "not_objector"),
    ],
)
def test_who_replies_and_until_when(member, state, later, expected):
    refusal = rules.why_not_reply(objection(state), involved(), somebody(member), reply_days=14, at=NOON + later)
    assert code(refusal) == expected


@pytest.mark.parametrize(
    ("member", "administrator", "parts", "expected"),
    [
        (somebody(CHAIR, Role.CHAIR), False, {}, None),
        (somebody(DEPUTY, Role.DEPUTY), False, {}, None),
        (somebody(ADMINISTRATOR), True, {}, None),
        (somebody(OTHER, Role.MODERATOR), False, {}, "not_decider"),
        (None, True, {}, "not_decider"),
        (somebody(OBJECTOR, Role.CHAIR), False, {}, "own_objection_decided"),
        (somebody(CHAIR, Role.CHAIR), False, {"answered_by": frozenset({CHAIR})}, "own_answer"),
        (somebody(AUTHOR, Role.CHAIR), False, {}, "own_text"),
        (somebody(ADOPTER, Role.DEPUTY), False, {}, "own_text"),
        (somebody(CHAIR, Role.CHAIR), False, {"decided_by": frozenset({CHAIR})}, None),
        (
            somebody(CHAIR, Role.CHAIR, "Watch"),
            False,
            {"objector": somebody(OBJECTOR, organisation="Watch")},
            "same_organisation",
        ),
        (somebody(CHAIR, Role.CHAIR, "Watch"), False, {"objector": somebody(OBJECTOR, organisation="Maker")}, None),
    ],
)
def test_nobody_decides_whose_own_decision_is_in_question(member, administrator, parts, expected):
    refusal = rules.why_not_decide(objection(S.SUSTAINED), involved(**parts), member, administrator=administrator)
    assert code(refusal) == expected


def test_an_appeal_is_decided_by_somebody_else_than_the_first_decision():
    parts = involved(decided_by=frozenset({CHAIR}), appealed=True)
    chair, deputy = somebody(CHAIR, Role.CHAIR), somebody(DEPUTY, Role.DEPUTY)
    appealed = objection(S.APPEALED)
    assert code(rules.why_not_decide(appealed, parts, chair, administrator=False)) == "own_decision"
    assert rules.why_not_decide(appealed, parts, deputy, administrator=False) is None


@pytest.mark.parametrize("state", [S.RAISED, S.ANSWERED, S.UPHELD, S.OVERRULED, S.WITHDRAWN, S.LAPSED])
def test_only_what_is_sustained_or_appealed_is_decided(state):
    chair = somebody(CHAIR, Role.CHAIR)
    assert code(rules.why_not_decide(objection(state), involved(), chair, administrator=False)) == "not_to_be_decided"


@pytest.mark.parametrize(
    ("member", "state", "appealed", "expected"),
    [
        (OBJECTOR, S.OVERRULED, False, None),
        (OBJECTOR, S.OVERRULED, True, "appealed_before"),
        (OBJECTOR, S.APPEALED, True, "appealed_before"),
        (OBJECTOR, S.UPHELD, False, "nothing_to_appeal"),
        (OBJECTOR, S.SUSTAINED, False, "nothing_to_appeal"),
        (OTHER, S.OVERRULED, False, "not_appellant"),
    ],
)
def test_there_is_one_appeal(member, state, appealed, expected):
    assert code(rules.why_not_appeal(objection(state), involved(appealed=appealed), somebody(member))) == expected


def test_notes_of_a_mediation_are_the_chairs():
    assert rules.why_not_mediate(objection(S.SUSTAINED), somebody(CHAIR, Role.CHAIR)) is None
    assert code(rules.why_not_mediate(objection(S.SUSTAINED), somebody(AUTHOR))) == "not_chair"
    assert code(rules.why_not_mediate(objection(S.WITHDRAWN), somebody(CHAIR, Role.CHAIR))) == "objection_over"


@pytest.mark.parametrize("state", S)
def test_only_an_answer_lapses(state):
    later = NOON + timedelta(days=14)
    assert rules.has_lapsed(objection(state), reply_days=14, at=later) == (state == S.ANSWERED)
    assert not rules.has_lapsed(objection(state), reply_days=14, at=later - timedelta(seconds=1))
