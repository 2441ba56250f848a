"""Groups: found where there are some, refused where chance would do as well, the same under every numbering."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis import groups, partition
from app.analysis.matching import numbers
from app.analysis.matrix import matrix
from app.analysis.one_thread import np
from app.analysis.projection import project
from tests.analysis.voters import camps, listed, noise

places = st.lists(st.tuples(*[st.floats(-9, 9).map(lambda x: round(x, 3))] * 2), min_size=5, max_size=30)


def found(votes, shape):
    made = matrix(*votes, shape=shape)
    return made, groups.find(made, project(made), groups.grouped_rows(made))


@pytest.mark.parametrize("seed", range(3))
def test_camps_are_found(seed):
    votes, shape, camp = camps(seed)
    made, result = found(votes, shape)
    assert result.sizes.tolist() == [34, 21, 13]
    assert partition.likeness(result.labels, camp[made.people[result.rows]]) == 1
    assert result.observed > max(result.chance)
    assert result.sure.mean() > 0.7


@pytest.mark.parametrize("seed", range(4))
def test_noise_is_one_group(seed):
    _made, result = found(*noise(seed))
    assert result.sizes.tolist() == [80]
    assert result.silhouette is None
    assert len(result.chance) == groups.SHUFFLES
    assert result.sure.all()


def test_one_person_far_away_is_no_group():
    votes, shape = listed([[1, 1, 1, -1, 0, 1, 1, -1]] * 19 + [[-1] * 8])
    _made, result = found(votes, shape)
    assert result.sizes.tolist() == [20]


def test_seven_votes_put_you_in_a_group():
    votes, shape = listed([[1] * 7 + [None]] * 15 + [[1] * 6 + [None] * 2])
    made = matrix(*votes, shape=shape)
    assert sorted(made.people[groups.grouped_rows(made)].tolist()) == list(range(15))


def test_where_few_are_active_all_equally_active_are_taken_in():
    votes, shape = listed([[1] * 8] * 3 + [[1] * 4 + [None] * 4] * 20 + [[1] + [None] * 7] * 9)
    made = matrix(*votes, shape=shape)
    assert sorted(made.people[groups.grouped_rows(made)].tolist()) == list(range(23))


def test_who_voted_on_nothing_is_in_no_group():
    votes, shape = listed([[1, -1], [None, None]])
    made = matrix(*votes, shape=shape)
    assert made.people[groups.grouped_rows(made)].tolist() == [0]


def test_large_crowds_are_compared_with_chance_on_a_share_of_them(monkeypatch):
    monkeypatch.setattr(groups, "SAMPLE", 60)
    votes, shape, camp = camps(1, sizes=(70, 60, 50))
    made, result = found(votes, shape)
    assert partition.likeness(result.labels, camp[made.people[result.rows]]) > 0.9


def test_more_people_than_cells_are_split_as_well():
    votes, shape, camp = camps(2, sizes=(700, 500, 300))
    made = matrix(*votes, shape=shape)
    split = partition.split(partition.points(project(made).positions), 3)
    assert partition.likeness(split.labels, camp[made.people]) > 0.9
    assert split.sizes.sum() == 1500
    everybody = partition.points(project(made).positions)
    centres = np.array([everybody.everybody[split.labels == group].mean(axis=0) for group in range(3)])
    np.testing.assert_allclose(split.centres, centres)


@given(places, st.integers(2, 4))
@settings(deadline=None, max_examples=60)
def test_a_split_is_settled_and_its_figures_hold(drawn, count):
    where = np.array(drawn)
    split = partition.split(partition.points(where), count)
    if len({tuple(place) for place in drawn}) < count:
        assert split is None
        return
    assert split.sizes.min() >= 1
    assert list(split.sizes) == sorted(split.sizes, reverse=True)
    assert -1 <= split.silhouette <= 1
    assert split.inertia <= ((where - where.mean(axis=0)) ** 2).sum() + 1e-9
    squares = ((where[:, None] - split.centres) ** 2).sum(axis=2)
    assert (squares[np.arange(len(where)), split.labels] <= squares.min(axis=1) + 1e-9).all()


def test_the_silhouette_is_that_of_rousseeuw():
    where = np.array([[0.0, 0.0], [1.0, 0.0], [10.0, 0.0], [12.0, 0.0], [30.0, 0.0]])
    labels = np.array([0, 0, 1, 1, 2])
    # (b - a) / max(a, b) by hand; alone: 0.
    expected = [(11 - 1) / 11, (10 - 1) / 10, (9.5 - 2) / 9.5, (11.5 - 2) / 11.5, 0]
    assert partition.silhouette(partition.points(where), labels, 3) == pytest.approx(np.mean(expected), abs=1e-12)


@pytest.mark.parametrize(
    ("one", "other", "index"),
    [([0, 0, 1, 1], [1, 1, 0, 0], 1.0), ([0, 0, 1, 1], [0, 1, 0, 1], -0.5), ([], [], 1.0), ([0, 0], [0, 0], 1.0)],
)
def test_the_adjusted_rand_index(one, other, index):
    assert partition.likeness(one, other) == pytest.approx(index)


@pytest.mark.parametrize(
    ("new", "before", "count", "given_numbers"),
    [
        ([0, 0, 0, 1, 1], [1, 1, 1, 0, 0], 2, (1, 0)),
        ([0, 0, 1, 1, 2], [0, 0, 0, 1, 1], 3, (0, 1, 2)),
        ([0, 0, 0, 0], [0, 0, 1, 1], 1, (0,)),
        ([0, 0, 1], [2, 2, -1], 2, (2, 0)),
        ([0, 1], [-1, -1], 2, (0, 1)),
        ([], [], 0, ()),
    ],
)
def test_groups_keep_their_number(new, before, count, given_numbers):
    assert numbers(np.array(new, np.int64), np.array(before, np.int64), count) == given_numbers


def test_other_people_cannot_be_matched():
    with pytest.raises(ValueError, match="same people"):
        numbers(np.array([0]), np.array([0, 1]), 1)
