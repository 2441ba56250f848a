"""What a mark is, and the text as its finders read it."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

# Typographic forms of the signs in numbers; a dash between numbers stays one, because it says "from … to".
_SIGNS = (
    dict.fromkeys("\u00a0\u2007\u2008\u2009\u202f\u200b\u200e\u200f\u3000", " ")
    | dict.fromkeys("\u2010\u2011\u2212\ufe63", "-")
    | {"٫": ".", "٬": ","}
)


MOST_REMEMBERED = 10_000  # characters; more than any text uses
SHORTEST_REST = 4  # characters of repeated text beside another mark


class MarkKind(StrEnum):
    """What a passage may be."""

    EMAIL = "email"
    PHONE = "phone"
    IDENTITY_NUMBER = "identity_number"
    CARD_NUMBER = "card_number"
    ACCOUNT_NUMBER = "account_number"
    ADDRESS = "address"
    LINK = "link"
    REPEATED = "repeated"


class Caution(StrEnum):
    """Why a link asks for a second look."""

    SHORTENER = "shortener"
    LOOK_ALIKE = "look_alike"


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage that a moderator should look at: from `start` up to but not including `end`, in Unicode code points."""

    kind: MarkKind
    start: int
    end: int
    caution: Caution | None = None


class _Plain(dict[int, str]):
    """How each character is read: digits of every script as 0 to 9, full-width signs as plain ones, one for one."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        digit = unicodedata.decimal(character, None)
        plain = str(digit) if digit is not None else _SIGNS.get(character, character)
        if "\uff01" <= plain <= "\uff5e":
            plain = chr(code - 0xFEE0)
        if len(self) < MOST_REMEMBERED:
            self[code] = plain
        return plain


_PLAIN = _Plain()


def plain_signs(text: str) -> str:
    """`text` with ASCII digits and signs, as long as before: what is found in it lies at the same place in `text`."""
    return text.translate(_PLAIN)


def digits_of(text: str) -> str:
    """The digits of a text that went through `plain_signs`."""
    return re.sub(r"[^0-9]", "", text)


def without_overlaps(found: Iterable[Mark], length: int) -> tuple[Mark, ...]:
    """The marks in the order of the text of this length. Where two overlap the one that came first in `found` stays.

    Of repeated text what others leave is kept: an address inside it does not hide that it is repeated.
    """
    taken = bytearray(length)
    kept = []
    for mark in found:
        if taken.find(1, mark.start, mark.end) < 0:
            kept.append(mark)
        elif mark.kind is MarkKind.REPEATED:
            kept += [Mark(mark.kind, start, end) for start, end in _free(taken, mark)]
        else:
            continue
        taken[mark.start : mark.end] = b"\1" * (mark.end - mark.start)
    return tuple(sorted(kept, key=lambda mark: mark.start))


def _free(taken: bytearray, mark: Mark) -> Iterator[tuple[int, int]]:
    start = taken.find(0, mark.start, mark.end)
    while start >= 0:
        end = taken.find(1, start, mark.end)
        end = mark.end if end < 0 else end
        if end - start >= SHORTEST_REST:
            yield start, end
        start = taken.find(0, end, mark.end)
