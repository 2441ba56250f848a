"""From positions to the opinion groups that may be shown, as plain data that can be kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from app.analysis.bundles import bundles
from app.analysis.consensus import AGREED, DISAGREED
from app.analysis.groups import SMALLEST
from app.analysis.one_thread import np
from app.analysis.opinions import VERSION, Opinions, opinions
from app.analysis.representative import Representative
from app.queries.opinion_positions import InForce, Taken
from app.rules.cross_tables import cross_table
from app.rules.disclosure import shown_groups
from app.rules.opinion_runs import Member, NewRun, changed_people, may_replace

MOST_MARKS = 120
"""The map has about so many marks at most."""
MOST_LISTED = 10
NOT_GROUPED = -1
Figures = dict[str, Any]


def least_people(minimum_voices: int, minimum_group: int) -> int:
    """With fewer people groups are not looked for."""
    return max(minimum_voices, 2 * max(SMALLEST, minimum_group))


def found_in(taken: Taken) -> NewRun:
    """The run that follows from these positions. Asks no database, so that it may take its time."""
    marks = dict(zip(taken.members.tolist(), taken.marks.tolist(), strict=True))
    before: Mapping[int, Member] = taken.shown.members if taken.shown else {}
    minimum = taken.consultation.minimum_group
    figures: Figures | None = None
    numbers: dict[int, int] = {}
    changed = changed_people({key: member.mark for key, member in before.items()}, marks)
    if taken.shown is None or may_replace(changed, minimum, closed=taken.closed):
        figures, numbers = _figures(taken, before)
    return NewRun(
        consultation_id=taken.consultation.id,
        number=taken.shown.number + 1 if taken.shown else 1,
        seq=taken.seq,
        at=taken.at,
        final=taken.closed,
        minimum=minimum,
        algorithm=VERSION,
        figures=figures,
        members={key: Member(numbers.get(key), mark) for key, mark in marks.items()},
    )


def _figures(taken: Taken, before: Mapping[int, Member]) -> tuple[Figures, dict[int, int]]:
    """What may be shown, and the group number of each membership that is in one."""
    minimum, count = taken.consultation.minimum_group, len(taken.members)
    if count < least_people(taken.consultation.minimum_voices, minimum):
        return {"people": count}, {}
    smallest = max(SMALLEST, minimum)
    earlier = {place: before.get(key) for place, key in enumerate(taken.members.tolist())}
    found = opinions(
        taken.people,
        taken.standards,
        taken.values,
        shape=(count, taken.width),
        excluded=range(len(taken.texts), taken.width),
        before={place: one.number for place, one in earlier.items() if one is not None and one.number is not None},
        smallest=smallest,
    )
    totals = np.bincount(taken.standards, minlength=taken.width).tolist()
    figures = Telling(found, totals, taken.texts, minimum).figures() | {
        "people": count,
        "smallest": smallest,
        "cross": _cross(taken, found, minimum),
    }
    return figures, dict(zip(taken.members[found.people].tolist(), found.labels.tolist(), strict=True))


def _cross(taken: Taken, found: Opinions, minimum: int) -> list[Figures]:
    """Stakeholder groups against opinion groups and, in the last column, those in none; nothing for one group."""
    if len(found.numbers) == 1:
        return []
    place = {number: column for column, number in enumerate(found.numbers)}
    column_of = np.full(len(taken.members), len(place))
    column_of[found.people] = [place[number] for number in found.labels.tolist()]
    counts: dict[str, list[int]] = {key: [0] * (len(place) + 1) for key in sorted(set(taken.spoken_from))}
    for key, column in zip(taken.spoken_from, column_of.tolist(), strict=True):
        counts[key][column] += 1
    rows = cross_table(counts, minimum, hidden=taken.hidden)
    return [{"group": row.key, "people": row.people, "cells": list(row.cells)} for row in rows]


@dataclass(frozen=True)
class Telling:
    """What was found, how many people have a position on each standard, their texts in order, the smallest group."""

    found: Opinions
    totals: Sequence[int]
    texts: Sequence[InForce]
    minimum: int

    def figures(self) -> Figures:
        """Everything that was found, without what may not be shown."""
        found = self.found
        return {
            "grouped": len(found.people),
            "groups": self._groups(),
            "supported": self.shared(supported=True),
            "objected": self.shared(supported=False),
            "shares": [round(100 * share) for share in found.shares],
            "silhouette": _rounded(found.silhouette),
            "observed": _rounded(found.observed),
            "chance": _rounded(max(found.chance, default=None)),
        }

    def shared(self, *, supported: bool) -> list[Figures]:
        """What every group surely supports, or objects to; the surest first."""
        side = AGREED if supported else DISAGREED
        chosen = self.found.shared if supported else self.found.shared_against
        return [
            self._line(statement)
            | {"cells": [self._cell(row, statement, side) for row in range(len(self.found.numbers))]}
            for statement in chosen[:MOST_LISTED]
        ]

    def _groups(self) -> list[Figures]:
        return [
            {
                "number": number,
                "size": int(np.count_nonzero(self.found.labels == number)),
                "sure": int(np.count_nonzero(self.found.sure & (self.found.labels == number))),
                "apart": [self._apart(row, one) for one in self.found.representative[row] if one.certain],
                "marks": self._marks(number),
            }
            for row, number in enumerate(self.found.numbers)
        ]

    def _marks(self, number: int) -> list[tuple[float, float, int]]:
        """One group's people in bundles; bundles grow with the number of people, but a group always has one."""
        places = self.found.places[self.found.labels == number]
        wished = max(SMALLEST, self.minimum, len(self.found.people) // MOST_MARKS)
        found = bundles(places, max(1, min(wished, len(places))))
        return [(round(mark.x, 2) + 0.0, round(mark.y, 2) + 0.0, mark.people) for mark in found]

    @cached_property
    def _column(self) -> dict[int, int]:
        return {int(statement): column for column, statement in enumerate(self.found.statements)}

    def _line(self, statement: int) -> Figures:
        standard, version = self.texts[statement]
        return {"standard": standard.id, "version": version.number}

    def _shown(self, statement: int) -> frozenset[int]:
        """The rows whose positions on a standard may be shown beside the total of all people, grouped or not."""
        seen = self.found.counts[:, self._column[statement]].sum(axis=-1).tolist()
        sizes = dict(enumerate(seen)) | {NOT_GROUPED: self.totals[statement] - sum(seen)}
        return shown_groups(sizes, self.minimum)

    def _cell(self, row: int, statement: int, side: int) -> list[int] | None:
        """How many of a group's positions are on a side, and how many there are; None where that is not shown."""
        if row not in self._shown(statement):
            return None
        counts = self.found.counts[row, self._column[statement]]
        return [int(counts[side]), int(counts.sum())]

    def _apart(self, row: int, one: Representative) -> Figures:
        all_shown = self._shown(one.statement) >= set(range(len(self.found.numbers)))
        return self._line(one.statement) | {
            "supports": one.agrees,
            "here": self._cell(row, one.statement, AGREED if one.agrees else DISAGREED),
            "elsewhere": [one.said_elsewhere, one.seen_elsewhere] if all_shown else None,
        }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
