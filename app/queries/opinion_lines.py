"""The lines of the opinion page, read back from kept figures: a text that is gone or has changed has no line."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.analysis.bundles import Bundle
from app.models.consultations import StakeholderGroup
from app.queries.opinion_positions import InForce
from app.rules.disclosure import percent
from app.rules.versions import still_counts

LETTERS = "ABCDEFGH"


@dataclass(frozen=True, slots=True)
class Cell:
    """How many of a group's positions on one standard are on one side; counts are 0 where they may not be shown."""

    letter: str
    shown: bool
    said: int = 0
    seen: int = 0

    @property
    def percent(self) -> int | None:
        """In whole percent; None below twenty positions."""
        return percent(self.said, self.seen)


@dataclass(frozen=True, slots=True)
class SharedLine:
    """A standard on which every group is surely on the same side by majority."""

    number: int
    title: str
    language: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class ApartLine:
    """A standard that sets a group apart: its positions beside those of everybody else who is in a group."""

    number: int
    title: str
    language: str
    supports: bool
    here: Cell
    elsewhere: Cell


@dataclass(frozen=True, slots=True)
class GroupLine:
    """One opinion group. `sure` people are further from the next group than their place is uncertain.

    `marks` are the places of its people, in bundles of at least the smallest group.
    """

    letter: str
    size: int
    sure: int
    apart: tuple[ApartLine, ...]
    marks: tuple[Bundle, ...]


@dataclass(frozen=True, slots=True)
class CrossLine:
    """The people of one stakeholder group: how many in each opinion group, then in none; None is not shown.

    `key` is "" for people who stated no group, and "*" for all groups together that are too small for a line.
    """

    key: str
    name: str
    people: int
    cells: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """Kept figures, and the texts that may be read now."""

    figures: dict[str, Any]
    texts: Sequence[InForce]

    def groups(self) -> tuple[GroupLine, ...]:
        """The groups in the order of their letters."""
        return tuple(
            GroupLine(
                letter=LETTERS[group["number"]],
                size=group["size"],
                sure=group["sure"],
                apart=tuple(line for told in group["apart"] if (line := self._apart(told, group["number"]))),
                marks=tuple(Bundle(x, y, people) for x, y, people in group["marks"]),
            )
            for group in self.figures["groups"]
        )

    def shared(self, side: str) -> tuple[SharedLine, ...]:
        """What every group surely supports (`side` is "supported") or objects to ("objected"); the surest first."""
        letters = [LETTERS[group["number"]] for group in self.figures["groups"]]
        found = []
        for told in self.figures[side]:
            if text := self._text(told):
                cells = tuple(_cell(letter, cell) for letter, cell in zip(letters, told["cells"], strict=True))
                found.append(SharedLine(text[0].number or 0, text[1].title, text[1].language, cells))
        return tuple(found)

    def cross(self, groups: Sequence[StakeholderGroup]) -> tuple[CrossLine, ...]:
        """The stakeholder groups in their order, then those without one, then the small ones together."""
        names = {group.key: group.name for group in groups}
        order = {key: place for place, key in enumerate([*names, "", "*"])}
        rows = sorted(self.figures["cross"], key=lambda row: order[row["group"]])
        return tuple(
            CrossLine(row["group"], names.get(row["group"], ""), row["people"], tuple(row["cells"])) for row in rows
        )

    def _text(self, told: dict[str, Any]) -> InForce | None:
        """The text that a line is about, if it may still be read and the positions still count for it."""
        for standard, version in self.texts:
            if standard.id == told["standard"] and still_counts(standard, told["version"]):
                return standard, version
        return None

    def _apart(self, told: dict[str, Any], number: int) -> ApartLine | None:
        text = self._text(told)
        if text is None:
            return None
        return ApartLine(
            number=text[0].number or 0,
            title=text[1].title,
            language=text[1].language,
            supports=told["supports"],
            here=_cell(LETTERS[number], told["here"]),
            elsewhere=_cell("", told["elsewhere"]),
        )


def _cell(letter: str, counts: Sequence[int] | None) -> Cell:
    if counts is None:
        return Cell(letter, shown=False)
    return Cell(letter, shown=True, said=counts[0], seen=counts[1])
