"""Counts: weeks, shares of groups, and how long decisions took."""

from collections.abc import Sequence

from app.language import _, format_number
from app.reports.blocks import Picture
from app.reports.pictures import svg
from app.reports.process_report import WeekLine

WIDTH, PANEL, TOP, BOTTOM = 640, 96, 24, 22
SHARE_WIDTH, SHARE_HEIGHT = 160, 14


def spans(names: Sequence[str], lines: Sequence[WeekLine]) -> Picture:
    """Two rows of columns, one for each span of time: contributions above, positions below, each on its own scale."""
    counts = ([line.contributions for line in lines], [line.positions for line in lines])
    titles = (str(_("Contributions")), str(_("Positions")))
    height = 2 * (TOP + PANEL) + BOTTOM
    marks: list[str] = []
    for number, (title, of_span) in enumerate(zip(titles, counts, strict=True)):
        marks += _panel(title, of_span, number * (TOP + PANEL) + TOP, hollow=bool(number))
    marks += [svg.words(0, height - 6, names[0]), svg.words(WIDTH, height - 6, names[-1], "end")]
    told = _("Contributions and positions from %(first)s to %(last)s.", first=names[0], last=names[-1])
    return svg.picture(WIDTH, height, marks, str(told), look="weeks")


def _panel(name: str, counts: Sequence[int], top: int, *, hollow: bool) -> list[str]:
    """One row of columns with its highest count in words; hollow columns are told apart without colour."""
    highest, step = max(*counts, 1), WIDTH / len(counts)
    draw = svg.reservations if hollow else svg.support
    columns = []
    for number, count in enumerate(counts):
        tall = (PANEL - 4) * count / highest
        columns.append(draw(step * number + step * 0.1, top + PANEL - tall, step * 0.8, tall) if count else "")
    said = _("%(name)s: at most %(count)s", name=name, count=highest)
    ground = svg.path(f"M0 {top + PANEL}H{WIDTH}", "m-mid", stroke=svg.INK, width=1.5)
    return [svg.words(0, top - 8, str(said)), *columns, ground]


def share(part: int, whole: int) -> Picture:
    """A share of all voices, with marks at the third and the half where a group begins to outweigh the others."""
    filled = svg.support(0, 1, SHARE_WIDTH * part / whole if whole else 0, SHARE_HEIGHT - 2)
    frame = svg.rectangle(0.5, 0.5, SHARE_WIDTH - 1, SHARE_HEIGHT - 1)
    limits = "".join(f"M{SHARE_WIDTH * limit:g} 0v{SHARE_HEIGHT}" for limit in (1 / 3, 1 / 2))
    marks = (
        filled,
        svg.path(frame, "m-f", stroke=svg.EDGE, width=1),
        svg.path(limits, "m-t", stroke=svg.INK, width=1.25, dash="2 3"),
    )
    return svg.picture(SHARE_WIDTH, SHARE_HEIGHT, marks, look="bar")


def waits(names: Sequence[str], counts: Sequence[int]) -> Picture:
    """How many decisions came within so many hours: one column for each span, with its count above it."""
    step, highest, height = WIDTH / len(counts), max(*counts, 1), TOP + PANEL + BOTTOM
    marks = []
    for number, (name, count) in enumerate(zip(names, counts, strict=True)):
        tall = (PANEL - 4) * count / highest
        middle = step * (number + 0.5)
        marks.append(svg.support(step * number + step * 0.15, TOP + PANEL - tall, step * 0.7, tall))
        marks.append(svg.words(middle, TOP + PANEL - tall - 6, format_number(count), "middle"))
        marks.append(svg.words(middle, height - 6, name, "middle"))
    marks.append(svg.path(f"M0 {TOP + PANEL}H{WIDTH}", "m-mid", stroke=svg.INK, width=1.5))
    return svg.picture(WIDTH, height, marks, str(_("How long decisions took.")), look="waits")
