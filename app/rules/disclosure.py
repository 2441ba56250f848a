"""Which numbers may be shown: never a group below the smallest size, nor one that can be got by subtracting.

The rules are those of the consultation: its smallest group that may be shown (5 unless it says otherwise), no
percentage below twenty people, and a notice where one group outweighs the others. docs/disclosure.md has all of it.
"""

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import inf
from typing import Generic, TypeVar, cast

from app.rules.withholding import NO_TABLE, Table

SMALLEST_GROUP = 5
SMALLEST_PERCENTAGE_BASE = 20
NOTICE_ABOVE = Fraction(1, 3)
WARNING_ABOVE = Fraction(1, 2)

Key = TypeVar("Key", int, str)


def shown_groups(
    sizes: Mapping[Key, int],
    minimum: int = SMALLEST_GROUP,
    *,
    unlisted: int = 0,
    earlier: Table = NO_TABLE,
    enough: Callable[[frozenset[Key]], bool] = lambda _shown: True,
) -> frozenset[Key]:
    """The groups whose cells may be shown beside the total of all `sizes` and of the `unlisted` people in no group.

    A group below `minimum`, an empty one included, is not shown. Large groups are hidden with them (complementary
    suppression), the smallest first, of equals the greater key, until those who are hidden are nobody or at least
    `minimum` people, whoever is in a small group cannot be counted (`_uncountable`), and what is shown is `enough`
    beside everything else that is published. Where that cannot be reached no group is shown; where the total alone
    says how many are in a small group, only its positions are protected.

    Beside an `earlier` table what that hid is hidden, whatever its size, and no group is shown where one would have to
    be hidden that it showed (rules/withholding). Other groups that it did not show are hidden before those it did.

    Raises:
        ValueError: `minimum` is below 1 or a size below 0.
    """
    if minimum < 1 or unlisted < 0 or any(size < 0 for size in sizes.values()):
        message = "a smallest group is at least 1 and no group is smaller than nobody"
        raise ValueError(message)
    small = [size for size in sizes.values() if size < minimum]
    everybody = unlisted + sum(sizes.values())
    withheld, before = cast("AbstractSet[Key]", earlier.hidden), cast("AbstractSet[Key]", earlier.shown)
    large = sorted((key for key, size in sizes.items() if size >= minimum), reverse=True)
    large.sort(key=lambda key: (key not in withheld, key in before, sizes[key]))
    already = sum(key in withheld for key in large)
    protects = any(small) and not unlisted and _uncountable(len(small), everybody, len(large), inf, minimum)
    for number in range(already, len(large)):
        covered, shown = large[:number], frozenset(large[number:])
        people = unlisted + sum(small) + sum(sizes[key] for key in covered)
        most = sum(sizes[large[number]] - (key < large[number]) for key in covered) if earlier == NO_TABLE else inf
        safe = not protects or _uncountable(len(small), people, number, most, minimum)
        if safe and (people == 0 or people >= minimum) and enough(shown):
            return shown if before & sizes.keys() <= shown else frozenset()
    return frozenset()


def _uncountable(small: int, people: int, covered: int, most: float, minimum: int) -> bool:
    """Whether the size of none of the hidden small groups follows from how many `people` are hidden in all.

    Everybody is told which groups are below `minimum`. Whoever knows the rule also knows that each group `covered` for
    their sake is at least that large, that all of them are not larger than `most` where the smallest are taken first,
    and that somebody is in a small group.
    """
    full = minimum - 1
    lowest = max(people - most - (small - 1) * full, 1 if small == 1 else 0)
    return lowest < min(full, people - covered * minimum)


def percent(part: int, whole: int) -> int | None:
    """`part` of `whole` in whole percent, rounded down so that it never claims too much; None below twenty people."""
    if whole < SMALLEST_PERCENTAGE_BASE:
        return None
    return 100 * part // whole


class BalanceLevel(StrEnum):
    """How far one group outweighs the others."""

    NOTICE = "notice"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class BalanceNotice(Generic[Key]):
    """One group outweighs the others: its share of all participants is above a third or above a half."""

    key: Key
    level: BalanceLevel
    share: Fraction


def balance(sizes: Mapping[Key, int], minimum: int = SMALLEST_GROUP) -> tuple[BalanceNotice[Key], ...]:
    """The groups with more than a third (notice) or a half (warning) of all participants, the largest first.

    `sizes` are people in each group, without those who did not state one. Groups below `minimum` are never mentioned.
    """
    people = sum(sizes.values())
    notices = []
    for key in sorted(sizes):
        size = sizes[key]
        if size < max(minimum, 1) or Fraction(size, people) <= NOTICE_ABOVE:
            continue
        share = Fraction(size, people)
        level = BalanceLevel.WARNING if share > WARNING_ABOVE else BalanceLevel.NOTICE
        notices.append(BalanceNotice(key, level, share))
    return tuple(sorted(notices, key=lambda notice: -notice.share))
