"""The thread beside a standard: twenty branches at a time in one of three orders. One statement."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from markupsafe import Markup
from sqlalchemy import CTE, ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from app import text
from app.language import Message, _, direction
from app.models.campaigns import Campaign
from app.models.comments import Comment
from app.models.consultations import Identity, Membership
from app.models.contributions import READABLE, Contribution, Endorsement, State
from app.models.dispositions import Disposition
from app.models.moderation import Reason
from app.models.objections import Objection, ObjectionState
from app.queries.consultations import Frame
from app.queries.folding import folded, people_of, shown_for_all
from app.queries.visibility import in_thread
from app.rules.contributions import EDITABLE
from app.rules.objections import STANDING, UNANSWERED
from app.rules.words import REASONS

BRANCHES = 20
REPLIES = 10
WHOLE_BRANCH = 500


class Order(StrEnum):
    """In which order branches are read."""

    ACROSS = "across"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class CommentView:
    """A comment as this viewer sees it. A tombstone has no text.

    One that is shown for all letters of a campaign has its number and how many people sent them.
    """

    id: int
    author_name: str
    identity: str
    organisation: bool
    verified: bool
    group_name: str
    directly_affected: bool
    stance: str
    clause: str
    html: Markup
    proposed_change_html: Markup | None
    created_at: datetime
    edited: bool
    channel: str
    state: str
    mine: bool
    may_edit: bool
    endorsements: int
    endorsing_groups: int
    endorsed_by_me: bool
    objection_state: str | None
    language: str
    direction: str
    depth: int
    revision: int
    note: str
    gist: bool
    content_note: str | None
    tombstone: Message | None
    disposition: str | None = None
    campaign: int | None = None
    senders: int = 0
    reply_count: int = 0
    more_replies: int = 0
    replies: list["CommentView"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which part of a thread: its order, the branch after which it goes on, and a branch to show whole."""

    order: Order = Order.ACROSS
    after: int | None = None
    branch: int | None = None
    clause: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Thread:
    """A page of a thread; `next_after` continues it."""

    asked: Asked
    branches: tuple[CommentView, ...]
    next_after: int | None


def thread(session: Session, frame: Frame, standard_id: int, asked: Asked) -> Thread:
    """The branches that were asked for, each with its first replies."""
    roots = _roots(frame, standard_id, asked).cte("roots")
    numbered = _numbered(frame, roots).cte("numbered")
    endorsed = (
        select(Endorsement.membership_id)
        .where(Endorsement.contribution_id == Comment.id, Endorsement.membership_id == frame.membership_id)
        .exists()
    )
    rows = session.execute(
        select(
            Comment,
            Membership,
            Objection.state,
            Disposition.kind,
            endorsed,
            numbered.c.branch_size,
            Campaign.number,
            people_of(),
        )
        .join(numbered, numbered.c.id == Comment.id)
        .join(Membership, Membership.id == Comment.membership_id)
        .outerjoin(Objection, Objection.comment_id == Comment.id)
        .outerjoin(Disposition, Disposition.comment_id == Comment.id)
        .outerjoin(Campaign, shown_for_all())
        .where(_shown_of(numbered, asked))
        .order_by(numbered.c.place, numbered.c.nth)
    ).all()
    views = [(row[0], _seen(frame, row), row[5]) for row in rows]
    branches = _trees(views)
    more = len(branches) > BRANCHES
    branches = branches[:BRANCHES]
    return Thread(asked, tuple(branches), branches[-1].id if more and branches else None)


def _seen(frame: Frame, row: Any) -> CommentView:
    view = view_of(frame, *row[:3], endorsed=row[4])
    letter = {"campaign": row[6], "senders": row[7]} if row[6] and not view.tombstone else {}
    return replace(view, disposition=row[3] and row[3].value, **letter)


def view_of(
    frame: Frame, comment: Comment, author: Membership, objection: ObjectionState | None, *, endorsed: bool = False
) -> CommentView:
    """One comment as the viewer sees it."""
    group = frame.group_of(author.group_id)
    mine = frame.membership_id == author.id
    readable = comment.state in READABLE
    visible = readable or mine
    return CommentView(
        id=comment.id,
        author_name=name_of(author),
        identity=author.identity.value,
        organisation=author.organisation is not None,
        verified=author.verified,
        group_name=group.name if group else "",
        directly_affected=group.directly_affected if group else False,
        stance=comment.stance.value,
        clause=comment.clause,
        html=_words(comment, mine=mine) if visible else Markup(),
        proposed_change_html=_change(comment) if visible else None,
        created_at=comment.created_at,
        edited=comment.edits > 0,
        channel=comment.channel.value,
        state=comment.state.value,
        mine=mine,
        may_edit=mine and comment.state in EDITABLE,
        endorsements=comment.endorsements,
        endorsing_groups=comment.endorsing_groups,
        endorsed_by_me=endorsed,
        objection_state=objection.value if objection in STANDING else None,
        language=comment.language,
        direction=direction(comment.language),
        depth=comment.depth,
        revision=comment.revision,
        note=comment.note,
        gist=bool(comment.gist),
        content_note=comment.content_note or None,
        tombstone=None if visible and comment.state != State.WITHDRAWN else tombstone(comment),
        reply_count=comment.replies,
    )


def _words(comment: Comment, *, mine: bool) -> Markup:
    """What is read: of confidential people the gist, except by themselves."""
    return Markup(text.render(comment.gist) if comment.gist and not mine else comment.html)


def name_of(author: Membership) -> str:
    """The name that everybody sees of this member."""
    return shown_name(author.identity, author.display_name)


def shown_name(identity: Identity, name: str) -> str:
    """The name that everybody sees. People who take part confidentially have none."""
    return "" if identity == Identity.CONFIDENTIAL else name


def tombstone(comment: Contribution) -> Message:
    """Who removed it, when and why."""
    day = (comment.settled_at or comment.created_at).date()
    if comment.state == State.WITHDRAWN:
        return _("Withdrawn by its author on %(date)s.", date=day)
    if comment.reason is None:
        return _("Removed by moderation on %(date)s.", date=day)
    reason = REASONS[Reason(comment.reason)]
    return _("Removed by moderation on %(date)s. Reason: %(reason)s.", date=day, reason=reason)


def _roots(frame: Frame, standard_id: int, asked: Asked) -> Select[int, int]:
    unanswered = (
        select(Objection.id).where(Objection.comment_id == Comment.id, Objection.state.in_(UNANSWERED)).exists()
    )
    pinned = and_(unanswered, Comment.state.in_(READABLE))
    keys: Sequence[Any] = {
        Order.ACROSS: (
            func.coalesce(pinned, False).desc(),
            Comment.endorsing_groups.desc(),
            Comment.endorsements.desc(),
            Comment.created_at.desc(),
            Comment.id,
        ),
        Order.NEWEST: (Comment.created_at.desc(), Comment.id.desc()),
        Order.OLDEST: (Comment.created_at, Comment.id),
    }[asked.order]
    behind = folded(
        Comment, standard_id, frame.membership_id, asked.branch, clause=asked.clause, language=asked.language
    )
    wanted = [Comment.standard_id == standard_id, Comment.depth == 0, in_thread(frame.membership_id), ~behind]
    if asked.clause:
        wanted.append(Comment.clause == asked.clause)
    if asked.language:
        wanted.append(Comment.language == asked.language)
    place = func.row_number().over(order_by=keys).label("place")
    ranked = select(Comment.id.label("id"), place).where(*wanted).subquery("ranked")
    chosen = select(ranked.c.id, ranked.c.place).order_by(ranked.c.place).limit(BRANCHES + 1)
    if asked.after is not None:
        anchor = select(ranked.c.place).where(ranked.c.id == asked.after).scalar_subquery()
        chosen = chosen.where(ranked.c.place > func.coalesce(anchor, 0))
    return chosen


def _numbered(frame: Frame, roots: CTE) -> Select[int, int, int, int]:
    nth = func.row_number().over(
        partition_by=Comment.root_id, order_by=(Comment.depth > 0, Comment.created_at, Comment.id)
    )
    size = func.count().over(partition_by=Comment.root_id)
    return (
        select(Comment.id.label("id"), roots.c.place.label("place"), nth.label("nth"), size.label("branch_size"))
        .join(roots, roots.c.id == Comment.root_id)
        .where(in_thread(frame.membership_id))
    )


def _shown_of(numbered: CTE, asked: Asked) -> ColumnElement[bool]:
    """The first replies of each branch, and nearly everything of the one that was asked for."""
    first = numbered.c.nth <= REPLIES + 1
    if asked.branch is None:
        return first
    return or_(first, and_(Comment.root_id == asked.branch, numbered.c.nth <= WHOLE_BRANCH))


def _trees(rows: Sequence[tuple[Comment, CommentView, int]]) -> list[CommentView]:
    """Replies under what they reply to; a reply whose parent is not shown hangs on its branch."""
    shown = {
        view.id: view for _comment, view, _size in rows
    }  # all of them first: an answer may be as old as its parent
    roots: list[CommentView] = []
    sizes: dict[int, int] = {}
    for comment, view, size in rows:
        if comment.depth == 0:
            roots.append(view)
            sizes[view.id] = size
        else:
            above = shown.get(comment.parent_id or 0) or shown[comment.root_id]
            above.replies.append(view)
    return [
        replace(_counted(root), reply_count=root.reply_count, more_replies=sizes[root.id] - _size(root))
        for root in roots
    ]


def _counted(view: CommentView) -> CommentView:
    """A comment whose replies below it are counted, each level for itself."""
    replies = [_counted(reply) for reply in view.replies]
    return replace(view, replies=replies, reply_count=sum(_size(reply) for reply in replies))


def _size(view: CommentView) -> int:
    return 1 + sum(_size(reply) for reply in view.replies)


def _change(comment: Comment) -> Markup | None:
    """The wording that is suggested; of confidential people the gist alone is read."""
    return Markup(text.render(comment.proposed_change)) if comment.proposed_change and not comment.gist else None
