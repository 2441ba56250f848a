"""A report as the data of its template: plain values, every word a string."""

import base64
import re
from collections.abc import Callable, Sequence
from typing import Any

from app.language import _, speaking
from app.reports.blocks import (
    Block,
    Cell,
    Clauses,
    Columns,
    Facts,
    Figure,
    Grid,
    Heading,
    Listing,
    Paragraph,
    Picture,
    Quotation,
    Report,
    Section,
    Side,
    Sides,
    Span,
    State,
    Text,
)
from app.reports.formats import layout, signs
from app.reports.formats.typesetting import images, svg_of
from app.reports.glyphs import breakable, is_shaped, shown

Data = dict[str, Any]
WIDEST = 470  # points: the page without its margins
WIDEST_IN_CELL = 230
LONG = 700
"""From so many letters on, a quotation or the row of a table may go on on the next page."""
_POINTS = 0.75  # to a unit of a picture
_ISOLATE, _END = "\u2068", "\u2069"
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_REGIONS = {"hans": "cn", "hant": "tw"}
_SCRIPTS = ("Devanagari", "Hebrew", "Bengali", "Tamil", "Thai", "Ethiopic", "Armenian", "Georgian")
_FAMILIES = [
    "Noto Sans",
    "Amiri",
    "Noto Sans SC",
    "Noto Sans KR",
    *(f"Noto Sans {name}" for name in _SCRIPTS),
    "Noto Emoji",
]
_FACES = {"zh": "han", "ja": "han", "ko": "han"} | dict.fromkeys(("ar", "fa", "ps", "ur"), "arabic")


def data_of(report: Report) -> Data:
    """Everything that the template needs."""
    with speaking(report.language):
        return _Setter(report).data()


class _Setter:
    """Puts one report into data; keeps each picture once."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.known = layout.anchors(report)
        self.unused = set(self.known)
        self.captions = layout.Captions()
        self.places: dict[str, int] = {}
        self.pictures: list[Picture] = []
        self.kinds: dict[type, Callable[[Any], Data]] = {
            Paragraph: self._paragraph,
            State: self._state,
            Listing: lambda block: {"kind": "listing", "items": [self._text(item) for item in block.items]},
            Clauses: self._clauses,
            Quotation: lambda block: {"kind": "quotation", **self._quotation(block)},
            Sides: self._sides,
            Facts: lambda block: {"kind": "facts", "pairs": self._facts(block)},
            Grid: lambda block: {"kind": "grid", **self._grid(block)},
            Figure: self._figure,
        }

    def data(self) -> Data:
        report = self.report
        page = _("%(page)s / %(pages)s", page="{page}", pages="{pages}")
        sections = [self._section(section) for section in report.sections]
        cover = self._facts(report.cover)
        mark = self._place(signs.MARK)
        return {
            "title": breakable(report.title),
            "subtitle": shown(report.subtitle),
            "running": shown(report.running),
            **_language(report.language, report.direction),
            "sans": _families("Noto Sans"),
            "serif": _families("Noto Serif"),
            "page": str(page),
            "contents": str(_("Contents")),
            "cover": cover,
            "mark": mark,
            "sections": sections,
            "pictures": _drawings(self.pictures),
        }

    def _section(self, section: Section) -> Data:
        key, following = self._anchor(section.key), (*section.blocks[1:], None)
        blocks = [
            {**self._block(block, level), "leads": layout.introduces(block, after)}
            for (block, level), after in zip(layout.levelled(section), following, strict=True)
        ]
        return {"key": key, "title": shown(section.title), "blocks": blocks}

    def _block(self, block: Block, level: int) -> Data:
        if isinstance(block, Heading):
            return self._heading(block, level)
        if isinstance(block, Columns):
            return {"kind": "columns", "parts": [self._part(*part, level) for part in block.parts]}
        return self.kinds[type(block)](block)

    def _part(self, heading: Heading, listing: Listing, level: int) -> Data:
        return {"heading": self._heading(heading, level), "items": [self._text(item) for item in listing.items]}

    def _anchor(self, name: str) -> str:
        """The name of a place, or nothing if another place has it already."""
        if name not in self.unused:
            return ""
        self.unused.remove(name)
        return name

    def _heading(self, block: Heading, level: int) -> Data:
        return {"kind": "heading", "level": level, "anchor": self._anchor(block.anchor), "text": self._text(block.text)}

    def _paragraph(self, block: Paragraph) -> Data:
        return {"kind": "paragraph", "tone": block.tone.value, "text": self._text(block.text)}

    def _state(self, block: State) -> Data:
        look = signs.look(block.state)
        drawn = signs.sign(block.state, signs.PAPER if look == "full" else signs.INK)
        place = self._place(drawn)
        return {"kind": "state", "look": look, "sign": place, "name": shown(block.name), "reason": shown(block.reason)}

    def _clauses(self, block: Clauses) -> Data:
        whole = " ".join(text for _number, text in block.items)
        way = layout.way_of(whole, block.language, self.report.direction)
        items = [{"number": shown(number), "text": breakable(text)} for number, text in block.items]
        return {"kind": "clauses", "items": items, **_language(block.language or self.report.language, way)}

    def _quotation(self, block: Quotation) -> Data:
        way = layout.way_of(block.text, block.language, self.report.direction)
        said = [breakable(part) for part in layout.blocks_of(block.text)]
        by, language = self._text(block.said_by), _language(block.language or self.report.language, way)
        return {"text": said, "by": by, "long": len(block.text) > LONG, **language}

    def _sides(self, block: Sides) -> Data:
        return {"kind": "sides", "first": self._side(block.first), "second": self._side(block.second)}

    def _side(self, side: Side) -> Data:
        said = [self._quotation(one) for one in side.quotations]
        return {"title": shown(side.title), "quotations": said, "empty": shown(side.empty)}

    def _facts(self, facts: Facts) -> list[Data]:
        return [{"term": shown(term), "said": self._text(said)} for term, said in facts.pairs]

    def _grid(self, block: Grid) -> Data:
        caption = self.captions.table(block)
        widths = layout.columns(block)
        columns = [
            {"head": shown(head.text), "number": head.number, **_width(width)}
            for head, width in zip(block.heads, widths, strict=True)
        ]
        cells = [self._cell(cell) for row in block.rows for cell in row]
        said = shown(str(caption)) if caption else ""
        texts = (cell for row in block.rows for cell in row if not isinstance(cell, Picture))
        long = any(len(layout.plain(text)) > LONG for text in texts)
        look = {"drawn": any(width.pixels for width in widths), "long": long}
        return {"caption": said, "columns": columns, "cells": cells, "note": shown(block.note), **look}

    def _cell(self, cell: Cell) -> object:
        return self._drawn(cell, WIDEST_IN_CELL) if isinstance(cell, Picture) else self._text(cell)

    def _figure(self, block: Figure) -> Data:
        caption = self.captions.figure(block)
        picture = self._drawn(block.picture, WIDEST)
        said = shown(str(caption)) if caption else ""
        return {"kind": "figure", "caption": said, "picture": picture, "table": self._grid(block.table)}

    def _drawn(self, picture: Picture, widest: int) -> Data:
        width = min(picture.width * _POINTS, widest)
        return {"picture": self._place(picture), "alt": shown(picture.description), "width": width}

    def _place(self, picture: Picture) -> int:
        if picture.svg not in self.places:
            self.places[picture.svg] = len(self.pictures)
            self.pictures.append(picture)
        return self.places[picture.svg]

    def _text(self, text: Text) -> list[object]:
        return [self._span(span) for span in text]

    def _span(self, span: Span) -> object:
        said = breakable(span.text) if span.theirs else shown(span.text)
        if span.theirs and layout.is_mixed(said, self.report.direction):
            said = f"{_ISOLATE}{said}{_END}"
        known: Data = {}
        if span.language:
            known |= _language(span.language, self.report.direction)
        if span.strong:
            known["strong"] = True
        leads = layout.target(span.href, self.report.address, self.known) if span.href else ""
        if leads:
            known["to" if leads.startswith("#") else "address"] = leads.removeprefix("#")
        return {"text": said, **known} if known else said


def _language(tag: str, way: str) -> Data:
    """A language tag as the typesetter knows it; an unknown one is English, so that nothing stops."""
    parts = tag.replace("_", "-").lower().split("-")
    region = next((_REGIONS.get(part, part) for part in parts[1:] if part in _REGIONS or len(part) == 2), None)  # noqa: PLR2004 - a region has two letters
    language = parts[0] if _LANGUAGE.fullmatch(parts[0]) else "en"
    return {"lang": language, "region": region, "face": _FACES.get(language, "plain"), "dir": way}


def _families(first: str) -> Data:
    """The fonts in the order in which they are asked: Chinese sets quotation marks and dashes from its own."""
    plain = [first, *(family for family in _FAMILIES if family != first)]
    return {"plain": plain, "arabic": plain, "han": [{"name": first, "covers": "latin-in-cjk"}, "Noto Sans SC", *plain]}


def _width(column: layout.Column) -> Data:
    if column.pixels:
        return {"points": min(column.pixels * _POINTS, WIDEST_IN_CELL) + 8}
    return {"share": column.letters}


def _drawings(pictures: Sequence[Picture]) -> list[Data]:
    """The drawings; those with letters that have to be joined as an image inside, since only text proper joins them."""
    joined = [one for one in pictures if is_shaped(one.svg)]
    packed = dict(zip(map(id, joined), images(joined, dots=3), strict=True))
    return [{"svg": _wrapped(one, packed[id(one)]) if id(one) in packed else svg_of(one)} for one in pictures]


def _wrapped(picture: Picture, image: bytes) -> str:
    inside = base64.b64encode(image).decode()
    size = f'width="{picture.width}" height="{picture.height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}><image {size} href="data:image/png;base64,{inside}"/></svg>'
