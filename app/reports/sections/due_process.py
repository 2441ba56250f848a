"""Moderation and due process in figures: what was received, what became of it, why, how long it took, and for whom."""

from collections.abc import Iterator

from app.language import _, format_number, ngettext
from app.reports.blocks import Block, Cell, Figure, Grid, Head, Paragraph, Section, Span, Text, Tone, words
from app.reports.campaigns_report import CampaignFigures, CampaignsShown
from app.reports.document import Document
from app.reports.due_process_report import WITHIN_HOURS, DueProcess, GroupProcess
from app.reports.pictures import counts
from app.reports.sections.quoting import place, text
from app.rules.words import REASONS


def moderation(document: Document) -> Section:
    """The figures of the public report, with its waiting times and reasons."""
    blocks: list[Block] = [_became(document)]
    process = document.due_process
    if process.waits:
        blocks.append(_waits(process))
    if process.by_reason:
        blocks.append(_reasons(process))
    if any(group.received is not None for group in process.groups):
        blocks.append(_groups(process.groups, document.consultation.minimum_group))
    if document.campaigns.campaigns:
        blocks.append(Paragraph(words(" ".join(_campaigns(document.campaigns)))))
    link = Span(str(_("report of moderation")), href=f"{place(document)}/moderation-report")
    said = _("Every decision can be read, and downloaded, from the")
    blocks.append(Paragraph(text(f"{said} ", link, "."), Tone.SMALL))
    return Section("moderation", str(_("Moderation and due process")), tuple(blocks))


def _became(document: Document) -> Grid:
    figures, process = document.moderation, document.due_process
    rows = (
        (_("received"), figures.received),
        (_("published as written"), figures.published),
        (_("published with redactions"), figures.redacted),
        (_("returned for changes"), figures.returned),
        (_("declined"), figures.declined),
        (_("hidden"), figures.hidden),
        (_("decided by two readers"), process.two_readers),
        (_("warnings"), process.warned),
        (_("suspensions"), process.suspended),
        (_("appeals"), figures.appeals),
        (_("appeals decided"), process.appeals_decided),
        (_("decisions overturned"), figures.overturned),
        (_("decisions overturned in part"), process.overturned_in_part),
    )
    heads = (Head(str(_("What was counted"))), Head(str(_("How many")), number=True))
    cells = tuple((words(str(name)), words(format_number(count))) for name, count in rows)
    note = str(_("What is in none of these numbers waits for review or was withdrawn by its author."))
    return Grid(str(_("What became of contributions")), heads, cells, note)


def _waits(process: DueProcess) -> Figure:
    names = [str(_("within %(hours)s h", hours=hours)) for hours in WITHIN_HOURS] + [str(_("later"))]
    rows = tuple((words(name), words(format_number(count))) for name, count in zip(names, process.waits, strict=True))
    heads = (Head(str(_("Decided"))), Head(str(_("Decisions")), number=True))
    note = _(
        "Half were decided within %(median)s hours, nine of ten within %(ninetieth)s hours. Promised are 48.",
        median=_at_least_one(process.median_wait_hours),
        ninetieth=_at_least_one(process.ninetieth_wait_hours),
    )
    caption = str(_("How long people waited"))
    return Figure(caption, counts.waits(names, process.waits), Grid(caption, heads, rows, str(note)))


def _at_least_one(hours: int | None) -> int:
    """Whole hours, rounded up, so that nothing is claimed to be faster than it was."""
    return (hours or 0) + 1


def _reasons(process: DueProcess) -> Grid:
    heads = (Head(str(_("Reason"))), Head(str(_("Decisions")), number=True))
    rows = tuple((words(str(REASONS[code])), words(format_number(count))) for code, count in process.by_reason.items())
    return Grid(str(_("How often each reason was given for returning, declining or hiding something")), heads, rows)


def _groups(groups: tuple[GroupProcess, ...], minimum: int) -> Grid:
    heads = (
        Head(str(_("Group"))),
        Head(str(_("Received")), number=True),
        Head(str(_("Published")), number=True),
        Head(str(_("Times returned")), number=True),
        Head(str(_("Declined or hidden")), number=True),
    )
    note = _("Not shown where fewer than %(minimum)s people of a group wrote something.", minimum=minimum)
    return Grid(str(_("By group")), heads, tuple(_group(group) for group in groups), str(note))


def _group(group: GroupProcess) -> tuple[Cell, ...]:
    name: Text = (Span(group.name, theirs=True),)
    counted = (group.received, group.published, group.returned, group.removed)
    return (name, *(words(format_number(count) if count is not None else str(_("not shown"))) for count in counted))


def _campaigns(letters: CampaignFigures) -> Iterator[str]:
    yield str(
        ngettext(
            "%(num)s campaign: the same letter, sent by many.",
            "%(num)s campaigns: the same letter, sent by many.",
            letters.campaigns,
        )
    )
    sent = [
        str(ngettext("%(num)s letter", "%(num)s letters", letters.letters)),
        str(ngettext("%(num)s person", "%(num)s people", letters.people)),
    ]
    if letters.organisations:
        sent.append(str(ngettext("%(num)s organisation", "%(num)s organisations", letters.organisations)))
    yield f"{', '.join(sent)}."
    if letters.shown == CampaignsShown.GROUPED:
        yield str(_("Among the reasons above, each letter stands once with how many people sent it."))
    else:
        yield str(_("Among the reasons above, each letter stands as often as it was sent."))
