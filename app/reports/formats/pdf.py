"""PDF: a tagged report with bookmarks, links and page numbers, by PDF/UA-1 and PDF/A-2a."""

from datetime import datetime

from app.reports.blocks import Report
from app.reports.document import Document
from app.reports.edition import WHOLE, Edition
from app.reports.formats import typesetting
from app.reports.formats.pdf_data import data_of
from app.reports.formats.typesetting import moment
from app.reports.sections import report_of

MEDIA_TYPE = "application/pdf"
EXTENSION = "pdf"


def render(document: Document, edition: Edition = WHOLE) -> bytes:
    """The document in this edition."""
    report = report_of(document, edition)
    return render_report(report, created=moment(document.as_of))


def render_report(report: Report, *, created: datetime | None) -> bytes:
    """The report, made at `created`; the same report gives the same bytes."""
    return typesetting.pdf("summary.typ", data_of(report), created)
