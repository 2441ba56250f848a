"""What changed between two texts: nothing is lost, whatever they say."""

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.differences import (
    Fate,
    Mark,
    changed_numbers,
    clause_changes,
    compare,
)

SAME, ADDED, REMOVED = Mark.SAME, Mark.ADDED, Mark.REMOVED
WORDS = st.lists(
    st.sampled_from(["shall", "not", "a", "lead", ",", ".", "  ", "\n", "'", "警察", "يُعلَم", "é", "e\u0301"])
)


def pieces(old: str, new: str) -> list[tuple[str, str]]:
    return [(piece.mark.value, piece.text) for piece in compare(old, new)]


def without(found, mark):
    return "".join(piece.text for piece in found if piece.mark != mark)


@given(st.text(max_size=60), st.text(max_size=60))
def test_nothing_is_lost_of_any_text(old, new):
    found = compare(old, new)
    assert (without(found, ADDED), without(found, REMOVED)) == (old, new)


@given(WORDS.map(" ".join), WORDS.map("".join))
def test_nothing_is_lost_of_likely_texts(old, new):
    found = compare(old, new)
    assert (without(found, ADDED), without(found, REMOVED)) == (old, new)
    assert all(piece.text for piece in found)
    marks = [piece.mark for piece in found]
    assert all(one != other for one, other in itertools.pairwise(marks))  # neighbours are one piece


@given(st.text(max_size=60))
def test_a_text_does_not_differ_from_itself(written):
    assert all(piece.mark == SAME for piece in compare(written, written))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "It should act.",
            "It shall act.",
            [("same", "It "), ("removed", "should "), ("added", "shall "), ("same", "act.")],
        ),
        ("As a lead.", "As a lead. Always.", [("same", "As a lead."), ("added", " Always.")]),
        (
            "Act alone.",
            "Never act alone. Look first. Always.",
            [("removed", "Act "), ("added", "Never act "), ("same", "alone."), ("added", " Look first. Always.")],
        ),
        ("", "New.", [("added", "New.")]),
        ("Old.", "", [("removed", "Old.")]),
        ("", "", []),
        ("警察应当告知", "警察必须告知", [("same", "警察"), ("removed", "应当"), ("added", "必须"), ("same", "告知")]),
        ("people's data", "peoples data", [("removed", "people's "), ("added", "peoples "), ("same", "data")]),
        ("a, b", "c, d", [("removed", "a, b"), ("added", "c, d")]),  # a comma alone holds nothing together
    ],
)
def test_words_are_compared_as_wholes(old, new, expected):
    assert pieces(old, new) == expected


def test_words_are_counted_without_signs():
    assert sum(piece.words for piece in compare("One, two.", "One, two, three and four.") if piece.mark == ADDED) == 3


def test_clauses_are_compared_by_number_and_removed_ones_keep_their_place():
    old = [{"number": n, "text": f"Clause {n}."} for n in ("1", "2", "3")]
    new = [
        {"number": "1", "text": "Clause 1."},
        {"number": "3", "text": "Clause three."},
        {"number": "4", "text": "New."},
    ]
    changes = clause_changes(old, new)
    assert [(change.number, change.fate) for change in changes] == [
        ("1", Fate.SAME),
        ("2", Fate.REMOVED),
        ("3", Fate.CHANGED),
        ("4", Fate.ADDED),
    ]
    assert changed_numbers(old, new) == ("2", "3", "4")
    assert changes[1].pieces[0].mark == REMOVED


@given(
    st.dictionaries(st.sampled_from("123456"), st.sampled_from(["a", "b", "c"])),
    st.dictionaries(st.sampled_from("123456"), st.sampled_from(["a", "b", "c"])),
)
def test_every_clause_is_there_once(before, after):
    old = [{"number": n, "text": t} for n, t in before.items()]
    new = [{"number": n, "text": t} for n, t in after.items()]
    changes = clause_changes(old, new)
    assert sorted(change.number for change in changes) == sorted({*before, *after})
    assert [c.number for c in changes if c.fate != Fate.REMOVED] == list(after)
    assert set(changed_numbers(old, new)) == {n for n in {*before, *after} if before.get(n) != after.get(n)}


def test_no_text_keeps_a_page_waiting():
    begin = time.process_time()
    compare("a b " * 50_000, "b a " * 50_000)
    compare("a b " * 900, "b a b " * 600)
    assert time.process_time() - begin < 5
