"""Hints for moderators: where a text may hold somebody's personal data, links and repeated text, and its language.

A mark is a hint. It highlights a passage for the person who decides, and nothing is ever decided from it: no text is
held back, changed or declined because of one. How often marks are right is measured on labelled texts in `bench/hints`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.rules.marks_addresses import addresses_in
from app.rules.marks_found import Caution, Mark, MarkKind, plain_signs, without_overlaps
from app.rules.marks_links import emails_in, hosts_in, links_in
from app.rules.marks_numbers import cards_in, ibans_in, identity_numbers_in, named_numbers_in
from app.rules.marks_phones import phones_in, regions_of
from app.rules.marks_repeated import repeated_in
from app.search import language_of

__all__ = ["Caution", "Mark", "MarkKind", "Piece", "marks_of", "pieces", "seems_written_in"]

# Words that are frequent in one of these languages and rare in the others.
_FREQUENT = {
    "de": "aber auch auf das dass dem der die ein eine für ich ist mit nicht sich sie sind und von werden wird zu",
    "en": "and are be for has have is it not of that the their they this to was were which with would",
    "es": "con del el en están la las los mi muy no para pero por que se son su una y",
    "fr": "au aux avec ce cette dans des du elle est et il je les leur ne nous pas pour qui sont sur une vous",
    "it": "anche che chi con degli della delle di e essere gli il nel non più sono un è",
    "pt": "as com da das do dos em foi mais me não nos os para pela pelo são se seu sua uma é",
}
_FREQUENT_IN = {language: frozenset(words.split()) for language, words in _FREQUENT.items()}
_FEWEST_WORDS = 8  # fewer say too little about their language
_CLEARLY = 2  # times as many frequent words as in the stored language
_SAMPLE = 2_000  # characters


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text for a page: with a kind it is marked, without one it is printed as it is."""

    text: str
    kind: MarkKind | None = None
    caution: Caution | None = None


def marks_of(text: str, *, language: str, regions: Sequence[str] = ()) -> tuple[Mark, ...]:
    """The passages of `text` that a moderator should look at, in their order and without overlaps.

    Offsets count Unicode code points of `text`. `language` is its language tag; it chooses which countries' telephone
    and identity numbers are tried, `regions` (country codes such as `FR`) replaces these countries for telephones.
    Where two finds overlap, the more certain one stays: a link before the number in it, a card number before a
    telephone number.
    """
    plain = plain_signs(text)
    primary = re.split("[-_]", language.lower(), maxsplit=1)[0]
    return without_overlaps(_found(plain, primary, regions or regions_of(language)), len(text))


def _found(plain: str, language: str, regions: Sequence[str]) -> Iterator[Mark]:
    """What each finder sees, the most certain first."""
    yield from links_in(plain)
    yield from emails_in(plain)
    yield from hosts_in(plain)
    yield from ibans_in(plain)
    yield from cards_in(plain)
    yield from named_numbers_in(plain)
    yield from identity_numbers_in(plain, language)
    yield from addresses_in(plain)
    yield from phones_in(plain, regions)
    yield from repeated_in(plain)


def pieces(text: str, marks: Sequence[Mark]) -> tuple[Piece, ...]:
    """`text` cut at its marks, which are those of `marks_of` for it; the pieces joined are the text again."""
    cut = []
    position = 0
    for mark in marks:
        if mark.start > position:
            cut.append(Piece(text[position : mark.start]))
        cut.append(Piece(text[mark.start : mark.end], mark.kind, mark.caution))
        position = mark.end
    if position < len(text):
        cut.append(Piece(text[position:]))
    return tuple(cut)


def seems_written_in(text: str, stored: str) -> str | None:
    """The language that a text seems to be in, where it is clearly another than the stored one; else None.

    By script, and between six languages of Latin script by their frequent words. A hint for a person, like a mark.
    """
    guess = language_of(text, stored)
    primary = re.split("[-_]", stored.lower(), maxsplit=1)[0]
    if guess != stored:
        return guess
    words = re.findall(r"[^\W\d_]+", text[:_SAMPLE].lower())
    if len(words) < _FEWEST_WORDS:
        return None
    counts = {language: sum(word in frequent for word in words) for language, frequent in _FREQUENT_IN.items()}
    best = max(counts, key=lambda language: counts[language])
    own = counts.get(primary, len(words) // _FEWEST_WORDS)
    clear = counts[best] * _FEWEST_WORDS > len(words) and counts[best] > _CLEARLY * own
    return best if clear and best != primary else None
