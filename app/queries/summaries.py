"""Stored runs of the summary: the list, one of them, and the pieces of its document."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.db import LARGEST_ID
from app.errors import NotFound, Refusal
from app.models.consultations import Membership
from app.models.contributions import READABLE, Contribution
from app.models.summaries import RunState, SummaryChunk, SummaryRun
from app.queries.consultations import Frame
from app.queries.threads import name_of
from app.rules.consultations import why_not_chair
from app.rules.summaries import PROGRESS, why_not_make_summary

PAGE = 50


@dataclass(frozen=True, slots=True)
class RunLine:
    """A run; `asked_by` is the name of who asked, for the chair and for themselves alone. `percent` is its progress."""

    run: SummaryRun
    asked_by: str
    percent: int

    @property
    def done(self) -> bool:
        """Whether it can be read."""
        return self.run.state == RunState.DONE


@dataclass(frozen=True, slots=True)
class RunsPage:
    """The runs of a consultation, the latest first; `next_before` continues the list."""

    frame: Frame
    lines: tuple[RunLine, ...]
    next_before: int | None
    why_not_make: Refusal | None
    why_not_now: Refusal | None


def runs(session: Session, frame: Frame, *, before: int, why_not_now: Refusal | None) -> RunsPage:
    """The runs with a number below `before`. One statement."""
    rows = session.execute(_runs(frame).where(SummaryRun.number < min(before, LARGEST_ID)).limit(PAGE + 1)).all()
    lines = tuple(_line(frame, run, asker) for run, asker in rows[:PAGE])
    return RunsPage(
        frame=frame,
        lines=lines,
        next_before=lines[-1].run.number if len(rows) > PAGE else None,
        why_not_make=why_not_make_summary(frame.membership, administrator=frame.viewer.administrator),
        why_not_now=why_not_now,
    )


def run(session: Session, frame: Frame, number: int) -> RunLine:
    """One run by its number. One statement.

    Raises:
        NotFound: there is none with this number here.
    """
    if number > LARGEST_ID:
        raise NotFound
    found = session.execute(_runs(frame).where(SummaryRun.number == number)).one_or_none()
    if found is None:
        raise NotFound
    return _line(frame, *found)


def numbers(session: Session, frame: Frame) -> tuple[int, ...]:
    """The numbers of the runs that can be read, the latest first."""
    done = select(SummaryRun.number).where(
        SummaryRun.consultation_id == frame.consultation.id, SummaryRun.state == RunState.DONE
    )
    return tuple(session.scalars(done.order_by(SummaryRun.number.desc())))


def readable(session: Session, frame: Frame, number: int) -> SummaryRun:
    """A run whose document can be read.

    Raises:
        NotFound: there is none with this number here, or it is not done.
    """
    line = run(session, frame, number)
    if not line.done:
        raise NotFound
    return line.run


def named(session: Session, frame: Frame, fingerprint: str) -> SummaryRun | None:
    """The run that had this fingerprint when it was made."""
    wanted = select(SummaryRun).where(
        SummaryRun.consultation_id == frame.consultation.id, SummaryRun.fingerprint == fingerprint
    )
    return session.scalars(wanted.order_by(SummaryRun.number).limit(1)).first()


def chunks(session: Session, run_id: int) -> Sequence[bytes]:
    """The pieces of a run's document, in order."""
    pieces = select(SummaryChunk.data).where(SummaryChunk.run_id == run_id)
    return session.scalars(pieces.order_by(SummaryChunk.place)).all()


def languages(session: Session, frame: Frame) -> tuple[str, ...]:
    """The languages of what everybody can read in a consultation."""
    spoken = select(Contribution.language).where(
        Contribution.consultation_id == frame.consultation.id, Contribution.state.in_(READABLE)
    )
    return tuple(sorted(language for language in session.scalars(spoken.distinct()) if language))


def _runs(frame: Frame) -> Select[SummaryRun, Membership | None]:
    return (
        select(SummaryRun, Membership)
        .outerjoin(Membership, Membership.id == SummaryRun.asked_by_id)
        .where(SummaryRun.consultation_id == frame.consultation.id)
        .order_by(SummaryRun.number.desc())
    )


def _line(frame: Frame, run: SummaryRun, asker: Membership | None) -> RunLine:
    mine = asker is not None and asker.id == frame.membership_id
    seen = asker is not None and asker.account_id is not None and (mine or why_not_chair(frame.membership) is None)
    percent = PROGRESS[run.step] if run.state in (RunState.WAITING, RunState.MAKING) else 100
    return RunLine(run, name_of(asker) if asker is not None and seen else "", percent)
