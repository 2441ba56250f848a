"""What changed between two texts, word by word; scripts without spaces between words are compared by character.

Nothing is lost: the pieces without what was added are the old text, those without what was removed the new one.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from app.models.standards import Clause

_BY_CHARACTER = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(
    rf"\s+|[{_BY_CHARACTER}\U00020000-\U0003ffff]|[^\W{_BY_CHARACTER}]+(?:['’][^\W{_BY_CHARACTER}]+)*|\S"
)
_MARK = re.compile(r"[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]+")
_WORD = re.compile(r"\w")
Operation = tuple[str, int, int, int, int]
MOST_PAIRS = (
    20_000  # of equal words; beyond that what differs is shown as replaced, so that no text keeps a page waiting
)


class Mark(StrEnum):
    """Whether a piece is in both texts, in the new one alone, or in the old one alone."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text and in which of the two texts it is."""

    mark: Mark
    text: str

    @property
    def parts(self) -> tuple[str, str, str]:
        """The space before it, what can be seen of it, and the space behind it."""
        seen = self.text.strip()
        before = len(self.text) - len(self.text.lstrip()) if seen else 0
        return self.text[:before], seen, self.text[before + len(seen) :]

    @property
    def words(self) -> int:
        """How many words it has; signs between words are none."""
        return sum(1 for token in _tokens(self.text) if _WORD.search(token[0]))


class Fate(StrEnum):
    """What became of a clause."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """One clause in two versions, by its number; where it is in one of them alone the other text is empty."""

    number: str
    fate: Fate
    old: str
    new: str
    pieces: tuple[Piece, ...]


def compare(old: str, new: str) -> tuple[Piece, ...]:
    """The pieces of two texts in order; what was removed stands before what took its place."""
    if old == new:
        return (Piece(Mark.SAME, old),) if old else ()
    before, after = _tokens(old), _tokens(new)
    found: list[tuple[Mark, str]] = []
    for tag, start, end, other_start, other_end in _operations([w for w, _s in before], [w for w, _s in after]):
        if tag != "equal":
            found += [(Mark.REMOVED, word + space) for word, space in before[start:end]]
            found += [(Mark.ADDED, word + space) for word, space in after[other_start:other_end]]
            continue
        for (word, space), (_same, other) in zip(before[start:end], after[other_start:other_end], strict=True):
            spaces = [(Mark.SAME, space)] if space == other else [(Mark.REMOVED, space), (Mark.ADDED, other)]
            found += [(Mark.SAME, word), *spaces]
    return tuple(_joined(found))


def _operations(before: Sequence[str], after: Sequence[str]) -> list[Operation]:
    """What to do with which words, as `SequenceMatcher.get_opcodes` says it."""
    shortest = min(len(before), len(after))
    head = next((n for n in range(shortest) if before[n] != after[n]), shortest)
    tail = next((n for n in range(shortest - head) if before[-1 - n] != after[-1 - n]), shortest - head)
    old, new = before[head : len(before) - tail], after[head : len(after) - tail]
    here, there = Counter(old), Counter(new)
    if sum(count * there[word] for word, count in here.items()) > MOST_PAIRS:
        inner: list[Operation] = [("replace", 0, len(old), 0, len(new))]
    else:
        inner = list(SequenceMatcher(None, old, new, autojunk=False).get_opcodes())
    moved = [(tag, a + head, b + head, c + head, d + head) for tag, a, b, c, d in inner]
    ends = ("equal", len(before) - tail, len(before), len(after) - tail, len(after))
    return _aligned([("equal", 0, head, 0, head), *moved, ends], before, after)


def _aligned(codes: Sequence[Operation], before: Sequence[str], after: Sequence[str]) -> list[Operation]:
    """The same changes with whole sentences: what came or went begins behind a full stop instead of with it."""
    found = list(codes)
    for place in range(1, len(found) - 1):
        tag, a, b, c, d = found[place]
        left, right = found[place - 1], found[place + 1]
        if (left[0], right[0]) != ("equal", "equal") or right[1] == right[2]:
            continue
        words, first, following = (after, c, d) if tag == "insert" else (before, a, b)
        if tag in ("insert", "delete") and words[first] == words[following] and not _WORD.search(words[first]):
            found[place - 1] = ("equal", left[1], left[2] + 1, left[3], left[4] + 1)
            found[place] = (tag, a + 1, b + 1, c + 1, d + 1)
            found[place + 1] = ("equal", right[1] + 1, right[2], right[3] + 1, right[4])
    return found


def clause_changes(old: Sequence[Clause], new: Sequence[Clause]) -> tuple[ClauseChange, ...]:
    """Every clause of two versions, in the order of the new one; removed ones stand where they stood."""
    before = {clause["number"]: clause["text"] for clause in old}
    after = {clause["number"]: clause["text"] for clause in new}
    return tuple(_clause_change(number, before, after) for number in _order(list(before), list(after)))


def changed_numbers(old: Sequence[Clause], new: Sequence[Clause]) -> tuple[str, ...]:
    """The numbers of the clauses that differ, added and removed ones included."""
    return tuple(change.number for change in clause_changes(old, new) if change.fate != Fate.SAME)


def _clause_change(number: str, before: dict[str, str], after: dict[str, str]) -> ClauseChange:
    old, new = before.get(number, ""), after.get(number, "")
    if number not in before:
        fate = Fate.ADDED
    elif number not in after:
        fate = Fate.REMOVED
    else:
        fate = Fate.SAME if old == new else Fate.CHANGED
    return ClauseChange(number, fate, old, new, compare(old, new))


def _order(before: list[str], after: list[str]) -> list[str]:
    order = list(after)
    for place, number in enumerate(before):
        if number not in after:
            above = next((other for other in reversed(before[:place]) if other in order), None)
            order.insert(order.index(above) + 1 if above is not None else 0, number)
    return order


def _tokens(written: str) -> list[tuple[str, str]]:
    """Words and signs, each with the space behind it; spaces at the beginning belong to an empty word."""
    found: list[tuple[str, str]] = []
    for token in _TOKEN.findall(written):
        if token.isspace():
            word, space = found.pop() if found else ("", "")
            found.append((word, space + token))
        elif found and not found[-1][1] and found[-1][0] and _belongs(found[-1][0], token):
            found[-1] = (found[-1][0] + token, "")
        else:
            found.append((token, ""))
    return found


def _belongs(word: str, token: str) -> bool:
    """Marks above and below letters, and the letters behind them, are part of the word that they stand in."""
    return bool(_MARK.fullmatch(token) or (_MARK.fullmatch(word[-1]) and _WORD.match(token)))


def _joined(found: Sequence[tuple[Mark, str]]) -> Iterator[Piece]:
    """Neighbours of one kind as one piece; signs and spaces alone between two changes are part of the change."""
    same, removed, added = "", "", ""
    for mark, written in found:
        if mark == Mark.SAME:
            same += written
            continue
        if same and (removed or added) and not _WORD.search(same):
            removed, added, same = removed + same, added + same, ""
        if same:
            yield from _pieces(removed, added, "")
            yield Piece(Mark.SAME, same)
            removed, added, same = "", "", ""
        if mark == Mark.REMOVED:
            removed += written
        else:
            added += written
    yield from _pieces(removed, added, same)


def _pieces(removed: str, added: str, same: str) -> Iterator[Piece]:
    for mark, written in ((Mark.REMOVED, removed), (Mark.ADDED, added), (Mark.SAME, same)):
        if written:
            yield Piece(mark, written)
