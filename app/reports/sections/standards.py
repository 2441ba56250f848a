"""The standards one by one: text, grounds, positions by group, reasons, objections, what became of it, evidence."""

from collections.abc import Iterator

from app.language import _, format_list, format_percent, ngettext
from app.models.consultations import Source as Origin
from app.queries.positions import GroupTally
from app.reports.blocks import (
    Block,
    Cell,
    Clauses,
    Facts,
    Grid,
    Head,
    Heading,
    Listing,
    Paragraph,
    Section,
    Sides,
    Span,
    State,
    Text,
    Tone,
    theirs,
    words,
)
from app.reports.document import Document
from app.reports.pictures import positions
from app.reports.sections.became import became
from app.reports.sections.printed import left_out, printed
from app.reports.sections.quoting import minority, place, side, text
from app.reports.standard_report import Positions, Source, StandardReport
from app.rules.words import CONSENSUS, CONTEXTS, MEASURES

REASONS = 3
MOST_MINORITY = 12


def standards(document: Document) -> Section:
    """Every standard in the order of its number."""
    blocks = [*left_out(document)]
    blocks += [block for standard in printed(document) for block in _standard(standard, document)]
    return Section("standards", str(_("The standards, one by one")), tuple(blocks) or _none())


def _none() -> tuple[Block, ...]:
    return (Paragraph(words(str(_("No standard has been published yet.")))),)


def _standard(standard: StandardReport, document: Document) -> Iterator[Block]:
    yield Heading(text(f"{standard.number}. ", Span(standard.title, theirs=True)), 3, f"s{standard.number}")
    yield State(standard.consensus_state, str(CONSENSUS[standard.consensus_state]), _reason(standard))
    if standard.summary:
        yield Paragraph(theirs(standard.summary, standard.language))
    if [clause.text for clause in standard.clauses] != [standard.title]:
        yield Clauses(tuple((clause.number, clause.text) for clause in standard.clauses), standard.language)
    facts = tuple(_facts(standard, document))
    if facts:
        yield Facts(facts)
    yield from _positions(standard, document)
    yield from _reasons(standard, document)
    yield from _minority(standard)
    yield from became(standard)
    yield from _evidence(standard)
    yield Paragraph(_rests_on(standard, document), Tone.SMALL)


def _reason(standard: StandardReport) -> str:
    provisional = f" {_('Provisional, because the consultation is open.')}" if standard.provisional else ""
    return f"{standard.explanation}{provisional}"


def _facts(standard: StandardReport, document: Document) -> Iterator[tuple[str, Text]]:
    if document.consultation.source == Origin.HERE:
        yield str(_("Kind of measure")), words(str(MEASURES[standard.measure]))
        yield str(_("Context of use")), words(str(CONTEXTS[standard.context]))
    if standard.grounding:
        yield str(_("Grounded in")), theirs("; ".join(standard.grounding))
    if standard.duty_bearers:
        yield str(_("Who carries the duty")), theirs("; ".join(standard.duty_bearers))
    if standard.enforcement:
        yield str(_("Where it can be enforced")), theirs(standard.enforcement)
    if standard.missing and document.consultation.source == Origin.HERE:
        yield str(_("What is missing")), words(" ".join(str(MISSING[key]) for key in standard.missing))


MISSING = {
    "grounding": _("This text names no right that it rests on."),
    "duty_bearer": _("This text names no duty-bearer."),
    "enforcement": _("This text does not say how it is enforced."),
}


def _positions(standard: StandardReport, document: Document) -> Iterator[Block]:
    yield Heading(words(str(_("Positions"))), 4)
    yield Paragraph(words(" ".join(_in_all(standard))))
    if standard.positions_hidden or not standard.by_group:
        return
    caption = _(
        "Positions of people on standard %(number)s by group, version %(version)s",
        number=str(standard.number),
        version=standard.version,
    )
    heads = (Head(str(_("Group"))), Head(str(_("Positions"))), Head(str(_("In numbers"))))
    rows = tuple(_group(tally, document.consultation.minimum_group) for tally in standard.by_group)
    note = _(
        "From left to right: support (solid), with reservations (hollow), abstention (dotted), objection (striped). "
        "The mark stands at half of the group."
    )
    yield Grid(str(caption), heads, rows, str(note))


def _in_all(standard: StandardReport) -> Iterator[str]:
    people = ngettext("%(num)s person took a position:", "%(num)s people took a position:", standard.positions.n)
    nobody = str(_("Nobody took a position."))
    if standard.positions_hidden:
        yield str(standard.explanation)
    else:
        yield f"{people} {_counts(standard.positions)}" if standard.positions.n else nobody
    if standard.approval_percent is not None:
        counted = standard.positions.n - standard.positions.abstain
        share = format_percent(standard.approval_percent)
        yield str(_("%(share)s of %(count)s approve.", share=share, count=counted))
    if standard.carried_over:
        yield str(
            ngettext(
                "%(num)s position on an earlier text is shown apart and not counted.",
                "%(num)s positions on an earlier text are shown apart and not counted.",
                standard.carried_over,
            )
        )
    if standard.organisations is not None:
        apart = _("Organisations, counted apart:")
        yield f"{apart} {_counts(standard.organisations)}"
    if standard.imported_supports is not None:
        yield str(
            ngettext(
                "%(num)s support given elsewhere, not added.",
                "%(num)s supports given elsewhere, not added.",
                standard.imported_supports,
            )
        )


def _counts(counted: Positions) -> str:
    return str(
        _(
            "%(support)s support, %(reservations)s with reservations, %(abstain)s abstain, %(object)s object.",
            support=counted.support,
            reservations=counted.support_with_reservations,
            abstain=counted.abstain,
            object=counted.object,
        )
    )


def _group(tally: GroupTally, minimum: int) -> tuple[Cell, ...]:
    name = [Span(tally.name, theirs=True)]
    if tally.directly_affected:
        name.append(Span(f" ({_('directly affected')})"))
    if not tally.shown:
        few = _("Not yet heard. Fewer than %(minimum)s voices so far.", minimum=minimum)
        hidden = _("Not shown, so that the figures of a smaller group cannot be computed.")
        return (tuple(name), positions.bar(tally), words(str(hidden if tally.heard else few)))
    counted = Positions(tally.support, tally.reservations, tally.abstain, tally.object, tally.size)
    said = _counts(counted)
    if tally.approval_interval is not None and tally.approval_percent is not None:
        share = _(
            "%(share)s of %(count)s approve (%(low)s to %(high)s).",
            share=format_percent(tally.approval_percent),
            count=tally.size - tally.abstain,
            low=format_percent(tally.approval_interval.low),
            high=format_percent(tally.approval_interval.high),
        )
        said = f"{said} {share}"
    size = ngettext("%(num)s position", "%(num)s positions", tally.size)
    return (tuple(name), positions.bar(tally), text(Span(f"{size}. "), said))


def _reasons(standard: StandardReport, document: Document) -> Iterator[Block]:
    if not standard.arguments_for and not standard.arguments_against:
        return
    yield Heading(words(str(_("Reasons for and against"))), 4)
    yield Sides(
        side(str(_("Reasons for")), standard.arguments_for, document, REASONS),
        side(str(_("Reasons against")), standard.arguments_against, document, REASONS),
    )
    comments = ngettext("%(num)s comment", "%(num)s comments", len(standard.comments))
    link = Span(str(_("in the discussion")), href=place(document, standard.number))
    chosen = _("Chosen by how many groups stand behind them, at most %(most)s on each side.", most=REASONS)
    yield Paragraph(text(f"{chosen} {_('All of it')}: {comments} ", link), Tone.SMALL)


def _minority(standard: StandardReport) -> Iterator[Block]:
    if not standard.minority:
        return
    yield Heading(words(str(_("Minority positions and recorded objections"))), 4)
    yield from (minority(one) for one in standard.minority[:MOST_MINORITY])
    left = len(standard.minority) - MOST_MINORITY
    if left > 0:
        more = ngettext(
            "%(num)s more is in the tables and in the JSON file.",
            "%(num)s more are in the tables and in the JSON file.",
            left,
        )
        yield Paragraph(words(str(more)), Tone.SMALL)


def _evidence(standard: StandardReport) -> Iterator[Block]:
    if standard.evidence:
        yield Heading(words(str(_("Evidence"))), 4)
        yield Listing(tuple(_source(piece) for piece in standard.evidence))


def _source(piece: Source) -> Text:
    when = f", {piece.year}" if piece.year else ""
    found = [Span(format_list(piece.authors), strong=True, theirs=True), Span(f"{when}. ")]
    found.append(Span(piece.title, href=piece.url, theirs=True))
    if piece.venue:
        found.append(Span(f", {piece.venue}", theirs=True))
    found.append(Span("."))
    if piece.finding:
        found.append(Span(f" {piece.finding}", theirs=True))
    return tuple(found)


def _rests_on(standard: StandardReport, document: Document) -> Text:
    place_of = Span(
        str(_("Standard %(number)s, version %(version)s", number=str(standard.number), version=standard.version)),
        href=place(document, standard.number),
    )
    record = Span(str(_("record")), href=f"{place(document)}/record")
    said = _("These figures rest on the positions on this text:")
    return text(f"{said} ", place_of, ", ", record, ".")
