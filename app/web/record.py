"""The public record of a consultation: what happened, in order, for anybody to check."""

import json
from collections.abc import Iterator

from flask import Blueprint, Response, render_template, stream_with_context

from app.queries import record as queries
from app.web import limits
from app.web.access import public
from app.web.session import framed, reading

blueprint = Blueprint("record", __name__, url_prefix="/consultations/<slug>")


@blueprint.get("/record")
@public
def show(slug: str) -> str:
    """The latest entries, and how to check them all."""
    frame = framed(slug)
    return render_template("record/show.html", frame=frame, page=queries.latest(reading(), frame))


@blueprint.get("/record.json")
@public
@limits.limiter.limit(limits.EXPORTING)
def export(slug: str) -> Response:
    """Every entry, with the openings of positions once the consultation has closed."""
    frame = framed(slug)
    written = _written(queries.header(reading(), frame), queries.exported(reading(), frame))
    return Response(stream_with_context(written), content_type="application/json")


def _written(header: dict[str, object], entries: Iterator[dict[str, object]]) -> Iterator[str]:
    """One JSON object, written while it is read: the header, then the entries."""
    yield json.dumps(header, ensure_ascii=False)[:-1] + ', "entries": ['
    separator = "\n"
    for entry in entries:
        yield separator + json.dumps(entry, ensure_ascii=False)
        separator = ",\n"
    yield "\n]}\n"
