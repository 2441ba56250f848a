"""The summary for policymakers, on the page and as files."""

from flask import Blueprint, Response, current_app, jsonify, render_template

from app.errors import NotFound
from app.reports.copies import part_in
from app.reports.edition import Edition
from app.reports.formats import FORMATS, write
from app.reports.gather import gather
from app.reports.schema import schema
from app.reports.sections import report_of
from app.rules.summaries import why_not_make_summary
from app.web import limits
from app.web.access import public
from app.web.choosing import asked_for, offered
from app.web.sending import sent
from app.web.session import framed, reading

blueprint = Blueprint("summary", __name__, url_prefix="/consultations/<slug>")
LABELS = {"pdf": "PDF", "docx": "DOCX", "xlsx": "XLSX", "csv": "CSV", "json": "JSON", "iso.xlsx": "ISO"}
"""The files of the page by what stands on their buttons; the first is the one that most people want."""


@blueprint.get("/summary")
@public
@limits.limiter.limit(limits.EXPORTING)
def show(slug: str) -> str:
    """The summary to read and to print."""
    frame = framed(slug)
    choice = asked_for(frame)
    document = choice.applied(gather(reading(), frame, choice.campaigns))
    page = {
        "report": report_of(document, Edition(_address(), choice.sections)),
        "left_out": part_in(document),
        "may_store": why_not_make_summary(frame.membership, administrator=frame.viewer.administrator) is None,
        "files": LABELS.items(),
    }
    return render_template("summary/show.html", frame=frame, document=document, **page, **offered(frame, choice))


@blueprint.get("/summary.<name>")
@public
@limits.limiter.limit(limits.EXPORTING)
def download(slug: str, name: str) -> Response:
    """The same figures as a file."""
    if name not in LABELS:
        raise NotFound
    frame, kind = framed(slug), name.removesuffix(".xlsx")
    choice = asked_for(frame)
    document, edition = gather(reading(), frame, choice.campaigns), Edition(_address(), choice.sections)
    named = f"summary-{slug}.{FORMATS[kind].EXTENSION}"
    return sent(lambda into: write(kind, choice.applied(document), edition, into), FORMATS[kind].MEDIA_TYPE, named)


@blueprint.get("/summary.schema.json")
@public
def published_schema(slug: str) -> Response:
    """What the JSON file keeps to."""
    framed(slug)
    return jsonify(schema())


def _address() -> str:
    """Where the site is."""
    return str(current_app.config["BASE_URL"]).rstrip("/")
