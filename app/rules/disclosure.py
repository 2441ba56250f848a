"""Which numbers may be shown: never a group below the smallest size, nor one that can be got by subtracting.

The rules are those of the consultation: its smallest group that may be shown (5 unless it says otherwise), no
percentage below twenty people, and a notice where one group outweighs the others.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Generic, TypeVar

SMALLEST_GROUP = 5
SMALLEST_PERCENTAGE_BASE = 20
NOTICE_ABOVE = Fraction(1, 3)
WARNING_ABOVE = Fraction(1, 2)

Key = TypeVar("Key", int, str)


def shown_groups(sizes: Mapping[Key, int], minimum: int = SMALLEST_GROUP) -> frozenset[Key]:
    """The groups whose cells may be shown beside the total of all `sizes` (people in each group).

    A group below `minimum`, an empty one included, is not shown. When all that is hidden together would be fewer than
    `minimum` people, the total would give them away: the smallest shown group is hidden with them (complementary
    suppression). Among equals the greater key goes, so that the same sizes always give the same answer.

    Raises:
        ValueError: `minimum` is below 1 or a size below 0.
    """
    if minimum < 1 or any(size < 0 for size in sizes.values()):
        message = "a smallest group is at least 1 and no group is smaller than nobody"
        raise ValueError(message)
    shown = [key for key, size in sizes.items() if size >= minimum]
    shown.sort(reverse=True)
    shown.sort(key=lambda key: sizes[key])
    hidden_people = sum(size for size in sizes.values() if size < minimum)
    if 0 < hidden_people < minimum:
        # One is enough: every shown group has at least `minimum` people.
        shown = shown[1:]
    return frozenset(shown)


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
