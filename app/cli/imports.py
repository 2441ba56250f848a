"""`flask --app wsgi import …`: consultations from other platforms. Stopped and begun again, nothing is doubled."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click
from sqlalchemy.orm import Session

from app.actions import consultations
from app.cli.slugs import Slug
from app.cli.surroundings import Group, here
from app.importers import decidim, iso_sheet, polis
from app.importers.decidim_export import read_decidim
from app.importers.polis_export import read_polis
from app.importers.storing import Progress, Report
from app.jobs.opinions import find_groups
from app.language import _, ngettext

commands = Group("import", help="Consultations from other platforms.")
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
BAR = 30


@commands.command("polis")
@click.argument("directory", type=FOLDER)
@click.option("--into", "slug", required=True, type=Slug(), help="The address of the consultation to be made.")
@click.option("--title", default="", help="Its title, when that of the export does not do.")
def import_polis(directory: Path, slug: str, title: str) -> None:
    """Import the Polis export in DIRECTORY."""
    export = read_polis(directory)
    with here().database.write() as session:
        stored = _follow(session, polis.store(session, export, into=slug, title=title))
    find_groups(here().database)
    _tell(polis.report_on(export), new=stored)


@commands.command("decidim")
@click.argument("directory", type=FOLDER)
@click.option("--into", "slug", required=True, type=Slug(), help="The address of the consultation to be made.")
@click.option("--title", default="", help="Its title, which the export does not hold.")
def import_decidim(directory: Path, slug: str, title: str) -> None:
    """Import the Decidim open data in DIRECTORY."""
    export = read_decidim(directory)
    with here().database.write() as session:
        stored = _follow(session, decidim.store(session, export, into=slug, title=title))
    _tell(decidim.report_on(export), new=stored)


@commands.command("comments")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--into", "slug", required=True, type=Slug(), help="The address of the consultation.")
def import_comments(file: Path, slug: str) -> None:
    """Import the ISO commenting sheet FILE (XLSX) in the name of the consultation's chair."""
    sheet = iso_sheet.read_sheet(file.read_bytes(), file.name)
    with here().database.write() as session:
        consultation = consultations.get(session, slug)
        done = iso_sheet.store(session, consultation, sheet, by=consultations.chair_of(session, consultation))
        session.commit()
    _tell(iso_sheet.report_on(sheet, done), new=bool(done.added or done.resolved))
    click.echo(ngettext("%(num)s disposition set", "%(num)s dispositions set", done.resolved))
    for row in done.kept:
        click.echo(
            _("Kept as text: %(file)s:%(line)s: %(reason)s", file=row.file, line=str(row.line), reason=row.reason)
        )


def _follow(session: Session, steps: Iterator[Progress]) -> bool:
    """Commit each batch and show how far it has come; returns whether there was anything to store."""
    shown: Progress | None = None
    for progress in steps:
        session.commit()
        if progress != shown:
            _show(progress)
        shown = progress
    return shown is not None


def _show(progress: Progress) -> None:
    """A bar that is drawn over on a terminal, a line for each batch elsewhere."""
    if not sys.stdout.isatty():
        click.echo(f"{progress.file}: {progress.done:,} / {progress.total:,}")
        return
    filled = BAR * progress.done // max(progress.total, 1)
    bar = "#" * filled + "-" * (BAR - filled)
    click.echo(f"\r{progress.file} [{bar}] {progress.done:,} / {progress.total:,}", nl=progress.done >= progress.total)


def _tell(report: Report, *, new: bool) -> None:
    """The table of what became of each file, then every row that was left out and why."""
    if not new:
        click.echo(_("Everything was imported before. Nothing was stored."))
    for line in _table(report):
        click.echo(line)
    if report.revotes:
        click.echo(
            ngettext("%(num)s re-vote kept in the record", "%(num)s re-votes kept in the record", report.revotes)
        )
    for heading, rows in (
        (_("Skipped:"), report.skipped),
        (_("Contradictions, nothing left out:"), report.contradictions),
    ):
        if rows:
            click.echo(heading)
        for row in rows:
            click.echo(f"  {row.file}:{row.line}: {row.reason}")


def _table(report: Report) -> Iterator[str]:
    widest = max(len(file.file) for file in report.files)
    heads = [str(_("rows")), str(_("stored")), str(_("skipped"))]
    yield " ".join([" " * widest, *(f"{head:>10}" for head in heads)])
    for file in report.files:
        numbers = (file.rows, file.stored, file.skipped)
        yield " ".join([f"{file.file:<{widest}}", *(f"{number:>10,}" for number in numbers)])
