"""Places: Polis's definition, checked against a plain decomposition of the whole matrix with the gaps filled."""

import pytest

from app.analysis.matrix import matrix
from app.analysis.one_thread import np
from app.analysis.projection import project
from tests.analysis.voters import camps, listed, renumbered


def plainly(votes, shape):
    """Places from the singular vectors of the full matrix, gaps filled with the mean of their statement."""
    full = np.full(shape, np.nan)
    full[votes[0], votes[1]] = votes[2]
    means = np.nanmean(full, axis=0)
    centred = np.where(np.isnan(full), means, full) - means
    _left, _values, axes = np.linalg.svd(centred, full_matrices=False)
    answered = np.maximum((~np.isnan(full)).sum(axis=1), 1)
    return centred @ axes[:2].T * np.sqrt(shape[1] / answered)[:, None]


@pytest.mark.parametrize("seed", range(4))
def test_places_are_those_of_the_full_matrix(seed):
    votes, shape, _camp = camps(seed, seen=0.5)
    made = matrix(*votes, shape=shape)
    found = project(made).positions[np.argsort(made.people)]
    expected = plainly(votes, shape)
    for axis in (0, 1):
        sign = np.sign(expected[:, axis] @ found[:, axis])
        np.testing.assert_allclose(found[:, axis], sign * expected[:, axis], atol=1e-12)


def test_single_precision_blocks_are_near_enough(monkeypatch):
    votes, shape, _camp = camps(3, sizes=(200, 150, 100))
    made = matrix(*votes, shape=shape)
    whole = project(made).positions
    monkeypatch.setattr("app.analysis.projection.CELLS", 600)
    np.testing.assert_allclose(project(made).positions, whole, atol=1e-5)


def test_renumbering_gives_the_same_places_bit_for_bit():
    votes, shape, _camp = camps(4)
    others, people, _statements = renumbered(votes, shape, 9)
    one, other = matrix(*votes, shape=shape), matrix(*others, shape=shape)
    here, there = np.empty((shape[0], 2)), np.empty((shape[0], 2))
    here[people[one.people]] = project(one).positions
    there[other.people] = project(other).positions
    np.testing.assert_array_equal(here, there)


@pytest.mark.parametrize(
    "grid",
    [[[1, 1], [1, 1]], [[-1, -1, -1]], [[1]], [[None, None]], [[0, 0], [0, None]], []],
    ids=["all agree", "one person", "one vote", "no votes", "all pass", "nobody"],
)
def test_nobody_differs_nobody_moves(grid):
    votes, shape = listed(grid)
    found = project(matrix(*votes, shape=shape))
    assert not found.positions.any()
    assert not found.shares.any()


def test_opposites_stand_opposite():
    votes, shape = listed([[1, 1, 1], [-1, -1, -1]])
    made = matrix(*votes, shape=shape)
    places = project(made).positions[np.argsort(made.people)]
    np.testing.assert_allclose(places, [[np.sqrt(3), 0], [-np.sqrt(3), 0]], atol=1e-12)


def test_directions_that_the_votes_do_not_tell_apart_are_not_drawn():
    # Four people, each alone against the others on one statement: every direction is as good as any other.
    votes, shape = listed([[1 if row == column else -1 for column in range(4)] for row in range(4)])
    found = project(matrix(*votes, shape=shape))
    assert not found.positions.any()


def test_votes_on_excluded_statements_move_nobody():
    votes, shape, _camp = camps(5)
    changed = (votes[0], votes[1], np.where(votes[1] == 3, -votes[2], votes[2]))
    one, other = (project(matrix(*each, shape=shape, excluded=[3])).positions for each in (votes, changed))
    np.testing.assert_array_equal(one, other)


def test_a_statement_stands_where_somebody_stands_who_agreed_with_it_alone():
    votes, shape, _camp = camps(6)
    made = matrix(*votes, shape=shape)
    found = project(made)
    expected = np.sqrt(shape[1]) * (1 - found.means) * found.components
    np.testing.assert_allclose(found.statements.T, expected)
    np.testing.assert_allclose(found.extremity, np.hypot(*expected))
