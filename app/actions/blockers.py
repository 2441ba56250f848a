"""What still has to be done before something can be brought to its end."""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from app.models.comments import Comment, CommentType
from app.models.contributions import READABLE
from app.models.dispositions import Disposition
from app.models.objections import Objection, ObjectionState
from app.models.positions import Position
from app.models.standards import Standard
from app.rules.objections import STANDING, TO_BE_ANSWERED, UNANSWERED
from app.rules.outcomes import Blockers


def unanswered(session: Session, consultation_id: int) -> dict[int, int]:
    """How many objections wait for an answer, by the number of their standard; standards without any are left out.

    One that was upheld waits, too: for the answer that names the changed text.
    """
    rows = session.execute(
        select(Standard.number, func.count())
        .join(Objection, Objection.standard_id == Standard.id)
        .join(Comment, Comment.id == Objection.comment_id)
        .where(Standard.consultation_id == consultation_id, Standard.withdrawn_at.is_(None), _counted())
        .where(or_(and_(*_WAITING), Objection.state == ObjectionState.UPHELD))
        .group_by(Standard.number)
    )
    return {number: count for number, count in rows if number is not None}


def undisposed(session: Session, consultation_id: int) -> dict[int, int]:
    """How many comments that suggest a change of substance have no disposition, by the standard's id."""
    return _by_standard(session, _undisposed(Standard.consultation_id == consultation_id))


def of_standards(session: Session, consultation_id: int) -> Mapping[int, Blockers]:
    """What stands between each standard and its outcome, by the standard's id. Four statements for any number."""
    here = Standard.consultation_id == consultation_id
    objections = (
        select(Standard.id, func.count())
        .join(Objection, Objection.standard_id == Standard.id)
        .join(Comment, Comment.id == Objection.comment_id)
        .where(here, _counted())
        .group_by(Standard.id)
    )
    waiting = _by_standard(session, objections.where(*_WAITING))
    upheld = _by_standard(session, objections.where(Objection.state == ObjectionState.UPHELD))
    appealed = _by_standard(session, objections.where(Objection.state == ObjectionState.APPEALED))
    open_comments = undisposed(session, consultation_id)
    return {
        standard_id: Blockers(
            unanswered=waiting.get(standard_id, 0),
            upheld=upheld.get(standard_id, 0),
            appealed=appealed.get(standard_id, 0),
            undisposed=open_comments.get(standard_id, 0),
        )
        for standard_id in {*waiting, *upheld, *appealed, *open_comments}
    }


_WAITING = (Objection.state.in_(UNANSWERED), Comment.state.in_(TO_BE_ANSWERED))


def _counted() -> ColumnElement[bool]:
    """That an objection belongs to a position that counts."""
    return (
        select(Position.id)
        .where(
            Position.standard_id == Objection.standard_id,
            Position.membership_id == Objection.membership_id,
            Position.counted,
        )
        .exists()
    )


def _undisposed(here: ColumnElement[bool]) -> Select[int, int]:
    """Comments that suggest a change of substance and are neither resolved nor the reason of a standing objection."""
    return (
        select(Standard.id, func.count())
        .join(Comment, Comment.standard_id == Standard.id)
        .outerjoin(Disposition, Disposition.comment_id == Comment.id)
        .outerjoin(Objection, and_(Objection.comment_id == Comment.id, Objection.state.in_(STANDING)))
        .where(
            here,
            Comment.state.in_(READABLE),
            Comment.proposed_change != "",
            Comment.type != CommentType.EDITORIAL,
            Disposition.comment_id.is_(None),
            Objection.id.is_(None),
        )
        .group_by(Standard.id)
    )


def _by_standard(session: Session, counted: Select[int, int]) -> dict[int, int]:
    return dict(session.execute(counted).all())
