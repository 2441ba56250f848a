"""What the stored summaries of an open consultation showed, as far as the next one is held to it."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.events import PositionTaken
from app.models.consultations import Consultation, ConsultationState
from app.models.events import LedgerEntry
from app.models.standards import Standard
from app.models.summaries import RunState, SummaryRun
from app.rules.withholding import MODERATION, NO_TABLES, Tables, may_be_free, of_standard, tables_from

AT_A_TIME = 500


def earlier_tables(session: Session, consultation: Consultation) -> Tables:
    """The tables that the next summary is held to. At most three statements.

    Where enough people wavered since the last one, only moderation is held to what was shown before.
    """
    last = _last(session, consultation)
    if last is None:
        return NO_TABLES
    if may_be_free(wavering(session, consultation, last.ledger_entries), consultation.minimum_group):
        return {name: table for name, table in tables_from(last.tables).items() if name == MODERATION}
    return _binding(session, consultation, last)


def tables_so_far(session: Session, consultation: Consultation) -> Tables:
    """The tables of the last summary and those before it, whatever moved since. Two statements.

    Once a consultation has closed its figures are final and there are none; nor is that of a standard whose positions
    are taken anew since.
    """
    last = _last(session, consultation)
    return NO_TABLES if last is None else _binding(session, consultation, last)


def wavering(session: Session, consultation: Consultation, since: int) -> int:
    """How many took a position more than once on one text after entry `since`, counted up to the smallest group."""
    entries = select(LedgerEntry.sealed).where(
        LedgerEntry.consultation_id == consultation.id,
        LedgerEntry.kind == PositionTaken.__name__,
        LedgerEntry.seq > since,
    )
    taken: set[tuple[object, ...]] = set()
    people: set[object] = set()
    with session.scalars(entries, execution_options={"yield_per": AT_A_TIME}) as happened:
        for sealed in happened:
            opened: Mapping[str, object] = {name: value for opening in sealed for name, value in opening.items()}
            one = (opened.get("membership_id"), opened.get("standard"), opened.get("version"))
            if one in taken:
                people.add(one[0])
            taken.add(one)
            if len(people) >= consultation.minimum_group:
                break
    return len(people)


def _last(session: Session, consultation: Consultation) -> SummaryRun | None:
    if consultation.state != ConsultationState.OPEN:
        return None
    done = select(SummaryRun).where(SummaryRun.consultation_id == consultation.id, SummaryRun.state == RunState.DONE)
    return session.scalars(done.order_by(SummaryRun.ledger_entries.desc(), SummaryRun.number.desc()).limit(1)).first()


def _binding(session: Session, consultation: Consultation, last: SummaryRun) -> Tables:
    texts = select(Standard.number, Standard.counts_from).where(
        Standard.consultation_id == consultation.id, Standard.number.is_not(None)
    )
    begins = {of_standard(number or 0): counts_from for number, counts_from in session.execute(texts)}
    return {name: table for name, table in tables_from(last.tables).items() if begins.get(name, 0) <= table.version}
