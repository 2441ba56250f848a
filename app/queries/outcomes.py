"""Outcomes as the chair prepares them: per standard the computed state, what is open, and what was stated."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.errors import NotFound, Refusal
from app.models.outcomes import Outcome
from app.models.standards import Standard, StandardVersion
from app.queries.consultations import Frame
from app.queries.listings import Row, readable_versions
from app.queries.positions import Result, Subject, results
from app.rules.outcomes import NOTHING, Blockers, why_not_state_outcome


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    """One standard on its way to an outcome."""

    standard: Standard
    version: StandardVersion
    result: Result
    outcome: Outcome | None
    blockers: Blockers
    why_not_state: Refusal | None


def lines(session: Session, frame: Frame, blockers: Mapping[int, Blockers]) -> tuple[OutcomeLine, ...]:
    """Every readable standard by number. `blockers` are what is open, by the standard's id. Two statements."""
    rows = readable_versions(session, frame)
    subjects = [_subject(row) for row in rows]
    computed = results(session, frame, subjects)
    return tuple(_line(frame, row, computed[row[0].id], blockers.get(row[0].id, NOTHING)) for row in rows)


def line(session: Session, frame: Frame, number: int, blockers: Mapping[int, Blockers]) -> OutcomeLine:
    """One of them.

    Raises:
        NotFound: there is no such standard.
    """
    found = next((one for one in lines(session, frame, blockers) if one.standard.number == number), None)
    if found is None:
        raise NotFound
    return found


def ready(found: Sequence[OutcomeLine]) -> int:
    """For how many the outcome can be stated now."""
    return sum(one.why_not_state is None for one in found)


def _subject(row: Row) -> Subject:
    """Whoever states the outcome sees what it rests on, but not before the closing where nobody does."""
    return Subject(row[0], row[1].affected_groups, row[2], row[3], has_position=True, outcome=row[5])


def _line(frame: Frame, row: Row, result: Result, blockers: Blockers) -> OutcomeLine:
    why_not = why_not_state_outcome(
        frame.consultation,
        frame.phases,
        row[0],
        frame.membership,
        stated=row[5] is not None,
        blockers=blockers,
        at=frame.at,
    )
    return OutcomeLine(row[0], row[1], result, row[5], blockers, why_not or result.why_hidden)
