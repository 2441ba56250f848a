"""Which texts are the same letter: found by MinHash, measured exactly.

A text is compared after normalisation (NFKC, case, no punctuation) by its shingles: overlapping runs of five words, or
of eight characters in scripts that put no spaces between words. A text of fewer than eight words (sixteen characters)
is one single shingle, so that it is like an equal text and like no other.

MinHash (A. Broder, "On the resemblance and containment of documents", 1997) only finds candidates. Two exact figures
decide. `likeness` is the Jaccard index of both sets of shingles; one changed word in a letter of a hundred words costs
ten points of it. `contained` is the share of the shorter text that stands in the longer one in unbroken runs of five
words; it is near 1 where people put words of their own before or behind a letter.

The signature of a text is the same in every process and on every machine: shingles are hashed with BLAKE2b, and the
permutations come from a fixed seed. Decision 0009 has the figures behind the constants.
"""

import re
import struct
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b

from rensa import RMinHash

NEAR_IDENTICAL = 0.9
"""From this likeness on two texts are called near-identical."""
PROPOSED = 0.5
"""From this share contained on a text is proposed to a person as the same letter; the person sees both figures."""
BANDS = 16
"""How many values of a signature are looked up. Each is a band of its own: rarer, longer bands miss edited letters."""
SHARED_BANDS = 2
"""Texts with fewer bands in common are no candidates: one stock phrase is not a letter."""
WORDS, CHARACTERS = 5, 8
SHORTEST_IN_WORDS, SHORTEST_IN_CHARACTERS = 8, 16
SEED = 5_128

# Thai, Lao, Tibetan, Myanmar, Khmer, kana and Han.
_UNSPACED = re.compile(
    "[\u0e01-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff]"
)


class _Kept(dict[int, str | None]):
    """For `str.translate`: letters, digits and the marks on them stay; signs become spaces, what is unseen goes."""

    def __missing__(self, code: int) -> str | None:
        category = unicodedata.category(chr(code))
        kept = None if category == "Cf" else chr(code) if category[0] in "LNM" else " "
        self[code] = kept
        return kept


_KEPT = _Kept()


@dataclass(frozen=True)
class Shingles:
    """The shingles of a text in order, how many parts (words or characters) each has, and how many the text has.

    `size` is 0 for a text too short for runs: its one shingle is all of it.
    """

    order: tuple[str, ...]
    size: int
    parts: int

    @cached_property
    def set(self) -> frozenset[str]:
        """Each shingle once."""
        return frozenset(self.order)


def normalised(text: str) -> str:
    """The words alone, folded (NFKC, no case, no punctuation), with one space between them; idempotent."""
    said = _folded(text)
    while (again := _folded(said)) != said:
        said = again
    return said


def shingles(text: str, without: frozenset[str] = frozenset()) -> Shingles:
    """What a text is compared by; none for a text without a word.

    `without` are shingles of a text that everybody may quote: the passages of `text` that stand in it are left out,
    because a clause that two people quote is no letter that they share.
    """
    said = normalised(text)
    joined = said.replace(" ", "")
    if 2 * len(_UNSPACED.findall(joined)) > len(joined):
        return _runs(_own(list(joined), "", CHARACTERS, without), "", CHARACTERS, SHORTEST_IN_CHARACTERS)
    return _runs(_own(said.split(), " ", WORDS, without), " ", WORDS, SHORTEST_IN_WORDS)


def signature(text: str) -> bytes:
    """The MinHash of a text: 16 numbers of 4 bytes, little-endian; empty for a text without a word."""
    return signature_of(shingles(text))


def signature_of(compared: Shingles) -> bytes:
    """The MinHash of shingles that are at hand."""
    if not compared.order:
        return b""
    hashed = [int.from_bytes(blake2b(shingle.encode(), digest_size=8).digest(), "little") for shingle in compared.set]
    values = RMinHash.digest_matrix_from_flat_token_hashes(hashed, [0, len(hashed)], BANDS, SEED).to_rows()[0]
    return struct.pack(f"<{BANDS}I", *values)


def bands(minhash: bytes) -> tuple[int, ...]:
    """What an index of texts holds: 16 numbers below 2^36, each with its place in it; none for an empty signature."""
    count = len(minhash) // 4
    return tuple((band << 32) | value for band, value in enumerate(struct.unpack(f"<{count}I", minhash)))


def likeness(one: Shingles, other: Shingles) -> float:
    """The Jaccard index of two sets of shingles, from 0 to 1; 0 where a text has no word."""
    if not one.order or not other.order or one.size != other.size:
        return 0.0
    common = len(one.set & other.set)
    return common / (len(one.set) + len(other.set) - common)


def contained(one: Shingles, other: Shingles) -> float:
    """The share of the shorter text, from 0 to 1, that stands in the longer one in runs as long as a shingle."""
    if one.size != other.size or not one.order or not other.order:
        return 0.0
    if one.size == 0:
        return float(one.order == other.order)
    shorter, longer = sorted((one, other), key=lambda compared: compared.parts)
    covered = upto = 0
    for place, shingle in enumerate(shorter.order):
        if shingle in longer.set:
            covered += place + shorter.size - max(place, upto)
            upto = place + shorter.size
    return covered / shorter.parts


def central(compared: Sequence[Shingles]) -> int:
    """Which of these texts the others are most contained in, and most like; the first among equals.

    Raises:
        ValueError: there is no text.
    """
    if not compared:
        message = "one of no texts cannot be chosen"
        raise ValueError(message)
    sums = [
        (sum(contained(one, other) for other in compared), sum(likeness(one, other) for other in compared))
        for one in compared
    ]
    return sums.index(max(sums))


def _folded(text: str) -> str:
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(folded.translate(_KEPT).split())


def _own(parts: list[str], between: str, size: int, without: frozenset[str]) -> list[str]:
    """The words or characters that are not part of a run which stands in the other text."""
    if not without:
        return parts
    quoted: set[int] = set()
    for start in range(len(parts) - size + 1):
        if between.join(parts[start : start + size]) in without:
            quoted.update(range(start, start + size))
    return [part for place, part in enumerate(parts) if place not in quoted]


def _runs(parts: list[str], between: str, size: int, shortest: int) -> Shingles:
    if len(parts) < shortest:
        return Shingles((f"={between.join(parts)}",) if parts else (), 0, len(parts))
    runs = (between.join(parts[start : start + size]) for start in range(len(parts) - size + 1))
    return Shingles(tuple(runs), size, len(parts))
