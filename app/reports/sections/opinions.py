"""Opinion groups: who answered alike, what sets them apart, what all of them agree on, and how sure that is."""

from collections.abc import Iterator
from datetime import datetime

from app.language import _, format_date, format_number, format_percent, ngettext
from app.reports.blocks import (
    Block,
    Cell,
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
from app.reports.document import Document
from app.reports.opinions_report import OpinionApart, OpinionCross, OpinionReport, OpinionShare, OpinionShared
from app.reports.pictures.opinions import opinion_map
from app.reports.sections.quoting import place, text

NAMES = {"": _("Group not stated"), "*": _("All smaller groups together")}


def opinions(document: Document) -> Section:
    """The table of the groups first, the map after it."""
    found = document.opinions
    blocks = tuple(_told(found, document)) if found is not None else ()
    return Section("opinions", str(_("Opinion groups, and what all of them agree on")), blocks)


def _told(found: OpinionReport, document: Document) -> Iterator[Block]:
    yield Paragraph(words(" ".join(_summed_up(found))))
    if found.groups:
        yield _sizes(found)
    for title, shared in (
        (_("What all opinion groups support"), found.all_support),
        (_("What all opinion groups object to"), found.all_object),
    ):
        if shared:
            yield Heading(words(str(title)))
            yield Listing(tuple(_shared(one) for one in shared))
    if found.groups and not found.all_support and not found.all_object:
        yield Paragraph(words(str(_("There is no standard on which every group is surely on the same side."))))
    yield from _apart(found)
    if found.cross:
        yield _cross(found)
    if found.groups and found.marks:
        yield _map(found)
    yield Paragraph(_care(found, document), Tone.SMALL)


def _summed_up(found: OpinionReport) -> Iterator[str]:
    day = format_date(datetime.fromisoformat(found.found_at).date())
    yield str(_("Found on %(date)s in the positions alone, whatever group people speak from.", date=day))
    yield str(
        _(
            "%(grouped)s of %(people)s people took enough positions to be grouped.",
            grouped=found.grouped,
            people=found.people,
        )
    )
    if found.groups:
        yield str(ngettext("They fall into %(num)s group.", "They fall into %(num)s groups.", len(found.groups)))
    else:
        yield str(_("They fall into no groups that positions shuffled at random would not give as well."))


def _sizes(found: OpinionReport) -> Grid:
    heads = (
        Head(str(_("Opinion group"))),
        Head(str(_("People")), number=True),
        Head(str(_("Of these beyond doubt")), number=True),
    )
    rows = tuple(
        (words(group.letter), words(format_number(group.people)), words(format_number(group.beyond_doubt)))
        for group in found.groups
    )
    note = str(_("The size of a group is not its weight. Agreement counts when every group shares it."))
    return Grid(str(_("The opinion groups")), heads, rows, note)


def _standard(number: int, title: str, language: str) -> list[Span]:
    return [Span(f"{number}. "), Span(title, language=language, href=f"#s{number}", theirs=True)]


def _share(share: OpinionShare) -> str:
    if share.said is None or share.seen is None:
        return str(_("not shown"))
    counted = _("%(said)s of %(seen)s", said=share.said, seen=share.seen)
    return str(counted) if share.percent is None else f"{counted} ({format_percent(share.percent)})"


def _shared(one: OpinionShared) -> Text:
    told = "; ".join(f"{share.group}: {_share(share)}" for share in one.groups)
    return (*_standard(one.standard, one.title, one.language), Span(f" ({told})"))


def _apart(found: OpinionReport) -> Iterator[Block]:
    told = [(group.letter, group.apart) for group in found.groups if group.apart]
    if told:
        yield Heading(words(str(_("What sets each group apart"))))
    for letter, apart in told:
        yield Heading(words(str(_("Group %(letter)s", letter=letter))), 4)
        yield Listing(tuple(_stands_out(one) for one in apart))


def _stands_out(one: OpinionApart) -> Text:
    here, elsewhere = _share(one.here), _share(one.elsewhere)
    more = _("Support here: %(here)s; elsewhere: %(elsewhere)s", here=here, elsewhere=elsewhere)
    less = _("Objection here: %(here)s; elsewhere: %(elsewhere)s", here=here, elsewhere=elsewhere)
    sentence = more if one.supports else less
    return (*_standard(one.standard, one.title, one.language), Span(f": {sentence}"))


def _cross(found: OpinionReport) -> Grid:
    letters = [str(_("Opinion group %(letter)s", letter=group.letter)) for group in found.groups]
    heads = (
        Head(str(_("Stakeholder group"))),
        Head(str(_("People")), number=True),
        *(Head(letter, number=True) for letter in (*letters, str(_("In no group")))),
    )
    note = _(
        "Cells of fewer than %(smallest)s people are not shown, nor are as many others as it takes to keep them from "
        "being computed.",
        smallest=found.smallest,
    )
    return Grid(str(_("Stakeholder groups and opinion groups")), heads, tuple(map(_row, found.cross)), str(note))


def _row(line: OpinionCross) -> tuple[Cell, ...]:
    name: Text = theirs(line.name) if line.name else words(str(NAMES.get(line.group, line.group)))
    cells = (format_number(count) if count is not None else str(_("not shown")) for count in line.opinion_groups)
    return (name, words(format_number(line.people)), *map(words, cells))


def _map(found: OpinionReport) -> Figure:
    first, second = found.shares
    caption = str(_("The map of opinion groups"))
    note = _(
        "Each mark stands for at least %(smallest)s people who answered alike, so that nobody can be picked out. The "
        "axes have no name: they are the two directions in which answers differ most (%(first)s and %(second)s of the "
        "differences).",
        smallest=found.smallest,
        first=format_percent(first),
        second=format_percent(second),
    )
    heads = (
        Head(str(_("Opinion group"))),
        *(Head(str(name), number=True) for name in (_("People"), _("From left to right"), _("From bottom to top"))),
    )
    rows = tuple(_mark(*mark) for mark in found.marks)
    return Figure(caption, opinion_map(found.marks), Grid(caption, heads, rows, str(note)))


def _mark(letter: str, people: int, x: float, y: float) -> tuple[Cell, ...]:
    return (words(letter), *(words(format_number(value)) for value in (people, x, y)))


def _care(found: OpinionReport, document: Document) -> Text:
    apart = ""
    if found.observed is not None and found.chance is not None:
        compared = _(
            "How far groups are apart (silhouette, from −1 to 1): %(observed)s. The farthest of twenty sets of "
            "shuffled positions: %(chance)s.",
            observed=found.observed,
            chance=found.chance,
        )
        apart = f"{compared} "
    link = Span(str(_("the page of opinion groups")), href=f"{place(document)}/opinions")
    return text(f"{apart}{_('More on')} ", link, ".")
