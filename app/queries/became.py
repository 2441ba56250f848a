"""What became of a standard: its outcome, the authority's response, and what still has to be resolved."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from app.models.consultations import Membership
from app.models.outcomes import Follow, Outcome, Response
from app.models.standards import Standard
from app.queries.consultations import Frame
from app.queries.dispositions import open_changes
from app.queries.threads import name_of


@dataclass(frozen=True, slots=True)
class Became:
    """What became of one standard so far; `followed` says whether this viewer wants to be told."""

    outcome: Outcome | None
    stated_by: str
    response: Response | None
    followed: bool
    open_changes: int
    unanswered: int
    sustained: int

    @property
    def objections(self) -> int:
        """How many objections stand."""
        return self.unanswered + self.sustained


def columns(frame: Frame) -> tuple[Any, ...]:
    """What a query of one standard selects, so that no page needs another statement; `joined` brings the tables."""
    followed = (
        select(Follow.standard_id)
        .where(Follow.standard_id == Standard.id, Follow.membership_id == frame.membership_id)
        .exists()
    )
    return Outcome, _stater, Response, followed, open_changes()


def joined(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """The query with the tables that `columns` come from; it selects from `Standard`."""
    return (
        query.outerjoin(Outcome, Outcome.standard_id == Standard.id)
        .outerjoin(_stater, _stater.id == Outcome.membership_id)
        .outerjoin(Response, Response.standard_id == Standard.id)
    )


def became(found: Sequence[Any], unanswered: int, sustained: int) -> Became:
    """What became of a standard with so many unanswered and remaining objections, from the columns found."""
    outcome, stater, response, followed, changes = found
    return Became(
        outcome=outcome,
        stated_by=name_of(stater) if stater is not None else "",
        response=response,
        followed=followed,
        open_changes=changes,
        unanswered=unanswered,
        sustained=sustained,
    )


_stater = aliased(Membership)
