"""JSON: the document itself."""

import json

from app.reports.document import Document, as_json
from app.reports.edition import WHOLE, Edition

MEDIA_TYPE = "application/json"
EXTENSION = "json"


def render(document: Document, _edition: Edition = WHOLE) -> bytes:
    """The document in JSON, readable by people too."""
    return (json.dumps(as_json(document), ensure_ascii=False, indent=1) + "\n").encode()
