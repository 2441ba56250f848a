"""Standards: the page of one, the list with search and filters, and what resembles a proposal."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session, aliased

from app.errors import NotFound, Refusal
from app.models.comments import Comment
from app.models.consultations import Membership
from app.models.contributions import READABLE
from app.models.evidence import Evidence
from app.models.objections import Objection, ObjectionState
from app.models.positions import Position
from app.models.standards import Standard, StandardVersion
from app.queries.became import Became, became, columns, joined
from app.queries.consultations import Frame
from app.queries.grounds import Ground, grounds_of
from app.queries.listings import objections
from app.queries.positions import Result, Subject, results
from app.queries.threads import Asked, Thread, name_of, thread
from app.queries.visibility import in_thread, readable_standard
from app.rules.comments import why_not_comment
from app.rules.positions import why_not_take_position
from app.rules.standards import missing_links


@dataclass(frozen=True, slots=True)
class StandardPage:
    """Everything on the page of one standard."""

    frame: Frame
    standard: Standard
    version: StandardVersion
    proposed_by: str
    grounds: tuple[Ground, ...]
    evidence: tuple[Evidence, ...]
    result: Result
    thread: Thread
    comments_by_clause: dict[str, int]
    my_position: Position | None
    my_objection: Objection | None
    why_not_position: Refusal | None
    why_not_comment: Refusal | None
    became: Became

    @property
    def comments(self) -> int:
        """How many comments have a place in the thread."""
        return sum(self.comments_by_clause.values())

    @property
    def affected_names(self) -> list[str]:
        """The stakeholder groups that the standard names."""
        return [group.name for group in self.frame.groups if group.key in self.version.affected_groups]

    @property
    def missing(self) -> tuple[str, ...]:
        """Which links of right, duty-bearer and enforcement the text lacks."""
        return missing_links(self.version, grounded=bool(self.grounds))


def find(session: Session, frame: Frame, number: int) -> Standard:
    """A standard that everybody can read, for acting on it.

    Raises:
        NotFound: there is none with this number.
    """
    found = session.scalars(
        select(Standard)
        .join(StandardVersion, StandardVersion.standard_id == Standard.id)
        .where(Standard.consultation_id == frame.consultation.id, Standard.number == number, readable_standard())
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def page(session: Session, frame: Frame, number: int, asked: Asked) -> StandardPage:
    """The page of a standard, in five statements for any number of comments.

    Raises:
        NotFound: there is none with this number.
    """
    row = session.execute(_with_mine(frame).where(Standard.number == number)).one_or_none()
    if row is None:
        raise NotFound
    standard, version, author, position, objection, unanswered, sustained, *found = row
    told = became(found, unanswered, sustained)
    has_position = position is not None
    subject = Subject(standard, version.affected_groups, unanswered, sustained, has_position, told.outcome)
    grounds, evidence = grounds_of(session, [version.id])[version.id]
    why_not_position = why_not_take_position(frame.consultation, frame.phases, standard, frame.membership, at=frame.at)
    return StandardPage(
        frame=frame,
        standard=standard,
        version=version,
        proposed_by=name_of(author),
        grounds=grounds,
        evidence=evidence,
        result=results(session, frame, [subject])[standard.id],
        thread=thread(session, frame, standard.id, asked),
        comments_by_clause=_comments_by_clause(session, frame, standard),
        my_position=position,
        my_objection=objection,
        why_not_position=why_not_position,
        why_not_comment=why_not_comment(frame.consultation, frame.phases, standard, frame.membership, at=frame.at),
        became=told,
    )


def _with_mine(frame: Frame) -> Select[*tuple[Any, ...]]:
    unanswered, sustained = objections()
    mine = aliased(Objection)
    latest = (
        select(func.max(Objection.id))
        .where(
            Objection.standard_id == Standard.id,
            Objection.membership_id == frame.membership_id,
            Objection.state != ObjectionState.WITHDRAWN,
        )
        .scalar_subquery()
    )
    query = (
        select(Standard, StandardVersion, Membership, Position, mine, unanswered, sustained, *columns(frame))
        .join(StandardVersion, StandardVersion.standard_id == Standard.id)
        .join(Membership, Membership.id == Standard.membership_id)
        .outerjoin(Position, and_(Position.standard_id == Standard.id, Position.membership_id == frame.membership_id))
        .outerjoin(mine, mine.id == latest)
        .where(Standard.consultation_id == frame.consultation.id, readable_standard())
    )
    return joined(query)


def _comments_by_clause(session: Session, frame: Frame, standard: Standard) -> dict[str, int]:
    counted = (
        select(Comment.clause, func.count())
        .where(Comment.standard_id == standard.id, in_thread(frame.membership_id), Comment.state.in_(READABLE))
        .group_by(Comment.clause)
    )
    return dict(session.execute(counted).all())
