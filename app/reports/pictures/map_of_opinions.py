"""Geometry of the opinion map: bundles of people as marks of one shape for each group. Templates place them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

WIDTH, HEIGHT, MARGIN = 760, 470, 40
SHAPES = (
    "M{x:g} {y:g}m-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0z",
    "M{x:g} {y:g}m-5-5h10v10h-10z",
    "M{x:g} {y:g}m0-8l7 12.5h-14z",
    "M{x:g} {y:g}m0-7l7 7l-7 7l-7-7z",
    "M{x:g} {y:g}m-7-2.5h4.5v-4.5h5v4.5h4.5v5h-4.5v4.5h-5v-4.5h-4.5z",
)
KEY_X, KEY_Y = 10, 8


class Mark(Protocol):
    """The place of some people."""

    @property
    def x(self) -> float:
        """From left to right."""

    @property
    def y(self) -> float:
        """From bottom to top."""


class Group(Protocol):
    """People who belong together, and the letter by which they are known."""

    @property
    def letter(self) -> str:
        """From A to E."""

    @property
    def marks(self) -> Sequence[Mark]:
        """Where they stand."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """The marks of one group, its shape for the key, and where its name stands."""

    look: str
    marks: str
    key: str
    x: float
    y: float


def draw(groups: Sequence[Group]) -> list[Drawn]:
    """The groups on a map that keeps the proportion of both directions; the middle of all people is in the middle."""
    everybody = [mark for group in groups for mark in group.marks]
    reach_x = max((abs(mark.x) for mark in everybody), default=0) or 1
    reach_y = max((abs(mark.y) for mark in everybody), default=0) or 1
    scale = min((WIDTH / 2 - MARGIN) / reach_x, (HEIGHT / 2 - MARGIN) / reach_y)
    return [_drawn(group, scale) for group in groups]


def _drawn(group: Group, scale: float) -> Drawn:
    """A group looks the same as long as it keeps its letter."""
    places = [(round(WIDTH / 2 + mark.x * scale), round(HEIGHT / 2 - mark.y * scale)) for mark in group.marks]
    number = (ord(group.letter) - ord("A")) % len(SHAPES)
    return Drawn(
        look="abcde"[number],
        marks="".join(SHAPES[number].format(x=x, y=y) for x, y in places),
        key=SHAPES[number].format(x=KEY_X, y=KEY_Y),
        x=round(sum(x for x, _y in places) / max(len(places), 1)),
        y=min((y for _x, y in places), default=0) - 14,
    )
