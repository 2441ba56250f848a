"""One page for readers with ten minutes: states, strongest objections, what is asked, and what it cannot tell."""

from collections.abc import Iterator
from datetime import date

from app.language import _, format_date, format_list, format_number, ngettext
from app.reports.blocks import (
    Block,
    Cell,
    Columns,
    Grid,
    Head,
    Heading,
    Listing,
    Paragraph,
    Section,
    Span,
    Text,
    Tone,
    words,
)
from app.reports.document import Document, states
from app.reports.pictures import positions
from app.reports.sections.printed import left_out, printed
from app.reports.sections.quoting import comment_link, place, text
from app.rules.words import CONSENSUS

OBJECTIONS, NUMBERS, SHORT = 3, 12, 280


def one_page(document: Document) -> Section:
    """The question, who answered, the state of each standard, the strongest objections, what is asked of the reader."""
    blocks: list[Block] = []
    if document.consultation.purpose:
        blocks.append(Paragraph((Span(document.consultation.purpose, theirs=True),)))
    blocks.append(Paragraph(words(_who(document))))
    blocks += unheard(document)
    parts = (
        (_("State of the standards"), _states(document)),
        (_("Strongest objections still open"), _objections(document)),
        (_("What is asked of you"), _asked(document)),
    )
    blocks.append(Columns(tuple((Heading(words(str(title))), Listing(tuple(items))) for title, items in parts)))
    return Section("one_page", str(_("On one page")), tuple(blocks))


def _who(document: Document) -> str:
    people = ngettext("%(num)s person", "%(num)s people", document.people)
    organisations = ngettext("%(num)s organisation", "%(num)s organisations", document.organisations)
    said = len(document.process.weeks) and document.process.contributions if document.process else 0
    spoken = ngettext("%(num)s contribution is published", "%(num)s contributions are published", said)
    both = _("Who answered: %(people)s and %(organisations)s.", people=people, organisations=organisations)
    return f"{both if document.organisations else _('Who answered: %(people)s.', people=people)} {spoken}."


def unheard(document: Document) -> Iterator[Block]:
    """First in any result where a group is missing."""
    if document.not_yet_heard:
        missing = _("Not yet heard: %(groups)s.", groups=format_list(document.not_yet_heard))
        few = _("Fewer than %(minimum)s voices so far.", minimum=document.consultation.minimum_group)
        yield Paragraph((Span(str(missing), strong=True), Span(f" {few}")), Tone.UNHEARD)


def _states(document: Document) -> Iterator[Text]:
    for state, numbers in states(document):
        more = len(numbers) - NUMBERS
        rest = [ngettext("%(num)s more", "%(num)s more", more)] if more > 0 else []
        named = format_list([*numbers[:NUMBERS], *rest])
        count = Span(format_number(len(numbers)), strong=True)
        yield (count, Span(f" {CONSENSUS[state]} ({named})"))
    for trail in document.trails:
        merged = _("Standard %(number)s was merged into standard %(into)s.", number=trail.number, into=trail.into)
        split = _("Standard %(number)s was split into standards %(into)s.", number=trail.number, into=trail.into)
        yield words(str(merged if trail.became == "merged_into" else split))
    if not document.standards:
        yield words(str(_("No standard has been published yet.")))


def _objections(document: Document) -> Iterator[Text]:
    """The first standing objection of each standard, those of standards with the least agreement first."""
    firsts = [
        (standard, objection)
        for standard in document.standards
        for objection in [one for one in standard.minority if one.text and one.id is not None][:1]
    ]
    firsts.sort(key=lambda pair: (-pair[0].positions.object, pair[0].number))
    for standard, objection in firsts[:OBJECTIONS]:
        said = Span(_short(objection.text), language=objection.language, theirs=True)
        where = _("on standard %(number)s", number=str(standard.number))
        who = [Span(objection.group, theirs=True), Span(", ")] if objection.group else []
        yield (Span("“"), said, Span("” "), *who, Span(f"{where}. "), comment_link(objection.id or 0))
    if not firsts:
        yield words(str(_("None")))


def _short(said: str) -> str:
    return said if len(said) <= SHORT else f"{said[:SHORT].rsplit(' ', 1)[0]} …"


def _asked(document: Document) -> Iterator[Text]:
    due = document.consultation.answer_due
    if due:
        day = format_date(date.fromisoformat(due))
        yield words(str(_("Answer each standard, with reasons, by %(date)s.", date=day)))
    else:
        yield words(str(_("Answer each standard, with reasons.")))
    if document.not_yet_heard:
        yield words(str(_("Help to reach those not yet heard: %(groups)s.", groups=document.not_yet_heard)))


def glance(document: Document) -> Section:
    """Each standard with its state, the reason for it, and where the groups stand."""
    blocks = (*left_out(document), *_glance(document)) if document.standards else ()
    return Section("states", str(_("The standards at a glance")), blocks)


def _glance(document: Document) -> Iterator[Block]:
    grouped = any(standard.by_group for standard in document.standards)
    heads = [Head(str(_("Standard")))]
    if grouped:
        heads.append(Head(str(_("By group"))))
    heads.append(Head(str(_("State and reason"))))
    rows: list[tuple[Cell, ...]] = []
    for standard in printed(document):
        name = text(f"{standard.number}. ", Span(standard.title, href=f"#s{standard.number}", theirs=True))
        state = (Span(str(CONSENSUS[standard.consensus_state]), strong=True), Span(f". {standard.explanation}"))
        rows.append((name, positions.strip(standard.by_group), state) if grouped else (name, state))
    order = format_list(group.name for group in document.participation)
    note = _(
        "Columns of each strip, in order: %(groups)s. Support rises, objection falls, a dashed seat is not shown.",
        groups=order,
    )
    yield Grid(str(_("State of each standard")), tuple(heads), tuple(rows), str(note) if grouped else "")


def how_to_read(document: Document) -> Section:
    """What the figures mean, what they do not mean, and what each state says."""
    minimum = document.consultation.minimum_group
    always = (
        _("People chose to take part. This is not a survey, and its percentages do not describe a population."),
        _(
            "Percentages appear from 20 people on and are rounded down. In brackets stand the shares that numbers as "
            "small as these may also stand for (Wilson's 95%% interval)."
        ),
        _(
            "No count of a group stands in this summary that could tell how one person or a smaller group chose. The "
            "total of a standard is always printed, even when few people took a position on it."
        ),
    )
    with_groups = (
        _("Every figure is given per stakeholder group. A majority alone is never called consensus."),
        _(
            "A group is heard from %(minimum)s people on. Groups below that are named and have no result.",
            minimum=minimum,
        ),
        _(
            "People name their own group; nobody is asked to prove what happened to them. Organisations count once "
            "each, apart from people."
        ),
    )
    limits = (*always, *with_groups) if document.participation else always
    meanings = _meanings(document)
    rows = tuple((words(str(CONSENSUS[state])), words(str(meaning))) for state, meaning in meanings.items())
    table = Grid(str(_("What each state means")), (Head(str(_("State"))), Head(str(_("Meaning")))), rows)
    blocks = (Listing(tuple(words(str(limit)) for limit in limits)), table, Paragraph(_rules(document), Tone.SMALL))
    return Section("how_to_read", str(_("What this can and cannot tell you")), blocks)


def _meanings(document: Document) -> dict[str, object]:
    process = document.process
    high = process.consensus_percent if process else 75
    half = process.contested_percent if process else 50
    voices = process.minimum_voices if process else 20
    return {
        "consensus": _(
            "At least %(high)s%% approve, no group that is heard objects by majority, and no sustained objection is "
            "unresolved.",
            high=high,
        ),
        "supported_with_recorded_objection": _(
            "The same, but a sustained objection was answered and remains, or one still waits for its answer."
        ),
        "contested": _("At least %(half)s%% approve, but a group objects by majority. It is named.", half=half),
        "no_consensus": _("None of the others."),
        "not_yet_heard": _("Too few voices of a group that is directly affected or that the standard names."),
        "too_early": _("Positions are not open yet, or fewer than %(voices)s people took one.", voices=voices),
        "withdrawn": _("Taken back by its proposer or merged into another."),
    }


def _rules(document: Document) -> Text:
    link = Span(str(_("The record of this consultation")), href=f"{place(document)}/record")
    said = _(
        "Each figure can be counted again from the positions, which are in the record as commitments until it closes."
    )
    return text(f"{said} ", link)
