"""The commenting sheet of ISO, IEC and CEN (template 2012-03): exactly eight columns, one row a comment.

Our number of a comment stands in brackets before its text, so that a sheet that comes back doubles nothing. What came
in with a sheet goes out as it came in.
"""

import io
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import UTC, datetime
from typing import IO

import xlsxwriter
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.models.comments import Comment
from app.models.consultations import NOT_STATED, Membership
from app.models.contributions import READABLE
from app.models.dispositions import Disposition, SheetRow
from app.models.standards import Standard
from app.queries.consultations import Frame
from app.rules.sheets import HEADER, Observation, number_told, written

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTHS = (14, 10, 14, 16, 10, 60, 60, 50)
LONGEST_CELL = 32_000  # a spreadsheet keeps 32,767 characters
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
ALWAYS = datetime(1980, 1, 1, tzinfo=UTC).replace(tzinfo=None)  # the same data give the same bytes


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One row: the eight cells in their order."""

    member_body: str
    line: str
    clause: str
    paragraph: str
    type: str
    comment: str
    proposed_change: str
    observation: str


def lines(session: Session, frame: Frame, standard: int | None = None) -> list[SheetLine]:
    """The rows of a consultation, or of one standard: readable first comments, and replies that suggest a change."""
    wanted = (
        select(Comment, Membership, Standard, Disposition, SheetRow)
        .join(Membership, Membership.id == Comment.membership_id)
        .join(Standard, Standard.id == Comment.standard_id)
        .outerjoin(Disposition, Disposition.comment_id == Comment.id)
        .outerjoin(SheetRow, SheetRow.comment_id == Comment.id)
        .where(
            Comment.consultation_id == frame.consultation.id,
            Comment.state.in_(READABLE),
            Standard.number.is_not(None),
            or_(Comment.depth == 0, Comment.proposed_change != ""),
        )
        .order_by(Standard.number, Comment.created_at, Comment.id)
    )
    if standard is not None:
        wanted = wanted.where(Standard.number == standard)
    rows = session.execute(wanted).all()
    numbers = {row[0].id: number_of(row[0]) for row in rows}
    return [_line(frame, row[0], row[1], row[2], row[3], row[4], numbers) for row in rows]


def number_of(comment: Comment) -> int:
    """The number under which a comment goes by in sheets: the one that it came with, else our own."""
    told = number_told(comment.reference)
    return comment.id if told is None else told


def render(found: Iterable[SheetLine]) -> bytes:
    """The rows as a workbook in which nothing runs: every cell is text."""
    packed = io.BytesIO()
    write(found, packed)
    return packed.getvalue()


def write(found: Iterable[SheetLine], into: IO[bytes]) -> None:
    """The same, row by row, however many there are."""
    with xlsxwriter.Workbook(into, OPTIONS) as workbook:
        workbook.set_properties({"created": ALWAYS})
        heading = workbook.add_format({"bold": True, "bottom": 2, "text_wrap": True, "valign": "top"})
        plain = workbook.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        sheet = workbook.add_worksheet("Comments")
        sheet.freeze_panes(1, 0)
        for index, (name, width) in enumerate(zip(HEADER, WIDTHS, strict=True)):
            sheet.set_column(index, index, width)
            sheet.write_string(0, index, name, heading)
        for place, row in enumerate(found, start=1):
            for index, cell in enumerate(astuple(row)):
                if cell:
                    sheet.write_string(place, index, cell[:LONGEST_CELL], plain)


def _line(
    frame: Frame,
    comment: Comment,
    author: Membership,
    standard: Standard,
    given: Disposition | None,
    kept: SheetRow | None,
    numbers: dict[int, int],
) -> SheetLine:
    group = frame.group_of(author.group_id)
    where = f"{standard.number}.{comment.clause}" if comment.clause else str(standard.number)
    return SheetLine(
        member_body=(kept.member_body if kept else "") or (group.key if group else NOT_STATED),
        line=kept.line if kept else "",
        clause=kept.clause if kept and kept.clause else where,
        paragraph=kept.paragraph if kept else "",
        type=comment.type.value,
        comment=f"[{number_of(comment)}] {comment.gist or comment.body}",
        proposed_change="" if comment.gist else comment.proposed_change,
        observation=_observation(given, numbers) if given else (kept.observation if kept else ""),
    )


def _observation(given: Disposition, numbers: dict[int, int]) -> str:
    same = given.duplicate_of_id
    return written(
        Observation(
            kind=given.kind,
            reason=given.reason,
            version=given.version,
            duplicate_of=numbers.get(same, same) if same is not None else None,
            deferred_to=given.deferred_to,
        )
    )
