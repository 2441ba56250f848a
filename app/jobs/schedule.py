"""What the calendar does by itself. Each due thing is a transaction of its own.

`DUE` lists everything, visibly. An entry finds what is due, and carries one of them out under the lock of its
consultation, where it looks again: so two workers do it once, and a round that is repeated does nothing.
"""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import clock
from app.actions import calendar, commitments, limits, objections, responses
from app.db import Database
from app.errors import DomainError
from app.jobs.opinions import find_groups
from app.models.commitments import Commitment
from app.models.consultations import Consultation, ConsultationState
from app.models.objections import Objection, ObjectionState
from app.models.standards import Standard
from app.rules.commitments import REMIND_BEFORE, reminder_due

EVERY = 60.0  # seconds between two looks at the calendar

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Due:
    """A kind of thing that the calendar does: the ids of what may be due, and what is done about one of them."""

    name: str
    find: Callable[[Session, datetime], Sequence[int]]
    carry_out: Callable[[Session, int], bool]


def drafts_to_open(session: Session, at: datetime) -> Sequence[int]:
    """Drafts that are to open by themselves and whose time has come."""
    return session.scalars(
        select(Consultation.id)
        .where(Consultation.state == ConsultationState.DRAFT, Consultation.opens_itself, Consultation.opens_at <= at)
        .order_by(Consultation.id)
    ).all()


def consultations_to_close(session: Session, at: datetime) -> Sequence[int]:
    """Open consultations whose closing time has passed."""
    return session.scalars(
        select(Consultation.id)
        .where(Consultation.state == ConsultationState.OPEN, Consultation.closes_at <= at)
        .order_by(Consultation.id)
    ).all()


def answers_without_reply(session: Session, at: datetime) -> Sequence[int]:
    """Consultations in which an answer to an objection waits longer for a reply than it has to."""
    waiting = (
        select(Consultation.id, Consultation.reply_days, func.min(Objection.moved_at))
        .join(Standard, Standard.consultation_id == Consultation.id)
        .join(Objection, Objection.standard_id == Standard.id)
        .where(Objection.state == ObjectionState.ANSWERED)
        .group_by(Consultation.id, Consultation.reply_days)
    )
    return [key for key, days, oldest in session.execute(waiting) if oldest + timedelta(days=days) <= at]


def promises_passed(session: Session, at: datetime) -> Sequence[int]:
    """Consultations with a promised day that has passed and is not in the record yet."""
    return responses.overdue(session, at)


def endings_to_remind_of(session: Session, at: datetime) -> Sequence[int]:
    """Promises that end within the longest reminder and are not over."""
    until = at.date() + timedelta(days=max(REMIND_BEFORE))
    near = select(Commitment).where(Commitment.ends_on > at.date(), Commitment.ends_on <= until)
    return [
        commitment.id
        for commitment in session.scalars(near.order_by(Commitment.id))
        if reminder_due(commitment.ends_on, commitment.reminded_on, at.date())
    ]


DUE: tuple[Due, ...] = (
    Due("open consultation", drafts_to_open, calendar.open_by_itself),
    Due("close consultation", consultations_to_close, calendar.close_by_itself),
    Due("let unanswered answers lapse", answers_without_reply, objections.lapse_unreplied),
    Due("note overdue responses", promises_passed, responses.note_overdue),
    Due("remind of an ending", endings_to_remind_of, commitments.remind_of_ending),
    Due("pass on a late case", limits.late_cases, limits.pass_on_case),
    Due("pass on a late appeal", limits.late_appeals, limits.pass_on_appeal),
    Due("delete the original of a redacted text", limits.originals_to_delete, limits.delete_original),
)


class Calendar:
    """Looks at what is due at most once in `EVERY` seconds."""

    def __init__(self, every: float = EVERY) -> None:
        self.every = every
        self._next = 0.0
        self._turn = threading.Lock()

    def look(self, database: Database) -> int:
        """Carry out what is due, if it is time to look again; returns how much was done."""
        with self._turn:
            if time.monotonic() < self._next:
                return 0
            self._next = time.monotonic() + self.every
        return carry_out_due(database) + find_groups(database)


def carry_out_due(database: Database, due: Sequence[Due] = DUE) -> int:
    """Carry out everything that is due now; returns how much was done. What fails is logged and stops nothing else."""
    return sum(_carry_out(database, kind, key) for kind in due for key in _found(database, kind))


def _found(database: Database, kind: Due) -> Sequence[int]:
    with database.read() as session:
        return list(kind.find(session, clock.now()))


def _carry_out(database: Database, kind: Due, key: int) -> bool:
    try:
        with database.write() as session:
            if not kind.carry_out(session, key):
                return False
            session.commit()
    except DomainError as error:
        log.info("not due after all", what=kind.name, key=key, error=type(error).__name__)
        return False
    except Exception as error:  # noqa: BLE001 - one that fails must not stop the others; it is tried again
        log.warning("schedule failed", what=kind.name, key=key, error=type(error).__name__)
        return False
    return True
