"""The few marks that pictures are made of. Each has its colour as an attribute, for paper, and a class, for pages.

Meaning never rests on colour: support is solid, support with reservations hollow, abstention dotted, objection striped.
"""

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from app.reports.blocks import Picture

SUPPORT, SUPPORT_PALE, OBJECTION, NEUTRAL = "#0b5cad", "#e3eefa", "#a44a00", "#5c5c66"
INK, EDGE, PAPER, NOTE, NOTE_EDGE = "#17171c", "#767680", "#ffffff", "#fff3b0", "#7a6500"


DOT, STRIPE, GAP = 2.5, 4.0, 1.6


def picture(width: int, height: int, marks: Iterable[str], description: str = "", look: str = "") -> Picture:
    """A drawing; without a description it is an ornament, and the words beside it say the same."""
    told = f'role="img" aria-label={quoteattr(description)}' if description else 'aria-hidden="true"'
    looks = f' class={quoteattr(look)} preserveAspectRatio="xMinYMid"' if look else ""
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    return Picture(f"{head}{looks} {told}>{''.join(marks)}</svg>", width, height, description)


def path(d: str, look: str, *, fill: str = "none", stroke: str = "", width: float = 0, dash: str = "") -> str:
    """A shape; nothing where there is none."""
    if not d:
        return ""
    line = f' stroke="{stroke}" stroke-width="{width:g}"' if stroke else ""
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<path class="{look}" d="{d}" fill="{fill}"{line}{dashes}/>'


def rectangle(x: float, y: float, width: float, height: float) -> str:
    """A rectangle as a path; empty where it has no area."""
    return f"M{x:g} {y:g}h{_short(width)}v{_short(height)}h{_short(-width)}z" if width > 0 and height > 0 else ""


def support(x: float, y: float, width: float, height: float) -> str:
    """Solid."""
    return path(rectangle(x, y, width, height), "m-s", fill=SUPPORT)


def reservations(x: float, y: float, width: float, height: float) -> str:
    """Hollow: the outline lies inside, so that neighbours do not run into each other."""
    inner = rectangle(x + 0.75, y + 0.75, width - 1.5, height - 1.5) or rectangle(x, y, width, height)
    return path(inner, "m-r", fill=SUPPORT_PALE, stroke=SUPPORT, width=1.5)


def abstention(x: float, y: float, width: float, height: float) -> str:
    """Dotted: two lines of square dots."""
    if width <= 0:
        return ""
    inside, rows = max(width - 2 * DOT, DOT), (y + height / 4, y + 3 * height / 4)
    lines = "".join(f"M{_short(x + DOT / 2)} {_short(row)}h{_short(inside)}" for row in rows)
    return path(lines, "m-ad", stroke=NEUTRAL, width=DOT, dash=f"{DOT:g}")


def objection(x: float, y: float, width: float, height: float) -> str:
    """Striped: one line as thick as the bar, whose gaps are paper over the solid colour."""
    stripes = f"M{_short(x + STRIPE)} {_short(y + height / 2)}h{_short(width - STRIPE)}" if width > STRIPE else ""
    return path(rectangle(x, y, width, height), "m-oc", fill=OBJECTION) + path(
        stripes, "m-ol", stroke=PAPER, width=height, dash=f"{GAP:g} {STRIPE:g}"
    )


def words(x: float, y: float, said: str, anchor: str = "start", size: int = 13) -> str:
    """A few words in a picture."""
    return (
        f'<text class="m-i" x="{_short(x)}" y="{_short(y)}" fill="{INK}" font-family="sans-serif" font-size="{size}" '
        f'text-anchor="{anchor}">{escape(said)}</text>'
    )


def _short(value: float) -> str:
    return f"{round(value, 2) or 0:g}"
