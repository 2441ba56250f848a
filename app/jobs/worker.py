"""The worker: looks at the calendar, drains the outbox, sends mail and makes summaries, as a thread or a process."""

import threading
from collections.abc import Callable

import structlog

from app.db import Database
from app.jobs.letters import Site
from app.jobs.mailer import send_waiting
from app.jobs.relay import drain
from app.jobs.schedule import Calendar
from app.jobs.summaries import make_waiting, mend_stored
from app.mail import delivery
from config import Settings

PAUSE = 0.5  # seconds between two looks at an empty outbox

log = structlog.get_logger()


def run_once(database: Database, settings: Settings) -> int:
    """Do everything that waits now; returns how much there was."""
    deliver = delivery(settings.mail_url, settings.mail_from, settings.instance / "mail")
    told = drain(database, Site(settings.base_url)) + send_waiting(database, deliver)
    return told + make_waiting(database) + mend_stored(database)


def run(database: Database, settings: Settings, stop: threading.Event) -> None:
    """Work until `stop` is set. A database that is away for a while only costs time."""
    calendar = Calendar()
    while not stop.is_set():
        try:
            done = calendar.look(database) + run_once(database, settings)
        except Exception as error:  # noqa: BLE001 - the worker outlives whatever happens to one piece of work
            log.warning("worker interrupted", error=type(error).__name__)
            done = 0
        if not done:
            stop.wait(PAUSE)


def start_in_background(settings: Settings) -> Callable[[], None]:
    """Start a worker thread with a database connection of its own; returns what stops it and waits for it."""
    stop = threading.Event()
    database = Database(settings.database_url)

    def work() -> None:
        run(database, settings, stop)
        database.dispose()

    thread = threading.Thread(target=work, name="worker", daemon=True)
    thread.start()

    def halt() -> None:
        stop.set()
        thread.join(timeout=10)

    return halt
