"""Comments and replies: posting, editing, withdrawing."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock, text
from app.actions import campaigns, consultations, follows, letters, projections
from app.actions.cases import close_case, open_case
from app.actions.rounds import round_of
from app.actions.texts import checked
from app.db import public_id
from app.errors import Invalid, NotFound, Refusal, require
from app.events import (
    ContributionEdited,
    ContributionPublished,
    ContributionReceived,
    ContributionWithdrawn,
    record,
    text_hash,
)
from app.language import _
from app.models.comments import Comment, CommentText, Stance
from app.models.consultations import Channel, Consultation, Membership
from app.models.contributions import READABLE, Contribution, State
from app.models.moderation import Cause
from app.models.objections import Objection
from app.models.standards import Standard, StandardVersion
from app.rules.comments import DEEPEST, why_not_comment, why_not_reply
from app.rules.contributions import edits_freely, first_state, why_not_withdraw
from app.rules.dispositions import type_after_edit, type_of
from app.rules.objections import STANDING
from app.rules.rounds import SecondRound, why_not_comment_now
from app.search import language_of

LABEL = 120
SAME_TEXT_AGAIN = timedelta(minutes=10)


def post(
    session: Session,
    consultation: Consultation,
    standard: Standard,
    *,
    by: Membership,
    body: str,
    stance: Stance = Stance.NEUTRAL,
    reply_to: int | None = None,
    clause: str = "",
    proposed_change: str = "",
    wording_only: bool = False,
    language: str = "en",
    channel: Channel = Channel.WEB,
    lived: bool = False,
) -> Comment:
    """Post a comment on a standard, or a reply. Sent twice within ten minutes, the first one is returned.

    Raises:
        Refused: not a member, not now, or not about what a second round is about.
        Invalid: the text is empty or too long.
        NotFound: the comment replied to is not on this standard.
    """
    consultations.lock(session, consultation)
    session.refresh(standard)
    phases = consultations.phases_of(session, consultation)
    require(why_not_comment(consultation, phases, standard, by, at=clock.now()))
    body, proposed_change = checked(body), checked(proposed_change, field="proposed_change", needed=False)
    check_clause(session, standard, clause)
    parent = reply_target(session, standard, reply_to) if reply_to is not None else None
    require(_why_not_in_round(session, round_of(session, consultation, phases, standard), clause, parent))
    comment = _new(standard, by, parent, body, language, channel)
    comment.stance, comment.clause, comment.proposed_change = stance, clause, proposed_change
    comment.type, comment.lived = type_of(proposed_change, wording_only=wording_only), lived
    return put(session, consultation, comment, by, parent)


def give_reason(
    session: Session,
    consultation: Consultation,
    standard: Standard,
    *,
    by: Membership,
    body: str,
    stance: Stance,
    clause: str,
    language: str,
) -> Comment:
    """Let the reason of a position join the thread; whether it may be given was decided with the position."""
    comment = _new(standard, by, None, checked(body), language, Channel.WEB)
    comment.stance, comment.clause = stance, clause
    return put(session, consultation, comment, by, None)


def put(
    session: Session, consultation: Consultation, comment: Comment, by: Membership, parent: Comment | None
) -> Comment:
    """Store a comment that may be posted, unless the same words came a moment ago: then that one is returned."""
    standard = session.get_one(Standard, comment.standard_id)
    if earlier := _same_again(session, standard, by, parent, comment.body):
        return earlier
    follows.begin(session, standard, by)
    comment.state = first_state(consultation, by, at=clock.now())
    session.add(comment)
    session.flush()
    receive(session, comment, by)
    return comment


def receive(session: Session, comment: Comment, by: Membership) -> None:
    """Write down that a comment came in, and open its case; where review comes afterwards it is readable at once."""
    record(
        session,
        ContributionReceived(consultation_id=comment.consultation_id, contribution_id=comment.id, membership_id=by.id),
    )
    open_case(session, comment, cause=_cause(session, comment))
    letters.index(session, comment)
    if comment.state in READABLE:
        enter(session, comment)


def enter(session: Session, comment: Comment) -> None:
    """Let everybody read a comment: at its first publication, or again after it was away."""
    comment.published_at = comment.published_at or clock.now()
    session.flush()
    projections.count_replies(session, comment)
    campaigns.follow(session, comment)
    standard = session.get_one(Standard, comment.standard_id)
    standard.revision += 1
    record(
        session,
        ContributionPublished(
            consultation_id=comment.consultation_id,
            contribution=comment.id,
            contribution_kind=comment.kind.value,
            subject=f"standard {standard.number}",
            text_hash=text_hash(comment.gist or comment.body),
        ),
    )


def leave(session: Session, comment: Comment) -> None:
    """Take a comment out of what everybody reads; its place shows who removed it."""
    session.flush()
    projections.count_replies(session, comment)
    campaigns.follow(session, comment)


def settle(session: Session, comment: Comment, state: State) -> None:
    """Put a comment into the state that was decided. A decision against an edit leaves the earlier text standing."""
    was_readable, proposed, change = comment.state in READABLE, comment.next_body, comment.next_change
    comment.next_body, comment.next_change = None, ""
    if was_readable and proposed is not None and state in (State.RETURNED, State.DECLINED):
        return
    comment.state, comment.settled_at = state, clock.now()
    if proposed is not None and state in READABLE:
        replace(session, comment, proposed, change)
    if state not in READABLE:
        leave(session, comment)
    elif not was_readable:
        enter(session, comment)


def withdraw(session: Session, consultation: Consultation, comment: Comment, *, by: Membership) -> None:
    """Take one's own text back; where others could read it a line says so.

    Raises:
        Refused: not the author, or withdrawn already.
    """
    consultations.lock(session, consultation)
    session.refresh(comment)
    require(why_not_withdraw(by, comment))
    comment.state, comment.settled_at = State.WITHDRAWN, clock.now()
    close_case(session, comment)
    letters.withdraw(session, comment)
    leave(session, comment)
    record(session, ContributionWithdrawn(consultation_id=consultation.id, contribution_id=comment.id))


def check_clause(session: Session, standard: Standard, clause: str) -> None:
    """Do nothing when a comment is about the whole standard or one of its clauses.

    Raises:
        Invalid: there is no such clause.
    """
    if not clause:
        return
    clauses = session.scalar(
        select(StandardVersion.clauses).where(
            StandardVersion.standard_id == standard.id, StandardVersion.number == standard.version
        )
    )
    if clause not in {numbered["number"] for numbered in clauses or ()}:
        raise Invalid("clause", _("Choose one of the clauses of this standard, or the whole standard."))


def reply_target(session: Session, standard: Standard, comment_id: int) -> Comment:
    """The comment replied to.

    Raises:
        NotFound: it is not on this standard.
        Refused: it is no longer readable.
    """
    parent = session.get(Comment, comment_id)
    if parent is None or parent.standard_id != standard.id or parent.published_at is None:
        raise NotFound
    require(why_not_reply(parent.state))
    return parent


def _new(
    standard: Standard, by: Membership, parent: Comment | None, body: str, language: str, channel: Channel
) -> Comment:
    comment_id = public_id()
    return Comment(
        id=comment_id,
        consultation_id=standard.consultation_id,
        membership_id=by.id,
        label=text.excerpt(body, LABEL),
        language=language_of(body, language),
        channel=channel,
        created_at=clock.now(),
        standard_id=standard.id,
        parent_id=parent.id if parent else None,
        root_id=parent.root_id if parent else comment_id,
        depth=min(parent.depth + 1, DEEPEST) if parent else 0,
        version=standard.version or 1,
        body=body,
        html=text.render(body),
    )


def write(comment: Comment, body: str, proposed_change: str) -> None:
    """Put a text into a comment."""
    comment.body, comment.html, comment.label = body, text.render(body), text.excerpt(body, LABEL)
    comment.proposed_change = proposed_change
    comment.type = type_after_edit(comment.type, proposed_change)
    comment.revision += 1


def replace(session: Session, comment: Comment, body: str, proposed_change: str) -> None:
    """Let readers see another text from now on; unless it is changed freely, the earlier one stays readable."""
    if not edits_freely(comment, replies=_own_replies(session, comment), at=clock.now()):
        session.add(CommentText(comment_id=comment.id, html=comment.html, body=comment.body, replaced_at=clock.now()))
        comment.edits += 1
    write(comment, body, proposed_change)
    letters.index_again(session, comment)
    hashed = text_hash(comment.gist or comment.body)
    record(
        session, ContributionEdited(consultation_id=comment.consultation_id, contribution=comment.id, text_hash=hashed)
    )


def _why_not_in_round(
    session: Session, found: SecondRound | None, clause: str, parent: Comment | None
) -> Refusal | None:
    if found is None:
        return None
    root = session.get_one(Comment, parent.root_id) if parent is not None else None
    open_objection = select(Objection.id).where(
        Objection.comment_id == (root.id if root is not None else None), Objection.state.in_(STANDING)
    )
    return why_not_comment_now(
        found,
        clause,
        answers=root.clause if root is not None else None,
        under_open_objection=session.scalar(open_objection.limit(1)) is not None,
    )


def _same_again(
    session: Session, standard: Standard, by: Membership, parent: Comment | None, body: str
) -> Comment | None:
    since: datetime = clock.now() - SAME_TEXT_AGAIN
    return session.scalars(
        select(Comment).where(
            Comment.standard_id == standard.id,
            Comment.membership_id == by.id,
            Comment.parent_id.is_not_distinct_from(parent.id if parent else None),
            Comment.body == body,
            Comment.created_at > since,
            Comment.state != State.WITHDRAWN,
        )
    ).first()


def _cause(session: Session, comment: Comment) -> Cause:
    earlier = select(Contribution.id).where(
        Contribution.membership_id == comment.membership_id, Contribution.id != comment.id
    )
    return Cause.REVIEW if session.scalar(earlier.limit(1)) is not None else Cause.FIRST


def _own_replies(session: Session, comment: Comment) -> int:
    reply = select(Comment.id).where(Comment.parent_id == comment.id, Comment.published_at.is_not(None))
    return int(session.scalar(reply.limit(1)) is not None)
