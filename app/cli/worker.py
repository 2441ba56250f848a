"""`flask --app wsgi worker`: what follows from the outbox, as a process of its own."""

import signal
import threading

import click
from flask.cli import with_appcontext

from app.cli.surroundings import Command, here
from app.jobs.worker import run
from app.language import _


@click.command("worker", cls=Command)
@with_appcontext
def worker() -> None:
    """Send mail and notices until stopped. Needed beside the server when it runs several processes."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: stop.set())
    click.echo(_("The worker is running. Stop it with Ctrl+C."))
    run(here().database, here().settings, stop)
