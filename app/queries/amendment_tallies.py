"""What the positions on amendments come to: by group where it may be shown, and in all."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.amendments import AmendmentPosition
from app.queries.consultations import Frame
from app.queries.positions import Tally, tally_of
from app.queries.tally_cells import Cells, counts_of


def tallies(
    session: Session, frame: Frame, amendment_ids: Sequence[int], *, has_position: bool = False
) -> dict[int, Tally]:
    """The tally of each amendment, by its id. One statement however many there are."""
    cells = cells_of_amendments(session, amendment_ids)
    return {key: tally_of(frame, cells[key], has_position=has_position) for key in amendment_ids}


def cells_of_amendments(session: Session, amendment_ids: Sequence[int]) -> dict[int, Cells]:
    """Counts by block and group for each amendment. One statement however many there are."""
    cell = (
        *(AmendmentPosition.amendment_id, AmendmentPosition.block, AmendmentPosition.group_id),
        AmendmentPosition.choice,
    )
    rows = session.execute(
        select(*cell, func.count())
        .where(AmendmentPosition.amendment_id.in_(amendment_ids), AmendmentPosition.counted)
        .group_by(*cell)
    ).all()
    numbers: dict[int, dict[tuple[str, int | None], dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for amendment_id, block, group_id, choice, count in rows:
        numbers[amendment_id][(block, group_id)][choice] = count
    return {key: {place: counts_of(cell) for place, cell in numbers[key].items()} for key in amendment_ids}
