"""What the page of one standard needs of it, in as few statements as there are kinds of lists on the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, String, and_, func, literal, or_, select
from sqlalchemy.orm import Session, aliased

from app.errors import NotFound
from app.models.amendments import Amendment, AmendmentOutcome
from app.models.comments import Comment
from app.models.consultations import Membership
from app.models.contributions import READABLE
from app.models.objections import Objection, ObjectionState
from app.models.outcomes import Follow, Outcome, Response
from app.models.positions import Position
from app.models.reorganisations import Reorganisation, ReorganisationState, StandardRelation
from app.models.standards import Standard, StandardVersion
from app.queries.amendments import AmendmentCounts
from app.queries.consultations import Frame
from app.queries.dispositions import open_changes
from app.queries.listings import objections
from app.queries.positions import Subject
from app.queries.threads import name_of
from app.queries.versions import VersionLine, line_of
from app.queries.visibility import in_thread

PUBLISHED = (Standard.number.is_not(None), StandardVersion.state.in_(READABLE))
# Made once: to make them for each page took six milliseconds.
_MINE, _AMENDMENT = aliased(Objection), aliased(Amendment, flat=True)
_STATER, _AUTHOR, _ADOPTER = (aliased(Membership) for _role in range(3))


@dataclass(frozen=True, slots=True)
class StandardFacts:
    """One standard with its published texts, where the viewer stands on it, and what was stated and answered.

    `related`: it came out of another standard, or another out of it.
    """

    standard: Standard
    version: StandardVersion
    versions: tuple[VersionLine, ...]
    proposed_by: str
    position: Position | None
    objection: Objection | None
    unanswered: int
    sustained: int
    outcome: Outcome | None
    stated_by: str
    response: Response | None
    followed: bool
    open_changes: int
    reorganisation: Reorganisation | None
    related: bool

    @property
    def subject(self) -> Subject:
        """What its result needs to know of it."""
        return Subject(
            self.standard,
            self.version.affected_groups,
            self.unanswered,
            self.sustained,
            self.position is not None,
            self.outcome,
        )


def facts_of(session: Session, frame: Frame, number: int) -> StandardFacts:
    """The standard with this number, as this viewer sees it. One statement, with a row for each published text.

    Raises:
        NotFound: there is none that everybody can read.
    """
    rows = session.execute(_with_mine(frame).where(Standard.number == number)).all()
    row = next((row for row in rows if row[1].number == row[0].version), None)
    if row is None:
        raise NotFound
    standard, version, _by, _adopter, _amendment, author, stater, *values = row
    names = ("position", "objection", "unanswered", "sustained", "outcome", "response", "followed", "open_changes")
    return StandardFacts(
        standard=standard,
        version=version,
        versions=_lines(rows),
        proposed_by=name_of(author),
        stated_by=name_of(stater) if stater is not None else "",
        **dict(zip((*names, "reorganisation", "related"), values, strict=True)),
    )


def clause_counts(session: Session, frame: Frame, standard: Standard) -> tuple[dict[str, int], AmendmentCounts]:
    """How many comments and amendments each clause has. One statement."""
    here = (Comment.standard_id == standard.id, in_thread(frame.membership_id), Comment.state.in_(READABLE))
    amended = (Amendment.standard_id == standard.id, Amendment.state.in_(READABLE))
    nothing = literal("", String)
    comments = select(nothing.label("outcome"), Comment.clause.label("clause"), func.count().label("count"))
    amendments = select(Amendment.outcome.cast(String), Amendment.clause, func.count())
    rows = session.execute(
        comments.where(*here)
        .group_by(Comment.clause)
        .union_all(amendments.where(*amended).group_by(Amendment.outcome, Amendment.clause))
    ).all()
    commented = {clause: count for outcome, clause, count in rows if not outcome}
    waiting = {clause: count for outcome, clause, count in rows if outcome == AmendmentOutcome.OPEN.value}
    return commented, AmendmentCounts(sum(count for outcome, _clause, count in rows if outcome), waiting)


def _lines(rows: Sequence[Any]) -> tuple[VersionLine, ...]:
    lines = (line_of(row[1], row[2], row[3], row[4]) for row in rows)
    return tuple(sorted(lines, key=lambda line: line.number))


def _with_mine(frame: Frame) -> Select[*tuple[Any, ...]]:
    unanswered, sustained = objections()
    return (
        select(
            Standard,
            StandardVersion,
            Membership,
            _ADOPTER,
            _AMENDMENT.number,
            _AUTHOR,
            _STATER,
            Position,
            _MINE,
            unanswered,
            sustained,
            Outcome,
            Response,
            _followed(frame),
            open_changes(),
            Reorganisation,
            _related(),
        )
        .join(StandardVersion, StandardVersion.standard_id == Standard.id)
        .join(Membership, Membership.id == StandardVersion.membership_id)
        .join(_AUTHOR, _AUTHOR.id == Standard.membership_id)
        .outerjoin(_ADOPTER, _ADOPTER.id == StandardVersion.adopted_by_id)
        .outerjoin(_AMENDMENT, _AMENDMENT.id == StandardVersion.amendment_id)
        .outerjoin(Position, and_(Position.standard_id == Standard.id, Position.membership_id == frame.membership_id))
        .outerjoin(_MINE, _MINE.id == _my_latest(frame))
        .outerjoin(Outcome, Outcome.standard_id == Standard.id)
        .outerjoin(_STATER, _STATER.id == Outcome.membership_id)
        .outerjoin(Response, Response.standard_id == Standard.id)
        .outerjoin(Reorganisation, _asked())
        .where(Standard.consultation_id == frame.consultation.id, *PUBLISHED)
    )


def _asked() -> Any:
    return and_(Reorganisation.standard_id == Standard.id, Reorganisation.state == ReorganisationState.ASKED)


def _my_latest(frame: Frame) -> Any:
    return (
        select(func.max(Objection.id))
        .where(
            Objection.standard_id == Standard.id,
            Objection.membership_id == frame.membership_id,
            Objection.state != ObjectionState.WITHDRAWN,
        )
        .correlate(Standard)
        .scalar_subquery()
    )


def _followed(frame: Frame) -> Any:
    return (
        select(Follow.standard_id)
        .where(Follow.standard_id == Standard.id, Follow.membership_id == frame.membership_id)
        .exists()
    )


def _related() -> Any:
    either = or_(StandardRelation.from_id == Standard.id, StandardRelation.to_id == Standard.id)
    return select(StandardRelation.id).where(either).exists()
