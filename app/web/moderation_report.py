"""Moderation in public: figures, and every decision as a table."""

from flask import Blueprint, Response, render_template

from app.queries import moderation_report as queries
from app.reports import moderation_tables
from app.web import limits
from app.web.access import public
from app.web.session import framed, reading

blueprint = Blueprint("moderation_report", __name__)


@blueprint.get("/consultations/<slug>/moderation-report")
@public
def report(slug: str) -> str:
    """What moderation did, in figures, for everybody."""
    frame = framed(slug)
    figures = queries.figures(reading(), frame.consultation.id)
    return render_template("moderation/report.html", frame=frame, figures=figures)


@blueprint.get("/consultations/<slug>/moderation-report/decisions.csv")
@public
@limits.limiter.limit(limits.EXPORTING)
def decisions(slug: str) -> Response:
    """Every decision, one to a row, without the words that it was about."""
    frame = framed(slug)
    return _csv(moderation_tables.decisions(reading(), frame.consultation), f"{slug}-decisions.csv")


@blueprint.get("/consultations/<slug>/moderation-report/transparency-database.csv")
@public
@limits.limiter.limit(limits.EXPORTING)
def statements(slug: str) -> Response:
    """Every restriction in the fields of the Transparency Database of the EU's Digital Services Act."""
    frame = framed(slug)
    return _csv(moderation_tables.statements(reading(), frame.consultation), f"{slug}-statements-of-reasons.csv")


def _csv(content: bytes, name: str) -> Response:
    answer = Response(content, mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
