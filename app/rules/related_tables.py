"""Several tables of the same people side by side: what one hides must not follow from what another shows.

Nobody has a position who is not a voice, so that a group has at most as many positions on a standard as it has people
with any position, and at most as many of these as voices. What follows is found as somebody would who subtracts: from
the lowest and highest number that each hidden group may have in each table, again and again until nothing changes.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from math import inf

from app.rules.consensus import Counts
from app.rules.disclosure import shown_groups
from app.rules.tallies import shown_of_tally
from app.rules.withholding import NO_TABLE, UNLISTED, Table

NOBODY = Counts()
NONE_SHOWN: frozenset[str] = frozenset()
Bounds = dict[str, tuple[float, float]]
Pinned = frozenset[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Sizes:
    """People by group in one table, with the `unlisted` who stated no group."""

    groups: Mapping[str, int]
    unlisted: int = 0


@dataclass(frozen=True, slots=True)
class PeopleByGroup:
    """The positions of people on one standard by group, and of the `unlisted` ones; the `earlier` table of them."""

    groups: Mapping[str, Counts]
    unlisted: Counts = NOBODY
    earlier: Table = NO_TABLE

    @property
    def sizes(self) -> Sizes:
        """Only how many they are."""
        return Sizes({key: counts.size for key, counts in self.groups.items()}, self.unlisted.size)


def shown_voices(
    voices: Sizes, answered: Sizes, tallies: Iterable[PeopleByGroup], minimum: int, earlier: Table = NO_TABLE
) -> frozenset[str]:
    """The groups whose voices may be shown beside the tallies of all standards.

    `answered` are the voices with a position on any standard; they are shown for the same groups. Of voices more is
    hidden than `shown_groups` would, until no small group can be counted that could not be counted from the tallies
    and totals alone. All three have the same groups. `earlier` is a table of voices (see `shown_groups`).
    """
    found = [(tally.sizes, shown_of_tally(tally.groups, tally.unlisted, minimum, tally.earlier)) for tally in tallies]
    below = list({(*sizes.groups.items(), sizes.unlisted, some): (sizes, some) for sizes, some in found}.values())
    by_themselves = _pinned([(voices, NONE_SHOWN), (answered, NONE_SHOWN), *below], minimum)

    def enough(some: frozenset[str]) -> bool:
        return _pinned([(voices, some), (answered, some), *below], minimum) <= by_themselves

    return shown_groups(voices.groups, minimum, unlisted=voices.unlisted, earlier=earlier, enough=enough)


def _pinned(tables: Sequence[tuple[Sizes, AbstractSet[str]]], minimum: int) -> Pinned:
    """Which small groups have only one possible size, by the number of the table; where nobody is hidden, none.

    The first table are voices, the second those with any position, of which it is not said which groups are small.
    """
    everybody_listed = not any(sizes.unlisted for sizes, _shown in tables)
    found = [_begun(sizes, shown, minimum, 0 if everybody_listed else inf) for sizes, shown in tables]
    found[1] = {key: bounds if key in tables[1][1] else (0, inf) for key, bounds in found[1].items()}
    before = None
    while before != found:
        before = [dict(bounds) for bounds in found]
        for place, (sizes, _shown) in enumerate(tables):
            _add_up(found[place], sum(sizes.groups.values()) + sizes.unlisted)
        for place in range(1, len(found)):
            _at_most(found[place], found[min(place - 1, 1)])
    return frozenset(
        (place, key)
        for place, (sizes, shown) in enumerate(tables)
        for key, (low, high) in found[place].items()
        if low == high and key not in shown and _hidden(sizes, shown) and sizes.groups.get(key, minimum) < minimum
    )


def _hidden(sizes: Sizes, shown: AbstractSet[str]) -> int:
    return sizes.unlisted + sum(size for key, size in sizes.groups.items() if key not in shown)


def _begun(sizes: Sizes, shown: AbstractSet[str], minimum: int, unlisted: float) -> Bounds:
    """What is said of each group by itself: its size, or only whether it is small; nothing of the `unlisted`."""
    small = [key for key, size in sizes.groups.items() if size < minimum]
    covered = len(small) + len(shown) < len(sizes.groups)
    sure = covered and len(small) == 1 and sizes.groups[small[0]] > 0 and not unlisted
    bounds: Bounds = {UNLISTED: (0, unlisted)}
    for key, size in sizes.groups.items():
        if key in shown:
            bounds[key] = (size, size)
        else:
            bounds[key] = (int(sure), minimum - 1) if size < minimum else (minimum, inf)
    return bounds


def _add_up(bounds: Bounds, people: int) -> None:
    """Narrow each group by what the others leave of all people."""
    lows, highs = sum(low for low, _high in bounds.values()), sum(high for _low, high in bounds.values())
    for key, (low, high) in bounds.items():
        others = sum(most for other, (_low, most) in bounds.items() if other != key) if highs == inf else highs - high
        bounds[key] = (max(low, people - others), min(high, people - (lows - low)))


def _at_most(inner: Bounds, outer: Bounds) -> None:
    """No group has more people in the inner table than in the outer one."""
    for key in inner:
        (low, high), (outer_low, outer_high) = inner[key], outer[key]
        inner[key] = (low, min(high, outer_high))
        outer[key] = (max(outer_low, low), outer_high)
