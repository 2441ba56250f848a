"""What a disposition needs, how by how; which comments are on the table, and which ones the outcome waits for."""

from datetime import UTC, datetime, timedelta

import pytest

from app.models.comments import Comment, CommentType
from app.models.consultations import Membership, Role
from app.models.contributions import State
from app.models.dispositions import DispositionKind
from app.models.objections import ObjectionState
from app.rules import dispositions as rules

NOON = datetime(2026, 6, 10, 12, tzinfo=UTC)
K = DispositionKind
WHY = "The courts asked for it."
PUBLISHED = {1: NOON, 3: NOON + timedelta(days=1)}


def field(problem):
    return problem and problem[0]


def code(refusal):
    return refusal and refusal.code


def comment(**values) -> Comment:
    whole = {"id": 7, "consultation_id": 1, "membership_id": 2, "state": State.PUBLISHED, "depth": 0}
    return Comment(**{**whole, "proposed_change": "", "type": CommentType.GENERAL, **values})


@pytest.mark.parametrize("how", K)
def test_only_what_was_accepted_goes_without_a_reason(how):
    expected = None if how == K.ACCEPTED else "reason"
    for reason in ("", "No.", "No, never"):
        assert field(rules.problem_with_words(how, reason, 1, PUBLISHED)) == expected
    assert rules.problem_with_words(how, WHY, 1, PUBLISHED) is None


@pytest.mark.parametrize("how", K)
@pytest.mark.parametrize("version", [None, 0, 2, 4])
def test_what_changed_the_text_names_a_published_version(how, version):
    changing = how in (K.ACCEPTED, K.MODIFIED)
    assert field(rules.problem_with_words(how, WHY, version, PUBLISHED)) == ("version" if changing else None)


@pytest.mark.parametrize(
    ("how", "version", "expected"),
    [(K.ACCEPTED, 3, None), (K.ACCEPTED, 1, "version"), (K.MODIFIED, 3, None), (K.NOTED, 3, "disposition")],
)
def test_after_an_objection_was_upheld_only_a_newer_text_answers_it(how, version, expected):
    since = NOON + timedelta(hours=1)
    assert field(rules.problem_with_words(how, WHY, version, PUBLISHED, since=since)) == expected


@pytest.mark.parametrize(
    ("reason", "enough"),
    [
        ("", False),
        ("Yes", False),
        ("Two words", False),
        ("It is done.", True),
        ("法院要求这样写。", True),
        ("是", False),
    ],
)
def test_a_sentence_is_more_than_a_word(reason, enough):
    assert rules.says_why(reason) == enough


@pytest.mark.parametrize(
    ("how", "same", "deferred", "expected"),
    [
        (K.DUPLICATE, None, "", "duplicate_of"),
        (K.DUPLICATE, comment(), "", "duplicate_of"),
        (K.DUPLICATE, comment(id=8, consultation_id=2), "", "duplicate_of"),
        (K.DUPLICATE, comment(id=8, state=State.PENDING), "", "duplicate_of"),
        (K.DUPLICATE, comment(id=8), "", None),
        (K.DEFERRED, None, "", "deferred_to"),
        (K.DEFERRED, None, "Version 2", None),
        (K.NOTED, None, "", None),
    ],
)
def test_duplicates_and_deferrals_point_somewhere(how, same, deferred, expected):
    assert field(rules.problem_with_target(how, comment(), same, deferred)) == expected


@pytest.mark.parametrize(
    ("values", "on_the_table", "waited_for"),
    [
        ({}, True, False),
        ({"depth": 1}, False, False),
        ({"depth": 1, "proposed_change": "x", "type": CommentType.TECHNICAL}, True, True),
        ({"proposed_change": "x"}, True, True),
        ({"proposed_change": "x", "type": CommentType.EDITORIAL}, True, False),
        ({"proposed_change": "x", "state": State.PENDING}, False, False),
        ({"proposed_change": "x", "state": State.HIDDEN}, False, False),
    ],
)
def test_what_has_to_be_resolved(values, on_the_table, waited_for):
    found = comment(**values)
    assert (rules.needs_disposition(found), rules.blocks(found)) == (on_the_table, waited_for)


@pytest.mark.parametrize(
    ("change", "wording", "expected"),
    [("", False, "ge"), ("", True, "ge"), ("x", False, "te"), ("x", True, "ed")],
)
def test_the_type_follows_from_what_is_suggested(change, wording, expected):
    assert rules.type_of(change, wording_only=wording).value == expected


def test_an_edit_keeps_what_was_said_of_the_wording():
    assert rules.type_after_edit(CommentType.EDITORIAL, "y") == CommentType.EDITORIAL
    assert rules.type_after_edit(CommentType.GENERAL, "y") == CommentType.TECHNICAL
    assert rules.type_after_edit(CommentType.TECHNICAL, "") == CommentType.GENERAL


@pytest.mark.parametrize(
    ("member", "objection", "expected"),
    [
        (Membership(id=1, role=Role.CHAIR), None, None),
        (Membership(id=1, role=Role.DEPUTY), ObjectionState.WITHDRAWN, None),
        (Membership(id=1, role=Role.DEPUTY), ObjectionState.LAPSED, None),
        (Membership(id=1, role=Role.CHAIR), ObjectionState.RAISED, "answer_instead"),
        (Membership(id=1, role=Role.CHAIR), ObjectionState.OVERRULED, "answer_instead"),
        (Membership(id=2, role=Role.CHAIR), None, "own_comment"),
        (Membership(id=3, role=Role.MODERATOR), None, "not_chair"),
        (None, None, "not_chair"),
    ],
)
def test_who_resolves_a_comment(member, objection, expected):
    assert code(rules.why_not_dispose(member, comment(), objection)) == expected
    assert code(rules.why_not_dispose(Membership(id=1, role=Role.CHAIR), comment(depth=2), None)) == "not_on_the_table"
