"""What became of a standard: its versions, its objections, its comments, and the outcome with the chair's reasons."""

from collections.abc import Iterator, Sequence
from datetime import date

from app.language import _, format_date, format_number
from app.reports.blocks import Block, Grid, Head, Heading, Listing, Paragraph, Span, Text, words
from app.reports.credits import CreditLine
from app.reports.objections_report import ObjectionLine
from app.reports.sections.quoting import comment_link
from app.reports.standard_report import StandardReport
from app.rules.words import CHANGE_CLASSES, DISPOSITIONS, OUTCOMES, STEPS

OPEN = "open"


def became(standard: StandardReport) -> Iterator[Block]:
    """Everything that was done about this standard, in the order in which it happens."""
    changed = [_credit(line) for line in standard.versions if line.version > 1]
    if changed:
        yield Heading(words(str(_("How the text changed"))), 4)
        yield Listing(tuple(changed))
    answered = [_steps(line) for line in standard.objections if line.steps]
    if answered:
        yield Heading(words(str(_("How objections were dealt with"))), 4)
        yield Listing(tuple(answered))
    resolved = [kind for kind in standard.dispositions if kind != OPEN]
    if resolved:
        yield _dispositions(standard, resolved)
    if standard.outcome:
        yield Heading(words(str(_("Outcome: %(outcome)s", outcome=OUTCOMES[standard.outcome]))), 4)
        yield Paragraph((Span(standard.outcome_reasons, language=standard.language, theirs=True),))
        if standard.stated_by:
            day = format_date(date.fromisoformat(standard.stated_on))
            yield Paragraph(words(str(_("Stated by %(name)s on %(date)s.", name=standard.stated_by, date=day))))


def _credit(line: CreditLine) -> Text:
    version = _("Version %(number)s", number=line.version)
    parts = [str(CHANGE_CLASSES[line.change_class])] if line.change_class in CHANGE_CLASSES else []
    if line.amendment:
        parts.append(str(_("amendment %(number)s", number=line.amendment)))
    if line.written_by:
        parts.append(str(_("by %(name)s", name=line.written_by)))
    if line.adopted_by:
        parts.append(str(_("adopted by %(name)s", name=line.adopted_by)))
    parts.append(format_date(date.fromisoformat(line.published_on)))
    why = (Span(f" {line.why}", theirs=True),) if line.why else ()
    return (Span(f"{version}: ", strong=True), Span(f"{', '.join(parts)}."), *why)


def _steps(line: ObjectionLine) -> Text:
    found: list[Span] = []
    for step in line.steps:
        disposition = f": {DISPOSITIONS[step.disposition]}" if step.disposition else ""
        found.append(Span(f"{STEPS[step.step]}{disposition}.", strong=True))
        if step.text:
            found.append(Span(f" {step.text}", theirs=True))
        found.append(Span(" "))
    return (*found, comment_link(line.id))


def _dispositions(standard: StandardReport, kinds: Sequence[str]) -> Grid:
    rows = [(words(str(DISPOSITIONS[kind])), words(format_number(standard.dispositions[kind]))) for kind in kinds]
    rows.append((words(str(_("Open"))), words(format_number(standard.dispositions.get(OPEN, 0)))))
    heads = (Head(str(_("Disposition"))), Head(str(_("Comments")), number=True))
    caption = _("How comments on standard %(number)s were resolved", number=standard.number)
    return Grid(str(caption), heads, tuple(rows))
