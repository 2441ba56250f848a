"""Who took part and who did not, and how the consultation went."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from app.language import _, format_date, format_number, format_percent, format_when, language_name, ngettext
from app.models.consultations import ConsultationState, Source
from app.reports.blocks import (
    Block,
    Cell,
    Facts,
    Figure,
    Grid,
    Head,
    Heading,
    Listing,
    Paragraph,
    Section,
    Span,
    Text,
    Tone,
    theirs,
    words,
)
from app.reports.document import About, Document, GroupVoices
from app.reports.pictures import counts
from app.reports.process_report import CountLine, ProcessReport, WeekLine
from app.reports.sections.first_page import unheard
from app.rules.words import CHANNELS, PHASES
from app.rules.words_of_settings import PARTICIPATIONS, REVIEWS, TALLIES

MOST_WEEKS = 26


def who(document: Document) -> Section:
    """Groups with their people, those not yet heard, whoever outweighs the others, channels and languages."""
    blocks: list[Block] = [*unheard(document), *_balance(document)]
    people = ngettext("%(num)s person", "%(num)s people", document.people)
    organisations = ngettext("%(num)s organisation", "%(num)s organisations", document.organisations)
    if document.participation:
        heads = (Head(str(_("Group"))), Head(str(_("Share of all voices"))), Head(str(_("People"))))
        rows = tuple(_group(group, document) for group in document.participation)
        note = _("Marks stand at one third, above which a group outweighs the others, and at one half.")
        blocks.append(Grid(f"{people}, {organisations}", heads, rows, str(note)))
    else:
        nobody = ngettext(
            "%(num)s person took part. Nobody was asked for a stakeholder group.",
            "%(num)s people took part. Nobody was asked for a stakeholder group.",
            document.people,
        )
        blocks.append(Paragraph(words(str(nobody))))
    if document.process is not None:
        blocks += _ways(document.process)
    return Section("who", str(_("Who took part, and who did not")), tuple(blocks))


def _balance(document: Document) -> Iterator[Block]:
    for line in document.balance:
        head = _("Balance warning:") if line.level == "warning" else _("Balance:")
        said = _(
            "%(percent)s of all voices come from one group, %(group)s. Their number alone decides nothing.",
            percent=format_percent(line.percent),
            group=line.name,
        )
        yield Paragraph((Span(str(head), strong=True), Span(f" {said}")), Tone.NOTICE)


def _group(group: GroupVoices, document: Document) -> tuple[Cell, ...]:
    name = [Span(group.name, theirs=True)]
    if group.directly_affected:
        name.append(Span(f" ({_('directly affected')})"))
    if group.people is not None:
        return (tuple(name), counts.share(group.people, document.people), words(format_number(group.people)))
    minimum = document.consultation.minimum_group
    said = _("not shown") if group.heard else _("not yet heard: under %(minimum)s", minimum=minimum)
    return (tuple(name), words("–"), words(str(said)))


def _ways(process: ProcessReport) -> Iterator[Block]:
    """How contributions came in, and in which languages; both add up to all of them."""
    total = ngettext("%(num)s published contribution", "%(num)s published contributions", process.contributions)
    tables = (
        (_("How they came in"), process.channels, lambda key: str(CHANNELS[key])),
        (_("In which languages"), process.languages, language_name),
    )
    for title, lines, named in tables:
        if lines:
            yield _counted(f"{title}: {total}", [(named(line.key), line) for line in lines])


def _counted(caption: str, lines: list[tuple[str, CountLine]]) -> Grid:
    heads = (Head(caption.split(":", 1)[0]), Head(str(_("Contributions")), number=True))
    rows = tuple((words(name), words(format_number(line.contributions))) for name, line in lines)
    return Grid(caption, heads, rows)


def how(document: Document) -> Section:
    """Who asked and who answers, phases with their days, the settings, what changed on the way, and the weeks."""
    blocks: list[Block] = [Facts(tuple(_facts(document)))]
    process = document.process
    if process is not None:
        if process.phases:
            blocks.append(_phases(process, document.consultation))
        changed = [_ended(phase.kind, phase.ended_why) for phase in process.phases if phase.ended_why]
        if process.closed_why:
            said = str(_("The consultation was closed by hand:"))
            changed.append((Span(f"{said} "), Span(process.closed_why, theirs=True)))
        if changed:
            blocks += [Heading(words(str(_("What changed on the way")))), Listing(tuple(changed))]
        if process.weeks:
            blocks.append(_weeks(process))
    return Section("process", str(_("Process and dates")), tuple(blocks))


def _facts(document: Document) -> Iterator[tuple[str, Text]]:
    about = document.consultation
    if about.asked_by:
        yield str(_("Asked by")), theirs(about.asked_by)
    if about.answered_by:
        yield str(_("Answered by")), theirs(about.answered_by)
    if about.opens_at and about.closes_at:
        first, last = (format_date(date.fromisoformat(moment[:10])) for moment in (about.opens_at, about.closes_at))
        yield str(_("Open")), words(str(_("%(first)s to %(last)s", first=first, last=last)))
    if about.answer_due:
        yield str(_("Answer due")), words(format_date(date.fromisoformat(about.answer_due)))
    if about.source != Source.HERE:
        yield str(_("Imported")), theirs(about.source_note)
    if document.process is not None and about.source == Source.HERE:
        yield str(_("Who may take part")), words(str(PARTICIPATIONS[document.process.participation]))
        yield str(_("Review of contributions")), words(str(REVIEWS[document.process.review]))
        yield str(_("When figures are visible")), words(str(TALLIES[document.process.tallies_visible]))


def _phases(process: ProcessReport, about: About) -> Grid:
    heads = (Head(str(_("Phase"))), Head(str(_("From"))), Head(str(_("To"))))
    rows = tuple(
        (
            words(str(PHASES[phase.kind])),
            words(format_date(date.fromisoformat(phase.opens_on))),
            words(format_date(date.fromisoformat(phase.closes_on))),
        )
        for phase in process.phases
    )
    ended = (about.closes_at or "")[:10] if about.state != ConsultationState.OPEN else ""
    cut = any(phase.opens_on <= ended < phase.closes_on for phase in process.phases)
    note = str(_("It was closed before all phases were over; they stand here as planned.")) if cut else ""
    return Grid(str(_("Phases")), heads, rows, note)


def _ended(kind: str, why: str) -> Text:
    said = _("%(phase)s was ended early:", phase=PHASES[kind])
    return (Span(f"{said} "), Span(why, theirs=True))


def _weeks(process: ProcessReport) -> Figure:
    """Week by week, or month by month where weeks would be too many to read."""
    monthly = len(process.weeks) > MOST_WEEKS
    spans = _by_month(process.weeks) if monthly else process.weeks
    heads = (
        Head(str(_("Month") if monthly else _("Week from"))),
        Head(str(_("Contributions")), number=True),
        Head(str(_("Positions")), number=True),
    )
    names = [format_when(one.begins_on[:7]) if monthly else _day(one.begins_on) for one in spans]
    rows = tuple(
        (words(name), words(format_number(one.contributions)), words(format_number(one.positions)))
        for name, one in zip(names, spans, strict=True)
    )
    caption = str(_("What came in, month by month") if monthly else _("What came in, week by week"))
    note = str(_("A position counts when it was taken or last changed. A week counts in the month of its Monday."))
    table = Grid(caption, heads, rows, note)
    return Figure(caption, counts.spans(names, spans), table)


def _day(written: str) -> str:
    return format_date(date.fromisoformat(written), "medium")


def _by_month(weeks: tuple[WeekLine, ...]) -> tuple[WeekLine, ...]:
    return tuple(
        WeekLine(month, sum(week.contributions for week in of), sum(week.positions for week in of))
        for month, of in ((month, list(of)) for month, of in groupby(weeks, lambda week: f"{week.begins_on[:7]}-01"))
    )
