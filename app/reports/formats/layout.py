"""What every printed form of a report needs to know: links, levels, numbers, widths, directions."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from app.language import _, direction
from app.reports.blocks import (
    Block,
    Columns,
    Figure,
    Grid,
    Heading,
    Paragraph,
    Picture,
    Quotation,
    Report,
    Section,
    Text,
    Tone,
)

SCHEMES = frozenset(("http", "https", "mailto"))
_NUMBER, _CAPTION = "\ue000", "\ue001"
_LONGEST_WORD, _LONGEST_CELL, _MOST_TOGETHER, _PADDING = 18, 48, 6, 4
_UNIT = 6  # pixels, about the width of a letter in a table
_WIDE = ("W", "F")
_WAYS = {"L": "ltr", "R": "rtl", "AL": "rtl"}


def anchors(report: Report) -> frozenset[str]:
    """Every place in the report that a link can lead to."""
    blocks = (block for section in report.sections for block in section.blocks)
    named = {heading.anchor for block in blocks for heading in _headings(block)}
    return frozenset(named | {section.key for section in report.sections}) - {""}


def target(href: str, address: str, known: frozenset[str]) -> str:
    """Where a link leads: `#anchor`, an address with its scheme, or nothing where it would lead nowhere."""
    if href.startswith("#"):
        return href if href[1:] in known else ""
    if href.startswith("/") and not href.startswith("//"):
        return address.rstrip("/") + href if address else ""
    try:
        return href if urlsplit(href).scheme in SCHEMES else ""
    except ValueError:
        return ""


def levelled(section: Section) -> Iterator[tuple[Block, int]]:
    """The blocks of a section with the level of the headings in them below the section's own, which skips none."""
    above = 1
    for block in section.blocks:
        for heading in _headings(block)[:1]:
            above = min(max(heading.level - 1, 2), above + 1)
        yield block, above


def _headings(block: Block) -> Sequence[Heading]:
    if isinstance(block, Columns):
        return [heading for heading, _listing in block.parts]
    return [block] if isinstance(block, Heading) else []


def introduces(block: Block, following: Block | None) -> bool:
    """Whether a block is a small line that says where the quotation below it comes from, and stays on its page."""
    return isinstance(block, Paragraph) and block.tone is Tone.SMALL and isinstance(following, Quotation)


@dataclass(frozen=True, slots=True)
class Caption:
    """A caption in three parts, of which the second is its number."""

    before: str
    number: str
    after: str

    def __str__(self) -> str:
        return f"{self.before}{self.number}{self.after}"


@dataclass(slots=True)
class Captions:
    """Numbers the captions of tables and figures in one report, in the language that is spoken."""

    tables: int = field(default=0, init=False)
    figures: int = field(default=0, init=False)

    def table(self, grid: Grid) -> Caption | None:
        """The caption of the next table; a table without one has no number."""
        if not grid.caption:
            return None
        self.tables += 1
        wording = _("Table %(number)s. %(caption)s", number=_NUMBER, caption=_CAPTION)
        return _parts(str(wording), self.tables, grid.caption)

    def figure(self, figure: Figure) -> Caption | None:
        """The caption of the next figure."""
        if not figure.caption:
            return None
        self.figures += 1
        wording = _("Figure %(number)s. %(caption)s", number=_NUMBER, caption=_CAPTION)
        return _parts(str(wording), self.figures, figure.caption)


def _parts(wording: str, number: int, caption: str) -> Caption:
    before, _number, after = wording.partition(_NUMBER)
    return Caption(before.replace(_CAPTION, caption), str(number), after.replace(_CAPTION, caption))


def way(text: str, otherwise: str) -> str:
    """The direction of the first letter that has one: `ltr` or `rtl`."""
    return next((_WAYS[kind] for kind in map(unicodedata.bidirectional, text) if kind in _WAYS), otherwise)


def is_mixed(text: str, base: str) -> bool:
    """Whether a letter runs against this direction."""
    against = {kind for kind, runs in _WAYS.items() if runs != base}
    return any(unicodedata.bidirectional(sign) in against for sign in text if not sign.isascii() or base == "rtl")


def way_of(text: str, language: str, otherwise: str) -> str:
    """The direction of somebody's words: by their letters, else by their language, else like what surrounds them."""
    return way(text, direction(language) if language else otherwise)


@dataclass(frozen=True, slots=True)
class Column:
    """How wide a column is: the width of its pictures in pixels, or else its share of the rest, in letters."""

    pixels: int
    letters: float


def columns(grid: Grid) -> list[Column]:
    """The widths of a table: room for the longest word first, then by how long the texts of a column are."""
    found = []
    for place, head in enumerate(grid.heads):
        cells = [row[place] for row in grid.rows]
        drawn = max((cell.width for cell in cells if isinstance(cell, Picture)), default=0)
        texts = [plain(cell) for cell in cells if not isinstance(cell, Picture)]
        least = max((_longest_word(text) for text in (head.text, *texts)), default=1)
        lengths = [min(_room(text), _LONGEST_CELL) for text in texts]
        usual = sum(lengths) / len(lengths) * 1.3 if lengths and not head.number else 0
        found.append(Column(drawn, max(least + _PADDING, min(usual, _LONGEST_CELL), drawn / _UNIT)))
    return found


def plain(text: Text) -> str:
    """The words alone."""
    return "".join(span.text for span in text)


def blocks_of(text: str) -> Sequence[str]:
    """Somebody's text in paragraphs, none of them empty."""
    return [part.strip() for part in text.split("\n\n") if part.strip()]


def _longest_word(text: str) -> int:
    """How many letters cannot be parted; between Chinese characters a line may end anywhere."""
    words = (_MOST_TOGETHER if _is_wide(word) else len(word) for word in text.split())
    return min(max(words, default=1), _LONGEST_WORD)


def _is_wide(word: str) -> bool:
    return unicodedata.east_asian_width(word[0]) in _WIDE


def _room(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(sign) in _WIDE else 1 for sign in text)
