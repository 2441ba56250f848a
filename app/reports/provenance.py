"""Where an exported summary comes from: a stored version, the data of now, or neither; and what changed since."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from app.language import Message, _, ngettext
from app.models.summaries import SummaryRun
from app.queries import summaries
from app.queries.consultations import Frame
from app.queries.earlier_tables import counting_from
from app.reports import runs
from app.reports.campaigns_report import CampaignsShown
from app.reports.changes import Changes, StandardChange, Told, changes, differs
from app.reports.choice import Choice
from app.reports.document import Document
from app.reports.gather import gather
from app.reports.hiding import tables_of
from app.rules.words import CONSENSUS


@dataclass(frozen=True, slots=True)
class Provenance:
    """The stored run that a summary is, if any; the parts in which the data of now differ from it, and what changed."""

    run: SummaryRun | None
    parts: tuple[str, ...]
    changed: Changes


def provenance(session: Session, frame: Frame, document: Document, before: str = "") -> Provenance:
    """Compare a summary with what is here, hiding what it hides. `before` is its fingerprint before corrections."""
    run = summaries.named(session, frame, before or document.fingerprint)
    alike = replace(frame, earlier=tables_of(document, counting_from(session, frame.consultation)))
    live = gather(session, alike, CampaignsShown(document.campaigns.shown))
    if run is not None and not _is_that_run(session, frame, run, document, live):
        run = None
    return Provenance(run, tuple(differs(document, live)), changes(document, live))


def altered_tables(session: Session, frame: Frame, packed: zipfile.ZipFile, fingerprint: str) -> list[str] | None:
    """The files of a CSV archive with the number of the first line that differs; None where no such summary is here."""
    run = summaries.named(session, frame, fingerprint)
    if run is not None:
        found, spoken = runs.opened(session, frame, run), str(run.parameters["language"])
    else:
        live = gather(session, frame)
        if live.fingerprint != fingerprint:
            return None
        found, spoken = runs.Opened(live, 0, None), "en"
    expected = zipfile.ZipFile(io.BytesIO(runs.rendered(found, Choice(), "csv", spoken=spoken, address="")))
    return list(_altered(packed, expected))


def lines(changed: Changes) -> Iterator[Message]:
    """What changed, one sentence a line."""
    for number, title in changed.added:
        yield _("New: standard %(number)s, %(title)s", number=str(number), title=title)
    for number, title in changed.gone:
        yield _("No longer there: standard %(number)s, %(title)s", number=str(number), title=title)
    for standard in changed.standards:
        yield from _standard_lines(standard)
    for count in (*changed.participation, *changed.moderation):
        if count.by:
            yield _("%(figure)s: %(before)s → %(after)s", figure=count.name, before=count.before, after=count.after)


def _is_that_run(session: Session, frame: Frame, run: SummaryRun, document: Document, live: Document) -> bool:
    """Whether the summary says what the run said, or what it says now, after its corrections."""
    if document.fingerprint == run.fingerprint:
        return True
    return runs.opened(session, frame, run, live).document.fingerprint == document.fingerprint


def _standard_lines(change: StandardChange) -> Iterator[Message]:
    number = str(change.number)
    if change.states:
        before, after = (CONSENSUS[state] for state in change.states)
        yield _("Standard %(number)s: %(before)s → %(after)s", number=number, before=before, after=after)
    if change.versions:
        before_text, after_text = change.versions
        texts = {"before": str(before_text), "after": str(after_text)}
        yield _("Standard %(number)s: version %(before)s → version %(after)s", number=number, **texts)
    if change.people.told == Told.TOLD:
        count = change.people.counts[-1]
        yield _(
            "Standard %(number)s: %(before)s → %(after)s positions",
            number=number,
            before=count.before,
            after=count.after,
        )
    elif change.people.told == Told.TOO_FEW:
        yield _("Standard %(number)s: a few positions changed", number=number)
    for told in change.comments:
        if told.by and told.name == "added":
            yield ngettext(
                "Standard %(number)s: %(num)s comment added",
                "Standard %(number)s: %(num)s comments added",
                told.by,
                number=number,
            )
        elif told.by:
            yield ngettext(
                "Standard %(number)s: %(num)s comment removed",
                "Standard %(number)s: %(num)s comments removed",
                told.by,
                number=number,
            )


EXPLAINING = "dictionary.csv"
"""It says what columns mean, in words that may be put better later; it holds no figure."""


def _altered(packed: zipfile.ZipFile, expected: zipfile.ZipFile) -> Iterator[str]:
    names = {*packed.namelist(), *expected.namelist()}
    for name in sorted(names - {EXPLAINING}):
        found, wanted = (_lines(archive, name) for archive in (packed, expected))
        if found != wanted:
            same = next((n for n, pair in enumerate(zip(found, wanted, strict=False)) if pair[0] != pair[1]), None)
            yield f"{name}:{(min(len(found), len(wanted)) if same is None else same) + 1}"


def _lines(archive: zipfile.ZipFile, name: str) -> list[bytes]:
    return archive.read(name).splitlines() if name in archive.namelist() else []
