"""The cells that tallies are made of, as they are kept: counts of each choice by block and group."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from app.models.positions import Block, Choice, PositionTally
from app.models.standards import Standard, StandardVersion
from app.queries.visibility import readable_standard
from app.rules.consensus import Counts
from app.rules.versions import still_counts

Cells = Mapping[tuple[str, int | None], Counts]
Ages = Mapping[str, int]
NOBODY = Counts()


def cells_of(session: Session, standards: Sequence[Standard]) -> tuple[dict[int, Cells], dict[int, Ages]]:
    """Counts by block and group for each standard, and on which texts people took their positions. One statement."""
    wanted = {standard.id: standard for standard in standards}
    rows = session.execute(
        select(
            PositionTally.standard_id,
            PositionTally.block,
            PositionTally.group_id,
            PositionTally.version,
            PositionTally.choice,
            PositionTally.count,
        ).where(PositionTally.standard_id.in_(wanted))
    )
    numbers: dict[int, dict[tuple[str, int | None], dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    ages: dict[int, Counter[str]] = defaultdict(Counter)
    for standard_id, block, group_id, version, choice, count in rows:
        standard = wanted[standard_id]
        if block == Block.PEOPLE:
            ages[standard_id][_age(standard, version)] += count
        if still_counts(standard, version):
            cell = numbers[standard_id][(block, group_id)]
            cell[choice] = cell.get(choice, 0) + count
    counted: dict[int, Cells] = defaultdict(dict)
    for standard_id, cells in numbers.items():
        counted[standard_id] = {key: counts_of(cell) for key, cell in cells.items()}
    return counted, defaultdict(Counter, ages)


def people_of_all(session: Session, consultation_id: int) -> dict[tuple[int, int], dict[int | None, Counts]]:
    """The people of each tally that can be read by group, under the standard's number and from which version it counts.

    One statement.
    """
    rows = session.execute(
        select(
            *(Standard.number, Standard.counts_from, PositionTally.group_id, PositionTally.choice),
            func.sum(PositionTally.count),
        )
        .join(Standard, Standard.id == PositionTally.standard_id)
        .join(StandardVersion, and_(StandardVersion.standard_id == Standard.id, readable_standard()))
        .where(
            Standard.consultation_id == consultation_id,
            PositionTally.block == Block.PEOPLE,
            PositionTally.version.between(Standard.counts_from, func.coalesce(Standard.version, PositionTally.version)),
        )
        .group_by(Standard.number, Standard.counts_from, PositionTally.group_id, PositionTally.choice)
    )
    texts: dict[tuple[int, int], dict[int | None, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for number, counts_from, group_id, choice, count in rows:
        texts[number or 0, counts_from][group_id][choice] = count
    return {text: {key: counts_of(cell) for key, cell in groups.items()} for text, groups in sorted(texts.items())}


def total(parts: Sequence[Counts]) -> Counts:
    """Several counts together."""
    return Counts(
        support=sum(part.support for part in parts),
        reservations=sum(part.reservations for part in parts),
        abstain=sum(part.abstain for part in parts),
        object=sum(part.object for part in parts),
    )


def counts_of(cell: Mapping[str, int]) -> Counts:
    """A count for each choice, as one thing."""
    return Counts(
        support=cell.get(Choice.SUPPORT, 0),
        reservations=cell.get(Choice.RESERVATIONS, 0),
        abstain=cell.get(Choice.ABSTAIN, 0),
        object=cell.get(Choice.OBJECT, 0),
    )


def _age(standard: Standard, version: int) -> str:
    if version == standard.version:
        return "confirmed"
    return "carried_counted" if still_counts(standard, version) else "carried"
