"""A summary in words: from the Document to a Report in the reader's language. Renderers know no sentence of their own.

`SECTIONS` are the chapters in their order, by the key under which they are chosen.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date

from app.language import Message, _, direction, format_date, format_hour, language
from app.models.consultations import ConsultationState, Source
from app.reports.blocks import Facts, Report, Section, Span, Text, theirs, words
from app.reports.copies import notes_of
from app.reports.document import Document
from app.reports.edition import WHOLE, Edition
from app.reports.sections import due_process, first_page, method, opinions, promises, standards, taking_part, voices

Build = Callable[[Document], Section]
ENDS = ("?", "!", ".", "？", "！", "。", "؟")
"""After these a title needs no full stop."""
SECTIONS: Mapping[str, tuple[Message, Build]] = {
    "one_page": (_("On one page"), first_page.one_page),
    "states": (_("The standards at a glance"), first_page.glance),
    "how_to_read": (_("What this can and cannot tell you"), first_page.how_to_read),
    "process": (_("Process and dates"), taking_part.how),
    "who": (_("Who took part, and who did not"), taking_part.who),
    "standards": (_("The standards, one by one"), standards.standards),
    "opinions": (_("Opinion groups, and what all of them agree on"), opinions.opinions),
    "affected": (_("What affected people said"), voices.affected),
    "commitments": (_("Promises, and what became of them"), promises.commitments),
    "law": (_("Where rights can be claimed"), promises.law),
    "moderation": (_("Moderation and due process"), due_process.moderation),
    "method": (_("Method and how to check it"), method.method),
    "response": (_("The response, and its date"), method.response),
}


def report_of(document: Document, edition: Edition = WHOLE) -> Report:
    """The report in the current language.

    A section that has nothing to say (no promise, no body, no affected group) is left out.
    """
    spoken = language()
    about = document.consultation
    kept = [build(document) for key, (_title, build) in SECTIONS.items() if _wanted(key, document, edition.sections)]
    return Report(
        title=str(_("Summary for policymakers")),
        subtitle=about.title,
        language=spoken,
        direction=direction(spoken),
        address=edition.address,
        running=f"{_('Summary for policymakers')}: {about.title}",
        cover=Facts(tuple(_cover(document, edition))),
        sections=tuple(kept),
    )


def _wanted(key: str, document: Document, chosen: Collection[str]) -> bool:
    if chosen and key not in chosen:
        return False
    empty = {
        "states": not document.standards,
        "commitments": not document.commitments,
        "law": not document.bodies,
        "affected": not document.participation,
        "opinions": document.opinions is None,
        "moderation": document.consultation.source != Source.HERE and not document.moderation.received,
    }
    return not empty.get(key, False)


def _cover(document: Document, edition: Edition) -> Iterator[tuple[str, Text]]:
    about = document.consultation
    if about.demonstration:
        invented = _(
            "the people, positions and comments are invented. Laws, research and company statements are real, and each "
            "has its source."
        )
        yield str(_("Demonstration")), words(f"{str(invented)[:1].upper()}{str(invented)[1:]}")
    if about.asked_by:
        yield str(_("Asked by")), theirs(about.asked_by)
    if about.opens_at and about.closes_at:
        first, last = (format_date(date.fromisoformat(moment[:10])) for moment in (about.opens_at, about.closes_at))
        yield str(_("Period")), words(str(_("%(first)s to %(last)s", first=first, last=last)))
    yield str(_("State")), words(str(_state(document)))
    if document.as_of:
        yield str(_("As of")), words(format_hour(document.as_of))
    yield str(_("Fingerprint of the data")), words(document.fingerprint)
    yield from notes_of(document)
    yield str(_("How to cite")), _citation(document, edition)


def _state(document: Document) -> Message:
    if document.consultation.state == ConsultationState.OPEN:
        return _("Interim: the consultation is still open, and every state is provisional.")
    if document.consultation.state == ConsultationState.RESPONDED:
        return _("Closed and answered.")
    return _("Closed: everything that was said is in.")


def _citation(document: Document, edition: Edition) -> Text:
    about = document.consultation
    where = f"/consultations/{about.slug}/summary{'' if edition.version is None else f'/runs/{edition.version}'}"
    version = "" if edition.version is None else str(_("Version %(number)s", number=edition.version))
    day = document.as_of[:10] if document.as_of else ""
    what = _("Summary for policymakers")
    print_of = f"{document.fingerprint[:12]}"
    cited = [part for part in (about.asked_by, f"{what}: {about.title}", version, day, print_of) if part]
    said = "".join(f"{part} " if part.endswith(ENDS) else f"{part}. " for part in cited)
    return (Span(said), Span(f"{edition.address}{where}", href=where))
