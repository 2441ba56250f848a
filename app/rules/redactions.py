"""Taking passages out of a text: what stays in their place, and whether each was found."""

import re
from collections.abc import Iterable, Mapping

from app.language import Message, _, best
from app.rules.statements import Redaction

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

    Spaces and line ends count alike. What stays in their place is in the language of the text, or in English; with
    `block`, for Markdown, it is set off as code. Longer passages go first, so that one inside another does not hide it.
    """
    found = set()
    for redaction in sorted(redactions, key=lambda one: -len(one.passage)):
        words = r"\s+".join(re.escape(word) for word in redaction.passage.split())
        if not words:
            continue
        sign = in_place_of(redaction.what).text(best([language]))
        text, times = re.subn(words, lambda _match, sign=sign: f"`{sign}`" if block else sign, text)  # type: ignore[misc]
        if times:
            found.add(redaction)
    return text, frozenset(found)
