"""Wilson's interval: known values, and what holds for all of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.intervals import Interval, wilson

PARTS = st.integers(20, 3000).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole)))


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [
        (10, 20, Interval(29, 71)),  # 0.299 to 0.701
        (0, 20, Interval(0, 17)),  # 0 to 0.161
        (20, 20, Interval(83, 100)),
        (81, 263, Interval(25, 37)),  # 0.255 to 0.366, the example of Newcombe (1998)
        (15, 148, Interval(6, 17)),  # 0.062 to 0.161, the same
        (750, 1000, Interval(72, 78)),
        (19, 19, None),
        (0, 0, None),
    ],
)
def test_known_values(part, whole, expected):
    assert wilson(part, whole) == expected


@pytest.mark.parametrize(("part", "whole"), [(-1, 30), (31, 30), (1, 0)])
def test_no_part_is_more_than_the_whole(part, whole):
    with pytest.raises(ValueError, match="a part lies between"):
        wilson(part, whole)


@given(PARTS)
def test_the_share_lies_inside_and_the_width_is_never_zero(counts):
    part, whole = counts
    found = wilson(part, whole)
    assert 0 <= found.low <= 100 * part / whole <= found.high <= 100
    assert found.low < found.high


@given(PARTS)
def test_it_mirrors_itself(counts):
    part, whole = counts
    one, other = wilson(part, whole), wilson(whole - part, whole)
    assert abs(one.low - (100 - other.high)) <= 1
    assert abs(one.high - (100 - other.low)) <= 1


@given(PARTS)
def test_more_people_never_widen_it(counts):
    part, whole = counts
    few, many = wilson(part, whole), wilson(10 * part, 10 * whole)
    assert many.high - many.low <= few.high - few.low


@given(PARTS)
def test_one_more_who_approves_never_lowers_it(counts):
    part, whole = counts
    before, after = wilson(part, whole), wilson(part + 1, whole + 1)
    assert (after.low, after.high) >= (before.low, before.high)
