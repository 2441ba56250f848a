"""Amendments as a viewer sees them: one line each, with what it changes."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from app.language import Message
from app.models.amendments import Amendment, AmendmentPosition
from app.models.consultations import Membership
from app.models.contributions import READABLE
from app.models.positions import Block
from app.models.standards import ChangeClass, StandardVersion
from app.queries.consultations import Frame
from app.queries.threads import name_of, tombstone
from app.queries.visibility import OWN_STATES
from app.rules.amendments import text_of
from app.rules.differences import Piece, compare
from app.rules.positions import why_not_see_tally


@dataclass(frozen=True, slots=True)
class AmendmentLine:
    """An amendment as this viewer sees it. One that was taken back or removed has no words but a `tombstone`."""

    id: int
    number: int | None
    version: int
    clause: str
    text: str
    why: str
    language: str
    note: str
    change_class: ChangeClass
    state: str
    outcome: str
    outcome_reason: str
    outcome_at: datetime | None
    adopted_text: str
    created_at: datetime
    proposed_by: str
    group_name: str
    directly_affected: bool
    mine: bool
    positions: int
    pieces: tuple[Piece, ...]
    tombstone: Message | None


def listed(frame: Frame) -> ColumnElement[bool]:
    """What has a place in the list: everything that was published once, and one's own that waits."""
    placed = Amendment.number.is_not(None)
    if frame.membership_id is None:
        return placed
    return or_(placed, and_(Amendment.membership_id == frame.membership_id, Amendment.state.in_(OWN_STATES)))


def lines_of(
    session: Session, frame: Frame, version: StandardVersion, *conditions: ColumnElement[bool]
) -> list[AmendmentLine]:
    """The amendments that fulfil these conditions, compared with a version, by number. One statement."""
    taken = select(func.count()).where(
        AmendmentPosition.amendment_id == Amendment.id,
        AmendmentPosition.counted,
        AmendmentPosition.block == Block.PEOPLE,
    )
    rows = session.execute(
        select(Amendment, Membership, taken.correlate(Amendment).scalar_subquery())
        .join(Membership, Membership.id == Amendment.membership_id)
        .where(*conditions)
        .order_by(Amendment.number.is_(None), Amendment.number, Amendment.created_at)
    )
    return [_line(frame, version, amendment, author, count) for amendment, author, count in rows]


def _line(
    frame: Frame, version: StandardVersion, amendment: Amendment, author: Membership, positions: int
) -> AmendmentLine:
    group = frame.group_of(author.group_id)
    mine = frame.membership_id == author.id
    visible = amendment.state in READABLE or (mine and amendment.state in OWN_STATES)
    hidden = why_not_see_tally(frame.consultation, closed=frame.closed, has_position=False) is not None
    return AmendmentLine(
        id=amendment.id,
        number=amendment.number,
        version=amendment.version,
        clause=amendment.clause,
        text=amendment.text if visible else "",
        why=amendment.why if visible else "",
        language=amendment.language,
        note=amendment.note,
        change_class=amendment.change_class,
        state=amendment.state.value,
        outcome=amendment.outcome.value,
        outcome_reason=amendment.outcome_reason,
        outcome_at=amendment.outcome_at,
        adopted_text=amendment.adopted_text,
        created_at=amendment.created_at,
        proposed_by=name_of(author),
        group_name=group.name if group else "",
        directly_affected=group.directly_affected if group else False,
        mine=mine,
        positions=0 if hidden else positions,
        pieces=against(amendment, version) if visible else (),
        tombstone=None if visible else tombstone(amendment),
    )


def against(amendment: Amendment, version: StandardVersion) -> tuple[Piece, ...]:
    """What an amendment changes in its clause as a version has it."""
    return compare(text_of(amendment.clause, version.clauses), amendment.text)
