"""What all groups agree on, and how sure that is. Works for opinion groups and for declared ones alike.

Counts have the shape (groups, statements, 3): how many disagree, pass and agree.
"""

from dataclasses import dataclass

import numpy.typing as npt

from app.analysis.matrix import Floats, Integers, Matrix
from app.analysis.one_thread import np

NINETY = 1.6448536269514722
"""How many standard errors a two-sided interval of 90 % reaches to each side."""
DISAGREED, PASSED, AGREED = 0, 1, 2


@dataclass(frozen=True, slots=True, eq=False)
class Consensus:
    """Each of shape (statements): Polis's product over groups, and the lower bound in the group that agrees least."""

    informed: Floats
    worst: Floats


def tally(votes: Matrix, labels: Integers, groups: int) -> Integers:
    """Counts of each group, in the order of the matrix; a row with the label -1 belongs to no group."""
    size = 3 * len(votes.statements)
    counts = np.zeros((groups + 1) * size, np.int64)
    for first, last in votes.parts():
        codes = votes.codes(first, last)
        codes += np.repeat((labels[first:last] + 1) * size, np.diff(votes.starts[first : last + 1]))
        counts += np.bincount(codes, minlength=len(counts))
    return counts.reshape(groups + 1, -1, 3)[1:]


def agreement(counts: Integers, side: int = AGREED) -> Consensus:
    """Consensus to agree, or with `side` DISAGREED to disagree.

    `informed` is Polis's group-informed consensus: the product over groups of (A + 1) / (S + 2), with A who agree and S
    all who voted, those who passed included; a group without votes contributes one half (C. Small and others, 2021).
    Few votes lift it: one person who agrees counts as two thirds. Therefore `worst`: the lower end of the 90 %
    interval of E. Wilson (1927) for A / S, in the group where it is the lowest; 0 where a group has no votes.
    """
    said, seen = counts[..., side], counts.sum(axis=-1)
    informed = np.prod((said + 1) / (seen + 2), axis=0)
    if not len(counts):
        return Consensus(informed, np.zeros(counts.shape[1]))
    return Consensus(informed, lower_bound(said, seen).min(axis=0))


def lower_bound(said: Integers, seen: Integers) -> Floats:
    """The lower end of Wilson's 90 % interval for the share `said` / `seen`, from 0 to below 1; 0 for nobody."""
    return interval(said, seen)[0]


def interval(said: Integers, seen: Integers) -> tuple[Floats, Floats]:
    """Both ends of Wilson's 90 % interval for the share `said` / `seen`; 0 and 1 for nobody."""
    number = np.maximum(seen, 1)
    share, square = said / number, NINETY**2
    middle = share + square / (2 * number)
    reach = NINETY * np.sqrt(share * (1 - share) / number + square / (4 * number**2))
    whole = 1 + square / number
    some = seen > 0
    low = np.where(some, np.clip((middle - reach) / whole, 0, 1), 0.0)
    high = np.where(some, np.clip((middle + reach) / whole, 0, 1), 1.0)
    return low, high


def shared(counts: Integers, side: int = AGREED) -> Integers:
    """The statements on which every group agrees (or disagrees) by majority, surely; the surest first.

    Surely is: the lower bound of the worst group is above one half. Among equals the order is that of the counts.
    """
    worst = agreement(counts, side).worst
    ranked = np.argsort(-worst, kind="stable")
    return ranked[worst[ranked] > 1 / 2]


def majority(counts: Integers, side: int = AGREED, most: int = 5) -> Integers:
    """The statements that most people agree on whatever their group, at most so many, the strongest first.

    As Polis: p = (A + 1) / (S + 2) above one half and its z above the 90 % point; ranked by p z.
    """
    from_all = counts.sum(axis=0)
    p, z = share_and_z(from_all[:, side], from_all.sum(axis=-1))
    ranked = np.argsort(-(p * z), kind="stable")
    return ranked[((p > 1 / 2) & (z > ONE_SIDED))[ranked]][:most]


ONE_SIDED = 1.2816
"""Polis's limit for z: 90 %, one-sided."""


def share_and_z(said: npt.NDArray[np.int64], seen: npt.NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Polis's p = (A + 1) / (S + 2) and its z = 2 sqrt(S + 1) ((A + 1) / (S + 1) - 1/2) against a half."""
    p = (said + 1) / (seen + 2)
    z = 2 * np.sqrt(seen + 1) * ((said + 1) / (seen + 1) - 1 / 2)
    return p, z
