"""Votes to measure with: exports of Polis conversations, and invented ones.

Usage: python -m bench.opinions_data 1000x100 VOTES.npz
"""

import csv
import sys
from dataclasses import dataclass
from pathlib import Path

from app.analysis.matrix import Integers
from app.analysis.one_thread import np

CAMPS, DENSITY, PASSES = 3, 0.2, 0.15


@dataclass(frozen=True)
class Polis:
    """Votes of a conversation, the published group of each participant (-1: none), and statements declined."""

    people: Integers
    statements: Integers
    values: Integers
    labels: Integers
    excluded: list[int]
    informed: dict[int, float]
    shape: tuple[int, int]


def read(folder: Path) -> Polis:
    """A conversation from participants-votes.csv and comments.csv."""
    with (folder / "participants-votes.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    with (folder / "comments.csv").open(encoding="utf-8", newline="") as file:
        comments = list(csv.DictReader(file))
    first, group = header.index("n-disagree") + 1, header.index("group-id")
    cells = [
        (number, int(statement), int(float(value)))
        for number, row in enumerate(rows)
        for statement, value in zip(header[first:], row[first:], strict=True)
        if value
    ]
    votes = np.array(cells, np.int64)
    return Polis(
        people=votes[:, 0],
        statements=votes[:, 1],
        values=votes[:, 2],
        labels=np.array([int(row[group]) if row[group] else -1 for row in rows]),
        excluded=[int(comment["comment-id"]) for comment in comments if comment["moderated"] == "-1"],
        informed={
            int(comment["comment-id"]): float(comment["group-informed-consensus"])
            for comment in comments
            if comment.get("group-informed-consensus")
        },
        shape=(len(rows), 1 + max(int(comment["comment-id"]) for comment in comments)),
    )


def invent(people: int, statements: int, seed: int = 1) -> tuple[Integers, Integers, Integers, Integers]:
    """Votes of three camps whose members differ, ordered by person, and the camps; activity is log-normal."""
    chance = np.random.default_rng(seed)
    leaning, camp = chance.normal(size=(CAMPS, statements)), chance.integers(0, CAMPS, people)
    parts = []
    for first in range(0, people, 1000):
        here = camp[first : first + 1000]
        active = np.minimum(chance.lognormal(-0.25, 0.7, len(here)) * DENSITY, 1)
        who, what = np.nonzero(chance.random((len(here), statements)) < active[:, None])
        said = np.sign(0.6 * leaning[here[who], what] + chance.normal(size=len(who))).astype(np.int8)
        said[chance.random(len(said)) < PASSES] = 0
        parts.append(((who + first).astype(np.int32), what.astype(np.int32), said))
    voters, asked, values = (np.concatenate([part[number] for part in parts]) for number in range(3))
    return voters, asked, values, camp


if __name__ == "__main__":
    voters, asked, said, camps = invent(*(int(number) for number in sys.argv[1].split("x")))
    np.savez(
        sys.argv[2],
        people=voters,
        statements=asked,
        values=said,
        labels=camps,
        groups=0,
        excluded=np.array([], np.int64),
    )
