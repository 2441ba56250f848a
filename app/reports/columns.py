"""Tables with typed columns: what every format made of rows prints."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from app.language import Message, _

Cell = str | int | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in files, what it holds, and whether its cells are numbers."""

    name: str
    meaning: Message
    number: bool = False


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows that are made each time somebody goes through them, for tables too long to be held."""

    make: Callable[[], Iterator[tuple[Cell, ...]]]

    def __iter__(self) -> Iterator[tuple[Cell, ...]]:
        """Go through them from the first."""
        return self.make()


@dataclass(frozen=True, slots=True)
class Table:
    """A named table with typed columns."""

    name: str
    title: Message
    columns: tuple[Column, ...]
    rows: Iterable[tuple[Cell, ...]]


STANDARD = Column("standard", _("Number of the standard"), number=True)
GROUP = Column("group", _("Stakeholder group"))
TEXT = Column("text", _("What was written"))
