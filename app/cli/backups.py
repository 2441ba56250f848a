"""`flask --app wsgi backup FILE` and `restore FILE`."""

from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlalchemy import make_url

from app.cli import postgresql_backups, sqlite_backups
from app.cli.files import replacing
from app.cli.surroundings import Command, here
from app.language import _


@click.command("backup", cls=Command)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def backup(file: Path) -> None:
    """Write everything that the database holds to FILE; people can go on working meanwhile."""
    url = make_url(here().settings.database_url)
    with replacing(file) as beside:
        if url.drivername == "sqlite":
            sqlite_backups.backup(Path(url.database or ""), beside)
        else:
            postgresql_backups.backup(url, beside)
    click.echo(_("Wrote the backup %(file)s.", file=str(file)))


@click.command("restore", cls=Command)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_appcontext
def restore(file: Path) -> None:
    """Put back what FILE holds in place of everything in the database. Stop the server first."""
    url = make_url(here().settings.database_url)
    here().database.dispose()
    if url.drivername == "sqlite":
        sqlite_backups.restore(file, Path(url.database or ""))
    else:
        postgresql_backups.restore(file, url)
    click.echo(_("Restored %(file)s.", file=str(file)))
