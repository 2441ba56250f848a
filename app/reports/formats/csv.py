"""CSV: a zip with one file for each table and a data dictionary. No cell can be taken for a formula."""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence

from app.reports.columns import Cell, Table
from app.reports.document import Document
from app.reports.edition import WHOLE, Edition
from app.reports.tables import tables

MEDIA_TYPE = "application/zip"
EXTENSION = "csv.zip"
ALWAYS = (1980, 1, 1, 0, 0, 0)  # the same data give the same bytes
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def render(document: Document, _edition: Edition = WHOLE) -> bytes:
    """Every table of the document."""
    found = tables(document)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in found:
            header = [column.name for column in table.columns]
            _write(archive, f"{table.name}.csv", [header, *table.rows])
        _write(archive, "dictionary.csv", _dictionary(found))
    return packed.getvalue()


def _dictionary(found: Iterable[Table]) -> list[Sequence[Cell]]:
    rows: list[Sequence[Cell]] = [["file", "column", "meaning"]]
    for table in found:
        rows += [[f"{table.name}.csv", column.name, str(column.meaning)] for column in table.columns]
    return rows


def written(rows: Iterable[Sequence[Cell]]) -> bytes:
    """One table in UTF-8, with the mark by which spreadsheets know it."""
    lines = io.StringIO(newline="")
    csv.writer(lines).writerows([_safe(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + lines.getvalue().encode()


def _write(archive: zipfile.ZipFile, name: str, rows: Iterable[Sequence[Cell]]) -> None:
    entry = zipfile.ZipInfo(name, ALWAYS)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, written(rows))


def _safe(cell: Cell) -> Cell:
    """Spreadsheets run what begins like a formula; an apostrophe makes it a text."""
    if isinstance(cell, str) and cell.lstrip(" ").startswith(FORMULA):
        return f"'{cell}"
    return cell
