"""`flask --app wsgi demo load`: the demonstration."""

import click

from app.cli.surroundings import Group, Stopped, here
from app.demo import load
from app.jobs.opinions import find_groups
from app.language import _

commands = Group("demo", help="The demonstration, for development only.")


@commands.command("load")
def load_demo() -> None:
    """Store the demonstration: a consultation, its people and their accounts."""
    if here().settings.production:
        raise Stopped(_("The demonstration has accounts with a known password. It is not loaded in production."))
    with here().database.write() as session:
        consultation = load.load(session)
        session.commit()
    find_groups(here().database)
    click.echo(_("Loaded the demonstration “%(title)s”.", title=consultation.title))
