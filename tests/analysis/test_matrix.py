"""The order of rows and columns follows from the votes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.matrix import matrix
from app.analysis.one_thread import HELD, np
from tests.analysis.voters import camps, listed, renumbered

FIELDS = ("starts", "columns", "values")


def test_linear_algebra_is_held_to_one_thread():
    assert HELD


@pytest.mark.parametrize("seed", range(5))
def test_renumbering_gives_the_same_matrix(seed):
    votes, shape, _camp = camps(seed)
    others, people, statements = renumbered(votes, shape, seed + 100)
    one, other = matrix(*votes, shape=shape), matrix(*others, shape=shape)
    for field in FIELDS:
        np.testing.assert_array_equal(getattr(one, field), getattr(other, field))
    np.testing.assert_array_equal(people[one.people], other.people)
    np.testing.assert_array_equal(statements[one.statements], other.statements)


@given(
    st.integers(1, 6).flatmap(
        lambda width: st.lists(
            st.lists(st.sampled_from([1, 0, -1, None]), min_size=width, max_size=width), min_size=1, max_size=8
        )
    ),
    st.integers(0, 99),
)
def test_small_and_symmetrical_votes_give_the_same_matrix_too(grid, seed):
    votes, shape = listed(grid)
    others, _people, _statements = renumbered(votes, shape, seed)
    one, other = matrix(*votes, shape=shape), matrix(*others, shape=shape)
    for field in FIELDS:
        np.testing.assert_array_equal(getattr(one, field), getattr(other, field))


def test_people_who_each_voted_on_a_statement_of_their_own():
    votes, shape = listed([[1 if row == column else None for column in range(6)] for row in range(6)])
    one = matrix(*votes, shape=shape)
    for seed in range(4):
        other = matrix(*renumbered(votes, shape, seed)[0], shape=shape)
        for field in FIELDS:
            np.testing.assert_array_equal(getattr(one, field), getattr(other, field))


def test_twins_are_told_apart_by_whom_they_meet():
    # Columns 0 and 1 have the same counts; only who voted on them differs.
    grid = [[1, None, 1, 1], [None, 1, 1, None], [-1, None, None, 1], [None, -1, 1, 1]]
    votes, shape = listed(grid)
    one = matrix(*votes, shape=shape)
    for seed in range(8):
        others, _people, statements = renumbered(votes, shape, seed)
        other = matrix(*others, shape=shape)
        np.testing.assert_array_equal(statements[one.statements], other.statements)
        np.testing.assert_array_equal(one.values, other.values)


def test_every_vote_stays_where_it_was():
    votes, shape, _camp = camps(1)
    made = matrix(*votes, shape=shape)
    rows = np.repeat(made.people, made.answered)
    found = set(zip(rows.tolist(), made.statements[made.columns].tolist(), made.values.tolist(), strict=True))
    assert found == set(zip(*(part.tolist() for part in votes), strict=True))


def test_excluded_and_unseen_statements_have_no_column():
    votes, shape = listed([[1, 0, None, -1], [1, None, None, 1]])
    made = matrix(*votes, shape=shape, excluded={0, 2})
    assert sorted(made.statements.tolist()) == [1, 3]
    assert made.excluded == 1
    assert made.totals()[np.argsort(made.statements)].tolist() == [[0, 1, 0], [1, 0, 1]]


def test_blocks_of_any_size_give_the_same(monkeypatch):
    votes, shape, _camp = camps(2)
    whole = matrix(*votes, shape=shape)
    monkeypatch.setattr("app.analysis.matrix.CELLS", 50)
    monkeypatch.setattr("app.analysis.matrix.VOTES", 17)
    monkeypatch.setattr(type(whole).parts, "__defaults__", (17,))
    parts = matrix(*votes, shape=shape)
    for field in FIELDS:
        np.testing.assert_array_equal(getattr(whole, field), getattr(parts, field))


@pytest.mark.parametrize(
    ("votes", "said"),
    [
        (([0, 0], [1, 1], [1, -1]), "twice"),
        (([0], [5], [1]), "between"),
        (([7], [0], [1]), "between"),
        (([0], [0], [2]), "between"),
        (([0, 1], [0], [1]), "each vote"),
    ],
)
def test_what_is_no_vote_is_refused(votes, said):
    with pytest.raises(ValueError, match=said):
        matrix(*(np.array(part) for part in votes), shape=(3, 3))


def test_people_without_votes_have_empty_rows():
    made = matrix(np.array([2]), np.array([0]), np.array([1]), shape=(4, 1))
    assert sorted(made.answered.tolist()) == [0, 0, 0, 1]
