"""Renderers: a Document in, bytes out."""

from types import ModuleType
from typing import IO, Protocol, cast, runtime_checkable

from app.reports.document import Document
from app.reports.edition import WHOLE, Edition
from app.reports.formats import csv, docx, html, iso, json, pdf, xlsx


class Format(Protocol):
    """What a module of this package offers."""

    MEDIA_TYPE: str
    EXTENSION: str

    def render(self, document: Document, edition: Edition = WHOLE, /) -> bytes:
        """The document in this format; the same document gives the same bytes. Tables hold everything always."""


@runtime_checkable
class Streaming(Protocol):
    """A format that is written row by row."""

    def write(self, document: Document, edition: Edition, into: IO[bytes], /) -> None:
        """Write the document; the same bytes as `render`."""


def write(name: str, document: Document, edition: Edition, into: IO[bytes]) -> None:
    """Write the document in this format; formats of rows hold one row at a time."""
    chosen = FORMATS[name]
    if isinstance(chosen, Streaming):
        chosen.write(document, edition, into)
    else:
        into.write(chosen.render(document, edition))


def _as_format(module: ModuleType) -> Format:
    return cast("Format", module)


FORMATS: dict[str, Format] = {
    "pdf": _as_format(pdf),
    "docx": _as_format(docx),
    "xlsx": _as_format(xlsx),
    "csv": _as_format(csv),
    "json": _as_format(json),
    "html": _as_format(html),
    "iso": _as_format(iso),
}
