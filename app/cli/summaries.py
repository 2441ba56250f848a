"""`flask --app wsgi summary …`: the summary for policymakers as a file, and whether a file is what it says."""

import json
import zipfile
from pathlib import Path
from typing import Any

import click
from sqlalchemy.orm import Session

from app import language
from app.cli.files import READABLE, replacing
from app.cli.slugs import Slug
from app.cli.surroundings import Group, Stopped, here
from app.errors import NotFound
from app.language import _, ngettext
from app.queries import consultations, summaries
from app.queries.consultations import Frame
from app.queries.people import ANYBODY
from app.reports import provenance, runs
from app.reports.campaigns_report import CampaignsShown
from app.reports.choice import CHAPTERS, Choice, chosen, kept_choice
from app.reports.formats import FORMATS
from app.reports.gather import gather
from app.reports.reading import document_from
from app.reports.verifying import flaws, is_part

commands = Group("summary", help="The summary for policymakers.")


@commands.command("export")
@click.argument("slug", type=Slug())
@click.option("--format", "name", required=True, help=", ".join(FORMATS))
@click.option(
    "-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The file to write."
)
@click.option(
    "--run", "number", type=click.IntRange(1, 2**31 - 1), help="A stored version by its number; else as it is now."
)
@click.option(
    "--campaigns", type=click.Choice([shown.value for shown in CampaignsShown]), help="The same letter once, or apart."
)
@click.option("--sections", default="", help=f"With commas between: {', '.join(CHAPTERS)}.")
def export(slug: str, name: str, output: Path, number: int | None, campaigns: str | None, sections: str) -> None:
    """Write the summary of the consultation at SLUG, as anybody may read it."""
    if name not in FORMATS:
        known = ", ".join(FORMATS)
        raise Stopped(_("There is no format %(name)s. Choose one of these: %(known)s.", name=name, known=known))
    if number is not None and campaigns is not None:
        raise Stopped(_("A stored version has its campaigns as they were asked for. Leave out --campaigns."))
    asked = {"sections": [sections], "campaigns": [campaigns or CampaignsShown.GROUPED.value]}
    choice = chosen(asked, groups=(), languages=())
    with here().database.read() as session, replacing(output) as beside, beside.open("wb") as into:
        frame = consultations.frame(session, slug, ANYBODY)
        found, choice, spoken = _found(session, frame, number, choice)
        runs.write(found, choice, name, into, spoken=spoken, address=here().settings.base_url.rstrip("/"))
        beside.chmod(READABLE)
    fingerprint = found.document.fingerprint
    click.echo(_("Wrote %(file)s, fingerprint %(fingerprint)s.", file=str(output), fingerprint=fingerprint))


@commands.command("verify")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def verify(file: Path) -> None:
    """Check FILE, a summary in JSON or as CSV: its fingerprint, its figures, and whether the data here say the same."""
    if zipfile.is_zipfile(file):
        _verify_tables(file)
        return
    data = _read(file)
    wrong = flaws(data)
    for flaw in wrong:
        click.echo(f"{flaw.place or file.name}: {flaw.what}")
    if wrong:
        raise Stopped(_("%(file)s was changed, or was not written by this program.", file=file.name))
    if is_part(data):
        click.echo(_("%(file)s holds a part of a summary; its fingerprint is that of the whole.", file=file.name))
    else:
        print_of = data["fingerprint"]
        click.echo(
            _("%(file)s is as it was published, fingerprint %(fingerprint)s.", file=file.name, fingerprint=print_of)
        )
    _compare(file, data)


def _found(session: Session, frame: Frame, number: int | None, choice: Choice) -> tuple[runs.Opened, Choice, str]:
    """What is to be written, which part of it, and in which language."""
    if number is None:
        return runs.Opened(gather(session, frame, choice.campaigns), 0, None), choice, language.language()
    run = summaries.readable(session, frame, number)
    wanted = choice if choice.sections else kept_choice(run.parameters)
    return runs.opened(session, frame, run), wanted, str(run.parameters["language"])


def _read(file: Path) -> dict[str, Any]:
    try:
        data = json.loads(file.read_bytes())
    except (ValueError, UnicodeDecodeError) as error:
        raise Stopped(
            _("%(file)s is not JSON. Only the JSON and CSV forms of a summary can be verified.", file=file.name)
        ) from error
    if not isinstance(data, dict) or not isinstance(data.get("fingerprint"), str):
        raise Stopped(_("%(file)s names no fingerprint, so it is no summary.", file=file.name))
    return data


def _compare(file: Path, data: dict[str, Any]) -> None:
    """Say what the data here have to do with it; without any relation that ends with status 1."""
    document = document_from(data)
    corrections = data.get("corrections") or [{}]
    with here().database.read() as session:
        try:
            frame = consultations.frame(session, document.consultation.slug, ANYBODY)
        except NotFound:
            click.echo(_("Its consultation is not here, so the file alone was checked."))
            return
        found = provenance.provenance(session, frame, document, str(corrections[0].get("fingerprint", "")))
    if found.run is not None:
        click.echo(_("It is version %(number)s, stored here.", number=str(found.run.number)))
    if not found.parts:
        click.echo(_("The data here still say the same."))
        return
    click.echo(_("Since then the data here have changed:"))
    told = [str(line) for line in provenance.lines(found.changed)]
    for line in told or [str(_("something in these parts of the file: %(parts)s", parts=found.parts))]:
        click.echo(f"- {line}")
    if found.run is None and not is_part(data):
        raise Stopped(
            _("%(file)s differs from the data here, and no version with its fingerprint is stored.", file=file.name)
        )


def _verify_tables(file: Path) -> None:
    """Compare an archive of CSV files, line by line, with the summary here whose fingerprint it names."""
    with zipfile.ZipFile(file) as packed:
        facts = _facts(packed)
        if "slug" not in facts or "fingerprint" not in facts:
            raise Stopped(
                _("Only the JSON and CSV forms of a summary can be verified, and %(file)s is neither.", file=file.name)
            )
        with here().database.read() as session:
            frame = consultations.frame(session, facts["slug"], ANYBODY)
            before = facts.get("fingerprint_before", facts["fingerprint"])
            altered = provenance.altered_tables(session, frame, packed, before)
    if altered is None:
        raise Stopped(_("No summary with the fingerprint of %(file)s is here. Verify its JSON form.", file=file.name))
    for place in altered:
        click.echo(place)
    if altered:
        sentence = ngettext(
            "%(num)s table of %(file)s differs.", "%(num)s tables of %(file)s differ.", len(altered), file=file.name
        )
        raise Stopped(sentence)
    click.echo(
        _(
            "%(file)s is as it was published, fingerprint %(fingerprint)s.",
            file=file.name,
            fingerprint=facts["fingerprint"],
        )
    )


def _facts(packed: zipfile.ZipFile) -> dict[str, str]:
    if "about.csv" not in packed.namelist():
        return {}
    written = packed.read("about.csv").decode("utf-8-sig", "replace").splitlines()
    return {name: value.strip('"') for name, _comma, value in (line.partition(",") for line in written)}
