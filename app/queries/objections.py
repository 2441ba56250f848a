"""Objections with every step on their way: of one standard, one by one, and those that wait for the chair."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, aliased

from app.errors import NotFound
from app.models.comments import Comment
from app.models.consultations import Consultation, Membership
from app.models.contributions import READABLE, State
from app.models.objections import Objection, ObjectionState
from app.models.people import Account
from app.models.positions import Position
from app.models.standards import Standard, StandardVersion
from app.queries.consultations import Frame, frame
from app.queries.objection_views import ObjectionView, Row, involved_in, steps_of, views, with_outcome
from app.queries.people import Viewer
from app.queries.visibility import objection_seen, readable_standard
from app.rules.consultations import CHAIRING_ROLES
from app.rules.objections import STANDING, WAITS_FOR_CHAIR, Involved, why_not_decider

_REASON = aliased(Comment, flat=True)  # versions and comments share a parent table


@dataclass(frozen=True, slots=True)
class TrailPage:
    """Every objection to one standard; `pending` reasons are counted and not shown."""

    frame: Frame
    standard: Standard
    title: str
    objections: tuple[ObjectionView, ...]
    pending: int

    @property
    def unanswered(self) -> int:
        """How many wait for an answer, those whose reason has still to be read included."""
        raised = [one for one in self.objections if one.state == ObjectionState.RAISED and one.counted]
        return sum(one.readable for one in raised) + self.pending

    @property
    def standing(self) -> int:
        """How many are still held."""
        return sum(one.state in STANDING and one.counted for one in self.objections)


@dataclass(frozen=True, slots=True)
class ObjectionPage:
    """One objection, with the published versions that an answer can name."""

    frame: Frame
    view: ObjectionView
    versions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DeskLine:
    """An objection that waits; `deciders` are those who may decide it."""

    view: ObjectionView
    deciders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """What waits for the chair, the oldest first; `pending` reasons have still to be read by a moderator."""

    lines: tuple[DeskLine, ...]
    waiting_for_reply: int
    pending: int


def trail(session: Session, frame: Frame, number: int) -> TrailPage:
    """Every objection to a standard that has a place in its thread. Three statements.

    Raises:
        NotFound: there is no such standard.
    """
    of_it = (Standard.consultation_id == frame.consultation.id, Standard.number == number, readable_standard())
    rows = _rows(session, *of_it)
    shown = [row for row in rows if objection_seen(row[1], frame.membership_id)]
    head = _head(session, *of_it)
    hidden = [row for row in rows if row[5] and row[1].state == State.PENDING and row[0].state == ObjectionState.RAISED]
    return TrailPage(frame, head[0], head[1].title, tuple(views(session, frame, shown)), pending=len(hidden))


def page(session: Session, viewer: Viewer, objection_id: int) -> ObjectionPage:
    """One objection.

    Raises:
        NotFound: there is none, or its reason has no place in the thread for this viewer.
    """
    slug = session.scalar(
        select(Consultation.slug)
        .join(Standard, Standard.consultation_id == Consultation.id)
        .join(Objection, Objection.standard_id == Standard.id)
        .where(Objection.id == objection_id)
    )
    if slug is None:
        raise NotFound
    found = frame(session, slug, viewer)
    rows = [row for row in _rows(session, Objection.id == objection_id) if objection_seen(row[1], found.membership_id)]
    if not rows:
        raise NotFound
    [view] = views(session, found, rows)
    readable = select(StandardVersion.number).where(
        StandardVersion.standard_id == view.standard.id, StandardVersion.state.in_(READABLE)
    )
    return ObjectionPage(found, view, tuple(session.scalars(readable.order_by(StandardVersion.number.desc()))))


def of_comment(session: Session, viewer: Viewer, comment_id: int) -> int:
    """The objection whose reason a comment is.

    Raises:
        NotFound: it is none, or neither published yet nor the viewer's own.
    """
    found = session.scalar(
        select(Objection.id)
        .join(Comment, Comment.id == Objection.comment_id)
        .join(Membership, Membership.id == Objection.membership_id)
        .where(
            Objection.comment_id == comment_id,
            or_(Comment.published_at.is_not(None), Membership.account_id == viewer.owner_id),
        )
    )
    if found is None:
        raise NotFound
    return found


def desk(session: Session, frame: Frame) -> Desk:
    """What waits for the chair in a whole consultation."""
    here = (Standard.consultation_id == frame.consultation.id, readable_standard(), Standard.withdrawn_at.is_(None))
    open_ones = Objection.state.in_((*WAITS_FOR_CHAIR, ObjectionState.ANSWERED))
    rows = [row for row in _rows(session, *here, open_ones) if row[5]]
    waiting = [row for row in rows if row[0].state in WAITS_FOR_CHAIR and row[1].state in READABLE]
    shown = views(session, frame, waiting)
    involved = involved_in(waiting, steps_of(session, waiting), with_outcome(session, waiting))
    team = _team(session, frame)
    lines = [
        DeskLine(view, _deciders(row[0], involved[view.id], team)) for row, view in zip(waiting, shown, strict=True)
    ]
    return Desk(
        tuple(lines),
        waiting_for_reply=sum(row[0].state == ObjectionState.ANSWERED for row in rows),
        pending=sum(row[1].state == State.PENDING and row[0].state == ObjectionState.RAISED for row in rows),
    )


def _head(session: Session, *wanted: ColumnElement[bool]) -> tuple[Standard, StandardVersion]:
    row = session.execute(
        select(Standard, StandardVersion)
        .join(StandardVersion, StandardVersion.standard_id == Standard.id)
        .where(*wanted)
    ).one_or_none()
    if row is None:
        raise NotFound
    return row[0], row[1]


def _rows(session: Session, *wanted: ColumnElement[bool]) -> list[Row]:
    """Objections, the oldest first, with whether the position counts that they belong to. One statement."""
    counted = (
        select(Position.id)
        .where(
            Position.standard_id == Objection.standard_id,
            Position.membership_id == Objection.membership_id,
            Position.counted,
        )
        .exists()
    )
    rows = session.execute(
        select(Objection, _REASON, Membership, Standard, StandardVersion, counted)
        .join(_REASON, _REASON.id == Objection.comment_id)
        .join(Membership, Membership.id == Objection.membership_id)
        .join(Standard, Standard.id == Objection.standard_id)
        .join(StandardVersion, and_(StandardVersion.standard_id == Standard.id, readable_standard()))
        .where(*wanted)
        .order_by(Objection.raised_at, Objection.id)
    )
    return [(row[0], row[1], row[2], row[3], row[4], row[5]) for row in rows]


def _team(session: Session, frame: Frame) -> list[tuple[Membership, bool]]:
    """Everybody who may decide objections here, with whether as an administrator. One statement."""
    rows = session.execute(
        select(Membership, Account.administrator)
        .join(Account, Account.id == Membership.account_id)
        .where(
            Membership.consultation_id == frame.consultation.id,
            Membership.role.in_(CHAIRING_ROLES) | Account.administrator,
        )
        .order_by(Membership.id)
    )
    return [(row[0], row[1]) for row in rows]


def _deciders(objection: Objection, involved: Involved, team: Sequence[tuple[Membership, bool]]) -> tuple[str, ...]:
    return tuple(
        member.display_name
        for member, administrator in team
        if why_not_decider(objection, involved, member, administrator=administrator) is None
    )
