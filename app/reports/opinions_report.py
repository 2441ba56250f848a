"""What a summary says of opinion groups: plain data of the run that the page shows, so that both say the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.queries import opinions
from app.queries.consultations import Frame
from app.queries.opinion_lines import ApartLine, Cell, CrossLine, GroupLine, SharedLine
from app.queries.opinions import OpinionPage, Stage


@dataclass(frozen=True, slots=True)
class OpinionShare:
    """How many of a group's positions on a standard are on one side; both None where that may not be shown.

    `percent` is None below twenty positions, too.
    """

    group: str
    said: int | None
    seen: int | None
    percent: int | None


@dataclass(frozen=True, slots=True)
class OpinionShared:
    """A standard that every group surely supports, or objects to."""

    standard: int
    title: str
    language: str
    groups: tuple[OpinionShare, ...]


@dataclass(frozen=True, slots=True)
class OpinionApart:
    """A standard on which a group stands out, by supporting it more (`supports`) or by objecting more than others."""

    standard: int
    title: str
    language: str
    supports: bool
    here: OpinionShare
    elsewhere: OpinionShare


@dataclass(frozen=True, slots=True)
class OpinionGroup:
    """One group, known by its letter: its people, how many are in it beyond doubt, and what sets it apart."""

    letter: str
    people: int
    beyond_doubt: int
    apart: tuple[OpinionApart, ...]


@dataclass(frozen=True, slots=True)
class OpinionCross:
    """The people of one stakeholder group in each opinion group, in their order, then those in none; None is not shown.

    `group` is the key of the group, "" for not stated, "*" for all groups too small for a line of their own, both
    without a `name`.
    """

    group: str
    name: str
    people: int
    opinion_groups: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class OpinionReport:
    """Opinion groups as they were found in run `run` at `found_at` (ISO 8601, UTC); `final` when everything was in.

    `people` have a position, `grouped` of them are in a group; `groups` is empty where positions fall into none, and
    `all_support` and `all_object` are then about everybody who is grouped. `smallest` is the fewest people of a group
    or mark. `shares` are the percent of all differences that the two axes of the map carry. `silhouette` (-1 to 1) says
    how far groups are apart, `observed` and `chance` are those of the people compared and the highest of twenty sets of
    shuffled positions, all with two digits. `marks` are letter, people, and place from left to right and from bottom to
    top.
    """

    run: int
    found_at: str
    final: bool
    people: int
    grouped: int
    smallest: int
    groups: tuple[OpinionGroup, ...]
    all_support: tuple[OpinionShared, ...]
    all_object: tuple[OpinionShared, ...]
    cross: tuple[OpinionCross, ...]
    shares: tuple[int, int]
    silhouette: float | None
    observed: float | None
    chance: float | None
    marks: tuple[tuple[str, int, float, float], ...]


def gather_opinions(session: Session, frame: Frame) -> OpinionReport | None:
    """The opinion groups of a consultation, None where none are shown (yet). Two statements."""
    page = opinions.page(session, frame)
    if page.stage not in (Stage.ONE_GROUP, Stage.GROUPS) or page.found_at is None:
        return None
    return OpinionReport(
        run=page.number,
        found_at=page.found_at.isoformat(timespec="seconds"),
        final=page.final,
        people=page.people,
        grouped=page.grouped,
        smallest=page.smallest,
        groups=tuple(_group(line) for line in page.groups),
        all_support=_shared(page.supported),
        all_object=_shared(page.objected),
        cross=tuple(_cross(line) for line in page.cross),
        shares=page.shares,
        silhouette=page.silhouette,
        observed=page.observed,
        chance=page.chance,
        marks=_marks(page),
    )


def _group(line: GroupLine) -> OpinionGroup:
    return OpinionGroup(line.letter, line.size, line.sure, tuple(_apart(one) for one in line.apart))


def _apart(line: ApartLine) -> OpinionApart:
    here, elsewhere = _share(line.here), _share(line.elsewhere)
    return OpinionApart(line.number, line.title, line.language, line.supports, here, elsewhere)


def _shared(lines: Sequence[SharedLine]) -> tuple[OpinionShared, ...]:
    return tuple(
        OpinionShared(line.number, line.title, line.language, tuple(_share(cell) for cell in line.cells))
        for line in lines
    )


def _share(cell: Cell) -> OpinionShare:
    if not cell.shown:
        return OpinionShare(cell.letter, None, None, None)
    return OpinionShare(cell.letter, cell.said, cell.seen, cell.percent)


def _cross(line: CrossLine) -> OpinionCross:
    return OpinionCross(line.key, line.name, line.people, line.cells)


def _marks(page: OpinionPage) -> tuple[tuple[str, int, float, float], ...]:
    return tuple((group.letter, mark.people, mark.x, mark.y) for group in page.groups for mark in group.marks)
