"""DOCX: a report that staff can go on writing in, with real styles, headings, captions, fields and links."""

from datetime import datetime

from docx.document import Document as Package
from docx.oxml import parse_xml
from docx.shared import Mm

from app.language import _, speaking
from app.reports.blocks import Report, State, pictures
from app.reports.document import Document
from app.reports.edition import WHOLE, Edition
from app.reports.formats import docx_xml as xml
from app.reports.formats import signs
from app.reports.formats.docx_blocks import Writer
from app.reports.formats.docx_parts import Parts, package_for, packed
from app.reports.formats.typesetting import moment
from app.reports.sections import report_of

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXTENSION = "docx"
LISTED = 2
"""Headings down to this level stand in the contents."""


def render(document: Document, edition: Edition = WHOLE) -> bytes:
    """The document in this edition."""
    report = report_of(document, edition)
    return render_report(report, created=moment(document.as_of))


def render_report(report: Report, *, created: datetime | None) -> bytes:
    """The report, made at `created`; the same report gives the same bytes."""
    with speaking(report.language):
        package = package_for(report, created)
        states = [block for section in report.sections for block in section.blocks if isinstance(block, State)]
        drawn = [signs.MARK, *(signs.sign(block.state) for block in states), *pictures(report)]
        writer = Writer(report, Parts(package, drawn))
        text = "".join(writer.section(section) for section in report.sections)
        text = _cover(writer) + _contents(writer) + text
        _lay_out(package, writer)
    return packed(package, text)


def _cover(writer: Writer) -> str:
    report = writer.report
    mark = xml.drawing(writer.parts.picture(signs.MARK), next(writer.numbers), signs.MARK, signs.MARK.width)
    brand = xml.paragraph("Normal", mark + xml.run("  Standpoint", "<w:b/><w:bCs/>"))
    title = xml.paragraph("Title", writer.own(report.title))
    subtitle = xml.paragraph("Subtitle", writer.own(report.subtitle)) if report.subtitle else ""
    return brand + title + subtitle + writer.facts(report.cover)


def _contents(writer: Writer) -> str:
    """The list of headings as a field, filled, so that it can be read before anybody has it worked out anew."""
    start = xml.field_start(f'TOC \\o "1-{LISTED}" \\h \\z')
    listed = [heading for heading in writer.headings if heading[0] <= LISTED]
    lines: list[str] = []
    for place, (level, name, words) in enumerate(listed, 1):
        page = xml.TAB + xml.field(f"PAGEREF {name} \\h", "")
        link = xml.link_inside(name, writer.own(words) + page)
        end = xml.FIELD_END if place == len(listed) else ""
        lines.append(xml.paragraph(f"TOC{level}", ("" if lines else start) + link + end))
    return xml.paragraph("TOCHeading", writer.own(str(_("Contents")))) + "".join(lines)


def _lay_out(package: Package, writer: Writer) -> None:
    """Size, margins, and a footer with the page's number on every page but the first."""
    section = package.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin, section.bottom_margin = Mm(20), Mm(22)
    section.different_first_page_header_footer = True
    section.footer.is_linked_to_previous = False
    element = section.footer._element  # noqa: SLF001 - a footer offers no other way in
    element[:] = list(parse_xml(f"<w:ftr {xml.NAMESPACES}>{_footer(writer)}</w:ftr>"))


def _footer(writer: Writer) -> str:
    """What runs at the foot of a page: the report's name and `page / pages`, as the language has it."""
    wording = str(_("%(page)s / %(pages)s", page="\ue000", pages="\ue001"))
    fields = {"\ue000": xml.field("PAGE", "1"), "\ue001": xml.field("NUMPAGES", "1")}
    pieces = wording.replace("\ue000", "\ue002\ue000\ue002").replace("\ue001", "\ue002\ue001\ue002").split("\ue002")
    numbers = "".join(fields[piece] if piece in fields else writer.own(piece) for piece in pieces if piece)
    return xml.paragraph("Footer", writer.own(writer.report.running) + xml.TAB + numbers)
