"""From the outbox to what follows. An entry and its consequences are one transaction: exactly once in effect.

A handler only writes rows (a notice, a mail to be sent, a case), so a killed worker leaves the entry where it was.
"""

import random
from datetime import timedelta

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app import clock
from app.db import Database
from app.events import EVENTS, read
from app.jobs.handlers import HANDLERS
from app.jobs.letters import Site
from app.models.events import OutboxEntry

LONGEST_PAUSE = timedelta(hours=1)

log = structlog.get_logger()


def drain(database: Database, site: Site) -> int:
    """Handle everything that is due; returns how many entries were handled."""
    handled = 0
    while _anything_due(database):
        with database.write() as session:
            entry = _claim(session)
            if entry is None:
                break
            entry_id = entry.id
            try:
                for handler in HANDLERS[EVENTS[entry.entry.kind]]:
                    handler(session, read(entry.entry), site)
                session.delete(entry)
                session.commit()
                handled += 1
            except Exception as error:  # noqa: BLE001 - whatever it is, the entry is kept and tried again
                session.rollback()
                _put_off(session, entry_id, error)
                session.commit()
    return handled


def _anything_due(database: Database) -> bool:
    with database.read() as session:
        due = select(OutboxEntry.id).where(OutboxEntry.due_at <= clock.now())
        return session.scalar(due.limit(1)) is not None


def _claim(session: Session) -> OutboxEntry | None:
    due = (
        select(OutboxEntry)
        .options(joinedload(OutboxEntry.entry, innerjoin=True))
        .where(OutboxEntry.due_at <= clock.now())
        .order_by(OutboxEntry.id)
        .limit(1)
        .with_for_update(skip_locked=True, of=OutboxEntry)
    )
    return session.scalars(due).one_or_none()


def _put_off(session: Session, entry_id: int, error: Exception) -> None:
    entry = session.get(OutboxEntry, entry_id)
    if entry is None:
        return
    entry.attempts += 1
    entry.error = type(error).__name__
    pause = timedelta(seconds=2**entry.attempts * random.uniform(0.8, 1.2))  # noqa: S311 - spreads retries, no secret
    entry.due_at = clock.now() + min(pause, LONGEST_PAUSE)
    log.error("handler failed", entry=entry_id, attempts=entry.attempts, error=entry.error)
