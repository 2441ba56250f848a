"""Votes as a matrix of people and statements in a form that no numbering can change.

A vote is +1 (agree), 0 (pass) or -1 (disagree); most cells are empty. Everything that is computed from votes starts
here: rows and columns are put into an order that follows from the votes alone, so that renumbering people or statements
gives the same matrix, bit for bit, and with it the same sums, axes and groups.

The order comes from colour refinement (B. Weisfeiler, A. Leman, 1968) of the graph of people and statements: a
statement's key starts from its three counts, a person's key is the sum of what was said about which keys, and as long
as two statements share a key the keys of the people who voted on them are added. Statements that cannot be told apart
by the votes (twins, or parts that mirror each other) are singled out one by one.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

import numpy.typing as npt

from app.analysis.one_thread import np

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Keys = npt.NDArray[np.uint64]
AnyIntegers = npt.NDArray[np.integer]

AGREE, PASS, DISAGREE = 1, 0, -1
CELLS = 4_000_000
"""How many cells are laid out at a time: 16 MB in single precision."""
VOTES = 1_000_000
"""How many votes are walked through at a time."""
ROUNDS, MOST_ROUNDS = 8, 64
"""Keys are refined at most so often where there are many votes, and where there are few; mostly once or twice."""


@dataclass(frozen=True, slots=True, eq=False)
class Matrix:
    """The votes, row by row, in the order that follows from them.

    `starts` (people + 1) says where each row begins in `columns` (ascending in a row) and `values`. `people` and
    `statements` are the caller's numbers of each row and of each column; statements left out are not among them, but
    `excluded` says how many of these had votes.
    """

    starts: Integers
    columns: AnyIntegers
    values: npt.NDArray[np.int8]
    people: Integers
    statements: Integers
    excluded: int

    @property
    def answered(self) -> Integers:
        """How many votes each row has."""
        return np.diff(self.starts)

    def parts(self, votes: int = VOTES) -> Iterator[tuple[int, int]]:
        """Runs of rows (first, one past the last) with about so many votes each."""
        first = 0
        while first < len(self.people):
            last = int(np.searchsorted(self.starts, self.starts[first] + votes, side="right")) - 1
            last = min(max(last, first + 1), len(self.people))
            yield first, last
            first = last

    def codes(self, first: int, last: int) -> Integers:
        """For each vote of these rows three times its column, plus 0 (disagree), 1 (pass) or 2 (agree)."""
        span = slice(self.starts[first], self.starts[last])
        codes = self.columns[span].astype(np.int64)
        codes *= 3
        codes += self.values[span]
        codes += 1
        return codes

    def totals(self) -> Integers:
        """Shape (statements, 3): how many disagree, pass and agree, over all people."""
        size = 3 * len(self.statements)
        counts = np.zeros(size, np.int64)
        for first, last in self.parts():
            counts += np.bincount(self.codes(first, last), minlength=size)
        return counts.reshape(-1, 3)

    def only(self, rows: Integers) -> "Matrix":
        """The same statements with these rows alone, which are given in ascending order."""
        lengths = self.answered[rows]
        starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        where = np.repeat(self.starts[rows] - starts[:-1], lengths) + np.arange(starts[-1])
        return replace(
            self, starts=starts, columns=self.columns[where], values=self.values[where], people=self.people[rows]
        )


def matrix(
    people: AnyIntegers,
    statements: AnyIntegers,
    values: AnyIntegers,
    *,
    shape: tuple[int, int],
    excluded: Collection[int] = (),
) -> Matrix:
    """The matrix of these votes: one entry per person and statement, the latest, in any order.

    People are numbered from 0 to below `shape[0]` and statements to below `shape[1]`; statements in `excluded` (those
    that moderation took out) and those that nobody voted on have no column.

    Raises:
        ValueError: a number or a value is outside its range, the lengths differ, or somebody voted twice on one thing.
    """
    _check(people, statements, values, shape)
    voted_on = _voted_on(statements, shape[1])
    counted = voted_on.copy()
    counted[np.fromiter(excluded, np.int64, len(excluded))] = False
    kept = np.flatnonzero(counted)
    if len(kept) < np.count_nonzero(voted_on):
        chosen = counted[statements]
        people, statements, values = people[chosen], statements[chosen], values[chosen]
    if len(kept) < shape[1]:
        statements = (np.cumsum(counted, dtype=np.int32) - 1)[statements]
    if np.any(people[1:] < people[:-1]):
        order = np.argsort(people, kind="stable")
        people, statements, values = people[order], statements[order], values[order]
    starts = np.searchsorted(people, np.arange(shape[0] + 1).astype(people.dtype)).astype(np.int64)
    narrow = np.uint16 if len(kept) <= np.iinfo(np.uint16).max else np.int32
    given = Matrix(
        starts,
        statements.astype(narrow),
        values.astype(np.int8, copy=False),
        np.arange(shape[0]),
        kept,
        int(np.count_nonzero(voted_on)) - len(kept),
    )
    return _ordered(given, *_keys(given))


def _check(people: AnyIntegers, statements: AnyIntegers, values: AnyIntegers, shape: tuple[int, int]) -> None:
    if not len(people) == len(statements) == len(values):
        message = "each vote has one person, one statement and one value"
        raise ValueError(message)
    limits = ((people, 0, shape[0] - 1), (statements, 0, shape[1] - 1), (values, DISAGREE, AGREE))
    for numbers, least, most in limits:
        if len(numbers) and not least <= int(numbers.min()) <= int(numbers.max()) <= most:
            message = f"a number is not between {least} and {most}"
            raise ValueError(message)


def _voted_on(statements: AnyIntegers, width: int) -> npt.NDArray[np.bool_]:
    found = np.zeros(width, np.bool_)
    for first in range(0, len(statements), VOTES):
        found[statements[first : first + VOTES]] = True
    return found


def _mixed(keys: Keys) -> Keys:
    """Keys scattered over 64 bits (the finaliser of SplitMix64; Steele, Lea and Flood, 2014)."""
    mixed = keys + np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


def _keys(given: Matrix) -> tuple[Keys, Keys]:
    """The keys of rows and columns, refined while two columns share one.

    Where a round tells no more apart, one of the columns with the least shared key is singled out: if they mirror each
    other it makes no difference which, and the next round sorts what hangs on it.
    """
    columns = _folded(given.totals().astype(np.uint64))
    rows = _row_keys(given, columns)
    for _ in range(min(max(ROUNDS, 4 * VOTES // max(len(given.values), 1)), MOST_ROUNDS)):
        apart = len(np.unique(columns))
        if apart == len(columns):
            break
        refined = _folded(np.column_stack([columns, _column_sums(given, rows)]))
        if len(np.unique(refined)) == apart:
            _shared, places, counts = np.unique(refined, return_index=True, return_counts=True)
            one = places[np.flatnonzero(counts > 1)[0]]
            refined[one] = _mixed(refined[one : one + 1])[0]
        columns = refined
        rows = _row_keys(given, columns)
    return rows, columns


def _folded(parts: Keys) -> Keys:
    keys = np.zeros(len(parts), np.uint64)
    for part in parts.T:
        keys = _mixed(keys ^ part)
    return keys


def _row_keys(given: Matrix, columns: Keys) -> Keys:
    """For each row the sum, modulo 2^64, of a number for every (column key, value) in it."""
    table = _mixed(np.repeat(columns, 3) + np.tile(np.arange(3, dtype=np.uint64), len(columns)))
    keys = np.zeros(len(given.people), np.uint64)
    for first, last in given.parts():
        said = table[given.codes(first, last)]
        sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(said)])
        keys[first:last] = np.diff(sums[given.starts[first : last + 1] - given.starts[first]])
    return _mixed(keys)


def _column_sums(given: Matrix, rows: Keys) -> Keys:
    """Shape (columns, 3): for each value the sum of 30 bits of the keys of who gave it, exact in double precision."""
    size = 3 * len(given.statements)
    sums = np.zeros(size)
    short = (rows >> np.uint64(34)).astype(np.float64)
    for first, last in given.parts():
        weights = np.repeat(short[first:last], np.diff(given.starts[first : last + 1]))
        sums += np.bincount(given.codes(first, last), weights=weights, minlength=size)
    return sums.astype(np.uint64).reshape(-1, 3)


def _ordered(given: Matrix, rows: Keys, columns: Keys) -> Matrix:
    """The matrix with its rows and columns in the order of their keys, the columns of each row ascending."""
    by_row, by_column = np.argsort(rows, kind="stable"), np.argsort(columns, kind="stable")
    place = np.argsort(by_column, kind="stable")
    starts = np.concatenate([[0], np.cumsum(given.answered[by_row])]).astype(np.int64)
    new_columns, new_values = np.empty_like(given.columns), np.empty_like(given.values)
    width = len(columns)
    high = max(1, CELLS // max(width, 1))
    for first in range(0, len(by_row), high):
        chosen = by_row[first : first + high]
        lengths = given.answered[chosen]
        span = slice(starts[first], starts[first + len(chosen)])
        where = np.repeat(given.starts[chosen] - starts[first : first + len(chosen)], lengths)
        where += np.arange(span.start, span.stop)
        offset = np.repeat(np.arange(len(chosen)) * width, lengths)
        cells = np.zeros(len(chosen) * width, np.int8)
        cells[offset + place[given.columns[where]]] = given.values[where] + np.int8(2)
        found = np.flatnonzero(cells)
        if len(found) < len(offset):
            message = "somebody voted twice on the same statement"
            raise ValueError(message)
        new_columns[span] = found - offset
        new_values[span] = cells[found] - np.int8(2)
    people, statements = given.people[by_row], given.statements[by_column]
    return Matrix(starts, new_columns, new_values, people, statements, given.excluded)
