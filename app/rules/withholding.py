"""What one summary of an open consultation hid, the next one hides as well (docs/disclosure.md).

Whoever keeps two tables can subtract them: a group that was too small in the first and is shown in the second tells
what it was before, less the few who moved. So the same groups are hidden in both; and where a later table would have to
hide a group that an earlier one showed, it is not published.

That is not needed where people moved in ways that no sum shows: whoever takes a position twice leaves an entry in the
record that nobody outside can tell from the others. Say that there are two such entries, and that the first table hides
somebody of a small group who chose one thing and somebody else who chose another. Then exchanging these two, and having
each of them change with one of these entries, agrees with everything that was published: how many of the group chose so
is not known. The same holds for what the second table hides.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

VOICES = "voices"
MODERATION = "moderation"
TWO = 2


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


def may_be_free(wavering: int, minimum: int) -> bool:
    """Whether a later summary may show what its own rules allow, whatever the one before hid.

    So many people were `wavering`: since then they took a position more than once on one text. Two are needed. It
    takes as many as the smallest group, so that it also holds for those who know what some of them did.
    """
    return wavering >= max(minimum, TWO)


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
