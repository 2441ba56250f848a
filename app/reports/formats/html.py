"""HTML: one page that stands alone, for reading on paper or off line."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app import language
from app.reports.document import Document, states
from app.rules import words

MEDIA_TYPE = "text/html; charset=utf-8"
EXTENSION = "html"
TEMPLATES = Path(__file__).resolve().parents[3] / "templates"


def render(document: Document) -> bytes:
    """The document as a page without any other file."""
    spoken = language.language()
    page = (
        _environment()
        .get_template("reports/summary.html")
        .render(
            document=document,
            states=list(states(document)),
            language=spoken,
            direction=language.direction(spoken),
        )
    )
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
    environment.globals |= {"words": words, "responses": words.RESPONSES}
    environment.filters |= {
        "number": language.format_number,
        "percent": language.format_percent,
        "listed": language.format_list,
    }
    return environment


def _gettext(msgid: str) -> str:
    return language.translated(msgid, "", 1, language.language())


def _ngettext(msgid: str, plural: str, number: int) -> str:
    return language.translated(msgid, plural, number, language.language())
