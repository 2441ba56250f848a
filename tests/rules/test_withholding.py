"""What one summary hid the next one hides, unless enough moved that nobody can see."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.disclosure import shown_groups
from app.rules.withholding import (
    NO_TABLES,
    Table,
    hides_more,
    may_be_free,
    tables_as_json,
    tables_from,
    withheld,
)

TABLES = {"standard 1": Table(frozenset("ab"), frozenset("c"), 2), "voices": Table(frozenset("a"), frozenset())}


@pytest.mark.parametrize(("wavering", "minimum", "free"), [(4, 5, False), (5, 5, True), (1, 1, False), (2, 1, True)])
def test_as_many_as_the_smallest_group_must_have_wavered(wavering, minimum, free):
    assert may_be_free(wavering, minimum) is free


@pytest.mark.parametrize(
    ("now", "more"),
    [
        ({}, False),
        (TABLES, False),
        ({"standard 1": Table(frozenset("abc"), frozenset(), 2)}, False),
        ({"standard 1": Table(frozenset("a"), frozenset("bc"), 2)}, True),
        ({"standard 2": Table(frozenset(), frozenset("abc"), 2)}, False),
    ],
)
def test_a_table_that_hides_more_is_found(now, more):
    assert hides_more(TABLES, now) is more


def test_tables_are_kept_as_they_are():
    assert tables_from(tables_as_json(TABLES)) == TABLES
    assert tables_from(None) == NO_TABLES
    assert (withheld(TABLES, "standard 1"), withheld(TABLES, "standard 2")) == (frozenset("c"), frozenset())


@given(
    st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 20)),
    st.sets(st.sampled_from("abcdef")),
    st.integers(0, 9),
)
def test_what_is_withheld_is_hidden_and_nobody_with_it_stands_alone(sizes, hidden, unlisted):
    shown = shown_groups(sizes, 5, unlisted=unlisted, withheld=hidden)
    left = unlisted + sum(size for key, size in sizes.items() if key not in shown)
    assert not shown & hidden
    assert not shown or left == 0 or left >= 5
