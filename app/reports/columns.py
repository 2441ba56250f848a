"""What a table of a summary is made of."""

from dataclasses import dataclass

from app.language import Message

Cell = str | int | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in files, what it holds, and whether its cells are numbers."""

    name: str
    meaning: Message
    number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A named table with typed columns."""

    name: str
    title: Message
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
