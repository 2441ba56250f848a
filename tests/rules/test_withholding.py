"""What one summary hid the next one hides, unless enough moved that nobody can see."""

from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.disclosure import shown_groups
from app.rules.withholding import (
    NO_TABLES,
    Table,
    entries_needed,
    hides_more,
    may_be_free,
    tables_as_json,
    tables_from,
    withheld,
)

CHOICES = ("support", "object", "abstain")
TABLES = {"standard 1": Table(frozenset("ab"), frozenset("c"), 2), "voices": Table(frozenset("a"), frozenset())}


def cells(**people):
    """People of one standard by the first letter of their choice and their group: `s1` supports in group 1."""
    names = {"s": "support", "o": "object"}
    return {(7, 1, "people", int(key[1]), names[key[0]]): count for key, count in people.items()}


@pytest.mark.parametrize(
    ("before", "now", "needed"),
    [
        ({}, {}, 0),
        ({"s1": 4}, {"s1": 4}, 0),
        ({}, {"s1": 4, "o2": 1}, 5),
        ({"s1": 4}, {"s1": 3, "o1": 1}, 1),  # one who changed
        ({"s1": 4}, {"s1": 3, "o2": 1}, 2),  # one who left, and one of another group
        ({"s1": 4}, {"s1": 1, "o1": 1}, 3),  # one who changed, two who left
        ({"s1": 4, "o1": 2}, {}, 6),
    ],
)
def test_how_many_entries_a_change_needs(before, now, needed):
    assert entries_needed(cells(**before), cells(**now)) == needed


@given(st.integers(0, 2**32), st.integers(0, 30), st.integers(0, 12))
def test_what_happened_is_never_less_than_what_is_needed(seed, people, entries):
    random = Random(seed)

    def position():
        return (random.randrange(2), 1, "people", random.choice((None, 1, 2)), random.choice(CHOICES))

    here = [position() for _ in range(people)]
    before = Counter(here)
    for _ in range(entries):
        what = random.randrange(3)
        if what == 0 or not here:
            here.append(position())
            continue
        place = random.randrange(len(here))
        if what == 1:
            here.pop(place)
        else:
            here[place] = (*here[place][:-1], random.choice(CHOICES))
    assert entries_needed(before, Counter(here)) <= entries


@pytest.mark.parametrize(("entries", "minimum", "free"), [(9, 5, False), (10, 5, True), (6, 1, False), (7, 1, True)])
def test_enough_must_be_left_beyond_what_is_needed(entries, minimum, free):
    assert may_be_free(entries, cells(s1=4), cells(s1=9), minimum) is free


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
