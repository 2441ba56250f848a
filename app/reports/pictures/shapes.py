"""Geometry of the figures: groups' positions as SVG paths. Templates place them; nothing here decides.

Measures and curves are those of the design: a strip column is 10 wide with 22 units for 100%, a chorus column 72 wide
with 100 units; support rises from the line, objection falls. Shares are of all positions of a group.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any, Protocol

STRIP_UNIT = 22
COLUMN, GAP, FAMILY_GAP = 10, 3, 8
CHORUS_UNIT, CHORUS_WIDTH, CORNER, LINE = 100, 72, 22, 101
_CHORUS_HEIGHT = 184


class Tally(Protocol):
    """One group's positions, as queries return them. Counts are 0 where `shown` is false."""

    @property
    def name(self) -> Any:
        """What the group is called."""

    @property
    def family(self) -> Any:
        """What it stands under."""

    @property
    def directly_affected(self) -> bool:
        """Whether it is directly affected."""

    @property
    def heard(self) -> bool:
        """Whether enough people spoke."""

    @property
    def shown(self) -> bool:
        """Whether counts may be shown."""

    @property
    def support(self) -> int:
        """Positions in support."""

    @property
    def reservations(self) -> int:
        """Those with reservations."""

    @property
    def abstain(self) -> int:
        """Abstentions."""

    @property
    def object(self) -> int:
        """Objections."""


@dataclass(frozen=True, slots=True)
class Family:
    """Groups that stand together under a heading."""

    name: Any
    directly_affected: bool
    groups: tuple[Tally, ...]


@dataclass(frozen=True, slots=True)
class Strip:
    """Paths of a small figure, and what it says in words: how many shown groups are in favour, who is missing."""

    width: int
    support: str
    objection: str
    open: str
    families: str
    affected: str
    shown: int
    in_favour: int
    missing: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """Paths of one chorus column; empty strings where there is nothing to draw."""

    reservations: str
    support: str
    objection: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One rectangle of a bar, in percent of the group."""

    position: str
    start: str
    width: str


def families(tallies: Iterable[Tally]) -> list[Family]:
    """The groups by family, in their order; without families, the directly affected and everybody else."""
    members: dict[tuple[str, bool], list[Tally]] = {}
    for tally in tallies:
        key = (str(tally.family), False) if tally.family else ("", tally.directly_affected)
        members.setdefault(key, []).append(tally)
    return [
        Family(groups[0].family, any(group.directly_affected for group in groups), tuple(groups))
        for groups in members.values()
    ]


def strip_of(tallies: Sequence[Tally]) -> Strip:
    """The strip: one column of the same width for each group."""
    support, objection, unheard, rules, affected = "", "", "", "", ""
    start = 0
    for family in families(tallies):
        for index, tally in enumerate(family.groups):
            x = start + index * (COLUMN + GAP)
            if not tally.shown:
                unheard += f"M{x + 0.75:g} 8.75h8.5v30.5h-8.5z"
                continue
            support += _block(x, 23, -STRIP_UNIT * _share(tally, tally.support + tally.reservations))
            objection += _block(x, 25, STRIP_UNIT * _share(tally, tally.object))
        end = start + len(family.groups) * (COLUMN + GAP) - GAP
        rule = f"M{start} 52H{end}"
        affected, rules = (affected + rule, rules) if family.directly_affected else (affected, rules + rule)
        start = end + FAMILY_GAP
    seen = [tally for tally in tallies if tally.shown]
    return Strip(
        width=max(start - FAMILY_GAP, COLUMN),
        support=support,
        objection=objection,
        open=unheard,
        families=rules,
        affected=affected,
        shown=len(seen),
        in_favour=sum(tally.support + tally.reservations > tally.object for tally in seen),
        missing=tuple(tally.name for tally in tallies if not tally.heard),
    )


def column_of(tally: Tally) -> Column:
    """One column of the chorus: a round back above the line, solid up to plain support, objection below."""
    solid = CHORUS_UNIT * _share(tally, tally.support)
    height = CHORUS_UNIT * _share(tally, tally.support + tally.reservations)
    down = CHORUS_UNIT * _share(tally, tally.object)
    return Column(
        reservations=_rounded(height) if height > solid else "",
        support=_cut(solid, height) if solid else "",
        objection=f"M0 {LINE + 2}h{CHORUS_WIDTH}v{_short(down)}H0z" if down else "",
    )


def chorus_height(tallies: Iterable[Tally]) -> float:
    """How high every column of a chorus is drawn, so that the longest objection fits."""
    deepest = max((_share(tally, tally.object) for tally in tallies if tally.shown), default=0.0)
    return max(_CHORUS_HEIGHT, LINE + 3 + CHORUS_UNIT * deepest)


def bars_of(tally: Tally) -> Iterator[Bar]:
    """The rectangles of a bar in the order support, reservations, abstain, object; none for zero."""
    start = 0.0
    for position in ("support", "reservations", "abstain", "object"):
        share = 100 * _share(tally, getattr(tally, position))
        if share:
            yield Bar(position, _short(start), _short(share))
        start += share


def _share(tally: Tally, count: int) -> float:
    size = tally.support + tally.reservations + tally.abstain + tally.object
    return count / size if size else 0.0


def _block(x: float, y: float, height: float) -> str:
    return f"M{x} {y}v{_short(height)}h{COLUMN}v{_short(-height)}z" if height else ""


def _rounded(height: float) -> str:
    corner = min(CORNER, height)
    straight, inner, curve = _short(height - corner), CHORUS_WIDTH - 2 * CORNER, _short(corner)
    return f"M0 {LINE}v-{straight}q0-{curve} {CORNER}-{curve}h{inner}q{CORNER} 0 {CORNER} {curve}v{straight}z"


def _cut(solid: float, height: float) -> str:
    """The rounded shape, cut off at the height of plain support; inside the corner the curve is split there."""
    if solid >= height:
        return _rounded(height)
    corner = min(CORNER, height)
    missing = height - solid
    if missing >= corner:
        return f"M0 {LINE}v-{_short(solid)}h{CHORUS_WIDTH}v{_short(solid)}z"
    along = 1 - sqrt(missing / corner)
    x, start = CORNER * along**2, LINE - (height - corner)
    bend, top = _short(start - corner * along), _short(LINE - solid)
    return (
        f"M0 {LINE}V{_short(start)}Q0 {bend} {_short(x)} {top}H{_short(CHORUS_WIDTH - x)}"
        f"Q{CHORUS_WIDTH} {bend} {CHORUS_WIDTH} {_short(start)}V{LINE}z"
    )


def _short(value: float) -> str:
    return f"{round(value, 1) or 0:g}"
