"""Which reasons are printed: those that people of different groups stand behind, never those that most people do.

    bridging = ( 1/G * sum over the groups g of sqrt( e_g / (n_g + 1) ) )^2

e_g people of group g stand behind the reason, of n_g people of that group who stand behind anything said on the same
standard; G is the number of groups of which anybody does. It is the square-root rule of Buterin, Hitzig and Weyl ("A
flexible design for funding public goods", Management Science 65(11), 2019), taken over groups in place of people: the
power mean, with the exponent one half, of the shares of groups. A group weighs the same whatever its size; what two
groups carry by a third is above what one carries alone; the added one keeps a single voice from standing for a group.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum, sqrt


@dataclass(frozen=True, slots=True)
class Candidate:
    """A comment that may be printed: its author, the group of its author, its score, and when it was written."""

    id: int
    group: int | None
    score: float
    written: str
    author: int


def bridging(endorsed: Mapping[int | None, int], active: Mapping[int | None, int]) -> float:
    """The score of one reason, from 0, where nobody stands behind it, to below 1.

    `endorsed` are the people behind it and `active` those behind anything on the same standard, by group.

    Raises:
        ValueError: more people of a group stand behind it than behind anything.
    """
    if any(count > active.get(group, 0) for group, count in endorsed.items()):
        message = "nobody stands behind one reason without standing behind any"
        raise ValueError(message)
    if not endorsed:
        return 0.0
    return (fsum(sqrt(count / (active[group] + 1)) for group, count in endorsed.items()) / len(active)) ** 2


def across_groups(candidates: Iterable[Candidate], most: int) -> list[Candidate]:
    """At most `most` candidates by their score; no group, and in it no person, speaks twice before each spoke once."""
    left = sorted(candidates, key=lambda one: (-round(one.score, 9), one.written, one.id))
    chosen: list[Candidate] = []
    while left and len(chosen) < most:
        heard = {one.author for one in chosen}
        next_ones = _one_of_each_group(sorted(left, key=lambda one: one.author in heard))[: most - len(chosen)]
        taken = {one.id for one in next_ones}
        chosen += next_ones
        left = [one for one in left if one.id not in taken]
    return chosen


def _one_of_each_group(ranked: Sequence[Candidate]) -> list[Candidate]:
    first: dict[int | None, Candidate] = {}
    for one in ranked:
        first.setdefault(one.group, one)
    return list(first.values())
