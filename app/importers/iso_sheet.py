"""Reading a commenting sheet of eight columns, and storing what it says. Cells are text, whatever they look like."""

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import openpyxl
from sqlalchemy.orm import Session

from app import text
from app.actions import consultations, sheets
from app.errors import Invalid, Refused, require
from app.importers.reading import SkippedRow, UnreadableExport
from app.importers.storing import Report, report
from app.language import Message, _
from app.models.comments import CommentType
from app.models.consultations import Consultation, Membership
from app.rules.consultations import why_not_chair
from app.rules.sheets import HEADER, REFERENCE

LARGEST_FILE = 700 * 1024
LARGEST_UNPACKED = 30 * 1024 * 1024
MOST_PARTS = 200
MOST_ROWS = 20_000
LONGEST_CELL = 120
_NUMBERED = re.compile(r"\[([0-9]{1,16})\]\s*(.*)", re.DOTALL)
_PLACE = re.compile(r"([0-9]{1,9})(?:\.(\S+))?")
_TYPES = {
    **{kind.value: kind for kind in CommentType},
    "general": CommentType.GENERAL,
    "technical": CommentType.TECHNICAL,
    "editorial": CommentType.EDITORIAL,
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """What could be read of a file: its rows, and those that were left out."""

    file: str
    rows: tuple[sheets.SheetComment, ...]
    skipped: tuple[SkippedRow, ...]


@dataclass(slots=True)
class Done:
    """What became of a sheet. `kept` observations fit no disposition and are kept as text, each with its reason."""

    added: int = 0
    known: int = 0
    resolved: int = 0
    skipped: list[SkippedRow] = field(default_factory=list)
    kept: list[SkippedRow] = field(default_factory=list)


def read_sheet(content: bytes, file: str) -> Sheet:
    """The rows of an XLSX file.

    Raises:
        UnreadableExport: it is too large, no workbook, or its header is another one.
    """
    _check_package(content)
    cells = _cells(content)
    header = next(cells, (0, ()))[1]
    if tuple(" ".join(cell.split()).casefold() for cell in header) != tuple(name.casefold() for name in HEADER):
        sentence = _(
            "The first row has to hold exactly these eight columns: %(columns)s. Nothing was stored.",
            columns=" | ".join(HEADER),
        )
        raise UnreadableExport(sentence)
    rows: list[sheets.SheetComment] = []
    skipped: list[SkippedRow] = []
    seen: dict[str, int] = {}
    for line, row in cells:
        found = _row(line, row, seen)
        if isinstance(found, Message):
            skipped.append(SkippedRow(file, line, found))
        else:
            rows.append(found)
    return Sheet(file, tuple(rows), tuple(skipped))


def store(session: Session, consultation: Consultation, sheet: Sheet, *, by: Membership) -> Done:
    """Add the comments that are new, and set what the observations say. The same sheet again changes nothing.

    Raises:
        Refused: neither chair nor deputy.
    """
    require(why_not_chair(by))
    consultations.lock(session, consultation)
    done = Done(skipped=list(sheet.skipped))
    standards = sheets.standards_by_number(session, consultation)
    stored: list[tuple[sheets.SheetComment, int]] = []
    for row in sheet.rows:
        comment = sheets.known(session, consultation, row)
        if comment is None and row.standard not in standards:
            done.skipped.append(SkippedRow(sheet.file, row.place, _no_standard(row.standard)))
            continue
        if comment is None:
            comment = sheets.add(session, consultation, standards[row.standard], row)
            done.added += 1
        else:
            done.known += 1
        stored.append((row, comment.id))
    for row, comment_id in stored:  # only now, because a row may say the same as a later one
        _observe(session, consultation, sheet, row, comment_id, by, done)
    return done


def _no_standard(number: int) -> Message:
    return _("There is no standard %(number)s here. Write the standard's number first: 3 or 3.1.", number=str(number))


def report_on(sheet: Sheet, done: Done) -> Report:
    """What became of the file, for the table that every import ends with."""
    return report({sheet.file: done.added + done.known}, done.skipped, ())


def _observe(
    session: Session,
    consultation: Consultation,
    sheet: Sheet,
    row: sheets.SheetComment,
    comment_id: int,
    by: Membership,
    done: Done,
) -> None:
    if not row.observation:
        return
    try:
        done.resolved += sheets.observe(session, consultation, comment_id, row.observation, by=by)
    except (Invalid, Refused) as error:
        message = error.message if isinstance(error, Invalid) else error.refusal.message
        done.kept.append(SkippedRow(sheet.file, row.place, message))
        sheets.keep_observation(session, comment_id, row.observation)


def _check_package(content: bytes) -> None:
    """Refuse what would unpack into more than a sheet of comments needs, before anything is unpacked."""
    if len(content) > LARGEST_FILE:
        raise UnreadableExport(
            _("The file is too large. Split the sheet; %(most)s KB at a time.", most=LARGEST_FILE // 1024)
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
                raise UnreadableExport(_("The file unpacks into too much to be a sheet of comments."))
            for part in parts:
                with package.open(part) as opened:
                    if part.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in opened.read(part.file_size + 1):
                        raise UnreadableExport(_("The file defines entities, which no sheet of comments does."))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise UnreadableExport(_not_a_workbook()) from error


def _cells(content: bytes) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Each row that is not empty, by its line, as texts."""
    try:
        workbook = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        sheet = workbook.worksheets[0]
        for line, row in enumerate(sheet.iter_rows(values_only=True), start=1):
            cells = [text.clean("" if value is None else str(value)) for value in row]
            while len(cells) > len(HEADER) and not cells[-1]:
                cells.pop()
            if any(cells):
                yield line, tuple(cells)
            if line > MOST_ROWS:
                raise UnreadableExport(_("The sheet has more than %(most)s rows. Split it.", most=MOST_ROWS))
    except UnreadableExport:
        raise
    except Exception as error:
        raise UnreadableExport(_not_a_workbook()) from error


def _row(line: int, cells: Sequence[str], seen: dict[str, int]) -> sheets.SheetComment | Message:
    """A row, or why it is left out."""
    if len(cells) > len(HEADER):
        return _("The row has more than eight cells.")
    body, number, clause, paragraph, kind, comment, change, observation = (*cells, *[""] * (len(HEADER) - len(cells)))
    place = _PLACE.fullmatch(clause)
    if max(map(len, (body, number, clause, paragraph))) > LONGEST_CELL:
        return _("One of the first four cells has more than %(most)s characters.", most=LONGEST_CELL)
    if not body:
        return _("Say in the first column who comments.")
    if place is None:
        return _("Say in the third column which standard it is about: 3 for standard 3, or 3.1 for its clause 1.")
    if kind.casefold() not in _TYPES:
        return _("The type of comment is ge, te or ed.")
    told = _NUMBERED.fullmatch(comment)
    words = told[2] if told else comment
    if not words:
        return _("The comment has no text.")
    return sheets.SheetComment(
        place=line,
        reference=REFERENCE + (str(int(told[1])) if told else _digest(cells[:7], seen)),
        comment_id=int(told[1]) if told else None,
        member_body=body,
        line=number,
        clause=clause,
        standard=int(place[1]),
        clause_number=place[2] or "",
        paragraph=paragraph,
        type=_TYPES[kind.casefold()],
        body=words,
        proposed_change=change,
        observation=observation,
    )


def _digest(cells: Sequence[str], seen: dict[str, int]) -> str:
    """What tells a row without a number from others; equal rows are told apart by how often they came before."""
    digest = hashlib.sha256("\x1f".join(cells).encode()).hexdigest()[:32]
    seen[digest] = seen.get(digest, 0) + 1
    return f"row {digest} {seen[digest]}"


def _not_a_workbook() -> Message:
    return _("The file cannot be read as an XLSX workbook. Save it in that format and try again.")
