"""Promises of companies and what became of them, and where the rights can be claimed that standards rest on."""

from collections.abc import Iterator

from app.language import _, format_list, format_when
from app.reports.blocks import Block, Facts, Grid, Head, Heading, Listing, Paragraph, Section, Span, Text, theirs, words
from app.reports.document import Document
from app.reports.promises_report import PromiseReport
from app.rules.words_of_promises import BINDINGS, ENDINGS, FINDINGS, FRAMINGS


def commitments(document: Document) -> Section:
    """Exact words, finding with reasons and answer, what happened since."""
    said = _(
        "Findings are made by a panel of at least three groups, with affected people on it. Until it has met, a "
        "promise is under review and only sourced events are shown."
    )
    blocks: list[Block] = [Paragraph(words(str(said)))]
    for promise in document.commitments:
        blocks += _promise(promise)
    return Section("commitments", str(_("Promises, and what became of them")), tuple(blocks))


def _promise(promise: PromiseReport) -> Iterator[Block]:
    title = f"{promise.company}, {format_when(promise.made_on)}"
    yield Heading((Span(title, theirs=True),), 3, f"promise-{promise.reference}")
    source = (Span(" "), Span(str(_("Source")), href=promise.source)) if promise.source else ()
    yield Paragraph((Span(promise.promise, theirs=True), *source))
    yield Facts(tuple(_facts(promise)))
    if promise.events:
        yield Listing(tuple(_event(event.date, event.what, event.source) for event in promise.events))
    else:
        yield Paragraph(words(str(_("No later event is known."))))


def _facts(promise: PromiseReport) -> Iterator[tuple[str, Text]]:
    kinds = [str(BINDINGS[promise.binding]), str(ENDINGS[promise.ending])]
    if promise.framing:
        kinds.insert(1, str(FRAMINGS.get(promise.framing, promise.framing)))
    if promise.ends_on:
        kinds.append(format_when(promise.ends_on))
    yield str(_("State")), (Span(str(FINDINGS[promise.state]), strong=True), Span(f" ({'; '.join(kinds)})"))
    if promise.condition:
        yield str(_("Condition")), theirs(promise.condition)
    if promise.exceptions:
        yield str(_("Exceptions")), theirs(promise.exceptions)
    if promise.reasons:
        yield str(_("The panel's reasons")), theirs(promise.reasons)
        answer = promise.company_answer
        asked = words(str(_("It was asked and has not answered.")))
        yield str(_("The company's answer")), theirs(answer) if answer else asked
        yield str(_("Panel")), words(format_list(promise.panel))


def _event(day: str, what: str, source: str) -> Text:
    link = (Span(" "), Span(str(_("Source")), href=source)) if source else ()
    return (Span(f"{format_when(day)}: "), Span(what, theirs=True), *link)


def law(document: Document) -> Section:
    """The courts, committees and authorities by the instrument that gives them their power."""
    bodies = sorted(document.bodies, key=lambda body: body.instrument)
    rows = tuple((theirs(body.instrument), theirs(body.name), theirs(body.route)) for body in bodies)
    heads = (Head(str(_("Instrument"))), Head(str(_("Procedure or body"))), Head(str(_("Before whom, or how"))))
    said = _("These procedures and bodies enforce the instruments in which the standards above are grounded.")
    table = Grid(str(_("Who enforces these rights")), heads, rows)
    return Section("law", str(_("Where rights can be claimed")), (Paragraph(words(str(said))), table))
