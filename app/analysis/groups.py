"""Opinion groups: who answered alike, and whether there are groups at all.

As Polis does, people with at least seven votes are grouped by their places, and of two to five groups that number is
taken whose silhouette is the highest. Unlike Polis, nothing depends on the order in which votes arrived, a group needs
a smallest size, and groups only count when they are further apart than chance makes them: each statement's votes are
shuffled among those who voted on it, places and groups are found anew, twenty times, and the silhouette has to be
higher than in each of these (a Monte Carlo test at the level of 1/21, below 5 %). Otherwise there is one group.
"""

from dataclasses import dataclass, replace

import numpy.typing as npt

from app.analysis.matrix import Floats, Integers, Matrix
from app.analysis.one_thread import np
from app.analysis.partition import Partition, distances, points, split
from app.analysis.projection import Projection, project

LEAST_VOTES, FEWEST_PEOPLE = 7, 15
SMALLEST, MOST = 5, 5
SHUFFLES = 20
SAMPLE = 2_000
"""Chance is measured on at most so many people."""
SEED = 21
ONE_SIDED = 1.2815515655446004
"""The 90 % point of the normal distribution."""


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """The groups of the people in `rows` of the matrix: numbers from 0, the largest group first.

    `sure` says of each person whether the border to the next group is further away than the uncertainty of the place
    (90 %, one-sided). `silhouette` is that of these groups, None for one group. `chance` are the silhouettes of
    shuffled votes, `observed` is what they were compared with: the best of the same people. Empty and None if nothing
    was compared.
    """

    rows: Integers
    labels: Integers
    centres: Floats
    sure: npt.NDArray[np.bool_]
    silhouette: float | None
    observed: float | None
    chance: tuple[float, ...]

    @property
    def sizes(self) -> Integers:
        """People in each group."""
        return np.bincount(self.labels, minlength=len(self.centres))


def grouped_rows(votes: Matrix, least: int = LEAST_VOTES, fewest: int = FEWEST_PEOPLE) -> Integers:
    """The rows of people with `least` votes, or as many as there are statements; never nobody's who voted on nothing.

    Where these are fewer than `fewest` people, the most active others are taken in, all that voted equally often.
    """
    answered = votes.answered
    enough = min(least, max(len(votes.statements), 1))
    if np.count_nonzero(answered >= enough) < fewest:
        ranked = np.sort(answered)[::-1]
        enough = min(enough, int(ranked[min(fewest, len(ranked)) - 1]) if len(ranked) else enough)
    return np.flatnonzero(answered >= max(enough, 1))


def partitions(places: Floats, smallest: int = SMALLEST, most: int = MOST) -> list[Partition]:
    """The best splits into two to `most` groups, each of at least `smallest` people."""
    of = points(places)
    apart = distances(of)
    found = (split(of, count, apart) for count in range(2, most + 1))
    return [one for one in found if one is not None and one.sizes.min() >= smallest]


def best(candidates: list[Partition]) -> Partition | None:
    """The split with the highest silhouette, the one into fewer groups among equals; None where there is none."""
    return max(candidates, key=lambda one: (round(one.silhouette, 9), -len(one.centres)), default=None)


def find(votes: Matrix, projection: Projection, rows: Integers, smallest: int = SMALLEST) -> Groups:
    """The groups of these rows; one group where none stand out from chance."""
    places = projection.positions[rows]
    chosen = best(partitions(places, smallest))
    observed, chance = beside_chance(votes, rows, smallest) if chosen else (None, ())
    if chosen is None or observed is None or observed <= max(chance):
        centre = places.mean(axis=0, keepdims=True) if len(rows) else np.zeros((0, 2))
        labels, sure = np.zeros(len(rows), np.int64), np.ones(len(rows), np.bool_)
        return Groups(rows, labels, centre, sure, None, observed, chance)
    sure = _sure(places, projection.errors[rows], chosen)
    return Groups(rows, chosen.labels, chosen.centres, sure, chosen.silhouette, observed, chance)


def beside_chance(votes: Matrix, rows: Integers, smallest: int = SMALLEST) -> tuple[float | None, tuple[float, ...]]:
    """The best silhouette of these people and those of their shuffled votes (-1 where no split is allowed).

    Of more than 2,000 people an even share in the order of the matrix is taken, which is as good as drawn at random and
    the same for every numbering. None where the votes themselves allow no split.
    """
    if len(rows) > SAMPLE:
        rows = rows[np.arange(SAMPLE) * len(rows) // SAMPLE]
    people = votes.only(rows)
    observed = best(partitions(project(people).positions, smallest))
    if observed is None:
        return None, ()
    order = np.argsort(people.columns, kind="stable")
    columns, said = people.columns[order].astype(np.float64), people.values[order]
    chance = np.random.default_rng(SEED)
    silhouettes = []
    for _ in range(SHUFFLES):
        values = np.empty_like(said)
        values[order] = said[np.argsort(columns + chance.random(len(columns)), kind="stable")]
        found = best(partitions(project(replace(people, values=values)).positions, smallest))
        silhouettes.append(found.silhouette if found else -1.0)
    return observed.silhouette, tuple(silhouettes)


def _sure(places: Floats, errors: Floats, groups: Partition) -> npt.NDArray[np.bool_]:
    """Whether the border to each other group is at least 1.28 standard errors away."""
    own = groups.centres[groups.labels]
    sure = np.ones(len(places), np.bool_)
    for number, centre in enumerate(groups.centres):
        away = centre - own
        length = np.hypot(away[:, 0], away[:, 1])
        others = (groups.labels != number) & (length > 0)
        ahead = away / np.where(length > 0, length, 1)[:, None]
        border = length / 2 - ((places - own) * ahead).sum(axis=1)
        error = np.hypot(errors[:, 0] * ahead[:, 0], errors[:, 1] * ahead[:, 1])
        sure &= ~others | (border > ONE_SIDED * error)
    return sure
