"""JSON: the document itself."""

import json

from app.reports.document import Document, as_json

MEDIA_TYPE = "application/json"
EXTENSION = "json"


def render(document: Document) -> bytes:
    """The document in JSON, readable by people too."""
    return (json.dumps(as_json(document), ensure_ascii=False, indent=1) + "\n").encode()
