"""Following a standard: being told what becomes of it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.actions import consultations
from app.models.comments import Comment
from app.models.consultations import Consultation, Membership
from app.models.outcomes import Follow
from app.models.positions import Position
from app.models.standards import Standard


def toggle(session: Session, consultation: Consultation, standard: Standard, *, by: Membership) -> bool:
    """Follow a standard, or stop following it; returns whether it is followed now. Nobody else sees it."""
    consultations.lock(session, consultation)
    following = session.get(Follow, (standard.id, by.id), populate_existing=True)
    if following is not None:
        session.delete(following)
    else:
        session.add(Follow(standard_id=standard.id, membership_id=by.id, created_at=clock.now()))
    session.flush()
    return following is None


def begin(session: Session, standard: Standard, by: Membership) -> None:
    """Let somebody follow a standard with their first position or comment on it; whoever stopped is left alone.

    To be called before the contribution is stored, in a transaction that holds the lock of the consultation.
    """
    position = select(Position.id).where(Position.standard_id == standard.id, Position.membership_id == by.id)
    comment = select(Comment.id).where(Comment.standard_id == standard.id, Comment.membership_id == by.id)
    if session.scalar(position.limit(1)) is not None or session.scalar(comment.limit(1)) is not None:
        return
    if session.get(Follow, (standard.id, by.id)) is None:
        session.add(Follow(standard_id=standard.id, membership_id=by.id, created_at=clock.now()))
        session.flush()
