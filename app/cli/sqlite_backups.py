"""Backup and restore of an SQLite file by SQLite's own online backup."""

import sqlite3
from contextlib import closing
from pathlib import Path

from app.cli.files import replacing
from app.cli.surroundings import Stopped
from app.language import _


def backup(source: Path, target: Path) -> None:
    """Copy the database, one moment of it, while others write.

    Raises:
        Stopped: there is no database, or the copy is not whole.
    """
    if not source.is_file():
        raise Stopped(_("There is no database at %(file)s.", file=str(source)))
    with closing(sqlite3.connect(source)) as connection, closing(sqlite3.connect(target)) as copy:
        connection.backup(copy)
    _check(target)


def restore(source: Path, target: Path) -> None:
    """Put a backup in the place of a database that nobody uses.

    Raises:
        Stopped: the file is no whole backup, or the database is in use.
    """
    _check(source)
    _refuse_in_use(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    with replacing(target) as beside:
        with closing(sqlite3.connect(source)) as connection, closing(sqlite3.connect(beside)) as copy:
            connection.backup(copy)
        _check(beside)


def _check(file: Path) -> None:
    """Do nothing when the file is a whole database of this application."""
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            whole = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            whole = whole and not connection.execute("PRAGMA foreign_key_check").fetchall()
            connection.execute("SELECT version_num FROM alembic_version").fetchall()
    except sqlite3.Error as error:
        raise Stopped(_("%(file)s is no backup of this application.", file=str(file))) from error
    if not whole:
        raise Stopped(_("%(file)s is damaged. Use another backup.", file=str(file)))


def _refuse_in_use(target: Path) -> None:
    """Leave write-ahead mode, which SQLite allows only when nobody else has the file open."""
    if not target.exists():
        return
    try:
        with closing(sqlite3.connect(target, timeout=1, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE").fetchall()
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        raise Stopped(_("The database is in use. Stop the server and the worker, then restore again.")) from error
    except sqlite3.DatabaseError:
        return  # a damaged file is what a backup replaces
