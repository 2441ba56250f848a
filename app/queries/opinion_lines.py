"""The lines of the opinion page: what groups share and what sets them apart, with the figures that may be shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from app.analysis.consensus import AGREED, DISAGREED
from app.analysis.one_thread import np
from app.analysis.opinions import Opinions
from app.analysis.representative import Representative
from app.models.standards import Standard, StandardVersion
from app.rules.disclosure import percent, shown_groups

LETTERS = "ABCDEFGH"
MOST_LISTED = 10
NOT_GROUPED = -1


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
    """One opinion group. `sure` people are further from the next group than their place is uncertain."""

    letter: str
    size: int
    sure: int
    apart: tuple[ApartLine, ...]


@dataclass(frozen=True)
class Telling:
    """What was found, how many people have a position on each standard, their texts in order, the smallest group."""

    found: Opinions
    totals: Sequence[int]
    texts: Sequence[tuple[Standard, StandardVersion]]
    minimum: int

    @cached_property
    def _column(self) -> dict[int, int]:
        return {int(statement): column for column, statement in enumerate(self.found.statements)}

    def groups(self) -> tuple[GroupLine, ...]:
        """The groups in the order of their letters."""
        lines = []
        for row, number in enumerate(self.found.numbers):
            members = self.found.labels == number
            apart = tuple(self._apart(row, one) for one in self.found.representative[row] if one.certain)
            sure = int(np.count_nonzero(self.found.sure & members))
            lines.append(GroupLine(LETTERS[number], int(np.count_nonzero(members)), sure, apart))
        return tuple(lines)

    def shared(self, *, supported: bool) -> tuple[SharedLine, ...]:
        """What every group surely supports, or objects to; the surest first."""
        side = AGREED if supported else DISAGREED
        chosen = self.found.shared if supported else self.found.shared_against
        lines = []
        for statement in chosen[:MOST_LISTED]:
            standard, version = self.texts[statement]
            shown = self._shown(statement)
            cells = tuple(self._cell(row, statement, side, shown) for row in range(len(self.found.numbers)))
            lines.append(SharedLine(standard.number or 0, version.title, version.language, cells))
        return tuple(lines)

    def _shown(self, statement: int) -> frozenset[int]:
        """The rows whose positions on a standard may be shown beside the total of all people, grouped or not."""
        seen = self.found.counts[:, self._column[statement]].sum(axis=-1).tolist()
        sizes = dict(enumerate(seen)) | {NOT_GROUPED: self.totals[statement] - sum(seen)}
        return shown_groups(sizes, self.minimum)

    def _cell(self, row: int, statement: int, side: int, shown: frozenset[int]) -> Cell:
        letter = LETTERS[self.found.numbers[row]]
        if row not in shown:
            return Cell(letter, shown=False)
        counts = self.found.counts[row, self._column[statement]]
        return Cell(letter, shown=True, said=int(counts[side]), seen=int(counts.sum()))

    def _apart(self, row: int, one: Representative) -> ApartLine:
        standard, version = self.texts[one.statement]
        shown = self._shown(one.statement)
        all_shown = all(group in shown for group in range(len(self.found.numbers)))
        elsewhere = Cell("", shown=True, said=one.said_elsewhere, seen=one.seen_elsewhere)
        return ApartLine(
            number=standard.number or 0,
            title=version.title,
            language=version.language,
            supports=one.agrees,
            here=self._cell(row, one.statement, AGREED if one.agrees else DISAGREED, shown),
            elsewhere=elsewhere if all_shown else Cell("", shown=False),
        )
