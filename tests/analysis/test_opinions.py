"""From votes to groups and consensus: in the caller's numbers, whatever they are."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.one_thread import np
from app.analysis.opinions import opinions
from tests.analysis.voters import camps, listed, renumbered

ARRAYS = ("informed", "worst", "informed_against", "worst_against")
grids = st.integers(0, 6).flatmap(
    lambda width: st.lists(
        st.lists(st.sampled_from([1, 0, -1, None]), min_size=width, max_size=width), min_size=0, max_size=20
    )
)


def together(result, rename=lambda person: person):
    """The groups as sets of people."""
    members = zip(result.people.tolist(), result.labels.tolist(), strict=True)
    sets = {}
    for person, label in members:
        sets.setdefault(label, set()).add(rename(person))
    return sets


@pytest.mark.parametrize("seed", range(4))
def test_renumbering_changes_nothing_at_all(seed):
    votes, shape, _camp = camps(seed, seen=0.6)
    others, people, statements = renumbered(votes, shape, seed + 50)
    one = opinions(*votes, shape=shape, excluded=[2])
    other = opinions(*others, shape=shape, excluded=[int(statements[2])])
    assert together(one, lambda person: int(people[person])) == together(other)
    place = np.argsort(people[one.people])
    np.testing.assert_array_equal(one.places[place], other.places)
    np.testing.assert_array_equal(one.sure[place], other.sure)
    column = np.argsort(statements[one.statements])
    for name in ARRAYS:
        np.testing.assert_array_equal(getattr(one, name)[column], getattr(other, name))
    np.testing.assert_array_equal(one.counts[:, column], other.counts)
    assert [int(statements[number]) for number in one.shared] == list(other.shared)
    told = [[int(statements[each.statement]) for each in of] for of in one.representative]
    assert told == [[each.statement for each in of] for of in other.representative]
    assert (one.silhouette, one.chance) == (other.silhouette, other.chance)


@given(grids)
@settings(deadline=None, max_examples=40)
def test_any_votes_give_figures(grid):
    votes, shape = listed(grid)
    result = opinions(*votes, shape=shape)
    for name in (*ARRAYS, "places", "counts"):
        assert np.isfinite(getattr(result, name)).all()
    assert sum(result.sizes.values()) == len(result.people) <= len(grid)
    assert len(result.numbers) == len(result.counts) == len(result.representative)
    assert all(size >= 5 for size in result.sizes.values()) or len(result.numbers) <= 1
    assert result.counts.shape[1] == len(result.informed) == len(result.statements)


def test_everybody_agrees():
    votes, shape = listed([[1] * 8] * 30)
    result = opinions(*votes, shape=shape)
    assert result.sizes == {0: 30}
    assert sorted(result.shared) == list(range(8))
    assert result.shared_against == ()
    assert result.shares == (0, 0)


def test_everybody_disagrees():
    votes, shape = listed([[-1] * 8] * 30)
    result = opinions(*votes, shape=shape)
    assert result.shared == ()
    assert sorted(result.shared_against) == list(range(8))


@pytest.mark.parametrize("grid", [[], [[]], [[None]], [[1]], [[1, -1]], [[1], [-1], [0]]])
def test_next_to_nobody(grid):
    votes, shape = listed(grid)
    result = opinions(*votes, shape=shape)
    assert len(result.numbers) <= 1


def test_excluded_statements_appear_nowhere():
    votes, shape, _camp = camps(1)
    result = opinions(*votes, shape=shape, excluded=[0, 5])
    assert not {0, 5} & set(result.statements.tolist())
    assert not {0, 5} & set(result.shared)
    assert not {0, 5} & {one.statement for of in result.representative for one in of}


def test_group_numbers_continue_those_of_the_last_run():
    votes, shape, _camp = camps(2)
    first = opinions(*votes, shape=shape)
    before = {person: 2 - label for person, label in zip(first.people.tolist(), first.labels.tolist(), strict=True)}
    again = opinions(*votes, shape=shape, before=before)
    assert dict(zip(again.people.tolist(), again.labels.tolist(), strict=True)) == before
    assert again.sizes == {number: first.sizes[2 - number] for number in (0, 1, 2)}
    np.testing.assert_array_equal(again.counts, first.counts[::-1])


def test_another_process_finds_the_same_to_the_last_bit():
    program = (
        "from tests.analysis.voters import camps\nfrom app.analysis.opinions import opinions\n"
        "votes, shape, _ = camps(3)\nfound = opinions(*votes, shape=shape)\n"
        "print(found.places.tobytes().hex(), found.labels.tolist(), found.chance)"
    )
    votes, shape, _camp = camps(3)
    found = opinions(*votes, shape=shape)
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == f"{found.places.tobytes().hex()} {found.labels.tolist()} {found.chance}"
