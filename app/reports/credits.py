"""Whom each text of a standard is credited to, and how the voices are balanced, as a summary says it."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.language import _
from app.queries.consultations import Heard
from app.queries.versions import VersionLine, lines_of
from app.reports.columns import STANDARD, TEXT, Cell, Column, Table


@dataclass(frozen=True, slots=True)
class CreditLine:
    """A published version and who wrote it; `amendment` is the number of the one that it came from."""

    version: int
    change_class: str
    why: str
    written_by: str
    amendment: int | None
    adopted_by: str
    published_on: str


@dataclass(frozen=True, slots=True)
class BalanceLine:
    """A group that outweighs the others among all voices: above a third (notice) or a half (warning)."""

    group: str
    name: str
    level: str
    percent: int


def credits_of(session: Session, standard_ids: list[int]) -> dict[int, tuple[CreditLine, ...]]:
    """The published versions of each of these standards, the earliest first. One statement."""
    found = lines_of(session, standard_ids)
    return {key: tuple(_credit(line) for line in found.get(key, ())) for key in standard_ids}


def balance_of(heard: Heard) -> tuple[BalanceLine, ...]:
    """The groups that outweigh the others, the largest first."""
    return tuple(
        BalanceLine(notice.key, name, notice.level.value, int(100 * notice.share)) for name, notice in heard.balance
    )


def versions_table(rows: list[tuple[int, tuple[CreditLine, ...]]]) -> Table:
    """Every published version of every standard with its credit."""
    columns = (
        STANDARD,
        Column("version", _("Version of the text"), number=True),
        Column("change_class", _("How much it changes the one before it")),
        Column("written_by", _("Who wrote it; empty where somebody stays unnamed")),
        Column("amendment", _("Number of the amendment that it came from"), number=True),
        Column("adopted_by", _("Who adopted it")),
        Column("published_on", _("The day on which it was published")),
        TEXT,
    )
    cells: list[tuple[Cell, ...]] = [
        (
            number,
            line.version,
            line.change_class,
            line.written_by,
            line.amendment,
            line.adopted_by,
            line.published_on,
            line.why,
        )
        for number, lines in rows
        for line in lines
    ]
    return Table("versions", _("Versions and whom they are credited to"), columns, tuple(cells))


def _credit(line: VersionLine) -> CreditLine:
    return CreditLine(
        version=line.number,
        change_class=line.change_class.value,
        why=line.why,
        written_by=line.written_by,
        amendment=line.amendment,
        adopted_by=line.adopted_by or "",
        published_on=line.published_at.date().isoformat(),
    )
