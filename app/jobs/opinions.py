"""Finding opinion groups in the background: read in one transaction, think in none, write in another.

Nobody waits for the lock of the database while groups are found. Two workers may find the same ones; the first that
writes is kept.
"""

import structlog

from app import clock
from app.actions import opinions as actions
from app.db import Database
from app.queries import opinion_positions
from app.queries import opinions as queries
from app.queries.opinion_figures import found_in

log = structlog.get_logger()


def find_groups(database: Database) -> int:
    """Find the groups of every consultation where that is due; returns how many runs are shown anew."""
    with database.read() as session:
        waiting = queries.waiting(session, clock.now())
    return sum(_find(database, key) for key in waiting)


def _find(database: Database, consultation_id: int) -> bool:
    try:
        with database.read() as session:
            taken = opinion_positions.read(session, consultation_id)
        found = found_in(taken)
        with database.write() as session:
            kept = actions.keep(session, found)
            session.commit()
    except Exception as error:  # noqa: BLE001 - one that fails must not stop the others; it is tried again
        log.warning("opinion groups failed", consultation=consultation_id, error=type(error).__name__)
        return False
    return kept
