"""What one summary of an open consultation hid, the next one hides as well (docs/disclosure.md).

Whoever keeps two tables can subtract them: a group that was too small in the first and is shown in the second tells
what it was before, less the few who moved. So the same groups are hidden in both; and where a later table would have to
hide a group that an earlier one showed, it is not published.

That is not needed where positions moved in ways that nobody can see. Say that two entries of the record more were made
than the sums of both moments need, and that the first table hides somebody of a small group who chose one thing and
somebody else who chose another. Then exchanging these two, and having each of them change, agrees with everything that
was published: the number of those in the group who chose so is not known. The same holds for what the second table
hides.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

VOICES = "voices"
MODERATION = "moderation"
HIDING_ENTRIES = 2
"""So many entries that no sum needs hide who moved."""
Cell = tuple[int, int, str, int | None, str]
"""Standard, version, block, group and choice."""


@dataclass(frozen=True, slots=True)
class Table:
    """The groups that a table shows and hides; `version` is the text that its positions were on, or 0."""

    shown: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()
    version: int = 0


Tables = Mapping[str, Table]
NO_TABLES: Tables = MappingProxyType({})


def of_standard(number: int) -> str:
    """The name of the table of a standard."""
    return f"standard {number}"


def withheld(tables: Tables, name: str) -> frozenset[str]:
    """The groups that the table of this name has to hide, whatever their size."""
    return tables[name].hidden if name in tables else frozenset()


def hides_more(before: Tables, now: Tables) -> bool:
    """Whether a table would hide a group that the same one showed before."""
    return any(before[name].shown & table.hidden for name, table in now.items() if name in before)


def may_be_free(entries: int, before: Mapping[Cell, int], now: Mapping[Cell, int], minimum: int) -> bool:
    """Whether a later summary may show what its own rules allow, whatever the one `before` hid.

    `entries` is how often a position was taken, changed or withdrawn in between. Both moments are people by cell, as
    exactly as they are known here; nobody outside needs more entries than these to explain what changed. What is left
    is at least `minimum`, so that it also covers who knows what some people did.
    """
    return entries - entries_needed(before, now) >= max(minimum, HIDING_ENTRIES)


def entries_needed(before: Mapping[Cell, int], now: Mapping[Cell, int]) -> int:
    """The fewest entries that lead from one to the other: each fills a cell, empties one, or does both in one group."""
    come: dict[object, int] = defaultdict(int)
    gone: dict[object, int] = defaultdict(int)
    for cell in before.keys() | now.keys():
        standard, _version, block, group, _choice = cell
        by = now.get(cell, 0) - before.get(cell, 0)
        (come if by > 0 else gone)[standard, block, group] += abs(by)
    return sum(max(come[place], gone[place]) for place in come.keys() | gone.keys())


def tables_as_json(tables: Tables) -> dict[str, Any]:
    """The tables as they are kept."""
    return {
        name: {"shown": sorted(table.shown), "hidden": sorted(table.hidden), "version": table.version}
        for name, table in sorted(tables.items())
    }


def tables_from(kept: Mapping[str, Any] | None) -> Tables:
    """The tables that `tables_as_json` gave; none where nothing was kept."""
    return {
        name: Table(frozenset(table["shown"]), frozenset(table["hidden"]), table["version"])
        for name, table in (kept or {}).items()
    }
