"""Counts that pages need at scale, kept in the writing transaction and verifiable by recounting."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, func, insert, select, update
from sqlalchemy.orm import Session

from app.models.comments import Comment
from app.models.consultations import Membership
from app.models.contributions import READABLE, Contribution, Endorsement
from app.models.positions import Block, Choice, Position, PositionTally
from app.models.standards import Standard


@dataclass(frozen=True, slots=True)
class Difference:
    """A projection that is not what a recount gives."""

    projection: str
    key: str
    kept: int
    counted: int


def count_position(session: Session, position: Position, by: int) -> None:
    """Add `by` (1 or -1) to the cell of a counted position."""
    if not position.counted:
        return
    cell = and_(
        PositionTally.standard_id == position.standard_id,
        PositionTally.block == position.block,
        PositionTally.group_id.is_not_distinct_from(position.group_id),
        PositionTally.version == position.version,
        PositionTally.choice == position.choice,
    )
    found = session.scalars(
        update(PositionTally).where(cell).values(count=PositionTally.count + by).returning(PositionTally.id)
    ).first()
    if found is None:
        session.add(
            PositionTally(
                standard_id=position.standard_id,
                block=position.block,
                group_id=position.group_id,
                version=position.version,
                choice=position.choice,
                count=by,
            )
        )
        session.flush()


def count_endorsements(session: Session, contribution: Contribution) -> None:
    """Recount who stands behind one comment: people, and groups other than the author's own."""
    if isinstance(contribution, Comment):
        row = session.execute(_endorsements(Endorsement.contribution_id == contribution.id)).one_or_none()
        contribution.endorsements, contribution.endorsing_groups = (row[1], row[2]) if row else (0, 0)


def count_replies(session: Session, comment: Comment) -> None:
    """Recount the readable replies in the branch of a comment, kept at its root."""
    counted = session.scalar(_replies(Comment.root_id == comment.root_id)) or 0
    session.execute(update(Comment).where(Comment.id == comment.root_id).values(replies=counted))


def rebuild(session: Session, standard_ids: Iterable[int] | None = None) -> None:
    """Recount all projections, or those of some standards."""
    wanted = list(standard_ids) if standard_ids is not None else list(session.scalars(select(Standard.id)))
    for standard_id in wanted:
        session.execute(delete(PositionTally).where(PositionTally.standard_id == standard_id))
        rows = session.execute(_tallies(Position.standard_id == standard_id)).mappings().all()
        if rows:
            session.execute(insert(PositionTally), [dict(row) for row in rows])
    for standard_id in wanted:
        _rebuild_comments(session, standard_id)


def differences(session: Session) -> list[Difference]:
    """Recount everything and say where what is kept differs."""
    found: list[Difference] = []
    kept = {
        (row.standard_id, row.block, row.group_id, row.version, row.choice): row.count
        for row in session.scalars(select(PositionTally).where(PositionTally.count != 0))
    }
    counted = {(row[0], row[1], row[2], row[3], row[4]): row[5] for row in session.execute(_tallies())}
    found += _compare("positions", kept, counted)
    comments = session.execute(
        select(Comment.id, Comment.endorsements, Comment.endorsing_groups, Comment.replies)
    ).all()
    people = {row[0]: row for row in session.execute(_endorsements())}
    replies = {row[0]: row[1] for row in session.execute(_reply_counts())}
    for comment_id, endorsements, groups, kept_replies in comments:
        _, real_people, real_groups = people.get(comment_id, (comment_id, 0, 0))
        found += _compare("endorsements", {comment_id: endorsements}, {comment_id: real_people})
        found += _compare("endorsing groups", {comment_id: groups}, {comment_id: real_groups})
        found += _compare("replies", {comment_id: kept_replies}, {comment_id: replies.get(comment_id, 0)})
    return found


def _rebuild_comments(session: Session, standard_id: int) -> None:
    here = Comment.standard_id == standard_id
    on_standard = select(Comment.id).where(here)
    people = {row[0]: row for row in session.execute(_endorsements(Endorsement.contribution_id.in_(on_standard)))}
    replies = {row[0]: row[1] for row in session.execute(_reply_counts(here))}
    session.execute(
        update(Comment).where(here).values(endorsements=0, endorsing_groups=0, replies=0),
        execution_options={"synchronize_session": False},
    )
    for comment_id, endorsements, groups in people.values():
        session.execute(
            update(Comment).where(Comment.id == comment_id).values(endorsements=endorsements, endorsing_groups=groups)
        )
    for comment_id, count in replies.items():
        session.execute(update(Comment).where(Comment.id == comment_id).values(replies=count))


def _tallies(*conditions: ColumnElement[bool]) -> Select[int, Block, int | None, int, Choice, int]:
    cell = (Position.standard_id, Position.block, Position.group_id, Position.version, Position.choice)
    counted = func.count().label("count")
    return select(*cell, counted).where(Position.counted, *conditions).group_by(*cell)


def _endorsements(*conditions: ColumnElement[bool]) -> Select[int, int, int]:
    """Comment id, endorsing people, distinct groups among them without the author's own group."""
    from_other_group = Endorsement.group_id.is_distinct_from(_author_group())
    return (
        select(
            Endorsement.contribution_id,
            func.count(),
            func.count(func.distinct(Endorsement.group_id)).filter(from_other_group),
        )
        .where(*conditions)
        .group_by(Endorsement.contribution_id)
    )


def _author_group() -> ColumnElement[int | None]:
    return (
        select(Membership.group_id)
        .join(Contribution, Contribution.membership_id == Membership.id)
        .where(Contribution.id == Endorsement.contribution_id)
        .scalar_subquery()
    )


def _replies(*conditions: ColumnElement[bool]) -> Select[int]:
    return select(func.count()).select_from(Comment).where(Comment.depth > 0, Comment.state.in_(READABLE), *conditions)


def _reply_counts(*conditions: ColumnElement[bool]) -> Select[int, int]:
    return (
        select(Comment.root_id, func.count())
        .where(Comment.depth > 0, Comment.state.in_(READABLE), *conditions)
        .group_by(Comment.root_id)
    )


def _compare(name: str, kept: Mapping[Any, int], counted: Mapping[Any, int]) -> list[Difference]:
    keys = sorted({*kept, *counted}, key=str)
    return [
        Difference(name, str(key), kept.get(key, 0), counted.get(key, 0))
        for key in keys
        if kept.get(key, 0) != counted.get(key, 0)
    ]
