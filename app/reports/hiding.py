"""Which groups the tables of a summary show, and which they hide: what later ones are held against."""

from collections.abc import Iterable, Mapping

from app.reports.document import Document
from app.reports.standard_report import StandardReport
from app.rules.withholding import MODERATION, VOICES, Table, Tables, of_standard


def tables_of(document: Document, counting_from: Mapping[int, int]) -> Tables:
    """The tables by stakeholder group that a summary publishes; of a standard whose positions are hidden there is none.

    A table that hides nobody hides no group: there is nothing that a later one could give away. `counting_from` says
    from which version on the positions on each standard count, by its number.
    """
    tables = {
        of_standard(standard.number, counting_from.get(standard.number, 1)): _of_standard(standard)
        for standard in document.standards
        if not standard.positions_hidden
    }
    tables[VOICES] = _table(((group.group, group.people) for group in document.participation), document.people)
    keys = {group.name: group.group for group in document.participation}
    moderated = ((keys[group.name], group.received) for group in document.due_process.groups)
    tables[MODERATION] = _table(moderated, document.moderation.received)
    return tables


def _of_standard(standard: StandardReport) -> Table:
    told = ((tally.group_key, tally.size if tally.shown else None) for tally in standard.by_group)
    return _table(told, standard.positions.n, standard.version)


def _table(told: Iterable[tuple[str, int | None]], everybody: int, version: int = 0) -> Table:
    """From the size of each group, or None, and that of all together."""
    sizes = dict(told)
    shown = frozenset(key for key, size in sizes.items() if size is not None)
    hides_somebody = sum(size or 0 for size in sizes.values()) < everybody
    return Table(shown, frozenset(sizes) - shown if hides_somebody else frozenset(), version)
