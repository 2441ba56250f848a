"""A cross-table attacked by somebody who knows every size and every shown cell, and who can count."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.rules.cross_tables import REST, Row, cross_table, hidden_cells

minimums = st.integers(2, 5)


@st.composite
def tables(draw, rows=(2, 3), columns=(2, 3), most=7):
    width = draw(st.integers(*columns))
    row = st.lists(st.integers(0, most), min_size=width, max_size=width)
    return draw(st.lists(row, min_size=rows[0], max_size=rows[1]))


def possible(table, hidden) -> Iterator[dict]:
    """Every way to fill the hidden cells so that all sizes are right, found by trying them one after the other."""
    cells = sorted(hidden)
    rows = [sum(cell for column, cell in enumerate(line) if (row, column) in hidden) for row, line in enumerate(table)]
    columns = [
        sum(line[column] for row, line in enumerate(table) if (row, column) in hidden)
        for column in range(len(table[0]))
    ]

    def fill(place, rows, columns, filled):
        if place == len(cells):
            if not any(rows) and not any(columns):
                yield dict(filled)
            return
        row, column = cells[place]
        last_in_row = place + 1 == len(cells) or cells[place + 1][0] != row
        least = rows[row] if last_in_row else 0
        for people in range(least, min(rows[row], columns[column]) + 1):
            rows[row] -= people
            columns[column] -= people
            yield from fill(place + 1, rows, columns, {**filled, (row, column): people})
            rows[row] += people
            columns[column] += people

    yield from fill(0, rows, columns, {})


def ranges(table, hidden):
    found = {cell: [10**9, -1] for cell in hidden}
    for filled in possible(table, hidden):
        for cell, people in filled.items():
            found[cell] = [min(found[cell][0], people), max(found[cell][1], people)]
    return found


def propagated(table, hidden):
    """Ranges from sizes alone, narrowed row by row and column by column until nothing moves."""
    height, width = len(table), len(table[0])
    lines = [[(row, column) for column in range(width)] for row in range(height)]
    lines += [[(row, column) for row in range(height)] for column in range(width)]
    least = {cell: 0 if cell in hidden else table[cell[0]][cell[1]] for line in lines for cell in line}
    most = {cell: 10**9 if cell in hidden else table[cell[0]][cell[1]] for cell in least}
    before = None
    while before != (before := (dict(least), dict(most))):
        for line in lines:
            size = sum(table[row][column] for row, column in line)
            for cell in line:
                others = [other for other in line if other != cell]
                most[cell] = min(most[cell], size - sum(least[other] for other in others))
                least[cell] = max(least[cell], size - sum(most[other] for other in others))
    return {cell: (least[cell], most[cell]) for cell in hidden}


def needed(table, cell, minimum):
    return min(minimum, sum(table[cell[0]]), sum(line[cell[1]] for line in table))


@settings(max_examples=150)
@given(tables(), minimums)
def test_whoever_tries_every_table_learns_of_no_hidden_cell(table, minimum):
    hidden = hidden_cells(table, minimum)
    assert all(
        table[row][column] >= minimum or (row, column) in hidden
        for row in range(len(table))
        for column in range(len(table[0]))
    )
    if len(hidden) == len(table) * len(table[0]):
        return  # nothing is shown, so nothing was said beside the sizes
    for cell, (least, most) in ranges(table, hidden).items():
        assert most - least >= needed(table, cell, minimum)
        assert least == 0 or most >= minimum


@settings(max_examples=60)
@given(tables(rows=(4, 14), columns=(2, 5), most=30), minimums)
def test_whoever_adds_and_subtracts_learns_of_no_hidden_cell(table, minimum):
    hidden = hidden_cells(table, minimum)
    if len(hidden) < len(table) * len(table[0]):
        for cell, (least, most) in propagated(table, hidden).items():
            assert most - least >= needed(table, cell, minimum)


@given(tables(), minimums)
def test_nothing_more_is_hidden_where_nothing_is_small(table, minimum):
    large = [[cell + minimum for cell in line] for line in table]
    assert hidden_cells(large, minimum) == frozenset()


def test_one_small_cell_takes_three_more_with_it():
    table = [[30, 20, 3], [40, 25, 9], [50, 15, 60]]
    hidden = hidden_cells(table, 5)
    assert (0, 2) in hidden
    assert len(hidden) == 4
    assert len({row for row, _column in hidden}) == len({column for _row, column in hidden}) == 2


def test_small_groups_are_one_row():
    people = {"tenants": (20, 30), "police": (2, 1), "press": (1, 1), "": (12, 9)}
    nothing = (None, None)
    assert cross_table(people, 5) == (Row("tenants", 50, (20, 30)), Row("", 21, nothing), Row(REST, 5, nothing))
    people["press"] = (12, 11)
    people["residents"] = (9, 10)
    assert cross_table(people, 5) == (
        Row("tenants", 50, (20, 30)),
        Row("press", 23, (12, 11)),
        Row("", 21, (12, 9)),
        Row(REST, 22, (11, 11)),
    )
    assert cross_table({"tenants": (20, 30), "police": (0, 0)}, 5) == ()


def test_a_group_that_another_table_hides_has_no_row_here():
    people = {"tenants": (20, 30), "press": (12, 11), "residents": (9, 10), "police": (6, 7)}
    assert [row.key for row in cross_table(people, 5, hidden={"press"})] == ["tenants", "residents", "police", REST]
    assert [row.key for row in cross_table(people, 5, hidden=people.keys())] == []


@given(
    st.dictionaries(st.sampled_from("abcdefgh"), st.tuples(*[st.integers(0, 12)] * 3), max_size=8),
    st.sets(st.sampled_from("abcdefgh")),
    minimums,
)
def test_a_row_is_never_a_small_group_and_nobody_is_left_out(people, hidden, minimum):
    rows = cross_table(people, minimum, hidden)
    assert all(row.people >= minimum and row.key not in hidden for row in rows)
    if rows:
        assert sum(row.people for row in rows) == sum(map(sum, people.values()))


def test_what_is_no_table_is_refused():
    for table, minimum in (([[1, 2], [3]], 5), ([[1, -2]], 5), ([[1, 2]], 0)):
        with pytest.raises(ValueError, match="smallest group"):
            hidden_cells(table, minimum)


def test_a_large_table_takes_little_time():
    table = [[(7 * row + 11 * column) % 23 for column in range(6)] for row in range(40)]
    hidden = hidden_cells(table, 5)
    assert len(hidden) < 240
