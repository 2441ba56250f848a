"""What one summary hid the next one hides, until enough people moved."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.disclosure import shown_groups
from app.rules.withholding import NO_TABLE, NO_TABLES, Table, release, table_in, tables_as_json, tables_from

TABLES = {"standard 1 from 1": Table(frozenset("ab"), frozenset("c"), 2), "voices": Table(frozenset("a"), frozenset())}
SIZES = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 20))
SOME = st.frozensets(st.sampled_from("abcdef"))


@pytest.mark.parametrize(
    ("moved", "still_hidden"),
    [
        ({}, "bcd"),
        ({"b": 10}, "bcd"),  # nobody else moved whose change it could have been
        ({"b": 10, "c": 9}, "bcd"),
        ({"b": 11, "c": 10}, "cd"),  # one of them stays, so that the changes of the other could have been its own
        ({"b": 10, "c": 11, "": 10}, "d"),
        ({"b": 10, "": 10}, "cd"),  # the others stated no group
        ({"b": 10, "a": 10}, "bcd"),  # the others are in a group whose changes everybody sees
        ({"b": 10, "c": 5, "d": 5}, "cd"),
        ({"b": 9, "c": 99}, "bcd"),
    ],
)
def test_enough_people_must_have_moved_in_a_group_and_beside_it(moved, still_hidden):
    table = Table(frozenset("a"), frozenset("bcd"), 3)
    assert release(table, moved, 5) == Table(frozenset("a"), frozenset(still_hidden), 3)


@pytest.mark.parametrize(
    ("sizes", "earlier", "shown"),
    [
        ({"a": 9, "b": 9}, NO_TABLE, "ab"),
        ({"a": 9, "b": 9}, Table(frozenset("a"), frozenset("b")), "a"),
        ({"a": 9, "b": 9, "c": 1}, Table(frozenset("a"), frozenset("b")), "a"),
        ({"a": 9, "b": 4, "c": 9}, Table(frozenset("b"), frozenset("c")), ""),  # b was shown
        ({"a": 9, "b": 6, "c": 1}, Table(frozenset("ab"), frozenset()), ""),  # one who came would hide b
        ({"a": 9, "b": 6, "c": 1}, Table(frozenset("b"), frozenset()), "b"),  # a was not there before
        ({"a": 9}, Table(frozenset("ab"), frozenset()), "a"),  # there is no such group any more
    ],
)
def test_a_table_beside_an_earlier_one(sizes, earlier, shown):
    assert shown_groups(sizes, 5, earlier=earlier) == frozenset(shown)


@given(SIZES, SOME, SOME, st.integers(0, 9))
def test_whatever_was_before_nobody_stands_alone(sizes, before, hidden, unlisted):
    shown = shown_groups(sizes, 5, unlisted=unlisted, earlier=Table(before - hidden, hidden))
    left = unlisted + sum(size for key, size in sizes.items() if key not in shown)
    assert not shown & hidden
    assert not shown or (before - hidden) & sizes.keys() <= shown
    assert not shown or left == 0 or left >= 5


def test_tables_are_kept_as_they_are():
    assert tables_from(tables_as_json(TABLES)) == TABLES
    assert tables_from(None) == NO_TABLES
    assert (table_in(TABLES, "voices"), table_in(TABLES, "standard 2 from 1")) == (TABLES["voices"], NO_TABLE)
