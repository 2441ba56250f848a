"""XLSX: one sheet for each table, numbers as numbers, nothing that runs."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import IO

import xlsxwriter

from app.language import direction, language
from app.reports.columns import Cell, Table
from app.reports.document import Document
from app.reports.edition import WHOLE, Edition
from app.reports.tables import tables

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EXTENSION = "xlsx"
LONGEST_CELL = 32_000  # Excel keeps 32,767 characters
WIDE, NARROW = 60, 16
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
        for table in tables(document):
            sheet = workbook.add_worksheet(str(table.title)[:31])
            _fill(sheet, table, heading, plain)
            if direction(language()) == "rtl":
                sheet.right_to_left()


def _fill(sheet: xlsxwriter.worksheet.Worksheet, table: Table, heading: object, plain: object) -> None:
    sheet.freeze_panes(1, 0)
    for index, column in enumerate(table.columns):
        sheet.set_column(index, index, NARROW if column.number else WIDE if _is_text(column.name) else NARROW + 8)
        sheet.write_string(0, index, column.name, heading)
        sheet.write_comment(0, index, str(column.meaning))
    place = 0
    for row in table.rows:
        for part in _parts(row):
            place += 1
            for index, cell in enumerate(part):
                if isinstance(cell, int):
                    sheet.write_number(place, index, cell, plain)
                elif cell:
                    sheet.write_string(place, index, cell, plain)


def _is_text(name: str) -> bool:
    return name in ("text", "title", "value", "explanation", "clauses", "proposed_change", "grounding", "would_change")


def _parts(row: tuple[Cell, ...]) -> Iterator[tuple[Cell, ...]]:
    """A row, split over several where a text is longer than a cell can hold."""
    longest = max((len(cell) for cell in row if isinstance(cell, str)), default=0)
    yield tuple(cell[:LONGEST_CELL] if isinstance(cell, str) else cell for cell in row)
    for start in range(LONGEST_CELL, longest, LONGEST_CELL):
        yield tuple(cell[start : start + LONGEST_CELL] if isinstance(cell, str) else None for cell in row)
