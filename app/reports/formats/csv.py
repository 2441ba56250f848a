"""CSV: a zip with one file for each table and a data dictionary. No cell can be taken for a formula."""

import csv
import io
import itertools
import zipfile
from collections.abc import Iterable, Sequence
from typing import IO, BinaryIO, cast

from app.reports.columns import Cell, Table
from app.reports.document import Document
from app.reports.edition import WHOLE, Edition
from app.reports.tables import tables

MEDIA_TYPE = "application/zip"
EXTENSION = "csv.zip"
ALWAYS = (1980, 1, 1, 0, 0, 0)  # the same data give the same bytes
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def render(document: Document, edition: Edition = WHOLE) -> bytes:
    """Every table of the document."""
    packed = io.BytesIO()
    write(document, edition, packed)
    return packed.getvalue()


def write(document: Document, _edition: Edition, into: IO[bytes]) -> None:
    """The same, row by row, however many there are."""
    found = tables(document)
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in found:
            header = [column.name for column in table.columns]
            _add(archive, f"{table.name}.csv", itertools.chain([header], table.rows))
        _add(archive, "dictionary.csv", _dictionary(found))


def _dictionary(found: Iterable[Table]) -> list[Sequence[Cell]]:
    rows: list[Sequence[Cell]] = [["file", "column", "meaning"]]
    for table in found:
        rows += [[f"{table.name}.csv", column.name, str(column.meaning)] for column in table.columns]
    return rows


def written(rows: Iterable[Sequence[Cell]]) -> bytes:
    """One table in UTF-8, with the mark by which spreadsheets know it."""
    packed = io.BytesIO()
    _write(rows, packed)
    return packed.getvalue()


def _write(rows: Iterable[Sequence[Cell]], into: IO[bytes]) -> None:
    into.write(b"\xef\xbb\xbf")
    lines = io.TextIOWrapper(cast("BinaryIO", into), "utf-8", newline="", write_through=False)
    csv.writer(lines).writerows([_safe(cell) for cell in row] for row in rows)
    lines.flush()
    lines.detach()


def _add(archive: zipfile.ZipFile, name: str, rows: Iterable[Sequence[Cell]]) -> None:
    entry = zipfile.ZipInfo(name, ALWAYS)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    with archive.open(entry, "w") as part:
        _write(rows, part)


def _safe(cell: Cell) -> Cell:
    """Spreadsheets run what begins like a formula; an apostrophe makes it a text."""
    if isinstance(cell, str) and cell.lstrip(" ").startswith(FORMULA):
        return f"'{cell}"
    return cell
