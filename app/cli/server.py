"""`flask --app wsgi serve`: bring everything up and serve; what `make run` does."""

import os
import socket
import sys

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from app import db
from app.cli.surroundings import Command, Stopped, Surroundings, here
from app.demo import load, people
from app.language import _
from app.models.consultations import Consultation
from config import ROOT


@click.command("serve", cls=Command)
@with_appcontext
def serve() -> None:
    """Upgrade the database, load the demonstration on first start in development, and serve."""
    surroundings = here()
    _refuse_taken_port(surroundings)
    db.upgrade(surroundings.settings.database_url)
    if surroundings.settings.production:
        _refuse_demo_accounts(surroundings)
    else:
        _load_first_demo(surroundings)
        _say_sign_ins(surroundings)
    click.echo(_("Standpoint is at %(address)s", address=surroundings.settings.base_url))
    surroundings.database.dispose()  # what is open must not be shared with the process that will serve
    sys.stdout.flush()
    os.chdir(ROOT)
    from gunicorn.app.wsgiapp import WSGIApplication  # type: ignore[import-untyped] # noqa: PLC0415 - only for serving

    sys.argv = ["gunicorn", "--config", str(ROOT / "gunicorn.conf.py"), "wsgi:app"]
    # In this process, where everything is loaded already: a fresh one would need as long again before the first page.
    WSGIApplication(prog="gunicorn").run()


def _refuse_taken_port(surroundings: Surroundings) -> None:
    settings = surroundings.settings
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            sentence = _(
                "Port %(port)s cannot be used. Choose another one: PORT=8001 make run", port=str(settings.port)
            )
            raise Stopped(sentence) from error


def _refuse_demo_accounts(surroundings: Surroundings) -> None:
    with surroundings.database.read() as session:
        if people.sign_ins(session):
            raise Stopped(
                _("This database has the demonstration's accounts, whose password is known. Use another in production.")
            )


def _load_first_demo(surroundings: Surroundings) -> None:
    with surroundings.database.read() as session:
        empty = session.scalar(select(Consultation.id).limit(1)) is None
    if empty:
        click.echo(_("Loading the demonstration ..."))
        with surroundings.database.write() as session:
            load.load(session)
            session.commit()


def _say_sign_ins(surroundings: Surroundings) -> None:
    with surroundings.database.read() as session:
        emails = people.sign_ins(session)
    if emails:
        click.echo(_("Demonstration sign-ins, all with the password %(password)s:", password=people.PASSWORD))
        for email in emails:
            click.echo(f"  {email}")
