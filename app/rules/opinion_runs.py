"""When new opinion groups take the place of those that are shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

PAUSE = timedelta(minutes=10)
"""While a consultation is open, its positions are looked at no more often."""


@dataclass(frozen=True, slots=True)
class Member:
    """What is kept of somebody for the next run: the number of the group, None for none, and a mark of all positions.

    Two marks differ when a position was taken, changed or withdrawn in between.
    """

    number: int | None
    mark: int


@dataclass(frozen=True, slots=True)
class NewRun:
    """Opinion groups as they were found.

    `number` counts the runs of a consultation from 1. `seq` is the last entry of the record that they rest on, `at`
    when they were read, `final` whether everything was in, `minimum` the smallest group then. `figures` are what may
    be shown, as plain data, or None where there is nothing new to show. `members` are never shown.
    """

    consultation_id: int
    number: int
    seq: int
    at: datetime
    final: bool
    minimum: int
    algorithm: int
    figures: dict[str, Any] | None
    members: Mapping[int, Member] = field(repr=False)


def changed_people(before: Mapping[int, int], now: Mapping[int, int]) -> int:
    """How many people's positions differ between two moments; both are marks of positions by membership."""
    return sum(before.get(key) != now.get(key) for key in before.keys() | now.keys())


def may_replace(changed: int, minimum: int, *, closed: bool) -> bool:
    """Whether a new run may be shown after another, so many people having changed their positions in between.

    Whoever keeps the figures of both can subtract them. While people take positions, the difference is therefore always
    that of at least a smallest group; once everything is in, the last figures are shown whatever they differ by.
    """
    return closed or changed >= minimum
