"""What changed between two summaries of one consultation: totals, states, texts and objections, never one position.

A change of positions is told where nobody's is behind it, or those of at least as many people as the smallest group
that may be shown has. A group's cells are told where it is shown in both, and only if that holds for every group and
for all that is left when these are taken from the total.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from app.reports.document import Document, as_json
from app.rules.objections import STANDING

CELLS = ("support", "support_with_reservations", "abstain", "object")


class Told(StrEnum):
    """Whether a change of positions may be told."""

    SAME = "same"
    TOLD = "told"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class Count:
    """One figure before and after."""

    name: str
    before: int
    after: int

    @property
    def by(self) -> int:
        """How much more it is."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Moves:
    """How the positions of all people, or of one group, changed; no counts where they may not be told."""

    name: str
    told: Told
    counts: tuple[Count, ...] = ()


@dataclass(frozen=True, slots=True)
class StandardChange:
    """What changed about one standard that is in both summaries. Empty where nothing did."""

    number: int
    title: str
    versions: tuple[int, int] | None
    states: tuple[str, str] | None
    outcomes: tuple[str, str] | None
    responses: tuple[str, str] | None
    people: Moves
    groups: tuple[Moves, ...]
    objections: Count
    comments: tuple[Count, ...]

    @property
    def anything(self) -> bool:
        """Whether there is anything to tell."""
        moved = any(moves.told != Told.SAME for moves in (self.people, *self.groups))
        counted = any(count.by for count in (self.objections, *self.comments))
        return moved or counted or any((self.versions, self.states, self.outcomes, self.responses))


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that changed. `added` and `gone` are standards by number and title."""

    added: tuple[tuple[int, str], ...]
    gone: tuple[tuple[int, str], ...]
    standards: tuple[StandardChange, ...]
    participation: tuple[Count, ...]
    moderation: tuple[Count, ...]

    @property
    def anything(self) -> bool:
        """Whether both say the same."""
        counted = any(count.by for count in (*self.participation, *self.moderation))
        return bool(self.added or self.gone or self.standards) or counted


def changes(before: Document, after: Document) -> Changes:
    """What the later summary says otherwise than the earlier one; both are of one consultation."""
    old, new = _by_number(before), _by_number(after)
    minimum = max(before.consultation.minimum_group, after.consultation.minimum_group)
    compared = (_standard(old[number], new[number], minimum) for number in sorted(old.keys() & new.keys()))
    return Changes(
        added=tuple((number, new[number].title) for number in sorted(new.keys() - old.keys())),
        gone=tuple((number, old[number].title) for number in sorted(old.keys() - new.keys())),
        standards=tuple(change for change in compared if change.anything),
        participation=_participation(before, after, minimum),
        moderation=tuple(
            Count(one.name, getattr(before.moderation, one.name), getattr(after.moderation, one.name))
            for one in fields(after.moderation)
        ),
    )


def differs(before: Document, after: Document) -> list[str]:
    """The names of the parts in which two documents, as they are published, differ; their place in the record aside."""
    old, new = as_json(before), as_json(after)
    beside = ("fingerprint", "as_of", "ledger_entries", "corrections", "part")
    return [name for name, value in new.items() if name not in beside and old.get(name) != value]


def _by_number(document: Document) -> dict[int, Any]:
    return {standard.number: standard for standard in document.standards}


def _standard(old: Any, new: Any, minimum: int) -> StandardChange:
    return StandardChange(
        number=new.number,
        title=new.title,
        versions=_pair(old.version, new.version),
        states=_pair(old.consensus_state, new.consensus_state),
        outcomes=_pair(old.outcome, new.outcome),
        responses=_pair(old.response, new.response),
        people=_moves("", _cells(old.positions), _cells(new.positions), minimum),
        groups=_groups(old, new, minimum),
        objections=Count("objections", _standing(old), _standing(new)),
        comments=_comments(old, new),
    )


def _pair(old: Any, new: Any) -> Any:
    return None if old == new else (old, new)


def _cells(positions: Any) -> dict[str, int]:
    return {name: getattr(positions, name) for name in CELLS}


def _groups(old: Any, new: Any, minimum: int) -> tuple[Moves, ...]:
    """The groups that both show; where one of them, or what they leave of the total, moved too little, none is told."""
    seen = {tally.group_key: tally for tally in old.by_group if tally.shown}
    pairs = [(seen[tally.group_key], tally) for tally in new.by_group if tally.shown and tally.group_key in seen]
    moves = [_moves(now.name, _of_group(then), _of_group(now), minimum) for then, now in pairs]
    left = _moves(
        "",
        _left(_cells(old.positions), [_of_group(then) for then, _now in pairs]),
        _left(_cells(new.positions), [_of_group(now) for _then, now in pairs]),
        minimum,
    )
    if any(one.told == Told.TOO_FEW for one in (*moves, left)):
        return tuple(Moves(one.name, Told.TOO_FEW) for one in moves)
    return tuple(one for one in moves if one.told != Told.SAME)


def _left(total: Mapping[str, int], parts: Sequence[Mapping[str, int]]) -> dict[str, int]:
    return {cell: total[cell] - sum(part[cell] for part in parts) for cell in CELLS}


def _of_group(tally: Any) -> dict[str, int]:
    counts = (tally.support, tally.reservations, tally.abstain, tally.object)
    return dict(zip(CELLS, counts, strict=True))


def _moves(name: str, old: Mapping[str, int], new: Mapping[str, int], minimum: int) -> Moves:
    """At least so many people moved as cells grew, or as they shrank, whichever is more."""
    grown = sum(max(new[cell] - old[cell], 0) for cell in CELLS)
    shrunk = sum(max(old[cell] - new[cell], 0) for cell in CELLS)
    moved = max(grown, shrunk)
    if moved == 0:
        return Moves(name, Told.SAME)
    if moved < minimum:
        return Moves(name, Told.TOO_FEW)
    counts = tuple(Count(cell, old[cell], new[cell]) for cell in CELLS)
    return Moves(name, Told.TOLD, (*counts, Count("n", sum(old.values()), sum(new.values()))))


def _standing(standard: Any) -> int:
    """An objection stands though its reason is not published: then it is a minority position without a comment."""
    withheld = [line for line in standard.minority if line.id is None]
    return sum(line.state in STANDING for line in (*standard.objections, *withheld))


def _comments(old: Any, new: Any) -> tuple[Count, ...]:
    before, after = Counter(line.id for line in old.comments), Counter(line.id for line in new.comments)
    return (Count("added", 0, len(after - before)), Count("removed", 0, len(before - after)))


def _participation(before: Document, after: Document, minimum: int) -> tuple[Count, ...]:
    """All people and organisations; and each group where both show it, unless so few came that they could be told."""
    people = Count("people", before.people, after.people)
    organisations = Count("organisations", before.organisations, after.organisations)
    then = {group.group: group.people for group in before.participation}
    groups = [
        Count(group.name, known, group.people)
        for group in after.participation
        if group.people is not None and (known := then.get(group.group)) is not None
    ]
    left = people.by - sum(count.by for count in groups)
    if any(0 < abs(by) < minimum for by in (*(count.by for count in groups), left)):
        groups = []
    return (people, organisations, *(count for count in groups if count.by))
