"""Opinion groups as rows: the groups, figures of each on standards, and stakeholder groups across them."""

from collections.abc import Iterator

from app.language import _
from app.reports.columns import GROUP, STANDARD, Cell, Column, Table
from app.reports.document import Document
from app.reports.opinions_report import OpinionReport

LETTER = Column("opinion_group", _("Letter of the opinion group"))
PEOPLE = Column("people", _("People in it"), number=True)


def tables_of_opinions(document: Document) -> tuple[Table, ...]:
    """Three tables; none where no opinion groups are shown."""
    found = document.opinions
    return () if found is None else (_groups(found), _figures(found), _cross(found))


def _groups(found: OpinionReport) -> Table:
    columns = (LETTER, PEOPLE, Column("beyond_doubt", _("People who are in it beyond doubt"), number=True))
    rows = tuple((group.letter, group.people, group.beyond_doubt) for group in found.groups)
    return Table("opinion_groups", _("Opinion groups"), columns, rows)


def _figures(found: OpinionReport) -> Table:
    columns = (
        Column("kind", _("all_support, all_object: every group is on this side; apart: what sets a group apart")),
        STANDARD,
        LETTER,
        Column("said", _("Positions on this side; empty where they may not be shown"), number=True),
        Column("seen", _("Positions of the group on the standard; empty likewise"), number=True),
    )
    return Table("opinion_figures", _("Opinion groups on standards"), columns, tuple(_shares(found)))


def _shares(found: OpinionReport) -> Iterator[tuple[Cell, ...]]:
    for kind, shared in (("all_support", found.all_support), ("all_object", found.all_object)):
        for one in shared:
            yield from ((kind, one.standard, share.group, share.said, share.seen) for share in one.groups)
    for group in found.groups:
        for apart in group.apart:
            yield ("apart", apart.standard, group.letter, apart.here.said, apart.here.seen)


def _cross(found: OpinionReport) -> Table:
    columns = (
        GROUP,
        LETTER,
        Column("people", _("People of both; empty where they may not be shown"), number=True),
    )
    letters = [*(group.letter for group in found.groups), ""]
    rows = tuple(
        (line.name or line.group, letter, count)
        for line in found.cross
        for letter, count in zip(letters, line.opinion_groups, strict=True)
    )
    return Table("opinion_cross", _("Stakeholder and opinion groups"), columns, rows)
