"""What templates can use beside their page: messages, formats, icons, and the frame around every page."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime

from flask import Flask, g, request
from jinja2 import StrictUndefined
from markupsafe import Markup

from app import clock, language
from app.reports.blocks import kind_of
from app.reports.pictures.shapes import bars_of, chorus_height, column_of, families, strip_of
from app.rules import words
from app.web.origin import way_back
from app.web.preferences import appearance

_LONG_WORD = re.compile("[A-Za-zÀ-ɏ]{10,}")
_SYLLABLE = re.compile("(?i)(?<=[a-zÀ-ɏ]{4})(?:[cpst]h|qu|(?<![cpst])h|[bcdfgjklmnpqrstvwxz])(?=[aeiouyà-ö][a-zÀ-ɏ])")
_PATTERNS = {"object": "p-o", "abstain": "p-a"}


def init_templating(app: Flask) -> None:
    """Give the templates of this application their filters, functions and frame."""
    environment = app.jinja_env
    environment.undefined = StrictUndefined
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.add_extension("jinja2.ext.i18n")
    environment.newstyle_gettext = True  # type: ignore[attr-defined]
    environment.globals |= {
        "_": _gettext,
        "gettext": _gettext,
        "ngettext": _ngettext,
        "icon": icon,
        "fill": fill,
        "drawn": drawn,
        "families": families,
        "strip_of": strip_of,
        "bars_of": bars_of,
        "column_of": column_of,
        "chorus_height": chorus_height,
        "wrong_fields": wrong_fields,
        "spoken_language": language.language,
        "words": words,
    }
    environment.filters |= {
        "date": language.format_date,
        "datetime": language.format_datetime,
        "time": language.format_time,
        "when": language.format_when,
        "number": language.format_number,
        "percent": language.format_percent,
        "duration": language.format_duration,
        "listed": language.format_list,
        "iso": iso,
        "days_left": days_left,
        "direction": language.direction,
        "soft": soft,
        "kind": kind_of,
        "drawn": Markup,
    }
    app.context_processor(frame)


def frame() -> dict[str, object]:
    """What the layout needs on every page, error pages included."""
    return {
        "viewer": g.get("viewer"),
        "language": language.language(),
        "languages": {code: language.LANGUAGES[code] for code in language.available()},
        "languages_known": language.LANGUAGES,
        "direction": language.direction(language.language()),
        "appearance": appearance(),
        "way_back": way_back(),
        "path": request.path,
    }


def icon(name: str) -> Markup:
    """A decorative icon; its shape is added to the end of the page once."""
    _drawn().add(name)
    return Markup('<svg class="ic" aria-hidden="true"><use href="#i-{}"/></svg>').format(name)


def fill(position: str) -> str:
    """The pattern that a position (`object`, `abstain`) is filled with in figures."""
    name = _PATTERNS[position]
    _drawn().add(name)
    return f"url(#{name})"


def drawn() -> list[str]:
    """The icons and patterns that this page used."""
    return sorted(_drawn())


def iso(moment: datetime) -> str:
    """For `datetime` attributes: `2026-12-10T23:59Z`."""
    return moment.strftime("%Y-%m-%dT%H:%MZ")


def days_left(until: datetime) -> language.Message:
    """How much time remains before this moment."""
    return language.days_left(until, clock.now())


def soft(name: str) -> str:
    """A name for narrow columns: long Latin words may break between syllables (roughly), with a hyphen."""
    return _LONG_WORD.sub(lambda word: _SYLLABLE.sub("\u00ad\\g<0>", word[0]), name)


def wrong_fields(form: Iterable[object]) -> list[tuple[str, str]]:
    """The id of each wrong field of a WTForms form, nested ones included, with what to do about it."""
    found = [("main", str(message)) for message in getattr(form, "form_errors", ())]
    for field in form:
        if hasattr(field, "entries") or hasattr(field, "form"):
            found += wrong_fields(iter(field))  # type: ignore[call-overload]
            continue
        errors = getattr(field, "errors", ())
        first = f"{field.id}-0" if hasattr(field, "iter_choices") and not _is_select(field) else field.id  # type: ignore[attr-defined]
        found += [(first, str(error)) for error in errors if isinstance(error, str | language.Message)]
    return found


def _is_select(field: object) -> bool:
    return getattr(getattr(field, "widget", None), "__class__", object).__name__ == "Select"


def _drawn() -> set[str]:
    names: set[str] = g.setdefault("drawn", set())
    return names


def _gettext(msgid: str, /, **params: object) -> Markup:
    return _say(language.translated(msgid, "", 1, language.language()), params)


def _ngettext(msgid: str, plural: str, number: int, /, **params: object) -> Markup:
    return _say(language.translated(msgid, plural, number, language.language()), {"num": number, **params})


def _say(wording: str, params: Mapping[str, object]) -> Markup:
    """Like a Message, but values are escaped unless they are markup (a link inside a sentence)."""
    code = language.language()
    return Markup(wording) % {name: language.spoken(value, code) for name, value in params.items()}
