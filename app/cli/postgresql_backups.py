"""Backup and restore of a PostgreSQL database by its own tools."""

import os
import shutil
import subprocess
from pathlib import Path

from sqlalchemy import URL, create_engine, text

from app.cli.surroundings import Stopped
from app.language import _

OTHERS = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")


def backup(url: URL, target: Path) -> None:
    """Write the database in PostgreSQL's custom format.

    Raises:
        Stopped: pg_dump is missing or failed.
    """
    _run(url, "pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--file", str(target))


def restore(source: Path, url: URL) -> None:
    """Put a backup in the place of everything in a database that nobody uses; all of it or nothing.

    Raises:
        Stopped: pg_restore is missing or failed, or the database is in use.
    """
    engine = create_engine(url)
    with engine.connect() as connection:
        in_use = bool(connection.scalar(OTHERS))
    engine.dispose()
    if in_use:
        raise Stopped(_("The database is in use. Stop the server and the worker, then restore again."))
    _run(
        url,
        "pg_restore",
        "--clean",
        "--if-exists",
        "--no-owner",
        "--no-privileges",
        "--single-transaction",
        str(source),
    )


def _run(url: URL, program: str, *options: str) -> None:
    path = shutil.which(program)
    if path is None:
        raise Stopped(
            _("%(program)s is not on this machine. On Debian: apt-get install postgresql-client", program=program)
        )
    plain = url.set(drivername="postgresql", password=None).render_as_string(hide_password=False)
    surroundings = os.environ | ({"PGPASSWORD": str(url.password)} if url.password else {})
    done = subprocess.run(  # noqa: S603 - a program of PostgreSQL, with the address from the settings
        [path, "--dbname", plain, *options], env=surroundings, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        reason = (done.stderr.strip().splitlines() or [""])[0]
        raise Stopped(_("%(program)s failed: %(reason)s", program=program, reason=reason))
