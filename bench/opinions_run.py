"""One run of the opinion groups, measured. As a program: of stored votes, in a process of its own, told as JSON.

Usage: python -m bench.opinions_run VOTES.npz
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from app.analysis import consensus, groups, partition, representative
from app.analysis.matrix import Integers, Matrix, matrix
from app.analysis.one_thread import np
from app.analysis.projection import Projection, project
from bench.opinions_data import Polis

DROPPED = 0.01
SIDES = ((consensus.AGREED, 0), (consensus.DISAGREED, 1))


def everything(
    votes: tuple[Integers, ...], shape: tuple[int, int], excluded: list[int]
) -> tuple[Matrix, Projection, Integers, Integers]:
    """All but the comparison with chance: matrix, places, best groups, counts, consensus, what sets groups apart."""
    made = matrix(*votes, shape=shape, excluded=excluded)
    placed = project(made)
    rows = groups.grouped_rows(made)
    found = groups.best(groups.partitions(placed.positions[rows]))
    labels = np.full(shape[0], -1)
    labels[rows] = found.labels if found else 0
    counts = consensus.tally(made, labels, len(found.centres) if found else 1)
    for side in (consensus.AGREED, consensus.DISAGREED):
        consensus.agreement(counts, side)
    representative.representative(counts)
    return made, placed, rows, labels


def conversation(polis: Polis) -> dict[str, Any]:
    """Figures of a conversation: beside the published groups, and under groups of our own."""
    votes = (polis.people, polis.statements, polis.values)
    everything(votes, polis.shape, polis.excluded)
    began = time.process_time()
    made, placed, rows, labels = everything(votes, polis.shape, polis.excluded)
    took = time.process_time() - began
    began = time.process_time()
    found = groups.find(made, placed, rows)
    published = polis.labels[made.people]
    split, inertia = same_number(placed, published)
    theirs = consensus.agreement(consensus.tally(made, published, published.max() + 1)).informed
    ours = consensus.agreement(consensus.tally(made, labels, labels.max() + 1)).informed
    return {
        "k": published.max() + 1,
        "likeness": partition.likeness(split.labels, published[published >= 0]),
        "inertia": inertia / split.inertia,
        "own": "/".join(str(size) for size in found.sizes),
        "observed": found.observed,
        "chance": max(found.chance, default=None),
        "rank": rank_correlation(ours, theirs),
        "took": took,
        "took_chance": time.process_time() - began,
        "stable": stability(polis, rows, made, labels),
        "renumbered": renumbered(polis, labels, made),
        "exact": published_consensus(polis),
    }


def stability(polis: Polis, rows: Integers, made: Matrix, labels: Integers) -> float:
    """The mean likeness of the groups to those found without 1 % of the votes, ten times; chance is not asked."""
    whole = dict(zip(made.people[rows].tolist(), labels[rows].tolist(), strict=True))
    chance, found = np.random.default_rng(1), []
    for _ in range(10):
        kept = chance.random(len(polis.people)) >= DROPPED
        votes = tuple(part[kept] for part in (polis.people, polis.statements, polis.values))
        other, _placed, chosen, others = everything(votes, polis.shape, polis.excluded)
        pairs = [(whole[person], others[row]) for row in chosen if (person := int(other.people[row])) in whole]
        found.append(partition.likeness(*np.array(pairs).T))
    return float(np.mean(found))


def renumbered(polis: Polis, labels: Integers, made: Matrix) -> float:
    """The likeness of the groups to those of the same votes under other numbers, in another order."""
    chance = np.random.default_rng(2)
    people, statements = (chance.permutation(length) for length in polis.shape)
    order = chance.permutation(len(polis.people))
    votes = (people[polis.people][order], statements[polis.statements][order], polis.values[order])
    other, _placed, _rows, others = everything(votes, polis.shape, [int(statements[one]) for one in polis.excluded])
    here, there = np.empty(len(labels), np.int64), np.empty(len(labels), np.int64)
    here[people[made.people]], there[other.people] = labels, others
    return partition.likeness(here, there)


def same_number(placed: Projection, published: Integers) -> tuple[partition.Partition, float]:
    """Our split of the published people into the published number of groups, and the inertia of the published one."""
    places = placed.positions[published >= 0]
    split = partition.split(partition.points(places), int(published.max()) + 1)
    assert split is not None
    return split, inertia_of(places, published[published >= 0])


def inertia_of(places: Any, labels: Integers) -> float:
    """The sum of squared distances to the middle of each group."""
    return float(sum(((places[labels == one] - places[labels == one].mean(axis=0)) ** 2).sum() for one in set(labels)))


def rank_correlation(one: Any, other: Any) -> float:
    """Spearman's; ties in the order of the statements."""
    return float(np.corrcoef(np.argsort(np.argsort(one)), np.argsort(np.argsort(other)))[0, 1])


def counted(polis: Polis) -> tuple[Integers, Integers]:
    """Counts under the published groups, declined statements too, and the numbers of the statements."""
    made = matrix(polis.people, polis.statements, polis.values, shape=polis.shape)
    counts = consensus.tally(made, polis.labels[made.people], int(polis.labels.max()) + 1)
    order = np.argsort(made.statements)
    return counts[:, order], made.statements[order]


def published_consensus(polis: Polis) -> dict[str, float]:
    """How far our group-informed consensus is from the published one, where there is one."""
    if not polis.informed:
        return {}
    counts, statements = counted(polis)
    ours = dict(zip(statements.tolist(), consensus.agreement(counts).informed.tolist(), strict=True))
    most = max(abs(ours[statement] - figure) for statement, figure in polis.informed.items())
    return {f"GIC as published, {len(polis.informed)} statements": most}


def peer(stored: Path, python: str) -> dict[str, Any]:
    """What red-dwarf says."""
    target = stored.with_name("peer.npz")
    program = Path(__file__).with_name("opinions_peer.py")
    subprocess.run([python, str(program), str(stored), str(target)], check=True)
    return dict(np.load(target))


def beside(polis: Polis, python: str) -> dict[str, Any]:
    """Likeness and inertia of red-dwarf's groups, and the largest difference of each figure under given groups."""
    with tempfile.TemporaryDirectory() as folder:
        stored = Path(folder) / "votes.npz"
        np.savez(
            stored,
            people=polis.people,
            statements=polis.statements,
            values=polis.values,
            labels=polis.labels,
            groups=polis.labels.max() + 1,
            excluded=np.array(polis.excluded, np.int64),
        )
        theirs = peer(stored, python)
    made = matrix(polis.people, polis.statements, polis.values, shape=polis.shape, excluded=polis.excluded)
    placed = project(made)
    published, labels = polis.labels[made.people], theirs["labels"][made.people]
    split, _inertia = same_number(placed, published)
    chosen = published >= 0
    return {
        "likeness": partition.likeness(labels[chosen], published[chosen]),
        "inertia": inertia_of(placed.positions[chosen], labels[chosen]) / split.inertia,
        "exact": {f"red-dwarf, {name}": most for name, most in differences(polis, theirs).items()},
    }


def differences(polis: Polis, theirs: dict[str, Any]) -> dict[str, float]:
    """The largest difference of any group, statement and side."""
    counts, _statements = counted(polis)
    sides = [(representative.apart(counts, side), place) for side, place in SIDES]
    pairs = {
        "all votes": [(counts.sum(axis=-1), theirs["seen"])],
        "agree and disagree": [(counts[..., side], theirs["said"][place]) for side, place in SIDES],
        "GIC": [(consensus.agreement(counts, side).informed, theirs["informed"][place]) for side, place in SIDES],
        "representativeness (p, ratio, both z)": [
            (getattr(of, name), theirs[name][place])
            for of, place in sides
            for name in ("share", "ratio", "z_one", "z_two")
        ],
    }
    return {name: max(float(np.abs(one - other).max()) for one, other in of) for name, of in pairs.items()}


def peak_memory() -> float:
    """MB of this program at most. What the system counts for a process begins with the memory of whoever started it."""
    status = Path("/proc/self/status")
    if status.exists():
        found = [line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmHWM:")]
        return int(found[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def stored_run(path: Path) -> dict[str, Any]:
    """Time and memory of invented votes: ordered (the best of three), unordered (once), and with chance (once)."""
    given = dict(np.load(path))
    camps = given["labels"]
    votes = tuple(given.pop(name) for name in ("people", "statements", "values"))
    shape = (len(camps), int(votes[1].max()) + 1)
    took = []
    for _ in range(3):
        began = time.process_time()
        made, placed, rows, labels = everything(votes, shape, [])
        took.append(time.process_time() - began)
    peak = peak_memory()
    chosen = labels >= 0
    truth = partition.likeness(labels[chosen], camps[made.people][chosen])
    began = time.process_time()
    groups.find(made, placed, rows)
    took_chance = time.process_time() - began
    order = np.random.default_rng(1).permutation(len(votes[0]))
    votes = tuple(part[order] for part in votes)
    began = time.process_time()
    everything(votes, shape, [])
    unordered = time.process_time() - began
    return {
        "votes": len(order),
        "took": min(took),
        "peak": peak,
        "truth": truth,
        "took_chance": took_chance,
        "unordered": unordered,
    }


if __name__ == "__main__":
    print(json.dumps(stored_run(Path(sys.argv[1]))))
