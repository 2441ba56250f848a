"""Which groups of a tally may be shown, in the light of what its consensus state says of the groups that are not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.rules.consensus import Counts
from app.rules.disclosure import shown_groups
from app.rules.withholding import NO_TABLE, Table


def shown_of_tally(
    groups: Mapping[str, Counts], unlisted: Counts, minimum: int, earlier: Table = NO_TABLE
) -> frozenset[str]:
    """The groups whose positions may be shown beside those of all people; `unlisted` are those who stated no group.

    The consensus state speaks of every group of at least `minimum` people, hidden ones included: whether any objects by
    majority, unless one that is shown does. As the positions of all hidden groups together are known, that would say
    something of a small group where these come close to a majority, so that more groups are hidden there.
    Organisations are in none of it. For the `earlier` table see `shown_groups`.
    """

    def enough(shown: frozenset[str]) -> bool:
        small = [unlisted, *(counts for counts in groups.values() if counts.size < minimum)]
        covered = [counts for key, counts in groups.items() if counts.size >= minimum and key not in shown]
        if not covered or not any(counts.size for counts in small):
            return True
        if any(groups[key].majority_objects for key in shown):
            return True
        hidden = [*small, *covered]
        left = sum(map(_lead, hidden))
        if not any(counts.majority_objects for counts in covered):
            return left < 0
        to_spare = sum(counts.object for counts in hidden) - _least_majority(hidden, minimum)
        return to_spare > 0 and (len(covered) > 1 or left > 1)

    sizes = {key: counts.size for key, counts in groups.items()}
    return shown_groups(sizes, minimum, unlisted=unlisted.size, earlier=earlier, enough=enough)


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


def _least_majority(hidden: Iterable[Counts], minimum: int) -> int:
    """The fewest objections by which one of these groups, of `minimum` people, can object by majority.

    All who abstain may be in it.
    """
    voting = max(minimum - sum(counts.abstain for counts in hidden), 1)
    return voting // 2 + 1


def _lead(counts: Counts) -> int:
    """By how many more people object than approve."""
    return counts.object - counts.approving
