"""Columns that stand once for each language, as in `title/ca` and `title/es`."""

import re
from collections.abc import Mapping
from functools import lru_cache

from app.importers.reading import Row
from app.text import clean

_LANGUAGE = re.compile("[a-z]{2,3}(?:[-_][A-Za-z]{2,4})?")


def text_in(row: Row, name: str, preferred: str | None = None) -> tuple[str | None, str]:
    """The language and the words of a column, empty when it has none in any language.

    The `preferred` language comes first, then the order of the file. A column without a language has None.
    """
    columns = languages_of(tuple(row.cells), name)
    for column in sorted(columns, key=lambda column: columns[column] != preferred):
        text = clean(row.cells[column])
        if text:
            return columns[column], text
    return None, ""


@lru_cache(64)
def languages_of(columns: tuple[str, ...], name: str) -> Mapping[str, str | None]:
    """The columns that hold `name`, in the order of the file, each with its language."""
    found: dict[str, str | None] = {}
    for column in columns:
        tag = language_tag(column.removeprefix(f"{name}/"))
        if column == name:
            found[column] = None
        elif tag and column.startswith(f"{name}/"):
            found[column] = tag
    return found


def language_tag(text: str) -> str | None:
    """The language tag in `text`, None when it is none: `title/machine_translations` names no language."""
    tag = text.strip()
    return tag if _LANGUAGE.fullmatch(tag) else None
