"""Taking passages out of a text: what stays in their place, and whether each was found."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from html import unescape
from urllib.parse import unquote

from app.language import SOURCE, Message, _, best
from app.rules.statements import Redaction

MOST, SHORTEST = 30, 2
"""So many passages at once, none shorter than so many characters."""
LITTLE = 0.25
"""A text of which less is left was taken away."""
SURE = 4
"""From so many letters on a passage that is found again is no chance."""
WHAT: Mapping[str, Message] = {
    "name": _("name"),
    "health": _("health"),
    "contact": _("contact"),
    "place": _("place"),
    "number": _("number"),
    "insult": _("insult"),
    "threat": _("threat"),
    "link": _("link"),
    "other": _("passage"),
}


def read(typed: str) -> tuple[Redaction, ...]:
    """The passages of a form: one on each line, each as the author wrote it, with what it holds after a bar.

    `Ingrid Sample | name` takes out the name; without a bar, or with an unknown word after it, the line is the passage.
    """
    found: list[Redaction] = []
    for line in filter(None, (line.strip() for line in typed.splitlines())):
        passage, bar, what = line.rpartition("|")
        if bar and what.strip() in WHAT and passage.strip():
            found.append(Redaction(passage.strip(), what.strip()))
        else:
            found.append(Redaction(line))
    return tuple(dict.fromkeys(found))


def in_place_of(what: str) -> Message:
    """What readers see instead of a passage."""
    return _("[removed: %(what)s]", what=WHAT.get(what, WHAT["other"]))


def taken_out(
    text: str, redactions: Iterable[Redaction], *, language: str, block: bool = False
) -> tuple[str, frozenset[Redaction]]:
    """The text without the passages, wherever they stand in it, and those that were found.

    Spaces and line ends count alike, and so do small and large letters. What stays in their place is in the language of
    the text, or in English; with `block`, for Markdown, it is set off as code. Longer passages go first, so that one
    inside another does not hide it. All go in one pass, which leaves what was put in place of others alone.
    """
    wanted = sorted((one for one in redactions if one.passage.split()), key=lambda one: -len(one.passage))
    if not wanted:
        return text, frozenset()
    found = set()
    spoken = best([language])
    signs = "|".join(re.escape(in_place_of(what).text(code)) for what in WHAT for code in {spoken, SOURCE})
    passages = "|".join(f"({_pattern(one.passage)})" for one in wanted)

    def replaced(match: re.Match[str]) -> str:
        if match.lastindex is None:
            return match[0]
        redaction = wanted[match.lastindex - 1]
        found.add(redaction)
        sign = in_place_of(redaction.what).text(spoken)
        return f"`{sign}`" if block else sign

    return re.sub(f"(?:{signs})|{passages}", replaced, text, flags=re.IGNORECASE), frozenset(found)


def kept_share(text: str, redactions: Iterable[Redaction]) -> float:
    """The share of a text's letters, between 0 and 1, that is left without the passages; 1 of an empty text."""
    wanted = sorted((one.passage for one in redactions if one.passage.split()), key=len, reverse=True)
    if not wanted or not text:
        return 1.0
    left = re.sub("|".join(map(_pattern, wanted)), "", text, flags=re.IGNORECASE)
    whole = sum(map(str.isalnum, text))
    return sum(map(str.isalnum, left)) / whole if whole else 1.0


def still_there(text: str, redactions: Iterable[Redaction]) -> Redaction | None:
    """A passage that can still be read between marks of Markdown, in an entity, in an address or in other letters."""
    bare = _letters(text)
    for redaction in redactions:
        letters = _letters(redaction.passage)
        if len(letters) >= SURE and letters in bare:
            return redaction
    return None


def _pattern(passage: str) -> str:
    return r"\s+".join(re.escape(word) for word in passage.split())


def _letters(text: str) -> str:
    """Letters and digits alone, small ones, in their compatible form."""
    plain = unicodedata.normalize("NFKC", unquote(unescape(text))).casefold()
    return "".join(sign for sign in plain if sign.isalnum())
