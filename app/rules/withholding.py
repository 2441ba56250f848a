"""What one summary of an open consultation hid, the next one hides as well (docs/disclosure.md).

Whoever keeps two tables can subtract them: a group that was too small in the first and is shown in the second tells
what it was before, less the few who moved. So the same groups are hidden in both until enough people moved; and where a
later table would have to hide a group that the one before showed, it shows no group at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

VOICES = "voices"
MODERATION = "moderation"
UNLISTED = ""
"""The key of all who stated no group; nobody is told whether they are few."""


@dataclass(frozen=True, slots=True)
class Table:
    """The groups that a table shows and hides; `version` is the text that its positions were on, or 0."""

    shown: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()
    version: int = 0


Tables = Mapping[str, Table]
NO_TABLE = Table()
NO_TABLES: Tables = MappingProxyType({})


def of_standard(number: int, counts_from: int) -> str:
    """The name of the table of a standard, whose positions count from a version on."""
    return f"standard {number} from {counts_from}"


def table_in(tables: Tables, name: str) -> Table:
    """The table of this name, or one without groups."""
    return tables.get(name, NO_TABLE)


def release(table: Table, moved: Mapping[str, int], minimum: int) -> Table:
    """The table without those hidden groups that may be shown again because enough people moved since.

    Twice the smallest group moved in the group, and as many among the others that stay hidden, so that nobody can say
    which of the changes were whose. The groups in which most moved come first. `moved` are people by group, those
    without one under `UNLISTED`.
    """
    enough = 2 * minimum
    hidden, others = set(table.hidden), sum(moved.get(group, 0) for group in table.hidden | {UNLISTED})
    for group in sorted(table.hidden, key=lambda group: (-moved.get(group, 0), group)):
        if moved.get(group, 0) >= enough and others - moved[group] >= enough:
            hidden.discard(group)
            others -= moved[group]
    return replace(table, hidden=frozenset(hidden))


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
