"""Filters for the pages of standards: the verb of a clause, the next part of a list, short titles."""

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from urllib.parse import urlencode

from flask import Flask
from markupsafe import Markup, escape

from app import text
from app.language import format_hour, format_number
from app.models.consultations import Consultation
from app.rules import words
from app.rules.local_time import local

SHORT_TITLE = 48
_VERB = re.compile(r"\b(shall|should|may)( not)?\b")
_PARAMETERS = {"order": "thread"}


def init_filters(app: Flask) -> None:
    """Give the templates of this application these filters."""
    app.jinja_env.filters |= {"short": short, "markdown": markdown, "verbs": verbs, "query": query, "there": there}
    app.jinja_env.filters["hour"] = format_hour
    app.jinja_env.globals |= {"responses": words.RESPONSES, "filter_choices": filter_choices}


def short(title: str) -> str:
    """A title for a place with little room."""
    return text.excerpt(title, SHORT_TITLE)


def markdown(written: str) -> Markup:
    """Somebody's Markdown as safe HTML."""
    return Markup(text.render(written))


def filter_choices(
    names: Mapping[str, object], counts: Mapping[str, int], anything: object
) -> list[tuple[str, object]]:
    """What a filter offers: anything, and each value that occurs with how often it does."""
    found = [(value, f"{name} ({format_number(counts[value])})") for value, name in names.items() if value in counts]
    return [("", anything), *found]


def there(moment: datetime, consultation: Consultation) -> datetime:
    """A moment as the clocks of a consultation show it, so that its day is the day there."""
    return local(consultation, moment)


def verbs(clause: str) -> Markup:
    """A clause with shall, should and may in bold, so that a reader sees its force."""
    return Markup(_VERB.sub(r'<b class="verb">\g<0></b>', str(escape(clause))))


def query(asked: object, after: int) -> str:
    """The part of an address that goes on after this place, with everything else that was asked for."""
    assert is_dataclass(asked)
    values = {_PARAMETERS.get(field.name, field.name): getattr(asked, field.name) for field in fields(asked)}
    values |= {"after": after, "branch": None}
    plain = {name: value.value if isinstance(value, Enum) else value for name, value in values.items() if value}
    return urlencode(plain)
