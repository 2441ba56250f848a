"""A document as JSON, piece by piece: however many comments there are, one of them is held at a time.

The canonical form (keys sorted, no spaces, UTF-8) is what the fingerprint is taken of; the readable form is the file.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from app.reports.document import Document, as_json, plain, standard_as_json
from app.reports.standard_report import StandardReport

STANDARDS, COMMENTS, FINGERPRINT = "standards", "comments", "fingerprint"


@dataclass(frozen=True, slots=True)
class _Style:
    """How values are written, what stands between two of them, and in which order the fields of an object come."""

    written: Callable[[object], str]
    between: str
    colon: str
    ordered: Callable[[Mapping[str, object]], list[str]]


_COMPACT = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_SPACED = json.JSONEncoder(ensure_ascii=False)
CANONICAL = _Style(_COMPACT.encode, "", ":", sorted)
READABLE = _Style(_SPACED.encode, "\n", ": ", list)


def fingerprint(document: Document) -> str:
    """SHA-256 of the canonical JSON of the document without its fingerprint, in hexadecimal."""
    found = hashlib.sha256()
    for piece in canonical_json(document):
        found.update(piece.encode())
    return found.hexdigest()


def sealed(document: Document) -> Document:
    """The document with its fingerprint."""
    return replace(document, fingerprint=fingerprint(document))


def canonical_json(document: Document) -> Iterator[str]:
    """The canonical JSON without the fingerprint, in pieces."""
    data = {key: value for key, value in _bare(document).items() if key != FINGERPRINT}
    return _object(data, CANONICAL, {STANDARDS: lambda: _standards(document, CANONICAL)})


def readable_json(document: Document) -> Iterator[str]:
    """The file in pieces: fields in the order of the schema, one comment a line."""
    yield from _object(_bare(document), READABLE, {STANDARDS: lambda: _standards(document, READABLE)})
    yield "\n"


def _bare(document: Document) -> dict[str, object]:
    """The document without the standards, which are written one by one."""
    return as_json(replace(document, standards=()))


Inside = Mapping[str, Callable[[], Iterator[str]]]


def _object(data: Mapping[str, object], style: _Style, inside: Inside) -> Iterator[str]:
    """An object whose fields are written at once, but for those `inside`, which are written piece by piece."""
    yield "{" + style.between
    for place, key in enumerate(style.ordered(data)):
        yield f"{',' + style.between if place else ''}{style.written(key)}{style.colon}"
        if key in inside:
            yield from inside[key]()
        else:
            yield style.written(data[key])
    yield style.between + "}"


def _standards(document: Document, style: _Style) -> Iterator[str]:
    yield "["
    for place, standard in enumerate(document.standards):
        yield f"{',' if place else ''}{style.between}"
        yield from _standard(standard, style)
    yield "]"


def _standard(standard: StandardReport, style: _Style) -> Iterator[str]:
    data = standard_as_json(replace(standard, comments=()))
    return _object(data, style, {COMMENTS: lambda: _comments(standard, style)})


def _comments(standard: StandardReport, style: _Style) -> Iterator[str]:
    yield "["
    for place, comment in enumerate(standard.comments):
        yield f"{',' if place else ''}{style.between}{style.written(plain(comment))}"
    yield "]"
