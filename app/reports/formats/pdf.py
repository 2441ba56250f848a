"""PDF: a tagged report with bookmarks, links and page numbers, by PDF/UA-1 and PDF/A-2a."""

from datetime import datetime

from app.reports.blocks import Report
from app.reports.formats import typesetting
from app.reports.formats.pdf_data import data_of

MEDIA_TYPE = "application/pdf"
EXTENSION = "pdf"


def render_report(report: Report, *, created: datetime | None) -> bytes:
    """The report, made at `created`; the same report gives the same bytes."""
    return typesetting.pdf("summary.typ", data_of(report), created)
