"""Which groups of a tally may be shown, in the light of what its consensus state says of the groups that are not."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from app.rules.consensus import Counts
from app.rules.disclosure import shown_groups


def shown_of_tally(
    groups: Mapping[str, Counts], unlisted: Counts, minimum: int, withheld: AbstractSet[str] = frozenset()
) -> frozenset[str]:
    """The groups whose positions may be shown beside those of all people; `unlisted` are those who stated no group.

    Groups that are `withheld` are not shown, whatever their size.

    The consensus state speaks of every group of at least `minimum` people, hidden ones included: whether one objects by
    majority. As the positions of all hidden groups together are known, that would say something of a small group where
    these come close to a majority, so that more groups are hidden there. Organisations are in none of it.
    """

    def enough(shown: frozenset[str]) -> bool:
        small = [unlisted, *(counts for counts in groups.values() if counts.size < minimum)]
        covered = [counts for key, counts in groups.items() if counts.size >= minimum and key not in shown]
        if not covered or not any(counts.size for counts in small):
            return True
        left = sum(_lead(counts) for counts in (*small, *covered))
        objecting = sum(counts.majority_objects for counts in covered)
        return left < 0 if objecting == 0 else objecting < len(covered) or left > objecting

    sizes = {key: counts.size for key, counts in groups.items()}
    return shown_groups(sizes, minimum, unlisted=unlisted.size, withheld=withheld, enough=enough)


@dataclass(frozen=True, slots=True)
class Opened:
    """Whose positions the public record opens after closing, as far as they were published.

    Positions from one of `groups` with it; those of the groups that are `merged` without, together with those of people
    who stated none; these by themselves where nobody is merged and they are `unlisted`.
    """

    groups: frozenset[str] = frozenset()
    merged: bool = False
    unlisted: bool = False
    people: bool = True
    organisations: bool = False


def opened_of_tally(groups: Mapping[str, Counts], unlisted: Counts, organisations: Counts, minimum: int) -> Opened:
    """What may be opened of a tally.

    A group that is not shown and in which nobody is counted stays closed, with all that was taken back or taken on an
    earlier text: there is nobody to merge it with.
    """
    shown = shown_of_tally(groups, unlisted, minimum)
    merged = any(counts.size for key, counts in groups.items() if key not in shown)
    return Opened(
        groups=shown,
        merged=merged,
        unlisted=unlisted.size > 0 and not merged,
        organisations=organisations.size >= minimum,
    )


def _lead(counts: Counts) -> int:
    """By how many more people object than approve."""
    return counts.object - counts.approving
