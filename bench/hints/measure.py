"""Precision and recall of the hints on the labelled texts.

A mark counts as right when it has the kind of a labelled passage and covers at least half of it. Precision is the share
of marks that are right, recall the share of labelled passages that were found. More than a third of the texts is held
out: no pattern was changed because of one of them. README.md says how the texts came about.
"""

import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from app.rules.marks import Mark, MarkKind, marks_of

TEXTS = Path(__file__).parent / "texts.jsonl"
TUNING, HELD_OUT = "tuning", "held_out"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text and what a careful reader would mark in it."""

    language: str
    part: str
    text: str
    marks: tuple[Mark, ...]


@dataclass(slots=True)
class Score:
    """Counts of labels and marks."""

    labelled: int = 0
    found: int = 0
    marked: int = 0
    right: int = 0

    @property
    def precision(self) -> float:
        """The share of marks that are right."""
        return self.right / self.marked if self.marked else 1.0

    @property
    def recall(self) -> float:
        """The share of labelled passages that were found."""
        return self.found / self.labelled if self.labelled else 1.0


@dataclass(slots=True)
class Scores:
    """Scores by kind and by language, and in all."""

    by_kind: dict[str, Score] = field(default_factory=lambda: {kind.value: Score() for kind in MarkKind})
    by_language: dict[str, Score] = field(default_factory=dict)
    total: Score = field(default_factory=Score)
    clean: int = 0
    clean_marked: int = 0


def texts(path: Path = TEXTS) -> tuple[Labelled, ...]:
    """The labelled texts; of a passage that occurs more than once its labels stand for the occurrences in turn."""
    return tuple(_labelled(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines())


def _labelled(row: dict[str, object]) -> Labelled:
    text, marks, seen = str(row["text"]), [], Counter[str]()
    for label in row["marks"]:
        passage, start = label["passage"], -1
        for _ in range(seen[passage] + 1):
            start = text.index(passage, start + 1)
        seen[passage] += 1
        marks.append(Mark(MarkKind(label["kind"]), start, start + len(passage)))
    return Labelled(str(row["language"]), str(row["part"]), text, tuple(marks))


def agrees(mark: Mark, label: Mark) -> bool:
    """Whether a mark is right about a label: the same kind, and at least half of the labelled passage."""
    shared = min(mark.end, label.end) - max(mark.start, label.start)
    return mark.kind is label.kind and 2 * shared >= label.end - label.start


def scored(labelled: Iterable[Labelled]) -> Scores:
    """The counts over these texts."""
    scores = Scores()
    for text in labelled:
        marks = marks_of(text.text, language=text.language)
        scores.clean += not text.marks
        scores.clean_marked += bool(marks) and not text.marks
        language = scores.by_language.setdefault(text.language, Score())
        for kind in {mark.kind for mark in (*marks, *text.marks)}:
            for score in (scores.by_kind[kind.value], language, scores.total):
                _count(score, [m for m in marks if m.kind is kind], [m for m in text.marks if m.kind is kind])
    return scores


def _count(score: Score, marks: list[Mark], labels: list[Mark]) -> None:
    score.labelled += len(labels)
    score.marked += len(marks)
    score.found += sum(any(agrees(mark, label) for mark in marks) for label in labels)
    score.right += sum(any(agrees(mark, label) for label in labels) for mark in marks)


def table(named: dict[str, Scores]) -> Iterator[str]:
    """One line for each kind and each language: labels, precision and recall of each named part."""
    yield "".join([f"{'':<18}", *(f"{name + ':':>11}{'labels':>8}{'precision':>11}{'recall':>8}" for name in named)])
    rows = [*((kind.value, [s.by_kind[kind.value] for s in named.values()]) for kind in MarkKind)]
    rows += [("all", [s.total for s in named.values()])]
    languages = next(iter(named.values())).by_language
    rows += [(language, [s.by_language[language] for s in named.values()]) for language in languages]
    for name, scores in rows:
        yield "".join([f"{name:<18}", *(f"{s.labelled:>19}{s.precision:>11.3f}{s.recall:>8.3f}" for s in scores)])
    clean = [f"{s.clean_marked} of {s.clean} marked" for s in named.values()]
    yield "".join([f"{'texts without any':<18}", *(f"{words:>38}" for words in clean)])


def milliseconds(labelled: Iterable[Labelled], *, length: int = 0) -> tuple[float, float]:
    """Median and slowest time of one text after a warm-up round; `length` glues them to texts of so many characters."""
    sample = list(labelled)
    if length:
        whole = "\n".join(text.text for text in sample)
        parts = [(whole[at : at + length], "en") for at in range(0, len(whole) - length, length)]
    else:
        parts = [(text.text, text.language) for text in sample]
    took = []
    for timed in (False, True):
        for text, language in parts:
            began = time.process_time()
            marks_of(text, language=language)
            if timed:
                took.append(1000 * (time.process_time() - began))
    took.sort()
    return took[len(took) // 2], took[-1]
