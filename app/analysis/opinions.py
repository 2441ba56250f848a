"""From votes to opinion groups and consensus in one call, in the caller's own numbers."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import numpy.typing as npt

from app.analysis import consensus, groups, matching, matrix, projection, representative
from app.analysis.matrix import AnyIntegers, Floats, Integers
from app.analysis.one_thread import np

VERSION = 1
"""Goes up whenever the same votes would give other figures. Stored results of another version are computed anew."""


@dataclass(frozen=True, slots=True, eq=False)
class Opinions:
    """Everything about people is in ascending order of `people`, about statements in ascending order of `statements`.

    `people` are those grouped, with their group numbers `labels`, their `places` (people, 2) and whether the border to
    another group is beyond doubt, `sure`. `numbers` are the group numbers that occur, ascending: usually 0, 1, ..., but
    a number may be missing where a group of the run before is gone. `counts` (numbers, statements, 3) are how many
    disagree, pass and agree. `informed` and `worst` are for agreeing, `informed_against` and `worst_against` for
    disagreeing. `shared` and `shared_against` are statements that every group surely agrees or disagrees with, the
    surest first; `representative` says for each of `numbers` what sets it apart. `shares` of the variance belong to the
    two axes. `silhouette`, `observed` and `chance` are those of the groups.
    """

    people: Integers
    labels: Integers
    places: Floats
    sure: npt.NDArray[np.bool_]
    numbers: tuple[int, ...]
    statements: Integers
    counts: Integers
    informed: Floats
    worst: Floats
    informed_against: Floats
    worst_against: Floats
    shared: tuple[int, ...]
    shared_against: tuple[int, ...]
    representative: tuple[tuple[representative.Representative, ...], ...]
    shares: tuple[float, float]
    silhouette: float | None
    observed: float | None
    chance: tuple[float, ...]

    @property
    def sizes(self) -> dict[int, int]:
        """People in each group, by its number."""
        return {number: int(np.count_nonzero(self.labels == number)) for number in self.numbers}


def opinions(
    people: AnyIntegers,
    statements: AnyIntegers,
    values: AnyIntegers,
    *,
    shape: tuple[int, int],
    excluded: Collection[int] = (),
    before: Mapping[int, int] | None = None,
    smallest: int = groups.SMALLEST,
) -> Opinions:
    """The groups of these votes and what they agree on; `before` are the group numbers of people in the last run.

    Votes are as in `matrix.matrix`. No group has fewer than `smallest` people.

    Raises:
        ValueError: as `matrix.matrix`.
    """
    votes = matrix.matrix(people, statements, values, shape=shape, excluded=excluded)
    placed = projection.project(votes)
    found = groups.find(votes, placed, groups.grouped_rows(votes), smallest)
    if before:
        found = _renumbered(votes, found, before)
    return _told(votes, placed, found)


def _renumbered(votes: matrix.Matrix, found: groups.Groups, before: Mapping[int, int]) -> groups.Groups:
    """The same groups, their labels those of the last run."""
    earlier = np.array([before.get(int(person), -1) for person in votes.people[found.rows]], np.int64)
    given = matching.numbers(found.labels, earlier, len(found.centres))
    return replace(found, labels=np.array(given, np.int64)[found.labels])


def _told(votes: matrix.Matrix, placed: projection.Projection, found: groups.Groups) -> Opinions:
    """The results in the caller's numbers and order."""
    numbers, within = np.unique(found.labels, return_inverse=True)
    labels = np.full(len(votes.people), -1)
    labels[found.rows] = within
    counts = consensus.tally(votes, labels, len(numbers))
    agree, disagree = consensus.agreement(counts), consensus.agreement(counts, consensus.DISAGREED)
    by_person, by_statement = np.argsort(votes.people[found.rows]), np.argsort(votes.statements)
    rows = found.rows[by_person]
    return Opinions(
        people=votes.people[rows],
        labels=found.labels[by_person],
        places=placed.positions[rows],
        sure=found.sure[by_person],
        numbers=tuple(int(number) for number in numbers),
        statements=votes.statements[by_statement],
        counts=counts[:, by_statement],
        informed=agree.informed[by_statement],
        worst=agree.worst[by_statement],
        informed_against=disagree.informed[by_statement],
        worst_against=disagree.worst[by_statement],
        shared=_numbered(votes, consensus.shared(counts)),
        shared_against=_numbered(votes, consensus.shared(counts, consensus.DISAGREED)),
        representative=tuple(
            tuple(replace(one, statement=int(votes.statements[one.statement])) for one in of_group)
            for of_group in representative.representative(counts)
        ),
        shares=(float(placed.shares[0]), float(placed.shares[1])),
        silhouette=found.silhouette,
        observed=found.observed,
        chance=found.chance,
    )


def _numbered(votes: matrix.Matrix, places: Integers) -> tuple[int, ...]:
    return tuple(int(votes.statements[place]) for place in places)
