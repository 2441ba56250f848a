"""Making the runs of the summary that wait, and taking out of stored ones the words that are not public any more.

A run is leased, gathered outside any writing transaction and stored in one: a worker that dies leaves no half of it.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import structlog
from sqlalchemy import or_, select

from app import clock
from app.actions import summaries as actions
from app.actions.summary_obstacles import UNFINISHED, why_not_keep
from app.db import Database
from app.errors import NotFound, Refused, require
from app.models.consultations import Consultation
from app.models.summaries import RunState, RunStep, SummaryRun
from app.queries import consultations, summaries
from app.queries.earlier_tables import counting_from, earlier_tables, last_tables
from app.queries.people import ANYBODY
from app.reports import runs
from app.reports.choice import kept_choice
from app.reports.gather import gather
from app.reports.hiding import tables_of

CHECK_EVERY = timedelta(hours=1)
"""So often at most a stored run is compared with what is public; what readers see is compared each time."""

log = structlog.get_logger()


def make_waiting(database: Database) -> int:
    """Make every run that is due; returns how many were begun."""
    begun = 0
    for run_id, consultation_id in _due(database):
        with database.write() as session:
            leased = actions.lease(session, run_id, consultation_id)
            session.commit()
        if leased is not None:
            begun += 1
            _make(database, leased)
    return begun


def mend_stored(database: Database) -> int:
    """Compare stored runs with what is public now; returns how many were compared."""
    compared = 0
    for run_id, slug in _unchecked(database):
        try:
            _mend(database, run_id, slug)
            compared += 1
        except Exception as error:  # noqa: BLE001 - one that fails must not stop the rest; it is tried again
            log.warning("stored summary not compared", run=run_id, error=type(error).__name__)
            _checked(database, run_id)
    return compared


def _due(database: Database) -> Sequence[tuple[int, int]]:
    with database.read() as session:
        waiting = select(SummaryRun.id, SummaryRun.consultation_id).where(
            SummaryRun.state.in_(UNFINISHED), SummaryRun.due_at <= clock.now()
        )
        return [
            (run_id, consultation_id) for run_id, consultation_id in session.execute(waiting.order_by(SummaryRun.id))
        ]


def _make(database: Database, leased: actions.Leased) -> None:
    try:
        made = _gathered(database, leased)
        _come_to(database, leased, RunStep.STORE)
        with database.write() as session:
            actions.finish(session, leased, made)
            session.commit()
    except (NotFound, Refused) as error:
        with database.write() as session:
            actions.fail(session, leased, error.refusal.code if isinstance(error, Refused) else "not_public")
            session.commit()
    except Exception as error:  # noqa: BLE001 - it is begun again, and given up with a sentence after some tries
        log.warning("summary not made", run=leased.run_id, attempt=leased.attempt, error=type(error).__name__)
        with database.write() as session:
            actions.put_off(session, leased)
            session.commit()


def _gathered(database: Database, leased: actions.Leased) -> actions.Made:
    with database.read() as session:
        frame = consultations.frame(session, leased.slug, ANYBODY)
        require(why_not_keep(session, frame.consultation))
        known, earlier = last_tables(session, frame.consultation), earlier_tables(session, frame.consultation)
        document = gather(session, replace(frame, earlier=earlier), kept_choice(leased.parameters).campaigns)
        tables = tables_of(document, counting_from(session, frame.consultation))
        _come_to(database, leased, RunStep.PACK)
        chunks = runs.packed(document)
    return actions.Made(
        schema=document.schema,
        fingerprint=document.fingerprint,
        as_of=document.as_of or "",
        ledger_entries=document.ledger_entries,
        revision=frame.consultation.revision,
        tables={**known, **tables},
        chunks=chunks,
    )


def _come_to(database: Database, leased: actions.Leased, step: RunStep) -> None:
    with database.write() as session:
        actions.come_to(session, leased, step)
        session.commit()


def _unchecked(database: Database) -> Sequence[tuple[int, str]]:
    due = or_(SummaryRun.checked_at.is_(None), SummaryRun.checked_at <= clock.now() - CHECK_EVERY)
    with database.read() as session:
        wanted = (
            select(SummaryRun.id, Consultation.slug)
            .join(Consultation, Consultation.id == SummaryRun.consultation_id)
            .where(SummaryRun.state == RunState.DONE, SummaryRun.checked_revision != Consultation.revision, due)
        )
        return [(run_id, slug) for run_id, slug in session.execute(wanted.order_by(SummaryRun.id))]


def _mend(database: Database, run_id: int, slug: str) -> None:
    with database.read() as session:
        frame = consultations.frame(session, slug, ANYBODY)
        stored, _published = runs.unpacked(summaries.chunks(session, run_id))
        mended, texts = runs.compared(session, frame, stored)
    with database.write() as session:
        chunks = runs.packed(mended) if texts else ()
        actions.mend(session, run_id, revision=frame.consultation.revision, texts=texts, chunks=chunks)
        session.commit()


def _checked(database: Database, run_id: int) -> None:
    with database.write() as session:
        session.get_one(SummaryRun, run_id).checked_at = clock.now()
        session.commit()
