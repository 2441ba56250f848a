"""Merging, splitting and withdrawing: who is asked, and when it may be done."""

from datetime import UTC, datetime, timedelta

import pytest

from app.models.consultations import Consultation, ConsultationState, Membership, Role
from app.models.positions import Choice
from app.models.reorganisations import Reorganisation, ReorganisationKind, ReorganisationState
from app.models.standards import Standard
from app.rules.reorganisations import (
    Answers,
    why_not_answer,
    why_not_carry_out,
    why_not_parts,
    why_not_reorganise,
    why_not_target,
    why_not_withdraw_at_once,
)

NOW = datetime(2026, 6, 10, 12, tzinfo=UTC)
CHAIR, PROPOSER, OTHER = Membership(id=1, role=Role.CHAIR), Membership(id=2), Membership(id=3)
for plain in (PROPOSER, OTHER):
    plain.role = Role.PARTICIPANT


def asked(state=ReorganisationState.ASKED) -> Reorganisation:
    return Reorganisation(
        kind=ReorganisationKind.MERGE, membership_id=2, state=state, answer_by=NOW + timedelta(days=14)
    )


def code(refusal):
    return refusal and refusal.code


@pytest.mark.parametrize(
    ("answers", "days", "expected"),
    [
        (Answers(0, 0, 0), 0, None),
        (Answers(3, 1, 1), 0, "answers_awaited"),
        (Answers(3, 1, 1), 15, None),
        (Answers(2, 1, 1), 0, None),
        (Answers(2, 0, 2), 0, "supporters_disagree"),
        (Answers(9, 0, 1), 15, "supporters_disagree"),
        (Answers(9, 0, 0), 15, None),
    ],
)
def test_it_is_done_with_consent_or_after_the_time(answers, days, expected):
    at = NOW + timedelta(days=days)
    assert code(why_not_carry_out(asked(), PROPOSER, answers, at=at)) == expected
    assert code(why_not_carry_out(asked(), CHAIR, answers, at=at)) == expected
    assert code(why_not_carry_out(asked(), OTHER, answers, at=at)) == "not_proposer_or_chair"
    assert code(why_not_carry_out(asked(ReorganisationState.DONE), CHAIR, answers, at=at)) == "reorganisation_over"


@pytest.mark.parametrize(
    ("choice", "expected"),
    [(Choice.SUPPORT, None), (Choice.RESERVATIONS, None), (Choice.OBJECT, "no_supporter"), (None, "no_supporter")],
)
def test_supporters_answer_in_time(choice, expected):
    assert code(why_not_answer(asked(), choice, OTHER, at=NOW)) == expected
    assert code(why_not_answer(asked(), choice, None, at=NOW)) == "not_joined"
    assert code(why_not_answer(asked(), Choice.SUPPORT, OTHER, at=NOW + timedelta(days=14))) == "time_over"


def test_it_is_proposed_by_those_who_answer_for_the_text_one_at_a_time():
    consultation, standard = Consultation(state=ConsultationState.OPEN), Standard(membership_id=2)
    assert code(why_not_reorganise(consultation, standard, PROPOSER, None)) is None
    assert code(why_not_reorganise(consultation, standard, OTHER, None)) == "not_author_or_chair"
    assert code(why_not_reorganise(consultation, standard, CHAIR, asked())) == "already_asked"
    standard.withdrawn_at = NOW
    assert code(why_not_reorganise(consultation, standard, CHAIR, None)) == "standard_withdrawn"
    consultation.state = ConsultationState.CLOSED
    assert code(why_not_reorganise(consultation, standard, CHAIR, None)) == "not_open"


@pytest.mark.parametrize(
    ("parts", "fine"),
    [
        ([("A", ["1"]), ("B", ["2", "3"])], True),
        ([("A", ["1"]), ("B", ["2"])], False),
        ([("A", ["1", "2"]), ("B", ["2", "3"])], False),
        ([("A", ["1", "2", "3"])], False),
        ([("A", ["1"]), ("", ["2", "3"])], False),
        ([("A", ["1", "2", "3"]), ("B", [])], False),
        ([("A" * 201, ["1"]), ("B", ["2", "3"])], False),
        ([("A", ["1"]), ("B", ["2", "7"])], False),
    ],
)
def test_every_clause_goes_to_one_part(parts, fine):
    made = [{"title": title, "clauses": clauses} for title, clauses in parts]
    assert (why_not_parts(made, ["1", "2", "3"]) is None) == fine


def test_a_standard_is_merged_into_another_that_stands():
    source, target = Standard(id=1, number=1), Standard(id=2, number=2)
    assert why_not_target(source, target) is None
    assert why_not_target(source, source) is not None
    assert why_not_target(source, None) is not None
    target.withdrawn_at = NOW
    assert why_not_target(source, target) is not None


def test_without_other_supporters_it_is_withdrawn_at_once():
    assert why_not_withdraw_at_once(Standard(number=1), 0) is None
    assert why_not_withdraw_at_once(Standard(number=None), 3) is None
    assert code(why_not_withdraw_at_once(Standard(number=1), 1)) == "supporters_to_ask"
