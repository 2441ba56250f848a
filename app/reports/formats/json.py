"""JSON: the document itself."""

import io
from typing import IO

from app.reports.document import Document
from app.reports.edition import WHOLE, Edition
from app.reports.writing import readable_json

MEDIA_TYPE = "application/json"
EXTENSION = "json"


def render(document: Document, edition: Edition = WHOLE) -> bytes:
    """The document in JSON, readable by people too."""
    written = io.BytesIO()
    write(document, edition, written)
    return written.getvalue()


def write(document: Document, _edition: Edition, into: IO[bytes]) -> None:
    """The same, comment by comment, however many there are."""
    into.writelines(piece.encode() for piece in readable_json(document))
