"""What a summary says of moderation beyond its totals: reasons, waiting times, appeals, groups where they may show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise

from app.queries.moderation_report import Figures, GroupFigures

WITHIN_HOURS = (4, 12, 24, 48)
"""Waiting times are counted up to each of these, and beyond the last."""


@dataclass(frozen=True, slots=True)
class GroupProcess:
    """What became of the contributions of one group; None where it may not be shown."""

    name: str
    directly_affected: bool
    received: int | None
    published: int | None
    returned: int | None
    removed: int | None
    median_wait_hours: int | None


@dataclass(frozen=True, slots=True)
class DueProcess:
    """How decisions came about. Waits run from the opening of a case to its decision, in whole hours.

    `waits` are decisions within 4, 12, 24 and 48 hours, and later ones: five counts.
    """

    decisions: int = 0
    by_reason: Mapping[str, int] = field(default_factory=dict)
    median_wait_hours: int | None = None
    ninetieth_wait_hours: int | None = None
    waits: tuple[int, ...] = ()
    two_readers: int = 0
    warned: int = 0
    suspended: int = 0
    appeals_decided: int = 0
    overturned_in_part: int = 0
    moderators: int = 0
    groups: tuple[GroupProcess, ...] = ()


NO_DECISIONS = DueProcess()


def due_process_of(figures: Figures) -> DueProcess:
    """The same figures as the public report of moderation."""
    return DueProcess(
        decisions=len(figures.waits),
        by_reason=dict(figures.by_reason),
        median_wait_hours=_hours(figures.median_wait),
        ninetieth_wait_hours=_hours(figures.ninetieth_wait),
        waits=_within(figures.waits),
        two_readers=figures.two_readers,
        warned=figures.warned,
        suspended=figures.suspended,
        appeals_decided=figures.appeals_decided,
        overturned_in_part=figures.overturned_in_part,
        moderators=figures.moderators,
        groups=tuple(_group(group) for group in figures.groups),
    )


def _group(group: GroupFigures) -> GroupProcess:
    if not group.shown:
        return GroupProcess(group.name, group.directly_affected, None, None, None, None, None)
    return GroupProcess(
        name=group.name,
        directly_affected=group.directly_affected,
        received=group.received,
        published=group.published,
        returned=group.returned,
        removed=group.removed,
        median_wait_hours=_hours(group.median_wait),
    )


def _hours(wait: timedelta | None) -> int | None:
    return None if wait is None else int(wait.total_seconds() // 3600)


def _within(waits: Sequence[timedelta]) -> tuple[int, ...]:
    if not waits:
        return ()
    limits = [timedelta(hours=hours) for hours in WITHIN_HOURS]
    below = [sum(wait <= limit for wait in waits) for limit in limits]
    return (below[0], *(high - low for low, high in pairwise(below)), len(waits) - below[-1])
