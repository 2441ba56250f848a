"""Consensus and representativeness, reckoned again with fractions; and bounds that one vote cannot fool."""

from math import sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis import consensus
from app.analysis.consensus import AGREED, DISAGREED
from app.analysis.matrix import matrix
from app.analysis.one_thread import np
from app.analysis.representative import apart, representative
from tests.analysis.voters import listed, reckoned, two_sample

grids = st.integers(1, 5).flatmap(
    lambda width: st.lists(
        st.tuples(st.integers(0, 2), st.lists(st.sampled_from([1, 0, -1, None]), min_size=width, max_size=width)),
        min_size=1,
        max_size=25,
    )
)


def counted(grid, of):
    """Counts in the order of the statements that have votes, and these statements."""
    names = sorted(set(of))
    votes, shape = listed(grid)
    made = matrix(*votes, shape=shape)
    labels = np.array([names.index(group) for group in of])
    counts = consensus.tally(made, labels[made.people], len(names))
    return counts[:, np.argsort(made.statements)], np.sort(made.statements).tolist()


@given(grids)
@settings(deadline=None)
def test_counts_and_product_are_exact(rows):
    of, grid = [row[0] for row in rows], [row[1] for row in rows]
    counts, statements = counted(grid, of)
    informed = consensus.agreement(counts).informed
    for place, statement in enumerate(statements):
        expected, product = reckoned(grid, of, statement)
        found = [(cell[2], cell[0], cell.sum()) for cell in counts[:, place]]
        assert found == expected
        assert informed[place] == pytest.approx(float(product), abs=1e-12)


@given(grids)
@settings(deadline=None)
def test_what_sets_groups_apart_is_exact(rows):
    of, grid = [row[0] for row in rows], [row[1] for row in rows]
    counts, _statements = counted(grid, of)
    for side in (AGREED, DISAGREED):
        found = apart(counts, side)
        for group, place in np.ndindex(counts.shape[:2]):
            said, seen = int(counts[group, place, side]), int(counts[group, place].sum())
            said_out = int(counts[:, place, side].sum()) - said
            seen_out = int(counts[:, place].sum()) - seen
            share = (said + 1) / (seen + 2)
            assert found.share[group, place] == pytest.approx(share, abs=1e-12)
            assert found.ratio[group, place] == pytest.approx(share / ((said_out + 1) / (seen_out + 2)), abs=1e-12)
            z_one = 2 * sqrt(seen + 1) * ((said + 1) / (seen + 1) - 0.5)
            assert found.z_one[group, place] == pytest.approx(z_one, abs=1e-12)
            z_two = two_sample(said, seen, said_out, seen_out)
            assert found.z_two[group, place] == pytest.approx(z_two, abs=1e-12)


@given(grids)
@settings(deadline=None)
def test_figures_stay_in_their_bounds(rows):
    counts, _statements = counted([row[1] for row in rows], [row[0] for row in rows])
    for side in (AGREED, DISAGREED):
        found = consensus.agreement(counts, side)
        low, high = consensus.interval(counts[..., side], counts.sum(axis=-1))
        assert ((found.informed > 0) & (found.informed < 1)).all()
        assert ((found.worst >= 0) & (found.worst < 1)).all()
        assert ((low >= 0) & (low <= high) & (high <= 1)).all()
        for of in (apart(counts, side), found):
            assert all(np.isfinite(getattr(of, name)).all() for name in of.__slots__)
        assert len(consensus.majority(counts, side)) <= 5


def test_one_vote_fools_the_product_and_not_the_bound():
    # Statement 0: one person of each group agrees and nobody else saw it. Statement 1: 18 of 20 agree in both.
    counts = np.array([[[0, 0, 1], [2, 0, 18]]] * 2)
    found = consensus.agreement(counts)
    assert found.informed[0] == pytest.approx(4 / 9)
    assert found.worst[0] == pytest.approx(1 / (1 + consensus.NINETY**2))
    assert found.worst[0] < 0.3
    assert found.worst[1] > 0.7
    assert consensus.shared(counts).tolist() == [1]


def test_the_bound_is_that_of_the_worst_group():
    counts = np.array([[[0, 0, 50]], [[30, 0, 20]], [[0, 0, 0]]])
    assert consensus.agreement(counts[:2]).worst[0] == pytest.approx(consensus.lower_bound(*np.array([20, 50])))
    assert consensus.agreement(counts).worst[0] == 0


@pytest.mark.parametrize(
    ("said", "seen", "low", "high"), [(10, 10, 0.787058, 1.0), (0, 10, 0.0, 0.212942), (0, 0, 0.0, 1.0)]
)
def test_wilson(said, seen, low, high):
    found = consensus.interval(np.array(said), np.array(seen))
    assert found == (pytest.approx(low, abs=1e-6), pytest.approx(high, abs=1e-6))


def test_what_most_people_agree_on_whatever_their_group():
    counts = np.array([[[0, 0, 9], [9, 0, 0], [5, 0, 5]], [[1, 0, 8], [8, 1, 0], [1, 0, 0]]])
    assert consensus.majority(counts).tolist() == [0]
    assert consensus.majority(counts, DISAGREED).tolist() == [1]


def test_representative_statements_of_two_camps():
    # 0: only the first group agrees; 1: only the second; 2: both; 3: nobody of the second group voted.
    counts = np.array(
        [[[0, 0, 20], [18, 2, 0], [0, 0, 20], [0, 0, 9]], [[20, 0, 0], [0, 0, 20], [0, 0, 20], [0, 0, 0]]]
    )
    first, second = representative(counts)
    assert [(one.statement, one.agrees) for one in first] == [(0, True), (1, False)]
    assert [(one.statement, one.agrees) for one in second] == [(1, True), (0, False)]
    assert (first[0].said, first[0].seen, first[0].said_elsewhere, first[0].seen_elsewhere) == (20, 20, 0, 20)
    assert first[0].certain


def test_where_nothing_stands_out_one_statement_stands_alone_and_uncertain():
    counts = np.array([[[1, 0, 2], [0, 0, 3]], [[2, 0, 1], [0, 0, 3]]])
    first, _second = representative(counts)
    assert [(one.statement, one.agrees, one.certain) for one in first] == [(0, True, False)]


def test_one_group_is_not_apart_from_nobody():
    assert representative(np.array([[[0, 0, 5]]])) == ((),)
    assert representative(np.zeros((0, 3, 3), np.int64)) == ()


def test_at_most_so_many_and_one_agreement_among_them():
    apart_by = [[[20, 0, 0]] * 6 + [[2, 3, 15]], [[0, 0, 20]] * 6 + [[12, 3, 5]]]
    first, _second = representative(np.array(apart_by), most=3)
    assert [one.agrees for one in first] == [True, False, False]
    assert first[0].statement == 6
