"""XLSX: one sheet for each table, numbers as numbers, nothing that runs."""

import io
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from math import ceil
from typing import IO

import xlsxwriter

from app.language import _, direction, language
from app.reports.columns import Cell, Column, Table
from app.reports.document import Document
from app.reports.edition import WHOLE, Edition
from app.reports.tables import tables

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EXTENSION = "xlsx"
LONGEST_CELL = 32_000  # Excel keeps 32,767 characters
WIDE, NARROW = 60, 16
LINE, TALLEST = 15, 409  # points; no spreadsheet draws a taller row
A4, ACROSS = 9, 200
"""The code of the paper, and how wide all columns of one page may be."""
FIRST_WIDE = "\u1100"
LONG = (
    *(
        "text",
        "title",
        "value",
        "explanation",
        "clauses",
        "proposed_change",
        "grounding",
        "would_change",
        "enforcement",
    ),
    *("finding", "promise", "reasons", "company_answer", "outcome_reasons", "route", "what", "scope"),
)
ALWAYS = datetime(1980, 1, 1, tzinfo=UTC).replace(tzinfo=None)  # the same data give the same bytes


def render(document: Document, edition: Edition = WHOLE) -> bytes:
    """Every table of the document in a workbook."""
    packed = io.BytesIO()
    write(document, edition, packed)
    return packed.getvalue()


def write(document: Document, _edition: Edition, into: IO[bytes]) -> None:
    """The same, row by row, however many there are."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(into, options) as workbook:
        workbook.set_properties({"title": document.consultation.title, "created": ALWAYS})
        heading = workbook.add_format({"bold": True, "bottom": 2, "text_wrap": True, "valign": "top"})
        plain = workbook.add_format({"text_wrap": True, "valign": "top"})
        found = tables(document)
        for table in (*found, _dictionary(found)):
            sheet = workbook.add_worksheet(str(table.title)[:31])
            _lay_out(sheet, table)
            _fill(sheet, table, heading, plain)


def _dictionary(found: Iterable[Table]) -> Table:
    """What each column of each sheet holds, as the last sheet."""
    columns = (
        Column("sheet", _("The sheet")),
        Column("column", _("The column")),
        Column("text", _("What it holds")),
    )
    rows = tuple(
        (str(table.title)[:31], column.name, str(column.meaning)) for table in found for column in table.columns
    )
    return Table("dictionary", _("Dictionary"), columns, rows)


def _lay_out(sheet: xlsxwriter.worksheet.Worksheet, table: Table) -> None:
    """Frozen head, columns as wide as what they hold, and pages across on which the head comes back."""
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(ceil(sum(map(_width, table.columns)) / ACROSS), 0)
    sheet.repeat_rows(0)
    sheet.repeat_columns(0)
    sheet.set_footer("&L&A&R&P / &N")
    for index, column in enumerate(table.columns):
        sheet.set_column(index, index, _width(column))
    if direction(language()) == "rtl":
        sheet.right_to_left()


def _width(column: Column) -> int:
    return NARROW if column.number else WIDE if _is_text(column.name) else NARROW + 8


def _fill(sheet: xlsxwriter.worksheet.Worksheet, table: Table, heading: object, plain: object) -> None:
    sheet.set_row(0, LINE * max((_lines(column.name, _width(column)) for column in table.columns), default=1))
    for index, column in enumerate(table.columns):
        sheet.write_string(0, index, column.name, heading)
        sheet.write_comment(0, index, str(column.meaning))
    place = 0
    for row in table.rows:
        for part in _parts(row):
            place += 1
            tall = max(_lines(cell, _width(column)) for cell, column in zip(part, table.columns, strict=True))
            sheet.set_row(place, min(LINE * tall, TALLEST))
            for index, cell in enumerate(part):
                if isinstance(cell, int):
                    sheet.write_number(place, index, cell, plain)
                elif cell:
                    sheet.write_string(place, index, cell, plain)


def _lines(cell: Cell, width: int) -> int:
    """How many lines a text takes in a column; wide letters, such as Chinese ones, count twice."""
    if not isinstance(cell, str):
        return 1
    return sum(1 + (len(line) + sum(letter >= FIRST_WIDE for letter in line)) // width for line in cell.split("\n"))


def _is_text(name: str) -> bool:
    return name in LONG


def _parts(row: tuple[Cell, ...]) -> Iterator[tuple[Cell, ...]]:
    """A row, split over several where a text is longer than a cell can hold."""
    longest = max((len(cell) for cell in row if isinstance(cell, str)), default=0)
    yield tuple(cell[:LONGEST_CELL] if isinstance(cell, str) else cell for cell in row)
    for start in range(LONGEST_CELL, longest, LONGEST_CELL):
        yield tuple(cell[start : start + LONGEST_CELL] if isinstance(cell, str) else None for cell in row)
