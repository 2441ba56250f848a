"""What a printed report is made of, free of format: sections of headings, paragraphs, tables, pictures and quotations.

The words are already in the reader's language. A renderer draws each kind of block once and knows no sentence itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text.

    `language` is that of somebody's own words, empty for the report's own. `href` leads somewhere: `#anchor` inside the
    report, `/path` on the site, or an address elsewhere. `theirs` says that somebody else wrote it, so that its
    direction follows its letters and it is never taken for the report's own voice.
    """

    text: str
    strong: bool = False
    language: str = ""
    href: str = ""
    theirs: bool = False


Text = tuple[Span, ...]


class Tone(StrEnum):
    """How a paragraph is meant."""

    PLAIN = "plain"
    SMALL = "small"
    NOTICE = "notice"
    UNHEARD = "unheard"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a section: level 3 or 4; `anchor` is unique in the report, or empty."""

    text: Text
    level: int = 3
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    text: Text
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class State:
    """The consensus state of a standard by its code, in words, with the reason for it."""

    state: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Listing:
    """Short items, one below the other."""

    items: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """Short lists that a reader takes in at a glance, side by side where there is room: each with its heading."""

    parts: tuple[tuple[Heading, Listing], ...]


@dataclass(frozen=True, slots=True)
class Clauses:
    """The numbered sentences of a standard, with their language."""

    items: tuple[tuple[str, str], ...]
    language: str = ""


@dataclass(frozen=True, slots=True)
class Quotation:
    """What somebody said, and below it who, how they appear, and what it rests on."""

    text: str
    language: str
    said_by: Text


@dataclass(frozen=True, slots=True)
class Side:
    """One of two sides that are given the same room."""

    title: str
    quotations: tuple[Quotation, ...]
    empty: str


@dataclass(frozen=True, slots=True)
class Sides:
    """Reasons for and reasons against, side by side."""

    first: Side
    second: Side


@dataclass(frozen=True, slots=True)
class Facts:
    """Terms with what is to be said of each."""

    pairs: tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing in SVG with its size in units of a pixel; `description` is empty where the words beside it say it."""

    svg: str
    width: int
    height: int
    description: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column; numbers are set to the end of their column."""

    text: str
    number: bool = False


Cell = Text | Picture


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: the first cell of each row is the row's head. `note` stands below it."""

    caption: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with its caption and the table of what it shows."""

    caption: str
    picture: Picture
    table: Grid


Block = Heading | Paragraph | State | Listing | Columns | Clauses | Quotation | Sides | Facts | Grid | Figure


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter; `key` is its anchor and the name by which it is chosen."""

    key: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report in one language. `address` is where the site is, for links of `/path`; empty for none.

    `cover` are the facts that a title page states; `running` is what each page repeats beside its number.
    """

    title: str
    subtitle: str
    language: str
    direction: str
    address: str
    running: str
    cover: Facts
    sections: tuple[Section, ...]


def kind_of(block: Block) -> str:
    """The name of its kind, by which templates choose."""
    return type(block).__name__


def words(text: str) -> Text:
    """The report's own words."""
    return (Span(text),)


def theirs(text: str, language: str = "") -> Text:
    """Somebody else's words, such as a title or a name."""
    return (Span(text, language=language, theirs=True),)


def pictures(report: Report) -> Iterator[Picture]:
    """Every picture of the report in order, those in the cells of tables too."""
    for section in report.sections:
        for block in section.blocks:
            grid = block.table if isinstance(block, Figure) else block
            if isinstance(block, Figure):
                yield block.picture
            if isinstance(grid, Grid):
                yield from (cell for row in grid.rows for cell in row if isinstance(cell, Picture))
