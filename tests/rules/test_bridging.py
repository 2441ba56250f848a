"""Reasons across groups: what several groups share comes before what one group has alone, however large it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.bridging import Candidate, across_groups, bridging

GROUPS = st.integers(1, 6)
COUNTS = st.dictionaries(GROUPS, st.integers(1, 60), min_size=1, max_size=6)


@st.composite
def endorsed(draw):
    """People behind anything by group, and how many of them are behind one reason."""
    active = draw(COUNTS)
    mine = {group: draw(st.integers(0, count)) for group, count in active.items()}
    return {group: count for group, count in mine.items() if count}, active


@pytest.mark.parametrize(
    ("more", "less", "active"),
    [
        ({1: 1, 2: 1}, {3: 4}, {1: 1, 2: 1, 3: 4}),  # two groups of one before one group of four
        ({1: 30, 2: 30}, {1: 100}, {1: 100, 2: 100}),  # a third of both before the whole of one
        ({1: 40, 2: 40, 3: 40, 4: 40}, {1: 1, 2: 1, 3: 1, 4: 1, 5: 1}, dict.fromkeys(range(1, 11), 50)),
        ({1: 20}, {2: 1}, {1: 20, 2: 1}),  # one voice does not stand for a whole group
        ({2: 3}, {1: 100}, {1: 1000, 2: 5}),  # shares of groups, not heads
    ],
)
def test_what_groups_share_comes_first(more, less, active):
    assert bridging(more, active) > bridging(less, active)


@given(endorsed())
def test_the_score_is_a_share_and_knows_no_names(given_):
    mine, active = given_
    score = bridging(mine, active)
    assert 0 <= score < 1
    assert (score == 0) == (not mine)
    renamed = {group + 10: count for group, count in reversed(active.items())}
    assert bridging({group + 10: count for group, count in mine.items()}, renamed) == score


@given(endorsed(), GROUPS)
def test_one_more_person_never_lowers_it(given_, group):
    mine, active = given_
    if mine.get(group, 0) < active.get(group, 0):
        assert bridging({**mine, group: mine.get(group, 0) + 1}, active) > bridging(mine, active)


def test_nobody_is_behind_one_reason_and_behind_none():
    with pytest.raises(ValueError, match="without standing behind any"):
        bridging({1: 2}, {1: 1})


def candidates(*told: tuple[int, int | None, float]) -> list[Candidate]:
    return [Candidate(key, group, score, "2026-01-01", author=key) for key, group, score in told]


def test_no_group_speaks_twice_before_each_has_spoken():
    told = candidates((1, 1, 0.9), (2, 1, 0.8), (3, 2, 0.1), (4, None, 0.05), (5, 2, 0.7))
    assert [one.id for one in across_groups(told, 4)] == [1, 5, 4, 2]
    assert [one.id for one in across_groups(told, 1)] == [1]
    assert across_groups([], 3) == []


def test_one_person_does_not_speak_twice_before_others_of_the_group_have():
    written = ((1, 7, 0.9), (2, 7, 0.8), (3, 7, 0.7), (4, 8, 0.1))
    told = [Candidate(key, None, score, "2026-01-01", author) for key, author, score in written]
    assert [one.id for one in across_groups(told, 3)] == [1, 4, 2]


def test_among_equals_the_earlier_one_comes_first():
    written = ((2, 1, "2026-01-02"), (9, 2, "2026-01-01"), (1, 3, "2026-01-02"))
    told = [Candidate(key, group, 0.5, day, author=key) for key, group, day in written]
    assert [one.id for one in across_groups(told, 3)] == [9, 1, 2]


@given(st.lists(st.tuples(st.sampled_from((1, 2, 3, None)), st.floats(0, 1)), max_size=12), st.integers(0, 12))
def test_as_many_as_there_are_and_none_twice(told, most):
    listed = candidates(*((key, group, score) for key, (group, score) in enumerate(told)))
    chosen = across_groups(listed, most)
    assert len(chosen) == len({one.id for one in chosen}) == min(most, len(listed))
