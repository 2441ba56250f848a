"""The working table of comment resolution, and what everybody reads of one comment's disposition."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from markupsafe import Markup
from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from app import text
from app.errors import NotFound, Refusal
from app.models.comments import Comment, CommentType, Stance
from app.models.consultations import Membership
from app.models.contributions import READABLE
from app.models.dispositions import Disposition
from app.models.objections import Objection
from app.models.standards import Standard, StandardVersion
from app.queries.comments import Place
from app.queries.consultations import Frame
from app.queries.threads import CommentView, name_of, view_of
from app.rules.dispositions import why_not_dispose
from app.rules.objections import STANDING

PAGE = 15  # each row carries a form, and a page stays under 45 KB


class Sort(StrEnum):
    """In which order the table is worked through."""

    OLDEST = "oldest"
    NEWEST = "newest"
    STANDARD = "standard"
    ENDORSED = "endorsed"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which comments the table shows; empty fields do not filter."""

    standard: int = 0
    state: str = ""
    type: str = ""
    stance: str = ""
    clause: str = ""
    sort: Sort = Sort.OLDEST
    after: int = 0

    @property
    def filtering(self) -> bool:
        """Whether anything was asked for beside the order."""
        return bool(self.standard or self.state or self.type or self.stance or self.clause)


@dataclass(frozen=True, slots=True)
class WorkLine:
    """A comment on the table; one that is the reason of a standing objection is answered there."""

    comment: CommentView
    type: str
    standard: Standard
    disposition: Disposition | None
    objection_id: int | None
    why_not: Refusal | None


@dataclass(frozen=True, slots=True)
class WorkTable:
    """A page of the table; `total` counts everything that matches, `open` what is left altogether."""

    wanted: Wanted
    lines: tuple[WorkLine, ...]
    total: int
    open: int
    next_after: int | None
    standards: tuple[tuple[int, str], ...]
    versions: dict[int, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Resolved:
    """What was done with a comment, for everybody."""

    comment: CommentView
    disposition: Disposition | None
    reason: Markup
    by: str
    objection_id: int | None


def table(session: Session, frame: Frame, wanted: Wanted) -> WorkTable:
    """The comments that were asked for. Four statements for any number."""
    conditions = _conditions(wanted)
    total = session.scalar(_on_table(frame, func.count()).where(*conditions)) or 0
    left = session.scalar(_on_table(frame, func.count()).where(_open())) or 0
    rows = session.execute(
        _on_table(frame, Comment, Membership, Standard, Disposition, Objection)
        .where(*conditions)
        .order_by(*_ORDERS[wanted.sort], Comment.id)
        .offset(wanted.after)
        .limit(PAGE)
    ).all()
    titles, versions = _standards(session, frame)
    more = wanted.after + PAGE < total
    return WorkTable(
        wanted,
        tuple(_line(frame, row) for row in rows),
        total,
        left,
        wanted.after + PAGE if more else None,
        titles,
        versions,
    )


def line(session: Session, frame: Frame, comment_id: int) -> tuple[WorkLine, tuple[int, ...]]:
    """One comment of the table, with the published versions that its disposition can name.

    Raises:
        NotFound: it is not on the table of this consultation.
    """
    query = _on_table(frame, Comment, Membership, Standard, Disposition, Objection)
    row = session.execute(query.where(Comment.id == comment_id)).one_or_none()
    if row is None:
        raise NotFound
    return _line(frame, row), _standards(session, frame)[1].get(row[2].id, ())


def resolved(session: Session, place: Place) -> Resolved:
    """What was done with a comment that has a place in the thread; nothing yet is an answer, too.

    Raises:
        NotFound: the comment itself cannot be read.
    """
    if place.comment.state not in READABLE:
        raise NotFound
    row: Sequence[Any] = session.execute(
        select(Membership, Disposition, _giver, Objection)
        .select_from(Comment)
        .join(Membership, Membership.id == Comment.membership_id)
        .outerjoin(Disposition, Disposition.comment_id == Comment.id)
        .outerjoin(_giver, _giver.id == Disposition.membership_id)
        .outerjoin(Objection, Objection.comment_id == Comment.id)
        .where(Comment.id == place.comment.id)
    ).one()
    author, given, giver, objection = row
    return Resolved(
        comment=view_of(place.frame, place.comment, author, objection.state if objection else None),
        disposition=given,
        reason=Markup(text.render(given.reason)) if given else Markup(),
        by=name_of(giver) if giver else "",
        objection_id=objection.id if objection and objection.state in STANDING else None,
    )


def open_changes() -> ColumnElement[int]:
    """How many suggested changes of substance to a standard nobody has resolved: what its outcome waits for."""
    return (
        select(func.count())
        .select_from(Comment)
        .outerjoin(Disposition, Disposition.comment_id == Comment.id)
        .outerjoin(Objection, Objection.comment_id == Comment.id)
        .where(
            Comment.standard_id == Standard.id,
            Comment.state.in_(READABLE),
            Comment.proposed_change != "",
            Comment.type != CommentType.EDITORIAL,
            _open(),
        )
        .correlate(Standard)
        .scalar_subquery()
    )


def _on_table(frame: Frame, *columns: Any) -> Select[*tuple[Any, ...]]:
    """Readable first comments, and replies that suggest a change: what `needs_disposition` says, for the database."""
    return (
        select(*columns)
        .select_from(Comment)
        .join(Membership, Membership.id == Comment.membership_id)
        .join(Standard, Standard.id == Comment.standard_id)
        .outerjoin(Disposition, Disposition.comment_id == Comment.id)
        .outerjoin(Objection, Objection.comment_id == Comment.id)
        .where(
            Comment.consultation_id == frame.consultation.id,
            Comment.state.in_(READABLE),
            Standard.number.is_not(None),
            or_(Comment.depth == 0, Comment.proposed_change != ""),
        )
    )


def _open() -> ColumnElement[bool]:
    return and_(Disposition.comment_id.is_(None), or_(Objection.id.is_(None), Objection.state.not_in(STANDING)))


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.standard:
        found.append(Standard.number == wanted.standard)
    if wanted.state == "open":
        found.append(_open())
    elif wanted.state == "done":
        found.append(Disposition.comment_id.is_not(None))
    if wanted.type in set(CommentType):
        found.append(Comment.type == wanted.type)
    if wanted.stance in set(Stance):
        found.append(Comment.stance == wanted.stance)
    if wanted.clause:
        found.append(Comment.clause == wanted.clause)
    return found


def _line(frame: Frame, row: Sequence[Any]) -> WorkLine:
    comment, author, standard, given, objection = row
    state = objection.state if objection else None
    return WorkLine(
        comment=view_of(frame, comment, author, state),
        type=comment.type.value,
        standard=standard,
        disposition=given,
        objection_id=objection.id if state in STANDING else None,
        why_not=why_not_dispose(frame.membership, comment, state),
    )


def _standards(session: Session, frame: Frame) -> tuple[tuple[tuple[int, str], ...], dict[int, tuple[int, ...]]]:
    """Number and title of each readable standard, and the published versions of each by the standard's id."""
    rows = session.execute(
        select(Standard.id, Standard.number, Standard.version, StandardVersion.number, StandardVersion.title)
        .join(StandardVersion, StandardVersion.standard_id == Standard.id)
        .where(
            Standard.consultation_id == frame.consultation.id,
            Standard.number.is_not(None),
            StandardVersion.state.in_(READABLE),
        )
        .order_by(Standard.number, StandardVersion.number.desc())
    ).all()
    versions: dict[int, tuple[int, ...]] = {}
    for standard_id, _number, _current, version, _title in rows:
        versions[standard_id] = (*versions.get(standard_id, ()), version or 0)
    titles = tuple((number, title) for _id, number, current, version, title in rows if version == current and number)
    return titles, versions


_giver = aliased(Membership)
_ORDERS: dict[Sort, tuple[Any, ...]] = {
    Sort.OLDEST: (Comment.created_at,),
    Sort.NEWEST: (Comment.created_at.desc(),),
    Sort.STANDARD: (Standard.number, Comment.clause, Comment.created_at),
    Sort.ENDORSED: (Comment.endorsing_groups.desc(), Comment.endorsements.desc(), Comment.created_at),
}
