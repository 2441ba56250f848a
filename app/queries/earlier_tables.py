"""What the stored summaries of an open consultation showed, as far as the next one is held to it."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.events import PositionTaken, PositionWithdrawn
from app.models.consultations import Consultation, ConsultationState
from app.models.events import LedgerEntry
from app.models.positions import PositionTally
from app.models.standards import Standard
from app.models.summaries import RunState, SummaryRun
from app.rules.withholding import MODERATION, NO_TABLES, Cell, Tables, may_be_free, of_standard, tables_from

MOVED = (PositionTaken.__name__, PositionWithdrawn.__name__)


@dataclass(frozen=True, slots=True)
class Moment:
    """The positions of a consultation, exactly: people and organisations by cell. It is never shown."""

    cells: dict[Cell, int]

    def as_json(self) -> list[list[object]]:
        """The cells as they are kept beside the last summary, as long as the consultation is open."""
        return [[*cell, count] for cell, count in sorted(self.cells.items(), key=str)]


def moment(session: Session, consultation: Consultation) -> Moment:
    """Every position as it is now. One statement."""
    columns = (
        *(PositionTally.standard_id, PositionTally.version, PositionTally.block),
        *(PositionTally.group_id, PositionTally.choice, PositionTally.count),
    )
    rows = session.execute(
        select(*columns)
        .join(Standard, Standard.id == PositionTally.standard_id)
        .where(Standard.consultation_id == consultation.id, PositionTally.count > 0)
    )
    return Moment({(key, version, block, group, choice): count for key, version, block, group, choice, count in rows})


def earlier_tables(session: Session, consultation: Consultation) -> Tables:
    """The tables that the next summary is held to. At most five statements.

    Once a consultation has closed its figures are final, and it is held to none; nor is a standard whose positions are
    taken anew since. Where enough moved in ways that nobody can see, only moderation is held to what was shown before.
    """
    if consultation.state != ConsultationState.OPEN:
        return NO_TABLES
    done = select(SummaryRun).where(SummaryRun.consultation_id == consultation.id, SummaryRun.state == RunState.DONE)
    last = session.scalars(done.order_by(SummaryRun.ledger_entries.desc(), SummaryRun.number.desc()).limit(1)).first()
    if last is None:
        return NO_TABLES
    found = dict(tables_from(last.tables))
    if _may_be_free(session, consultation, last):
        return {name: table for name, table in found.items() if name == MODERATION}
    texts = select(Standard.number, Standard.counts_from).where(
        Standard.consultation_id == consultation.id, Standard.number.is_not(None)
    )
    begins = {of_standard(number or 0): counts_from for number, counts_from in session.execute(texts)}
    return {name: table for name, table in found.items() if begins.get(name, 0) <= table.version}


def _may_be_free(session: Session, consultation: Consultation, last: SummaryRun) -> bool:
    if last.cells is None:
        return False
    entries = session.scalar(
        select(func.count())
        .select_from(LedgerEntry)
        .where(
            LedgerEntry.consultation_id == consultation.id,
            LedgerEntry.kind.in_(MOVED),
            LedgerEntry.seq > last.ledger_entries,
        )
    )
    before: dict[Cell, int] = {(key, *rest): count for key, *rest, count in last.cells}
    return may_be_free(entries or 0, before, moment(session, consultation).cells, consultation.minimum_group)
