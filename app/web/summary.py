"""The summary for policymakers, on the page and as files."""

from flask import Blueprint, Response, current_app, jsonify, render_template, request

from app.errors import NotFound
from app.reports.campaigns_report import CampaignsShown
from app.reports.edition import Edition
from app.reports.formats import FORMATS, write
from app.reports.gather import gather
from app.reports.schema import schema
from app.reports.sections import report_of
from app.web import limits
from app.web.access import public
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
    document = gather(reading(), frame, _campaigns())
    report = report_of(document, Edition(_address()))
    asked = "?campaigns=apart" if document.campaigns.shown == CampaignsShown.APART else ""
    return render_template(
        "summary/show.html", frame=frame, document=document, report=report, files=LABELS.items(), asked=asked
    )


@blueprint.get("/summary.<name>")
@public
@limits.limiter.limit(limits.EXPORTING)
def download(slug: str, name: str) -> Response:
    """The same figures as a file."""
    if name not in LABELS:
        raise NotFound
    document, kind = gather(reading(), framed(slug), _campaigns()), name.removesuffix(".xlsx")
    named = f"summary-{slug}.{FORMATS[kind].EXTENSION}"
    return sent(lambda into: write(kind, document, Edition(_address()), into), FORMATS[kind].MEDIA_TYPE, named)


@blueprint.get("/summary.schema.json")
@public
def published_schema(slug: str) -> Response:
    """What the JSON file keeps to."""
    framed(slug)
    return jsonify(schema())


def _address() -> str:
    """Where the site is."""
    return str(current_app.config["BASE_URL"]).rstrip("/")


def _campaigns() -> CampaignsShown:
    """Whether the same letter counts once among the reasons: it does unless `campaigns=apart` is asked for."""
    apart = request.args.get("campaigns") == CampaignsShown.APART
    return CampaignsShown.APART if apart else CampaignsShown.GROUPED
