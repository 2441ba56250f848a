"""The same words many times inside one text, and long runs of one character."""

import operator
import re
from collections import defaultdict
from collections.abc import Iterator

from app.rules.marks_found import Mark, MarkKind

TIMES_WORD = 5  # in a row; "no, no and no" is how people speak
TIMES_PHRASE = 3  # in a row, of two words or more
TIMES_SENTENCE = 3  # anywhere in the text
SHORTEST_SENTENCE = 8  # letters and digits; Han characters count for two
LONGEST_PHRASE = 6  # words; longer ones are found as sentences

_WORD = re.compile(r"\w[\w'’]*")
_SENTENCE = re.compile(r"[^.!?。！？؟\n;；…]+")
# Letters seven times, marks of excitement eight times, Han and kana six times; lines of a form and rules are longer.
_RUN = re.compile(
    r"([^\W\d_])\1{6,}|([!?！？؟])\2{7,}|([\u3041-\u30ff\u3400-\u9fff])\3{5,}|([^\s\w\d])\4{39,}|(\d)\5{19,}"
)
# Two to eight characters of a script without spaces, three times in a row.
_UNSPACED = re.compile("([\u3041-\u30ff\u3400-\u9fff]{2,8}?)\\1{2,}")
_SAME = re.compile(r"(\S)\1{5,}")  # the shortest of them
_HAN = re.compile("[\u3041-\u30ff\u3400-\u9fff]")


def repeated_in(text: str) -> Iterator[Mark]:
    """Words and sentences that come again and again, and runs of one character."""
    spans = [*_phrases(text), *_sentences(text), *_runs(text), *(match.span() for match in _UNSPACED.finditer(text))]
    for start, end in _joined(sorted(spans)):
        yield Mark(MarkKind.REPEATED, start, end)


def _runs(text: str) -> Iterator[tuple[int, int]]:
    for found in _SAME.finditer(text):
        if _RUN.fullmatch(found[0]):
            yield found.span()


def _phrases(text: str) -> Iterator[tuple[int, int]]:
    """Runs in which one to six words follow themselves."""
    found = list(_WORD.finditer(text))
    words = [match[0].casefold() for match in found]
    for size in range(1, LONGEST_PHRASE + 1):
        same = bytes(map(operator.eq, words, words[size:]))  # 1 where a word comes again `size` words later
        enough = b"\1" * (size * ((TIMES_WORD if size == 1 else TIMES_PHRASE) - 1))
        begin = same.find(enough)
        while begin >= 0:
            end = same.find(b"\0", begin)
            end = len(same) if end < 0 else end
            last = begin + (end - begin) // size * size + size
            if not all(word.isdigit() for word in words[begin:last]):
                yield found[begin].start(), found[last - 1].end()
            begin = same.find(enough, end)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    places: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for match in _SENTENCE.finditer(text):
        if words := _WORD.findall(match[0].casefold()):
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            places[" ".join(words)].append((start, match.end()))
    for sentence, found in places.items():
        if len(found) >= TIMES_SENTENCE and _size(sentence) >= SHORTEST_SENTENCE:
            yield from found


def _size(sentence: str) -> int:
    return sum(character.isalnum() for character in sentence) + len(_HAN.findall(sentence))


def _joined(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The sorted spans, those that overlap or touch as one."""
    current: tuple[int, int] | None = None
    for start, end in spans:
        if current is None:
            current = (start, end)
        elif start <= current[1] + 2:
            current = (current[0], max(current[1], end))
        else:
            yield current
            current = (start, end)
    if current is not None:
        yield current
