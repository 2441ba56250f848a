"""No number leads back to a group below the smallest size."""

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.disclosure import BalanceLevel, balance, percent, shown_groups

SIZES = st.dictionaries(st.integers(1, 20), st.integers(0, 40), max_size=12)
MINIMA = st.integers(1, 12)


@pytest.mark.parametrize(
    ("sizes", "minimum", "expected"),
    [
        ({}, 5, set()),
        ({1: 0}, 5, set()),
        ({1: 4}, 5, set()),
        ({1: 5}, 5, {1}),
        ({1: 5, 2: 0}, 5, {1}),  # nobody is hidden, so nothing can be subtracted
        ({1: 9, 2: 4, 3: 20}, 5, {3}),  # 4 would be total - shown: the smallest shown group goes with them
        ({1: 9, 2: 4, 3: 1, 4: 20}, 5, {1, 4}),  # 5 hidden together
        ({1: 9, 2: 4}, 5, set()),
        ({1: 9, 2: 9, 3: 1}, 5, {1}),  # of equals the greater key goes
        ({1: 1, 2: 2}, 1, {1, 2}),
        ({1: 4, 2: 4, 3: 9, 4: 20}, 5, {4}),  # eight people in two groups below five are four in each
        ({1: 4, 2: 3, 3: 9, 4: 20}, 5, {3, 4}),
        ({1: 1, 2: 5, 3: 9, 4: 20}, 5, {4}),  # six people in a group from five on and one that is not empty
        ({1: 2, 2: 5, 3: 9, 4: 20}, 5, {3, 4}),
        ({1: 4, 2: 9, 3: 9, 4: 20}, 5, {4}),  # the smallest goes: of thirteen people at most nine are in it
        ({1: 1, 2: 5, 3: 5, 4: 5}, 5, {2, 3}),  # sixteen people, three groups from five on: the total says it anyway
    ],
)
def test_which_groups_are_shown(sizes: dict[int, int], minimum: int, expected: set[int]) -> None:
    assert shown_groups(sizes, minimum) == expected


def test_names_serve_as_keys_too() -> None:
    assert shown_groups({"b": 6, "a": 6, "c": 2}, 5) == {"a"}


@given(SIZES, MINIMA)
def test_the_hidden_remainder_is_nobody_or_enough(sizes: dict[int, int], minimum: int) -> None:
    shown = shown_groups(sizes, minimum)
    hidden = sum(size for key, size in sizes.items() if key not in shown)
    assert hidden == 0 or hidden >= minimum or not shown


@given(SIZES, MINIMA)
def test_beside_a_shown_group_the_remainder_is_never_small(sizes: dict[int, int], minimum: int) -> None:
    shown = shown_groups(sizes, minimum)
    assert all(sizes[key] >= minimum for key in shown)
    if sum(sizes.values()) >= minimum:
        hidden = sum(sizes.values()) - sum(sizes[key] for key in shown)
        assert hidden not in range(1, minimum)


@given(SIZES, MINIMA, st.randoms(use_true_random=False))
def test_the_order_of_groups_changes_nothing(sizes: dict[int, int], minimum: int, random: Random) -> None:
    items = list(sizes.items())
    random.shuffle(items)
    assert shown_groups(dict(items), minimum) == shown_groups(sizes, minimum)


@given(SIZES, MINIMA)
def test_beside_people_without_a_group_one_more_is_enough(sizes: dict[int, int], minimum: int) -> None:
    large = {key for key, size in sizes.items() if size >= minimum}
    assert len(large - shown_groups(sizes, minimum, unlisted=1)) <= 1
    assert shown_groups(sizes, minimum, unlisted=minimum) == large


@pytest.mark.parametrize(
    ("sizes", "unlisted", "expected"),
    [
        ({1: 9, 2: 20}, 1, {2}),  # one person without a group is not told apart either
        ({1: 9, 2: 20}, 5, {1, 2}),
        ({1: 9, 2: 20, 3: 1}, 4, {1, 2}),
        ({}, 3, set()),
    ],
)
def test_people_without_a_group_are_hidden_with_the_others(
    sizes: dict[int, int], unlisted: int, expected: set[int]
) -> None:
    assert shown_groups(sizes, 5, unlisted=unlisted) == expected


@pytest.mark.parametrize(("sizes", "minimum"), [({1: 5}, 0), ({1: -1}, 5)])
def test_nonsense_is_refused(sizes: dict[int, int], minimum: int) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        shown_groups(sizes, minimum)


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [(0, 0, None), (19, 19, None), (20, 20, 100), (749, 1000, 74), (1, 1000, 0), (3, 20, 15), (0, 20, 0)],
)
def test_percentages(part: int, whole: int, expected: int | None) -> None:
    assert percent(part, whole) == expected


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_percentage_never_claims_too_much(part: int, others: int) -> None:
    share = percent(part, part + others)
    assert share is None or share * (part + others) <= 100 * part < (share + 1) * (part + others)


def test_balance_says_who_outweighs_the_others() -> None:
    assert balance({1: 10, 2: 10, 3: 10}) == ()  # exactly a third is no dominance
    notices = balance({1: 11, 2: 10, 3: 9})
    assert [(notice.key, notice.level) for notice in notices] == [(1, BalanceLevel.NOTICE)]
    assert notices[0].share == Fraction(11, 30)
    assert balance({1: 10, 2: 10})[0].level is BalanceLevel.NOTICE  # exactly a half is not above
    assert [(notice.key, notice.level) for notice in balance({1: 8, 2: 11, 3: 2})] == [
        (2, BalanceLevel.WARNING),
        (1, BalanceLevel.NOTICE),
    ]


def test_balance_never_mentions_a_small_group() -> None:
    assert balance({1: 4, 2: 1}) == ()
    assert balance({}) == balance({1: 0}) == ()
