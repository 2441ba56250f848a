"""The commenting sheet of ISO, IEC and CEN, with the comments on every standard and what was done with them."""

from collections.abc import Iterator
from typing import IO

from app.models.consultations import NOT_STATED
from app.reports import iso_sheet
from app.reports.document import Document
from app.reports.edition import WHOLE, Edition
from app.reports.iso_sheet import SheetLine
from app.reports.standard_report import CommentLine, SheetPlace

MEDIA_TYPE = iso_sheet.MEDIA_TYPE
EXTENSION = "iso.xlsx"
_WRITTEN_HERE = SheetPlace(None)


def render(document: Document, _edition: Edition = WHOLE) -> bytes:
    """First comments, and replies that suggest a change, one in a row, in eight columns."""
    return iso_sheet.render(lines(document))


def write(document: Document, _edition: Edition, into: IO[bytes]) -> None:
    """The same, row by row."""
    iso_sheet.write(lines(document), into)


def lines(document: Document) -> Iterator[SheetLine]:
    """The rows of the sheet, by standard and then in the order in which they were written."""
    keys = {group.name: group.group for group in document.participation}
    for standard in document.standards:
        for comment in standard.comments:
            if comment.reply_to is None or comment.proposed_change:
                yield _line(standard.number, comment, keys.get(comment.group, NOT_STATED))


def _line(standard: int, comment: CommentLine, group: str) -> SheetLine:
    came = comment.sheet or _WRITTEN_HERE
    number = comment.id if came.number is None else came.number
    return SheetLine(
        member_body=came.member_body or group,
        line=came.line,
        clause=came.clause or (f"{standard}.{comment.clause}" if comment.clause else str(standard)),
        paragraph=came.paragraph,
        type=comment.type,
        comment=f"[{number}] {comment.text}",
        proposed_change=comment.proposed_change,
        observation=comment.observation,
    )
