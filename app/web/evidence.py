"""The evidence of a consultation, to read and to take along."""

from flask import Blueprint, Response, render_template, request

from app.errors import NotFound
from app.queries import evidence as queries
from app.reports.citations import CITATION_FORMATS
from app.web import limits
from app.web.access import public
from app.web.session import framed, reading

blueprint = Blueprint("evidence", __name__, url_prefix="/consultations/<slug>")
LONGEST_SEARCH = 200


@blueprint.get("/evidence")
@public
def show(slug: str) -> str:
    """What the standards rest on, and which of them cite it."""
    frame = framed(slug)
    page = queries.evidence(reading(), frame, request.args.get("q", "")[:LONGEST_SEARCH].strip())
    return render_template("evidence/show.html", frame=frame, page=page, endings=list(CITATION_FORMATS))


@blueprint.get("/evidence.<ending>")
@public
@limits.limiter.limit(limits.EXPORTING)
def download(slug: str, ending: str) -> Response:
    """The same for a reference manager."""
    if ending not in CITATION_FORMATS:
        raise NotFound
    frame = framed(slug)
    render, media_type = CITATION_FORMATS[ending]
    response = Response(render(queries.evidence(reading(), frame).lines), content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="evidence-{frame.consultation.slug}.{ending}"'
    return response
