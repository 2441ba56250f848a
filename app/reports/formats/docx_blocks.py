"""Blocks of a report as WordprocessingML, in real styles."""

from collections.abc import Callable
from itertools import count
from typing import Any

from app.reports.blocks import (
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
    Tone,
)
from app.reports.formats import docx_xml as xml
from app.reports.formats import layout, signs
from app.reports.formats.docx_parts import Parts

WIDTH = 9412  # twentieths of a point: the page without its margins
_PIXELS = 627  # the same
_TWIPS = 15  # to a pixel
_PADDING = 160
_WIDEST_IN_CELL = 300
_BAR_INDENT = 220
_HALF, _TERM = WIDTH // 2, 2600
_FIGURES = "Figures"
_HEAD = "<w:tblHeader/>"
_KEPT = "<w:keepNext/>"
_SPACER = xml.paragraph("Spacer", "")
"""Stands after a table: two tables with nothing between them would become one."""
_TONES = {Tone.PLAIN: "Normal", Tone.SMALL: "Small", Tone.NOTICE: "Notice", Tone.UNHEARD: "NotYetHeard"}
_FRAMES = {
    "plain": '<w:bdr w:val="single" w:sz="8" w:space="0" w:color="14181F"/>',
    "full": '<w:bdr w:val="single" w:sz="8" w:space="0" w:color="14181F"/><w:shd w:val="clear" w:fill="14181F"/>',
    "unheard": '<w:bdr w:val="dashed" w:sz="8" w:space="0" w:color="14181F"/><w:shd w:val="clear" w:fill="FDF4D3"/>',
}


class Writer:
    """Writes one report; numbers its captions, pictures and bookmarks as it goes."""

    def __init__(self, report: Report, parts: Parts) -> None:
        self.report = report
        self.parts = parts
        self.known = layout.anchors(report)
        self.captions = layout.Captions()
        self.numbers = count(1)
        self.places: dict[str, str] = {}
        self.headings: list[tuple[int, str, str]] = []
        self.kinds: dict[type, Callable[[Any], str]] = {
            Paragraph: self._paragraph,
            State: self._state,
            Listing: self._listing,
            Clauses: self._clauses,
            Quotation: self._quotation,
            Sides: self._sides,
            Facts: self.facts,
            Grid: self._grid,
            Figure: self._figure,
        }

    def section(self, section: Section) -> str:
        """A chapter with everything in it."""
        written = [self._heading(1, section.key, (Span(section.title),))]
        for (block, level), after in zip(layout.levelled(section), (*section.blocks[1:], None), strict=True):
            if isinstance(block, Paragraph) and layout.introduces(block, after):
                written.append(self._paragraph(block, _KEPT))
            elif isinstance(block, Heading):
                written.append(self._heading(level, block.anchor, block.text))
            elif isinstance(block, Columns):
                for heading, listing in block.parts:
                    written += [self._heading(level, heading.anchor, heading.text), self._listing(listing)]
            else:
                written.append(self.kinds[type(block)](block))
        return "".join(written)

    def facts(self, facts: Facts) -> str:
        """Terms, each with what is said of it."""
        rows = "".join(
            _row(
                _cell(_TERM, xml.paragraph("Fact", self.own(term, '<w:rStyle w:val="Term"/>')))
                + _cell(WIDTH - _TERM, xml.paragraph("Fact", self.text(said)))
            )
            for term, said in facts.pairs
        )
        return self._table("Unruled", "", [_TERM, WIDTH - _TERM], rows, headed=False) + _SPACER if rows else ""

    def text(self, text: Text) -> str:
        """Words with what is known of them."""
        return "".join(self._span(span) for span in text)

    def own(self, text: str, properties: str = "") -> str:
        """The report's own words."""
        return self._run(text, "", properties)

    def place(self, anchor: str) -> str:
        """The name of the bookmark for a place in the report."""
        return self.places.setdefault(anchor, f"_Ref{len(self.places) + 1}")

    def _heading(self, level: int, anchor: str, text: Text) -> str:
        name = f"_Toc{len(self.headings) + 1}"
        self.headings.append((level, name, layout.plain(text)))
        content = xml.bookmark(next(self.numbers), name, self.text(text))
        if anchor:
            content = xml.bookmark(next(self.numbers), self.place(anchor), content)
        return xml.paragraph(f"Heading{level}", content, "" if len(self.headings) > 1 else "<w:pageBreakBefore/>")

    def _span(self, span: Span) -> str:
        strong = '<w:rStyle w:val="Strong"/>' if span.strong else ""
        leads = layout.target(span.href, self.report.address, self.known) if span.href else ""
        if not leads:
            return self._run(span.text, span.language, strong)
        said = self._run(span.text, span.language, '<w:rStyle w:val="Hyperlink"/>' + ("<w:b/>" if strong else ""))
        if leads.startswith("#"):
            return xml.link_inside(self.place(leads[1:]), said)
        return xml.link_outside(self.parts.address(leads), said)

    def _run(self, text: str, language: str, properties: str) -> str:
        away = "<w:rtl/>" if layout.way(text, self.report.direction) == "rtl" else ""
        return xml.run(text, properties + away + (xml.language(language) if language else ""))

    def _state(self, block: State) -> str:
        drawn = self._picture(signs.sign(block.state), 13)
        frame = _FRAMES[signs.look(block.state)]
        colour = '<w:color w:val="FFFFFF"/>' if signs.look(block.state) == "full" else ""
        name = self.own(f"\u00a0{block.name}\u00a0", f"<w:b/><w:bCs/>{colour}{frame}")
        reason = self.own(f"  {block.reason}") if block.reason else ""
        return xml.paragraph("State", drawn + self.own(" ") + name + reason)

    def _paragraph(self, block: Paragraph, properties: str = "") -> str:
        return xml.paragraph(_TONES[block.tone], self.text(block.text), properties)

    def _listing(self, block: Listing) -> str:
        return "".join(xml.paragraph("ListBullet", self.text(item)) for item in block.items)

    def _clauses(self, block: Clauses) -> str:
        whole = " ".join(text for _number, text in block.items)
        towards = self._towards(layout.way_of(whole, block.language, self.report.direction))
        return "".join(
            xml.paragraph("Clause", self.own(number) + xml.TAB + self._run(text, block.language, ""), towards)
            for number, text in block.items
        )

    def _quotation(self, block: Quotation) -> str:
        way = layout.way_of(block.text, block.language, self.report.direction)
        other = f'<w:ind w:start="0" w:end="{_BAR_INDENT}"/>' if way != self.report.direction else ""
        said = [
            xml.paragraph("Quote", self._run(part, block.language, ""), self._towards(way) + other)
            for part in layout.blocks_of(block.text)
        ]
        return "".join(said) + xml.paragraph("QuoteSource", self.text(block.said_by))

    def _towards(self, way: str) -> str:
        """The direction of a paragraph, where it is not the report's."""
        if way == self.report.direction:
            return ""
        return "<w:bidi/>" if way == "rtl" else '<w:bidi w:val="0"/>'

    def _sides(self, block: Sides) -> str:
        sides = (block.first, block.second)
        titles = "".join(_cell(_HALF, xml.paragraph("SideTitle", self.own(side.title))) for side in sides)
        said = "".join(_cell(_HALF, self._side(side)) for side in sides)
        rows = _row(titles, _HEAD) + f"<w:tr>{said}</w:tr>"
        return self._table("Unruled", f"{block.first.title} | {block.second.title}", [_HALF, _HALF], rows) + _SPACER

    def _side(self, side: Side) -> str:
        if not side.quotations:
            return xml.paragraph("Small", self.own(side.empty))
        return "".join(self._quotation(one) for one in side.quotations)

    def _grid(self, block: Grid) -> str:
        caption = self.captions.table(block)
        shares = layout.columns(block)
        widths = _widths(shares)
        ends = ['<w:jc w:val="end"/>' if head.number else "" for head in block.heads]
        heads = "".join(
            _cell(width, xml.paragraph("TableText", self.own(head.text), end))
            for head, width, end in zip(block.heads, widths, ends, strict=True)
        )
        rows = "".join(_row("".join(map(self._cell, row, widths, ends))) for row in block.rows)
        written = self._table(_FIGURES, block.caption, widths, _row(heads, _HEAD) + rows)
        note = xml.paragraph("TableNote", self.own(block.note)) if block.note else _SPACER
        return self._caption("Table", caption) + written + note

    def _cell(self, cell: Cell, width: int, end: str) -> str:
        drawn = isinstance(cell, Picture)
        content = self._picture(cell, (width - _PADDING) // _TWIPS) if isinstance(cell, Picture) else self.text(cell)
        return _cell(width, xml.paragraph("TableText", content, "" if drawn else end))

    def _caption(self, kind: str, caption: layout.Caption | None) -> str:
        if caption is None:
            return ""
        number = xml.field(f"SEQ {kind} \\* ARABIC", caption.number)
        return xml.paragraph("Caption", self.own(caption.before) + number + self.own(caption.after))

    def _figure(self, block: Figure) -> str:
        caption = self._caption("Figure", self.captions.figure(block))
        return caption + xml.paragraph("Normal", self._picture(block.picture, _PIXELS)) + self._grid(block.table)

    def _picture(self, picture: Picture, widest: int) -> str:
        return xml.drawing(self.parts.picture(picture), next(self.numbers), picture, widest)

    def _table(self, style: str, title: str, widths: list[int], rows: str, *, headed: bool = True) -> str:
        mirrored = "<w:bidiVisual/>" if self.report.direction == "rtl" else ""
        first = f'w:firstRow="{int(headed)}" w:firstColumn="{int(style == _FIGURES or not headed)}"'
        look = f'<w:tblLook {first} w:lastRow="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        named = f"<w:tblCaption w:val={xml.attribute(title)}/>" if title else ""
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/>{mirrored}<w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
            f'<w:tblInd w:w="{_PADDING // 2}" w:type="dxa"/><w:tblLayout w:type="fixed"/>{look}{named}</w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
        )


def _row(cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr><w:cantSplit/>{properties}</w:trPr>{cells}</w:tr>"


def _cell(width: int, content: str) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{content}</w:tc>'


def _widths(shares: list[layout.Column]) -> list[int]:
    """The widths of columns in twentieths of a point, which make up the page."""
    drawn = [min(share.pixels, _WIDEST_IN_CELL) * _TWIPS + _PADDING if share.pixels else 0 for share in shares]
    rest, letters = WIDTH - sum(drawn), sum(share.letters for share in shares if not share.pixels) or 1
    return [width or int(rest * share.letters / letters) for width, share in zip(drawn, shares, strict=True)]
