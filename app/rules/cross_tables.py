"""Which cells of a table of people may be shown when everybody knows the sizes of its rows and columns.

A cell below the smallest group is hidden, an empty one too. That is not enough: where one cell of a row is hidden, the
size of the row gives it away. So more cells are hidden (complementary suppression) until the following holds.

What is promised. Somebody who knows the size of each row and of each column, every shown cell, and that nobody is
counted less than zero times, still finds for each hidden cell a lowest and a highest possible number that lie at least
`minimum` apart, or as far apart as its row or column has people where these are fewer. Where that cannot be reached,
nothing of the table is shown, so that it says no more than the sizes did. The two numbers are exact: they come from a
largest flow through the hidden cells (L. R. Ford, D. R. Fulkerson, 1956; for tables L. H. Cox, 1995).
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import product

from app.rules.disclosure import shown_groups

Cell = tuple[int, int]
REST = "*"
"""The row of all groups too small for a row of their own."""


@dataclass(frozen=True, slots=True)
class Row:
    """One group of people: how many it has in all, and in each column; None where that is not shown."""

    key: str
    people: int
    cells: tuple[int | None, ...]


def cross_table(
    people: Mapping[str, Sequence[int]], minimum: int, hidden: AbstractSet[str] = frozenset()
) -> tuple[Row, ...]:
    """The rows of a table with as many of its cells as may be shown; none where a table would have only one row.

    `people` are the numbers in each column by group. Groups that `disclosure.shown_groups` does not show,
    and those that are `hidden` in other tables, are one row, the last one, under the key `REST`.
    """
    shown = shown_groups({key: sum(cells) for key, cells in people.items()}, minimum) - hidden
    if 0 < sum(sum(cells) for key, cells in people.items() if key not in shown) < minimum:
        return ()
    small = [cells for key, cells in people.items() if key not in shown]
    rows = {key: tuple(cells) for key, cells in people.items() if key in shown}
    if any(sum(cells) for cells in small):
        rows[REST] = tuple(map(sum, zip(*small, strict=True)))
    if len(rows) < 2:  # noqa: PLR2004 - one row is the sizes of the columns
        return ()
    covered = hidden_cells(list(rows.values()), minimum)
    return tuple(
        Row(key, sum(cells), tuple(None if (row, column) in covered else cell for column, cell in enumerate(cells)))
        for row, (key, cells) in enumerate(rows.items())
    )


def hidden_cells(table: Sequence[Sequence[int]], minimum: int) -> frozenset[Cell]:
    """The cells (row, column) that may not be shown. The smallest are hidden first, the same ones every time.

    Raises:
        ValueError: `minimum` is below 1, a number below 0, or rows differ in length.
    """
    if minimum < 1 or any(len(row) != len(table[0]) or min(row, default=0) < 0 for row in table):
        message = "a smallest group is at least 1, and a table has rows of one length with numbers from 0 on"
        raise ValueError(message)
    everything = [(row, column) for row, cells in enumerate(table) for column in range(len(cells))]
    hidden = [cell for cell in everything if table[cell[0]][cell[1]] < minimum]
    for cell in hidden:  # the list grows; a cell that is once safe stays so, for hiding more never narrows it
        needed = min(minimum, sum(table[cell[0]]), sum(row[cell[1]] for row in table))
        while (room := _room(table, set(hidden), cell, needed)) < needed:
            more = _corners(table, set(hidden), cell, needed - room)
            if not more:
                return frozenset(everything)
            hidden += more
    return frozenset(hidden)


def _corners(table: Sequence[Sequence[int]], hidden: AbstractSet[Cell], cell: Cell, missing: int) -> list[Cell]:
    """What to hide with a cell: the corners of a rectangle in which the numbers can be moved around.

    Of those that give enough room the one that hides the fewest people, else the one that gives the most room.
    """
    row, column = cell
    found: list[tuple[int, int, list[Cell]]] = []
    for other_row, other_column in product(range(len(table)), range(len(table[0]))):
        if other_row == row or other_column == column:
            continue
        corners = [(row, other_column), (other_row, column), (other_row, other_column)]
        beside, below, across = (table[corner[0]][corner[1]] for corner in corners)
        room = min(beside, below) + min(table[row][column], across)
        more = [corner for corner in corners if corner not in hidden]
        if more:
            found.append((-min(room, missing), sum(table[corner[0]][corner[1]] for corner in more), more))
    return min(found)[2] if found else []


def _room(table: Sequence[Sequence[int]], hidden: AbstractSet[Cell], cell: Cell, enough: int) -> int:
    """How far apart the highest and the lowest possible number of a hidden cell are, counted up to `enough`."""
    others = hidden - {cell}
    rise = _flow(table, others, cell, enough, rising=True)
    if rise >= enough:
        return enough
    return rise + _flow(table, others, cell, min(enough - rise, table[cell[0]][cell[1]]), rising=False)


def _flow(table: Sequence[Sequence[int]], others: AbstractSet[Cell], cell: Cell, most: int, *, rising: bool) -> int:
    """By how many people, up to `most`, the cell may rise or fall while the other hidden cells make up for it."""
    now = {other: table[other[0]][other[1]] for other in others}
    moved = 0
    while moved < most:
        path = _path(now, cell, rising=rising)
        if path is None:
            break
        step = min([most - moved, *(now[other] for other, falls in path if falls)])
        for other, falls in path:
            now[other] += -step if falls else step
        moved += step
    return moved


def _path(now: Mapping[Cell, int], cell: Cell, *, rising: bool) -> list[tuple[Cell, bool]] | None:
    """The shortest chain of hidden cells from the row of a cell to its column, each with whether it falls.

    Along a chain cells fall and rise by turns; a cell can fall when there is somebody in it.
    """
    start, end = (0, cell[0]), (1, cell[1])
    came: dict[tuple[int, int], tuple[tuple[int, int], Cell] | None] = {start: None}
    waiting = [start]
    for side, number in waiting:
        falls = rising if side == 0 else not rising
        for other, people in now.items():
            there = (1 - side, other[1 - side])
            if other[side] == number and there not in came and (people or not falls):
                came[there] = ((side, number), other)
                waiting.append(there)
    path: list[tuple[Cell, bool]] = []
    step = came.get(end)
    while step is not None:
        (side, _number), other = step
        path.append((other, rising if side == 0 else not rising))
        step = came[step[0]]
    return path or None
