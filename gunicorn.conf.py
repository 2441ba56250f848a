"""How gunicorn serves Standpoint: one process, threads, and the worker of the outbox as one thread more.

In one process the limits, counters and caches that live in memory are right without another server. With `-w 4` they
are not shared, and `flask --app wsgi worker` has to run beside the server: the embedded worker then stays off.
"""

from collections.abc import Callable
from typing import Any

from config import Settings

settings = Settings.from_env()

bind = f"[{settings.host}]:{settings.port}" if ":" in settings.host else f"{settings.host}:{settings.port}"
workers = 1
worker_class = "gthread"
threads = 16
keepalive = 5
timeout = 60  # seconds without a sign of life before a process is replaced
graceful_timeout = 30  # seconds that requests get to finish when the server stops
preload_app = False  # threads do not survive a fork
control_socket_disable = True  # it would lie in the home folder, which may be read-only or shared by two servers
proc_name = "standpoint"
loglevel = "warning"
accesslog = None  # the application writes one line for each request, without addresses of people

_stops: list[Callable[[], None]] = []


def on_starting(_server: Any) -> None:
    """Say once, before any process serves, what must not start."""
    if settings.production:
        from app.db import Database  # noqa: PLC0415 - only needed here
        from app.factory import refuse_demo_accounts  # noqa: PLC0415 - as above

        database = Database(settings.database_url)
        refuse_demo_accounts(database)
        database.dispose()


def post_worker_init(worker: Any) -> None:
    """Start the worker of the outbox, unless several processes would each start one."""
    if worker.cfg.workers == 1:
        from app.jobs.worker import start_in_background  # noqa: PLC0415 - only the process that serves needs it

        _stops.append(start_in_background(settings))


def worker_exit(_server: Any, _worker: Any) -> None:
    """Let the worker finish what it is doing."""
    while _stops:
        _stops.pop()()
