"""Points in the plane split into k groups, and how well they are apart. Nothing here is drawn at random.

Groups are those of k-means (S. Lloyd, 1982): the sum of squared distances to the centres is made small from several
starts, and the best result counts. How well groups are apart is the silhouette (P. Rousseeuw, 1987): for each person
(b - a) / max(a, b), a being the mean distance to the own group and b that to the nearest other one; 0 for one alone.
More than 1,024 people are first gathered into 1,024 cells of equal size; in the end the centres move among everybody.
"""

from dataclasses import dataclass

import numpy.typing as npt

from app.analysis.matrix import Floats, Integers
from app.analysis.one_thread import np

STRIPS = 32
"""Cells: 32 strips from left to right with 32 cells each from bottom to top."""
DIRECTIONS, BENDS = 6, (0.3, 0.6, 1.0, 1.6, 3.0)
"""People are cut into k parts from so many directions; parts are equal for 1, else one side gets more."""
WARM_UP, FINALISTS = 4, 8
"""Each start goes so many steps; so many of the best go on to the end."""
STEPS = 100


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """Weighted points: `places` (points, 2) with `weights` people each; `cell_of` is the point of each person."""

    places: Floats
    weights: Floats
    cell_of: Integers
    everybody: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Partition:
    """`labels` of people from 0, `centres` (k, 2), the sum of squared distances `inertia`, and the silhouette."""

    labels: Integers
    centres: Floats
    inertia: float
    silhouette: float

    @property
    def sizes(self) -> Integers:
        """People in each group."""
        return np.bincount(self.labels, minlength=len(self.centres))


def points(places: Floats) -> Points:
    """Each person a point, or cells where there are more people than cells."""
    count = len(places)
    if count <= STRIPS * STRIPS:
        return Points(places, np.ones(count), np.arange(count), places)
    order = np.lexsort((places[:, 1], places[:, 0]))
    strips = np.arange(count) * STRIPS // count
    order = order[np.lexsort((places[order, 1], strips))]
    cells = np.arange(count) * STRIPS * STRIPS // count
    weights = np.bincount(cells).astype(np.float64)
    centres = np.add.reduceat(places[order], np.searchsorted(cells, np.arange(len(weights)))) / weights[:, None]
    cell_of = np.empty(count, np.int64)
    cell_of[order] = cells
    return Points(centres, weights, cell_of, places)


def distances(of: Points) -> Floats:
    """The distances between all points, which every number of groups needs."""
    across, up = (np.subtract.outer(of.places[:, axis], of.places[:, axis]) for axis in (0, 1))
    apart: Floats = np.sqrt(across**2 + up**2)
    return apart


def split(of: Points, count: int, apart: Floats | None = None) -> Partition | None:
    """The best split into so many groups that was found; None where there are fewer different points.

    `apart` are the distances between the points, if they are at hand.
    """
    if len(np.unique(of.places, axis=0)) < count:
        return None
    found = [_settled(of.places, of.weights, start) for start in _finalists(of, _starts(of, count))]
    inertia = [_inertia(of.places, of.weights, *one) for one in found]
    labels, centres = found[_first_least(inertia)]
    ones = np.ones(len(of.everybody))
    silhouette = _silhouette(distances(of) if apart is None else apart, of.weights, labels, count)
    if len(of.everybody) > len(of.places):
        labels, centres = _settled(of.everybody, ones, centres)
    order = _order(labels, centres)
    labels, centres = np.argsort(order)[labels], centres[order]
    return Partition(labels, centres, _inertia(of.everybody, ones, labels, centres), silhouette)


def _order(labels: Integers, centres: Floats) -> Integers:
    """Groups by size, the largest first; among equals from left to right and from bottom to top."""
    sizes = np.bincount(labels, minlength=len(centres))
    return np.lexsort((centres[:, 1], centres[:, 0], -sizes))


def _first_least(figures: list[float]) -> int:
    """The place of the least figure; of figures that are the same but for rounding the first."""
    least = min(figures)
    return next(place for place, figure in enumerate(figures) if figure <= least * (1 + 1e-9))


def _starts(of: Points, count: int) -> list[Floats]:
    """Centres to start from: people cut into parts from several directions, evenly or not, and points far apart."""
    starts = []
    for turn in range(DIRECTIONS):
        angle = np.pi * turn / DIRECTIONS
        order = np.argsort(of.places @ np.array([np.cos(angle), np.sin(angle)]), kind="stable")
        reached = np.cumsum(of.weights[order])
        shares = (reached - of.weights[order] / 2) / reached[-1]
        for bend in BENDS:
            labels = np.empty(len(order), np.int64)
            labels[order] = np.minimum(shares**bend * count, count - 1).astype(np.int64)
            starts.append(_centres(of.places, of.weights, labels, count))
    starts.append(_far_apart(of, count))
    return starts


def _finalists(of: Points, starts: list[Floats]) -> list[Floats]:
    """The most promising starts, a few steps on."""
    begun = [_settled(of.places, of.weights, start, WARM_UP) for start in starts]
    inertia = np.array([_inertia(of.places, of.weights, *one) for one in begun])
    return [begun[place][1] for place in np.argsort(inertia, kind="stable")[:FINALISTS]]


def _far_apart(of: Points, count: int) -> Floats:
    """The middle of all, then each time the point farthest from those chosen."""
    chosen = [np.average(of.places, axis=0, weights=of.weights)]
    nearest = np.full(len(of.places), np.inf)
    for _ in range(count):
        nearest = np.minimum(nearest, ((of.places - chosen[-1]) ** 2).sum(axis=1))
        chosen.append(of.places[int(np.argmax(nearest))])
    return np.array(chosen[1:])


def _settled(places: Floats, weights: Floats, centres: Floats, steps: int = STEPS) -> tuple[Integers, Floats]:
    """Lloyd's steps until nobody changes the group; a group that lost everybody starts again at the farthest point."""
    count = len(centres)
    labels = np.full(len(places), -1)
    for _ in range(steps):
        squares = _squares(places, centres)
        new = np.argmin(squares, axis=0)
        for group in np.flatnonzero(np.bincount(new, minlength=count) == 0):
            not_alone = np.bincount(new, minlength=count)[new] > 1
            new[int(np.argmax(squares[new, np.arange(len(new))] * not_alone))] = group
        if np.array_equal(new, labels):
            break
        labels = new
        centres = _centres(places, weights, labels, count)
    return labels, centres


def _squares(places: Floats, centres: Floats) -> Floats:
    """Shape (centres, points): squared distances."""
    squares: Floats = (places[:, 0] - centres[:, :1]) ** 2 + (places[:, 1] - centres[:, 1:]) ** 2
    return squares


def _centres(places: Floats, weights: Floats, labels: Integers, count: int) -> Floats:
    """Weighted means of each group; (0, 0) for one without anybody."""
    people = np.bincount(labels, weights=weights, minlength=count)
    sums = [np.bincount(labels, weights=weights * places[:, axis], minlength=count) for axis in (0, 1)]
    centres: Floats = (np.array(sums) / np.where(people > 0, people, 1)).T
    return centres


def _inertia(places: Floats, weights: Floats, labels: Integers, centres: Floats) -> float:
    return float(weights @ ((places - centres[labels]) ** 2).sum(axis=1))


def silhouette(of: Points, labels: Integers, count: int) -> float:
    """The mean silhouette of a given labelling of the points, from -1 to 1."""
    return _silhouette(distances(of), of.weights, labels, count)


def _silhouette(apart: Floats, weights: Floats, labels: Integers, count: int) -> float:
    member = np.zeros((len(labels), count))
    member[np.arange(len(labels)), labels] = weights
    people = member.sum(axis=0)
    sums = apart @ member
    rows = np.arange(len(labels))
    own = sums[rows, labels] / np.maximum(people[labels] - 1, 1)
    others = sums / np.where(people > 0, people, 1)
    others[:, people == 0] = np.inf
    others[rows, labels] = np.inf
    nearest = others.min(axis=1)
    larger = np.maximum(own, nearest)
    figures = np.where((people[labels] > 1) & (larger > 0), (nearest - own) / np.where(larger > 0, larger, 1), 0.0)
    return float(np.average(figures, weights=weights))


def likeness(one: npt.ArrayLike, other: npt.ArrayLike) -> float:
    """The adjusted Rand index of two labellings of the same people (L. Hubert, P. Arabie, 1985); 1 for equal groups."""
    _, first = np.unique(np.asarray(one), return_inverse=True)
    _, second = np.unique(np.asarray(other), return_inverse=True)
    if not len(first):
        return 1.0
    table = np.zeros((first.max() + 1, second.max() + 1), np.int64)
    np.add.at(table, (first, second), 1)
    together, rows, columns = (
        float((part * (part - 1) // 2).sum()) for part in (table, table.sum(axis=1), table.sum(axis=0))
    )
    expected = rows * columns / max(len(first) * (len(first) - 1) / 2, 1)
    most = (rows + columns) / 2
    return 1.0 if most == expected else (together - expected) / (most - expected)
