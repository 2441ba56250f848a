"""CSV files of an export, read strictly: UTF-8, the columns that are needed, and for each row its line in the file.

Nothing is guessed. A file that cannot be trusted as a whole raises `UnreadableExport`; a single bad row comes out as a
`SkippedRow` with its reason, and reading goes on behind it.
"""

import csv
import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BufferedReader
from pathlib import Path

from app.errors import DomainError
from app.language import Message, _, ngettext
from app.text import clean_line, excerpt

TITLE_LENGTH = 120
WIDE_TITLE_LENGTH = 60  # Han, kana and hangul say in one character what takes others two or more
LONGEST_REFERENCE = 60

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LATEST = datetime(9999, 1, 1, tzinfo=UTC)
_WHOLE_NUMBER = re.compile("-?[0-9]{1,18}")
_ZONE_NAME = re.compile(r"\s*(?:UTC|GMT)$")
_ZONE_OFFSET = re.compile(r"\s+([+-]\d\d:?\d\d)$")


class UnreadableExport(DomainError):
    """An export that cannot be used at all; `message` says which file, why, and what to do."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row that was left out. `line` is where it begins in the file, counted from 1, the header included."""

    file: str
    line: int
    reason: Message


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Something an export says about itself that its other rows do not bear out; nothing is left out because of it."""

    file: str
    line: int
    reason: Message


@dataclass(frozen=True, slots=True)
class Row:
    """One row by column name. `offset` is the byte at which it begins, `line` its first line, counted from 1."""

    file: str
    line: int
    offset: int
    cells: Mapping[str, str]

    def skipped(self, reason: Message) -> SkippedRow:
        """This row, left out for `reason`."""
        return SkippedRow(self.file, self.line, reason)


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file with a header. `digest` is the SHA-256 of its bytes in hexadecimal digits."""

    path: Path
    delimiter: str
    columns: tuple[str, ...]
    digest: str = field(repr=False)

    def rows(self) -> Iterator[Row | SkippedRow]:
        """Every row below the header in file order.

        Raises:
            UnreadableExport: bytes that are not UTF-8, or a quotation mark that is never closed.
        """
        lines = _cells(self.path, self.delimiter)
        next(lines)
        for found in lines:
            if isinstance(found, SkippedRow):
                yield found
                continue
            line, offset, cells = found
            if len(cells) != len(self.columns):
                reason = ngettext(
                    "It has %(num)s column, not %(wanted)s.",
                    "It has %(num)s columns, not %(wanted)s.",
                    len(cells),
                    wanted=len(self.columns),
                )
                yield SkippedRow(self.path.name, line, reason)
            else:
                yield Row(self.path.name, line, offset, dict(zip(self.columns, cells, strict=True)))


def open_table(path: Path, delimiter: str, required: Collection[str]) -> Table:
    """The table in a file, its header checked; its rows are read later.

    Raises:
        UnreadableExport: there is no such file, it is not UTF-8, or a `required` column is missing or doubled.
    """
    digest = digest_of(path)
    header = next(_cells(path, delimiter), None)
    if not isinstance(header, tuple):
        raise UnreadableExport(_("%(file)s has no readable header. Export it again.", file=path.name))
    columns = tuple(name.strip() for name in header[2])
    wrong = [name for name in required if columns.count(name) != 1]
    if wrong:
        raise UnreadableExport(
            _(
                "%(file)s needs the columns %(columns)s exactly once, separated by “%(delimiter)s”. Export it again.",
                file=path.name,
                columns=", ".join(wrong),
                delimiter=delimiter,
            )
        )
    return Table(path, delimiter, columns, digest)


def read_pairs(path: Path, delimiter: str) -> tuple[dict[str, str], list[SkippedRow]]:
    """The keys and values of a file that has no header but one pair a row, and the rows left out.

    Raises:
        UnreadableExport: as for `open_table`, or there is no pair in it.
    """
    pairs: dict[str, str] = {}
    skipped: list[SkippedRow] = []
    for found in _cells(path, delimiter):
        if isinstance(found, SkippedRow):
            skipped.append(found)
        elif len(found[2]) == 2:  # noqa: PLR2004 - a pair
            pairs.setdefault(found[2][0].strip(), found[2][1])
        else:
            skipped.append(SkippedRow(path.name, found[0], _("It is not a name and a value.")))
    if not pairs:
        refuse_unless_some_row(path.name, 0, skipped)
    return pairs, skipped


def refuse_unless_some_row(file: str, kept: int, skipped: Collection[SkippedRow]) -> None:
    """Do nothing when at least one row could be kept.

    Raises:
        UnreadableExport: none could; the first reason is told.
    """
    if kept:
        return
    for row in skipped:
        raise UnreadableExport(
            _(
                "No row of %(file)s can be used. The first one, on line %(line)s: %(reason)s",
                file=file,
                line=str(row.line),
                reason=row.reason,
            )
        )
    raise UnreadableExport(_("%(file)s has no rows. Export it again.", file=file))


def digest_of(path: Path) -> str:
    """The SHA-256 of a file in hexadecimal digits.

    Raises:
        UnreadableExport: it cannot be opened.
    """
    with _opened(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def whole_number(cell: str) -> int | None:
    """The number in a cell of plain digits, else None."""
    cell = cell.strip()
    return int(cell) if _WHOLE_NUMBER.fullmatch(cell) else None


def reference(cell: str) -> str | None:
    """An identifier of the other platform, None when the cell is empty or too long to be one."""
    cell = clean_line(cell)
    return cell if 0 < len(cell) <= LONGEST_REFERENCE else None


def moment_from_milliseconds(milliseconds: int) -> datetime | None:
    """The moment so many milliseconds after 1970 in UTC; None before it and after the year 9998."""
    if not 0 < milliseconds < (_LATEST - _EPOCH) // timedelta(milliseconds=1):
        return None
    return _EPOCH + timedelta(milliseconds=milliseconds)


def moment(cell: str) -> datetime | None:
    """A date and time as ISO 8601 or with ` UTC` behind it; UTC where no zone is given; None when it is neither."""
    text = _ZONE_NAME.sub("+00:00", cell.strip())
    try:
        found = datetime.fromisoformat(_ZONE_OFFSET.sub(r"\1", text))
        found = found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
    return found if _EPOCH < found < _LATEST else None


def wrong_cell(column: str) -> Message:
    """The reason of a row whose `column` holds something else than it should."""
    return _("Its %(column)s cannot be used.", column=column)


def used_before() -> Message:
    """The reason of a row whose identifier an earlier row has."""
    return _("Its identifier was used before.")


def title_of(text: str) -> str:
    """The first words of `text` on one line, cut between words where the script has any, with … when cut."""
    line = clean_line(text)
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in line)
    length = WIDE_TITLE_LENGTH if 2 * wide > len(line) else TITLE_LENGTH
    # What is only Markdown marks has no words; it is shown as it was typed.
    return excerpt(text, length) or line[:length]


def _cells(path: Path, delimiter: str) -> Iterator[tuple[int, int, list[str]] | SkippedRow]:
    """Each record with its line and byte offset; empty lines are nothing."""
    with _opened(path) as file:
        lines = _Lines(file, path.name)
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        while True:
            line, offset = lines.lines + 1, lines.bytes
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                if lines.ended:
                    raise UnreadableExport(
                        _(
                            "A quotation mark on or after line %(line)s of %(file)s is never closed. Export it again.",
                            line=str(line),
                            file=path.name,
                        )
                    ) from None
                yield SkippedRow(path.name, line, _("Its quotation marks do not match, or a field is far too long."))
                continue
            if cells:
                yield line, offset, cells


def _opened(path: Path) -> BufferedReader:
    try:
        return path.open("rb")
    except OSError:
        raise UnreadableExport(_("%(file)s is missing or cannot be opened.", file=path.name)) from None


class _Lines:
    """The lines of a file as text, counting what was handed out."""

    def __init__(self, file: BufferedReader, name: str) -> None:
        self._file, self._name = file, name
        self.lines = self.bytes = 0
        self.ended = False

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        raw = self._file.readline()
        if not raw:
            self.ended = True
            raise StopIteration
        # A byte order mark is no part of the first column's name.
        encoding = "utf-8" if self.lines else "utf-8-sig"
        self.lines += 1
        self.bytes += len(raw)
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            raise UnreadableExport(
                _(
                    "Line %(line)s of %(file)s is not UTF-8. Export it again as UTF-8.",
                    line=str(self.lines),
                    file=self._name,
                )
            ) from None
