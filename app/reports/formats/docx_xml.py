"""Pieces of WordprocessingML as text. Every word passes through `escaped`."""

import re
from xml.sax.saxutils import escape, quoteattr

from app.reports.blocks import Picture

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
_EMU = 9525  # to a pixel
_IMPOSSIBLE = re.compile("[^\t\n -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)


def possible(text: str) -> str:
    """The words without what XML cannot hold."""
    return _IMPOSSIBLE.sub("", text.replace("\r", "\n"))


def escaped(text: str) -> str:
    """The words as they may stand in XML."""
    return escape(possible(text))


def attribute(text: str) -> str:
    """The words as the value of an attribute, in quotes."""
    return quoteattr(possible(text))


def run(text: str, properties: str = "") -> str:
    """Words with their properties; a line end becomes a break."""
    lines = [f'<w:t xml:space="preserve">{line}</w:t>' for line in escaped(text).split("\n")]
    return f"<w:r>{_run_properties(properties)}{'<w:br/>'.join(lines)}</w:r>"


def paragraph(style: str, content: str, properties: str = "") -> str:
    """A paragraph in a style."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'


def field(instruction: str, shown: str, properties: str = "") -> str:
    """A field with what it showed last."""
    return f"<w:fldSimple w:instr={attribute(f' {instruction} ')}>{run(shown, properties)}</w:fldSimple>"


def field_start(instruction: str) -> str:
    """The start of a field over several paragraphs, which is worked out anew when the file is opened."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


FIELD_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
TAB = "<w:r><w:tab/></w:r>"


def bookmark(number: int, name: str, content: str) -> str:
    """A place that a link can lead to."""
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{number}"/>'


def link_inside(name: str, content: str) -> str:
    """A link to a bookmark."""
    return f'<w:hyperlink w:anchor="{name}" w:history="1">{content}</w:hyperlink>'


def link_outside(relation: str, content: str) -> str:
    """A link to an address, which is in the relation."""
    return f'<w:hyperlink r:id="{relation}" w:history="1">{content}</w:hyperlink>'


def language(tag: str) -> str:
    """The language of words, whatever script they are in."""
    value = attribute(tag)
    return f"<w:lang w:val={value} w:eastAsia={value} w:bidi={value}/>"


def drawing(relation: str, number: int, picture: Picture, widest: int) -> str:
    """A picture in a line of text, at most so many pixels wide; decorative where it has no description."""
    width = min(picture.width, widest)
    height = round(picture.height * width / picture.width)
    size = f'cx="{width * _EMU}" cy="{height * _EMU}"'
    mark = "" if picture.description else _DECORATIVE
    about = f'id="{number}" name="Picture {number}"'
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f"<wp:docPr {about} descr={attribute(picture.description)}>{mark}</wp:docPr>"
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr {about}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation}"/>'
        f'<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/>'
        '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


def _run_properties(inside: str) -> str:
    return f"<w:rPr>{inside}</w:rPr>" if inside else ""
