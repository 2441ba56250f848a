"""HTML: one page that stands alone, for reading on paper or off line."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from app import language
from app.reports.blocks import kind_of
from app.reports.document import Document
from app.reports.edition import WHOLE, Edition
from app.reports.sections import report_of
from app.rules.words import CONSENSUS

MEDIA_TYPE = "text/html; charset=utf-8"
EXTENSION = "html"
TEMPLATES = Path(__file__).resolve().parents[3] / "templates"


def render(document: Document, edition: Edition = WHOLE) -> bytes:
    """The document as a page without any other file."""
    report = report_of(document, edition)
    page = _environment().get_template("reports/summary.html").render(report=report, states=CONSENSUS)
    return page.encode()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.install_gettext_callables(_gettext, _ngettext, newstyle=True)  # type: ignore[attr-defined]
    environment.filters |= {"kind": kind_of, "drawn": Markup, "verbs": escape}
    return environment


def _gettext(msgid: str) -> str:
    return language.translated(msgid, "", 1, language.language())


def _ngettext(msgid: str, plural: str, number: int) -> str:
    return language.translated(msgid, plural, number, language.language())
