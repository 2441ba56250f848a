"""Who stores summaries, and that two of them lie far enough apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.consultations import Consultation, ConsultationState, Membership, Role
from app.models.summaries import Asker, RunState
from app.rules.summaries import (
    asker_of,
    why_not_again,
    why_not_make_now,
    why_not_make_summary,
    why_not_tell_apart,
)


def consultation(state=ConsultationState.OPEN, minimum=5):
    return Consultation(state=state, minimum_group=minimum)


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (None, False),
        (Role.PARTICIPANT, False),
        (Role.CHAIR, True),
        (Role.DEPUTY, True),
        (Role.MODERATOR, True),
        (Role.POLICYMAKER, True),
    ],
)
def test_the_team_stores_summaries(role, may):
    membership = Membership(role=role) if role else None
    assert (why_not_make_summary(membership, administrator=False) is None) == may
    assert why_not_make_summary(membership, administrator=True) is None
    assert asker_of(membership) == (Asker(role.value) if may else Asker.ADMINISTRATOR)


@pytest.mark.parametrize(
    ("state", "facts", "code"),
    [
        (ConsultationState.OPEN, {}, None),
        (ConsultationState.OPEN, {"since": 1, "changed": 5}, None),
        (ConsultationState.OPEN, {"since": 1, "changed": 4}, "too_few_changes"),
        (ConsultationState.CLOSED, {"since": 1, "changed": 4}, None),
        (ConsultationState.OPEN, {"changed": 4}, None),
        (ConsultationState.OPEN, {"unfinished": 2}, "summary_waiting"),
        (ConsultationState.RESPONDED, {"same": 2}, "summary_same"),
        (ConsultationState.DRAFT, {}, "not_public"),
    ],
)
def test_when_a_summary_can_be_stored(state, facts, code):
    known = {"unfinished": None, "same": None, "changed": 0, "since": None, **facts}
    refusal = why_not_make_now(consultation(state), **known)
    assert (refusal.code if refusal else None) == code


@given(st.integers(0, 30), st.integers(1, 12))
def test_the_difference_of_two_summaries_holds_nobody_or_enough_people(changed, minimum):
    assert (why_not_tell_apart(changed, minimum=minimum) is None) == (changed == 0 or changed >= minimum)


def test_only_what_failed_is_tried_again():
    assert why_not_again(RunState.FAILED) is None
    assert {why_not_again(state).code for state in RunState if state != RunState.FAILED} == {"summary_not_failed"}
