"""`flask --app wsgi record verify`: the public record proves itself."""

import click

from app.cli.slugs import Slug
from app.cli.surroundings import Group, Stopped, here
from app.language import _, ngettext
from app.queries import record

commands = Group("record", help="The public record, a chain of hashes.")
SHOWN = 20


@commands.command("verify")
@click.argument("slug", type=Slug(), required=False)
def verify(slug: str | None) -> None:
    """Follow the chain of the consultation at SLUG, or of all and of the site."""
    flawed = 0
    with here().database.read() as session:
        ledgers = record.consultation_ids(session, slug)
        if not ledgers:
            raise Stopped(_("There is no consultation at %(slug)s.", slug=slug))
        for name, consultation_id in ledgers:
            flaws = record.flaws(session, consultation_id)
            flawed += bool(flaws)
            click.echo(f"{name}: {_('intact') if not flaws else ngettext('%(num)s flaw', '%(num)s flaws', len(flaws))}")
            for flaw in flaws[:SHOWN]:
                click.echo(f"  {flaw.seq}: {flaw.what}")
    if flawed:
        raise Stopped(
            ngettext(
                "%(num)s record was changed outside the application.",
                "%(num)s records were changed outside the application.",
                flawed,
            )
        )
