"""Bulk twins of the discussion: comments, endorsements and answered objections whose consequences lie in the past."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app import text
from app.actions import letters, projections
from app.actions.comments import LABEL
from app.actions.imports import recount, renew
from app.actions.text_index import NewText
from app.events import (
    ContributionEndorsed,
    ContributionPublished,
    ContributionReceived,
    Event,
    record_history,
    text_hash,
)
from app.models.comments import Comment, Stance
from app.models.consultations import Channel, Consultation, Membership
from app.models.contributions import Endorsement, Kind, State
from app.models.objections import Objection


@dataclass(frozen=True, slots=True)
class NewComment:
    """A published comment. `id` is drawn beforehand, so that replies of the same batch can name it."""

    id: int
    standard_id: int
    subject: str
    membership_id: int
    parent_id: int | None
    root_id: int
    depth: int
    body: str
    stance: Stance
    language: str
    created_at: datetime
    reference: str


def comments(session: Session, consultation: Consultation, new: Sequence[NewComment]) -> None:
    """Store comments, none before the one that it answers. Their depth stays as it was."""
    if not new:
        return
    session.execute(insert(Comment), [_comment_row(consultation, comment) for comment in new])
    events: list[Event] = []
    for comment in new:
        received = ContributionReceived(
            consultation_id=consultation.id, contribution_id=comment.id, membership_id=comment.membership_id
        )
        published = ContributionPublished(
            consultation_id=consultation.id,
            contribution=comment.id,
            contribution_kind=Kind.COMMENT.value,
            subject=comment.subject,
            text_hash=text_hash(comment.body),
        )
        events += [received, published]
    record_history(session, consultation.id, events)
    letters.index_many(
        session, [NewText(comment.id, comment.standard_id, comment.body) for comment in new if comment.depth == 0]
    )
    recount(session, {comment.standard_id for comment in new if comment.parent_id is not None})
    renew(session, {comment.standard_id for comment in new})


def endorsements(
    session: Session, consultation: Consultation, comment: Comment, by: Iterable[Membership], *, at: datetime
) -> None:
    """Let people stand behind a comment of another."""
    endorsing = list(by)
    rows = [
        {"contribution_id": comment.id, "membership_id": member.id, "group_id": member.group_id, "created_at": at}
        for member in endorsing
    ]
    if not rows:
        return
    session.execute(insert(Endorsement), rows)
    record_history(
        session,
        consultation.id,
        [
            ContributionEndorsed(consultation_id=consultation.id, contribution=comment.id, membership_id=member.id)
            for member in endorsing
        ],
    )
    projections.count_endorsements(session, comment)


def branches(session: Session, consultation: Consultation, references: Collection[str]) -> dict[str, tuple[int, int]]:
    """The id and the root of the comments with these references."""
    wanted = select(Comment.reference, Comment.id, Comment.root_id).where(
        Comment.consultation_id == consultation.id, Comment.reference.in_(set(references))
    )
    return {ref: (comment_id, root_id) for ref, comment_id, root_id in session.execute(wanted) if ref is not None}


def objection(session: Session, comment: Comment, *, would_change: str) -> Objection:
    """Make a published comment the reason of an objecting position."""
    raised = Objection(
        standard_id=comment.standard_id,
        membership_id=comment.membership_id,
        comment_id=comment.id,
        would_change=would_change,
        raised_at=comment.created_at,
        moved_at=comment.created_at,
    )
    session.add(raised)
    session.flush()
    return raised


def _comment_row(consultation: Consultation, comment: NewComment) -> dict[str, object]:
    return {
        "id": comment.id,
        "consultation_id": consultation.id,
        "membership_id": comment.membership_id,
        "state": State.PUBLISHED,
        "label": text.excerpt(comment.body, LABEL) or comment.body[:LABEL],
        "language": comment.language,
        "channel": Channel.IMPORT,
        "reference": comment.reference,
        "created_at": comment.created_at,
        "published_at": comment.created_at,
        "standard_id": comment.standard_id,
        "parent_id": comment.parent_id,
        "root_id": comment.root_id,
        "depth": comment.depth,
        "body": comment.body,
        "html": text.render(comment.body),
        "stance": comment.stance,
    }
