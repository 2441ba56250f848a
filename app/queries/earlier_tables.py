"""What the stored summaries of an open consultation showed, as far as the next one is held to it."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from app.models.consultations import Consultation, ConsultationState, Membership, StakeholderGroup
from app.models.contributions import Contribution
from app.models.positions import Block, Position
from app.models.standards import Standard
from app.models.summaries import RunState, SummaryRun
from app.queries.voices import has_position, has_spoken
from app.rules.withholding import (
    MODERATION,
    NO_TABLES,
    UNLISTED,
    VOICES,
    Tables,
    of_standard,
    release,
    tables_from,
)

Moved = dict[str, dict[str, int]]
"""People by group, for each table."""


def counting_from(session: Session, consultation: Consultation) -> Mapping[int, int]:
    """From which version on the positions on each standard count, by its number. One statement."""
    return {number: counts_from for number, counts_from, _version in _texts(session, consultation)}


def last_tables(session: Session, consultation: Consultation) -> Tables:
    """The tables of the last summary and those before it; none once a consultation has closed. One statement.

    Then its figures are final, whatever was shown before.
    """
    last = _last(session, consultation)
    return NO_TABLES if last is None else tables_from(last.tables)


def earlier_tables(session: Session, consultation: Consultation) -> Tables:
    """The tables that the next summary is held to: without the groups in which enough people moved. Five statements."""
    last = _last(session, consultation)
    if last is None or last.made_at is None:
        return NO_TABLES
    found = tables_from(last.tables)
    moved = _moved(session, consultation.id, last.made_at)
    for number, counts_from, version in _texts(session, consultation):
        name = of_standard(number, counts_from)
        if name in found and found[name].version != version:
            moved.pop(name, None)  # among those who took a position since, some only confirmed theirs
    return {name: release(table, moved.get(name, {}), consultation.minimum_group) for name, table in found.items()}


def _last(session: Session, consultation: Consultation) -> SummaryRun | None:
    if consultation.state != ConsultationState.OPEN:
        return None
    done = select(SummaryRun).where(SummaryRun.consultation_id == consultation.id, SummaryRun.state == RunState.DONE)
    return session.scalars(done.order_by(SummaryRun.ledger_entries.desc(), SummaryRun.number.desc()).limit(1)).first()


def _texts(session: Session, consultation: Consultation) -> list[tuple[int, int, int | None]]:
    """Number, from which version on positions count, and the version in force of each standard."""
    wanted = select(Standard.number, Standard.counts_from, Standard.version).where(
        Standard.consultation_id == consultation.id, Standard.number.is_not(None)
    )
    return [(number or 0, counts_from, version) for number, counts_from, version in session.execute(wanted)]


def _moved(session: Session, consultation_id: int, since: datetime) -> Moved:
    """How many people moved in each table: never too many, since who withdrew or came back is not among them.

    On a standard these are people who took or changed a position, elsewhere people who joined.
    """
    taken = (
        select(Standard.number, Standard.counts_from, StakeholderGroup.key, func.count())
        .select_from(Position)
        .join(Standard, Standard.id == Position.standard_id)
        .outerjoin(StakeholderGroup, StakeholderGroup.id == Position.group_id)
        .where(
            Standard.consultation_id == consultation_id,
            Standard.number.is_not(None),
            Position.version >= Standard.counts_from,
            Position.block == Block.PEOPLE,
            Position.counted,
            Position.taken_at > since,
        )
        .group_by(Standard.number, Standard.counts_from, StakeholderGroup.key)
    )
    found: Moved = defaultdict(dict)
    for number, counts_from, key, count in session.execute(taken):
        found[of_standard(number or 0, counts_from)][key or UNLISTED] = count
    wrote = select(Contribution.id).where(Contribution.membership_id == Membership.id).exists()
    found[VOICES] = _joined(session, consultation_id, since, or_(has_position(), has_spoken()))
    found[MODERATION] = _joined(session, consultation_id, since, wrote)
    return found


def _joined(session: Session, consultation_id: int, since: datetime, who: ColumnElement[bool]) -> dict[str, int]:
    joined = (
        select(StakeholderGroup.key, func.count())
        .select_from(Membership)
        .outerjoin(StakeholderGroup, StakeholderGroup.id == Membership.group_id)
        .where(
            Membership.consultation_id == consultation_id,
            Membership.organisation.is_(None),
            Membership.joined_at > since,
            who,
        )
        .group_by(StakeholderGroup.key)
    )
    return {key or UNLISTED: count for key, count in session.execute(joined)}
