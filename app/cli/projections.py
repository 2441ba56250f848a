"""`flask --app wsgi projections …`: counts that are kept beside what they count."""

import click

from app.actions import projections
from app.cli.surroundings import Group, Stopped, here
from app.language import _, ngettext

commands = Group("projections", help="Counts that are kept, and recounted to check them.")
SHOWN = 20


@commands.command("check")
def check() -> None:
    """Recount everything; status 1 when what is kept differs."""
    with here().database.read() as session:
        found = projections.differences(session)
    for difference in found[:SHOWN]:
        kept, counted = difference.kept, difference.counted
        click.echo(f"{difference.projection} {difference.key}: kept {kept}, counted {counted}")
    if found:
        raise Stopped(
            ngettext(
                "%(num)s count differs. Run: flask --app wsgi projections rebuild",
                "%(num)s counts differ. Run: flask --app wsgi projections rebuild",
                len(found),
            )
        )
    click.echo(_("Every count is right."))


@commands.command("rebuild")
def rebuild() -> None:
    """Recount everything and keep the result."""
    with here().database.write() as session:
        projections.rebuild(session)
        session.commit()
    click.echo(_("Everything was recounted."))
