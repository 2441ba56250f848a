"""`flask --app wsgi summary …`: the summary for policymakers as a file."""

import json
from pathlib import Path

import click

from app.cli.files import READABLE, replacing
from app.cli.slugs import Slug
from app.cli.surroundings import Group, Stopped, here
from app.language import _
from app.queries import consultations
from app.queries.people import ANYBODY
from app.reports.document import fingerprint_of
from app.reports.edition import Edition
from app.reports.formats import FORMATS, write
from app.reports.gather import gather

commands = Group("summary", help="The summary for policymakers.")


@commands.command("export")
@click.argument("slug", type=Slug())
@click.option("--format", "name", required=True, help=", ".join(FORMATS))
@click.option(
    "-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The file to write."
)
def export(slug: str, name: str, output: Path) -> None:
    """Write the summary of the consultation at SLUG, as anybody may read it."""
    if name not in FORMATS:
        known = ", ".join(FORMATS)
        raise Stopped(_("There is no format %(name)s. Choose one of these: %(known)s.", name=name, known=known))
    edition = Edition(here().settings.base_url.rstrip("/"))
    with here().database.read() as session, replacing(output) as beside, beside.open("wb") as into:
        document = gather(session, consultations.frame(session, slug, ANYBODY))
        write(name, document, edition, into)
        beside.chmod(READABLE)
    click.echo(_("Wrote %(file)s, fingerprint %(fingerprint)s.", file=str(output), fingerprint=document.fingerprint))


@commands.command("verify")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def verify(file: Path) -> None:
    """Check that FILE, a summary in JSON, has the fingerprint that it names."""
    try:
        data = json.loads(file.read_bytes())
    except (ValueError, UnicodeDecodeError) as error:
        raise Stopped(
            _("%(file)s is not JSON. Only the JSON form of a summary can be verified.", file=file.name)
        ) from error
    if not isinstance(data, dict) or not isinstance(data.get("fingerprint"), str):
        raise Stopped(_("%(file)s names no fingerprint, so it is no summary.", file=file.name))
    computed = fingerprint_of(data)
    if computed != data["fingerprint"]:
        raise Stopped(
            _(
                "%(file)s was changed: it names the fingerprint %(named)s, but has %(computed)s.",
                file=file.name,
                named=data["fingerprint"],
                computed=computed,
            )
        )
    click.echo(_("%(file)s is as it was published, fingerprint %(fingerprint)s.", file=file.name, fingerprint=computed))
