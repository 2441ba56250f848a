"""Where people stand: the two directions in which answers differ most, and each person's place along them.

As Polis defines it (C. Small and others, "Polis: scaling deliberation by mapping high dimensional opinion spaces",
RECERCA 26(2), 2021): a missing vote is taken to be the mean of its statement, the matrix is centred, the two principal
components are found, and each person is placed by the answers that he or she gave.

A missing vote is then 0 after centring, so that the components are the eigenvectors of the matrix of statements S'S,
where S holds `vote - mean` in the cells with a vote and 0 elsewhere. A statement that moderation took out has no column
and moves nobody. Polis sets it to 0 for everybody, as if all had passed; that is felt in one place, the stretch for
those who gave few answers, sqrt(n / n_i): taken out or not, it counts in n and in every n_i. It is kept, because
without it people with few answers are pushed so far out that they draw the groups to themselves.
"""

from dataclasses import dataclass

import numpy.typing as npt

from app.analysis.matrix import CELLS, Floats, Matrix
from app.analysis.one_thread import np

APART = 1e-9
"""Eigenvalues nearer than this, as a share of the largest, belong to directions that the votes do not tell apart."""
NOTHING = 1e-12
"""An eigenvalue below this share of all variance is rounding."""


@dataclass(frozen=True, slots=True, eq=False)
class Projection:
    """Places in the order of the matrix.

    `means` (statements) of the votes cast, 0 without any. `components` (2, statements), each of length 1, or all 0
    where the votes give no such direction. `shares` (2) of the variance that they carry. `positions` (people, 2) and
    their standard errors `errors` (people, 2): how far a place would move had the person met other statements of the
    same kind. `statements` (statements, 2): the place of somebody who agreed with that statement and said nothing else.
    """

    means: Floats
    components: Floats
    shares: Floats
    positions: Floats
    errors: Floats
    statements: Floats

    @property
    def extremity(self) -> Floats:
        """How far from the middle each statement lies; Polis's weight of a statement in routing."""
        return np.hypot(self.statements[:, 0], self.statements[:, 1])


def project(votes: Matrix) -> Projection:
    """Places of all people and statements; never NaN, and all zero where nobody differs."""
    means = _means(votes)
    centred = (np.array([-1.0, 0.0, 1.0]) - means[:, None]).ravel()
    components, shares = _components(_products(votes, centred))
    positions, errors = _places(votes, centred, components)
    width = len(votes.statements) + votes.excluded
    statements = np.sqrt(width) * (1 - means)[:, None] * components.T
    return Projection(means, components, shares, positions, errors, statements)


def _means(votes: Matrix) -> Floats:
    totals = votes.totals()
    means: Floats = (totals[:, 2] - totals[:, 0]) / np.maximum(totals.sum(axis=1), 1)
    return means


def _products(votes: Matrix, centred: Floats) -> Floats:
    """S'S, shape (statements, statements); in single precision by blocks of rows where S is larger than one block."""
    height, width = len(votes.people), len(votes.statements)
    products = np.zeros((width, width))
    high = max(1, CELLS // max(width, 1))
    kind: type[np.float32 | np.float64] = np.float64 if height <= high else np.float32
    table = centred.astype(kind)
    block: npt.NDArray[np.floating] = np.zeros((min(high, height), width), kind)
    for first in range(0, height, high):
        last = min(first + high, height)
        part = block[: last - first]
        part.fill(0)
        lengths = np.diff(votes.starts[first : last + 1])
        codes = votes.codes(first, last)
        where = np.repeat(np.arange(last - first) * width, lengths)
        where += votes.columns[votes.starts[first] : votes.starts[last]]
        part.reshape(-1)[where] = table[codes]
        products += part.T @ part
    return products


def _components(products: Floats) -> tuple[Floats, Floats]:
    """The two leading eigenvectors and their shares of the trace; a direction that is not determined is 0."""
    width = len(products)
    components, shares = np.zeros((2, width)), np.zeros(2)
    whole = float(np.trace(products))
    if whole <= 0:
        return components, shares
    values, vectors = np.linalg.eigh(products)
    leading = np.concatenate([values[::-1][:3], np.zeros(3)])
    for number in range(min(2, width)):
        beside = [leading[other] for other in (number - 1, number + 1) if other >= 0]
        if leading[number] <= NOTHING * whole or any(abs(leading[number] - x) <= APART * leading[0] for x in beside):
            continue
        components[number] = _signed(vectors[:, width - 1 - number])
        shares[number] = leading[number] / whole
    return components, shares


def _signed(vector: Floats) -> Floats:
    """The direction with its sign fixed: the sum of the cubes is positive, or else the first entry that is not 0."""
    leaning = float(np.sum(vector**3))
    if abs(leaning) <= APART:
        leaning = float(vector[np.flatnonzero(np.abs(vector) > APART)[0]])
    signed: Floats = vector if leaning > 0 else -vector
    return signed


def _places(votes: Matrix, centred: Floats, components: Floats) -> tuple[Floats, Floats]:
    """Places sqrt(n / n_i) * sum((v - mean) w) over the n_i votes of a person, and their standard errors."""
    height = len(votes.people)
    sums, squares = np.zeros((2, height)), np.zeros((2, height))
    tables = centred * np.repeat(components, 3, axis=1)
    for first, last in votes.parts():
        codes = votes.codes(first, last)
        begins = votes.starts[first:last] - votes.starts[first]
        some = np.flatnonzero(np.diff(votes.starts[first : last + 1]))
        if not len(some):
            continue
        for number, table in enumerate(tables):
            said = table[codes]
            sums[number, first + some] = np.add.reduceat(said, begins[some])
            np.square(said, out=said)
            squares[number, first + some] = np.add.reduceat(said, begins[some])
    answered = np.maximum(votes.answered, 1)
    stretch = np.sqrt((len(votes.statements) + votes.excluded) / (answered + votes.excluded))
    spread = np.maximum(squares - sums**2 / answered, 0) * answered / np.maximum(answered - 1, 1)
    return (sums * stretch).T, (np.sqrt(spread) * stretch).T
