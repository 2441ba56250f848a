"""The map of opinion groups: bundles of people, each group with a shape of its own, and its letter beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.language import _
from app.reports.blocks import Picture
from app.reports.pictures import svg
from app.reports.pictures.map_of_opinions import HEIGHT, WIDTH, draw

FILLS = {"a": svg.SUPPORT, "b": svg.PAPER, "c": svg.OBJECTION, "d": svg.PAPER, "e": svg.NEUTRAL}
"""Solid and hollow shapes in turn, so that neighbours differ in grey as well."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a bundle of people stands."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Marked:
    """The places of one group."""

    letter: str
    marks: tuple[Place, ...]


def opinion_map(marks: Sequence[tuple[str, int, float, float]]) -> Picture:
    """The map from (letter, people, x, y); x goes from left to right and y from bottom to top."""
    letters = sorted({letter for letter, *_rest in marks})
    groups = [Marked(letter, tuple(Place(x, y) for of, _people, x, y in marks if of == letter)) for letter in letters]
    axes = svg.path(
        f"M{WIDTH / 2:g} 20V{HEIGHT - 20}M20 {HEIGHT / 2:g}H{WIDTH - 20}", "m-f axis", stroke=svg.EDGE, width=1
    )
    drawn = draw(groups)
    shapes = [svg.path(one.marks, f"g-{one.look}", fill=FILLS[one.look], stroke=svg.INK, width=1.25) for one in drawn]
    names = [svg.words(one.x, one.y, letter, "middle", 18) for letter, one in zip(letters, drawn, strict=True)]
    told = _("Map of opinion groups %(letters)s. The table beside it has the place of each mark.", letters=letters)
    return svg.picture(WIDTH, HEIGHT, [axes, *shapes, *names], str(told), look="map")
