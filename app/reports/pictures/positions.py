"""Where groups stand: one bar for each group, and the strip of a standard with one seat for each."""

from collections.abc import Sequence

from app.language import _, format_list, ngettext
from app.queries.positions import GroupTally
from app.reports.blocks import Picture
from app.reports.pictures import svg
from app.reports.pictures.shapes import strip_of

BAR_WIDTH, BAR_HEIGHT = 220, 16


def bar(tally: GroupTally) -> Picture:
    """The positions of a group in shares of its size, with a mark at the half; dashed where it is not yet heard."""
    size = tally.support + tally.reservations + tally.abstain + tally.object
    if not tally.shown or not size:
        seat = svg.rectangle(0.75, 0.75, BAR_WIDTH - 1.5, BAR_HEIGHT - 1.5)
        open_seat = svg.path(seat, "m-x", fill=svg.NOTE, stroke=svg.NOTE_EDGE, width=1.5, dash="2.5 2.5")
        return svg.picture(BAR_WIDTH, BAR_HEIGHT, [open_seat], look="bar")
    marks, start = [], 0.0
    counts = (tally.support, tally.reservations, tally.abstain, tally.object)
    for draw, count in zip((svg.support, svg.reservations, svg.abstention, svg.objection), counts, strict=True):
        width = BAR_WIDTH * count / size
        if count:
            marks.append(draw(start, 1, width, BAR_HEIGHT - 2))
        start += width
    half = svg.path(f"M{BAR_WIDTH / 2:g} 0v{BAR_HEIGHT}", "m-t", stroke=svg.INK, width=1.25, dash="2 3")
    return svg.picture(BAR_WIDTH, BAR_HEIGHT, [*marks, half], look="bar")


def strip(tallies: Sequence[GroupTally]) -> Picture:
    """One column for each group: support rises, objection falls, an empty seat is dashed."""
    found = strip_of(tallies)
    said = ngettext(
        "Positions by group. %(favour)s of %(num)s group heard is in favour.",
        "Positions by group. %(favour)s of %(num)s groups heard are in favour.",
        found.shown,
        favour=found.in_favour,
    )
    missing = _("Not yet heard: %(groups)s.", groups=format_list(found.missing)) if found.missing else ""
    marks = (
        svg.path(f"M0 24H{found.width}", "m-mid", stroke=svg.INK, width=1.5),
        svg.path(found.support, "m-s", fill=svg.SUPPORT),
        svg.path(found.objection, "m-oc", fill=svg.OBJECTION),
        svg.path(found.open, "m-x", fill=svg.NOTE, stroke=svg.NOTE_EDGE, width=1.5, dash="2.5 2.5"),
        svg.path(found.affected, "m-fd", stroke=svg.INK, width=3.5),
        svg.path(found.families, "m-f", stroke=svg.EDGE, width=1.5),
    )
    return svg.picture(found.width, 55, marks, f"{said} {missing}".strip(), look="strip")
