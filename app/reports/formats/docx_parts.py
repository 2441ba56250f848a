"""The parts of a DOCX file beside its text: pictures and addresses, each kept once, in an order that never changes."""

import io
import zipfile
from datetime import datetime
from importlib import resources

import docx
from docx.document import Document as Package
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml import parse_xml
from docx.parts.image import ImagePart

from app.reports.blocks import Picture, Report
from app.reports.formats.docx_xml import NAMESPACES, language, possible
from app.reports.formats.typesetting import ALWAYS, images

_SPARE = ("thumbnail", "extended-properties", "stylesWithEffects", "customXml", "webSettings", "fontTable")
_DOTS = 2
_LONGEST_TITLE = 255  # what the properties of a file keep
_BODY = "word/document.xml"
_EPOCH = (1980, 1, 1, 0, 0, 0)


class Parts:
    """What the text refers to by number."""

    def __init__(self, package: Package, pictures: list[Picture]) -> None:
        self._package = package
        self._addresses: dict[str, str] = {}
        unique = {picture.svg: picture for picture in pictures}
        drawn = images(list(unique.values()), dots=_DOTS)
        self._pictures = {
            svg: self._image(number, png) for number, (svg, png) in enumerate(zip(unique, drawn, strict=True), 1)
        }

    def picture(self, picture: Picture) -> str:
        """The relation of a picture."""
        return self._pictures[picture.svg]

    def address(self, address: str) -> str:
        """The relation of an address elsewhere."""
        if address not in self._addresses:
            related = self._package.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            self._addresses[address] = related
        return self._addresses[address]

    def _image(self, number: int, png: bytes) -> str:
        part = ImagePart(PackURI(f"/word/media/picture{number}.png"), "image/png", png)
        return self._package.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)


def package_for(report: Report, created: datetime | None) -> Package:
    """A file without text, with our styles and without anything of the template that it begins from."""
    package = docx.Document()
    for relations in (package.part.package.rels, package.part.rels):
        for key in [key for key, relation in relations.items() if relation.reltype.rsplit("/", 1)[-1] in _SPARE]:
            relations.pop(key)
    tag = report.language
    styles = _own("docx_styles.xml").replace("LANGUAGE", language(tag))
    way = report.direction
    styles = styles.replace("DIRECTION", "<w:bidi/>" if way == "rtl" else "")
    styles = styles.replace("w:BAR", "w:right" if way == "rtl" else "w:left")
    package.styles.element[:] = list(parse_xml(styles))
    package.part.numbering_part.element[:] = list(parse_xml(_own("docx_numbering.xml")))
    about = package.core_properties
    about.title, about.subject = (possible(text)[:_LONGEST_TITLE] for text in (report.title, report.subtitle))
    about.language = tag
    about.author = about.last_modified_by = "Standpoint"
    about.comments = about.keywords = ""
    about.created = about.modified = (created or ALWAYS).replace(tzinfo=None)
    about.revision = 1
    return package


def packed(package: Package, text: str) -> bytes:
    """The file with this text as its body; the same text and parts give the same bytes.

    The text goes in as it is written: as a tree it would take ten times its memory.
    """
    raw, done = io.BytesIO(), io.BytesIO()
    package.save(raw)
    with zipfile.ZipFile(raw) as before, zipfile.ZipFile(done, "w", zipfile.ZIP_DEFLATED) as after:
        for entry in before.infolist():
            fresh = zipfile.ZipInfo(entry.filename, _EPOCH)
            fresh.external_attr = 0o644 << 16
            fresh.compress_type = zipfile.ZIP_STORED if entry.filename.endswith(".png") else zipfile.ZIP_DEFLATED
            content = before.read(entry)
            after.writestr(fresh, _with(text, content) if entry.filename == _BODY else content)
    return done.getvalue()


def _with(text: str, content: bytes) -> bytes:
    """The main part with the text before whatever its body holds already: the layout of the pages."""
    head, rest = content.split(b"<w:body>", 1)
    return b"".join((head, f"<w:body {NAMESPACES}>".encode(), text.encode(), rest))


def _own(name: str) -> str:
    return (resources.files(__package__) / name).read_text(encoding="utf-8")
