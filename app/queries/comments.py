"""One comment: where it stands, its earlier texts."""

from dataclasses import dataclass

from markupsafe import Markup
from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.db import PUBLIC_ID_BITS
from app.errors import NotFound
from app.models.comments import Comment, CommentText
from app.models.consultations import Consultation
from app.models.contributions import State
from app.models.standards import Standard, StandardVersion
from app.queries.consultations import Frame, frame
from app.queries.folding import folded
from app.queries.people import Viewer
from app.queries.threads import BRANCHES, Asked, Order
from app.queries.visibility import in_thread, own_contribution, readable_standard


@dataclass(frozen=True, slots=True)
class Place:
    """A comment with its standard, and the part of the thread that holds it."""

    frame: Frame
    standard: Standard
    comment: Comment
    asked: Asked


@dataclass(frozen=True, slots=True)
class EarlierText:
    """A text that was replaced."""

    html: Markup
    replaced: CommentText


def place(session: Session, viewer: Viewer, comment_id: int) -> Place:
    """Where a comment stands that this viewer can see in its thread.

    Raises:
        NotFound: there is none, it has no place in the thread for this viewer, or its standard cannot be read.
    """
    found = _frame_of(session, viewer, comment_id)
    version = aliased(StandardVersion, flat=True)
    row = session.execute(
        select(Comment, Standard)
        .join(Standard, Standard.id == Comment.standard_id)
        .join(version, version.standard_id == Standard.id)
        .where(Comment.id == comment_id, in_thread(found.membership_id), readable_standard(version))
    ).one_or_none()
    if row is None:
        raise NotFound
    comment, standard = row
    return Place(found, standard, comment, page_of(session, found, comment))


def own(session: Session, viewer: Viewer, comment_id: int) -> Place:
    """A comment of one's own, in whatever state.

    Raises:
        NotFound: it does not exist, or is somebody else's.
    """
    found = _frame_of(session, viewer, comment_id)
    comment = own_contribution(session, viewer.owner_id, comment_id)
    if not isinstance(comment, Comment):
        raise NotFound
    return Place(found, session.get_one(Standard, comment.standard_id), comment, Asked())


def earlier_texts(session: Session, place: Place) -> tuple[EarlierText, ...]:
    """The texts that readers saw before, the oldest first; none of what was taken away, as a whole or in passages."""
    if place.comment.state != State.PUBLISHED or place.comment.gist:
        return ()
    kept = select(CommentText).where(CommentText.comment_id == place.comment.id).order_by(CommentText.id)
    return tuple(EarlierText(Markup(earlier.html), earlier) for earlier in session.scalars(kept))


def _frame_of(session: Session, viewer: Viewer, comment_id: int) -> Frame:
    if comment_id >= 2**PUBLIC_ID_BITS:
        raise NotFound
    slug = session.scalar(
        select(Consultation.slug)
        .join(Comment, Comment.consultation_id == Consultation.id)
        .where(Comment.id == comment_id)
    )
    if slug is None:
        raise NotFound
    return frame(session, slug, viewer)


def page_of(session: Session, frame: Frame, comment: Comment) -> Asked:
    """The part of the thread, oldest first, that holds a comment and shows its whole branch."""
    root = aliased(Comment)
    before = select(func.count()).select_from(root)
    place = session.scalar(
        before.join(Comment, Comment.id == comment.root_id).where(
            root.standard_id == comment.standard_id,
            root.depth == 0,
            root.published_at.is_not(None),
            ~folded(root, comment.standard_id, frame.membership_id, comment.root_id),
            or_(
                root.created_at < Comment.created_at, and_(root.created_at == Comment.created_at, root.id < Comment.id)
            ),
        )
    )
    skipped = (place or 0) // BRANCHES * BRANCHES
    if not skipped:
        return Asked(Order.OLDEST, branch=comment.root_id)
    last_before = session.scalar(
        select(Comment.id)
        .where(
            Comment.standard_id == comment.standard_id,
            Comment.depth == 0,
            in_thread(frame.membership_id),
            ~folded(Comment, comment.standard_id, frame.membership_id, comment.root_id),
        )
        .order_by(Comment.created_at, Comment.id)
        .offset(skipped - 1)
        .limit(1)
    )
    return Asked(Order.OLDEST, after=last_before, branch=comment.root_id)
