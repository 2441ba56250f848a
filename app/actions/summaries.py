"""Stored runs of the summary: asked for, made under a lease, mended when words go. The worker brings the document."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from app import clock
from app.actions import consultations
from app.actions.summary_obstacles import UNFINISHED, why_not_ask
from app.errors import NotFound, require
from app.events import SummaryMade, record
from app.models.consultations import Consultation, Membership
from app.models.summaries import Asker, RunState, RunStep, SummaryChunk, SummaryRun
from app.rules.summaries import TRIES, asker_of, why_not_again, why_not_make_summary
from app.rules.withholding import Tables, tables_as_json

LEASE = timedelta(minutes=10)
PAUSE = timedelta(seconds=20)


@dataclass(frozen=True, slots=True)
class Made:
    """A document ready to be stored, with what is stated of it; `revision` is the consultation's when it was read.

    `tables` are those that it and the runs before it show.
    """

    schema: str
    fingerprint: str
    as_of: str
    ledger_entries: int
    revision: int
    tables: Tables
    chunks: Sequence[bytes]


@dataclass(frozen=True, slots=True)
class Leased:
    """A run that this worker has to itself for a while; `attempt` tells it from later ones."""

    run_id: int
    consultation_id: int
    slug: str
    attempt: int
    parameters: Mapping[str, object]


def ask(
    session: Session,
    consultation: Consultation,
    *,
    by: Membership | None,
    administrator: bool,
    parameters: dict[str, object],
) -> SummaryRun:
    """Have a version of the summary stored; the worker makes it.

    Raises:
        Refused: not in the team, one is being made, nothing has changed, or too few people changed their positions.
    """
    require(why_not_make_summary(by, administrator=administrator))
    consultations.lock(session, consultation)
    require(why_not_ask(session, consultation, parameters))
    return _new_run(session, consultation, asker_of(by), parameters, by=by)


def ask_at_closing(session: Session, consultation_id: int) -> bool:
    """Have the version of the closing stored, once; says whether that was due."""
    consultation = session.get_one(Consultation, consultation_id)
    consultations.lock(session, consultation)
    there = select(SummaryRun.id).where(
        SummaryRun.consultation_id == consultation_id, SummaryRun.asked_as == Asker.CLOSING
    )
    if session.scalar(there.limit(1)) is not None:
        return False
    parameters: dict[str, object] = {"sections": [], "groups": [], "languages": [], "campaigns": "grouped"}
    _new_run(session, consultation, Asker.CLOSING, {**parameters, "language": consultation.language}, by=None)
    return True


def try_again(
    session: Session, consultation: Consultation, number: int, *, by: Membership | None, administrator: bool
) -> SummaryRun:
    """Let the worker begin a failed run anew.

    Raises:
        NotFound: there is no run with this number.
        Refused: not in the team, or it did not fail.
    """
    require(why_not_make_summary(by, administrator=administrator))
    consultations.lock(session, consultation)
    found = select(SummaryRun).where(SummaryRun.consultation_id == consultation.id, SummaryRun.number == number)
    run = session.scalars(found.execution_options(populate_existing=True)).one_or_none()
    if run is None:
        raise NotFound
    require(why_not_again(run.state))
    require(why_not_ask(session, consultation, run.parameters))
    run.state, run.step, run.error, run.attempts = RunState.WAITING, RunStep.QUEUE, "", 0
    run.due_at = clock.now()
    session.flush()
    return run


def lease(session: Session, run_id: int, consultation_id: int) -> Leased | None:
    """Take a run that is due for a while; None when somebody else has it. What was begun too often has failed."""
    consultation = session.get_one(Consultation, consultation_id)
    run = _locked(session, consultation, run_id)
    if run.state not in UNFINISHED or run.due_at > clock.now():
        return None
    if run.attempts >= TRIES:
        run.state, run.error = RunState.FAILED, "gave_up"
        session.flush()
        return None
    run.state, run.step, run.attempts = RunState.MAKING, RunStep.GATHER, run.attempts + 1
    run.due_at = clock.now() + LEASE
    session.flush()
    return Leased(run.id, consultation.id, consultation.slug, run.attempts, dict(run.parameters))


def come_to(session: Session, leased: Leased, step: RunStep) -> None:
    """Say how far it has come, unless somebody else has it by now."""
    run = _own(session, leased)
    if run is not None:
        run.step = step
        session.flush()


def finish(session: Session, leased: Leased, made: Made) -> bool:
    """Store the whole document at once; says whether it was still ours to store."""
    run = _own(session, leased)
    if run is None:
        return False
    _replace_chunks(session, run.id, made.chunks)
    run.state, run.step, run.error, run.made_at = RunState.DONE, RunStep.STORE, "", clock.now()
    run.schema, run.fingerprint, run.as_of = made.schema, made.fingerprint, made.as_of
    run.tables = tables_as_json(made.tables)
    run.ledger_entries, run.checked_revision, run.checked_at = made.ledger_entries, made.revision, None
    session.flush()
    record(
        session,
        SummaryMade(
            consultation_id=run.consultation_id,
            number=run.number,
            fingerprint=made.fingerprint,
            through=made.ledger_entries,
            parameters=run.parameters,
        ),
    )
    return True


def put_off(session: Session, leased: Leased) -> None:
    """Something went wrong: it is begun again soon, or has failed if that happened too often."""
    run = _own(session, leased)
    if run is not None:
        over = run.attempts >= TRIES
        run.state, run.error = (RunState.FAILED, "gave_up") if over else (RunState.WAITING, "")
        run.step, run.due_at = RunStep.QUEUE, clock.now() + PAUSE * run.attempts
        session.flush()


def fail(session: Session, leased: Leased, error: str) -> None:
    """It cannot be stored, for a reason of rules/summaries.ERRORS that trying again at once does not mend."""
    run = _own(session, leased)
    if run is not None:
        run.state, run.error = RunState.FAILED, error
        session.flush()


def mend(session: Session, run_id: int, *, revision: int, texts: int, chunks: Sequence[bytes] = ()) -> None:
    """Note that the words of a run were compared with those of `revision`; where `texts` went, keep the rest alone."""
    run = session.get_one(SummaryRun, run_id)
    consultation = session.get_one(Consultation, run.consultation_id)
    run = _locked(session, consultation, run_id)
    if texts:
        _replace_chunks(session, run.id, chunks)
        run.mended += texts
    # Locking raised the revision by one; where nobody else did, there is nothing new to compare with.
    run.checked_revision = consultation.revision if consultation.revision == revision + 1 else revision
    run.checked_at = clock.now()
    session.flush()


def _new_run(
    session: Session,
    consultation: Consultation,
    asked_as: Asker,
    parameters: dict[str, object],
    *,
    by: Membership | None,
) -> SummaryRun:
    now: datetime = clock.now()
    last = session.scalar(select(func.max(SummaryRun.number)).where(SummaryRun.consultation_id == consultation.id))
    run = SummaryRun(
        consultation_id=consultation.id,
        number=(last or 0) + 1,
        asked_as=asked_as,
        asked_by_id=by.id if by else None,
        asked_at=now,
        parameters=parameters,
        due_at=now,
    )
    session.add(run)
    session.flush()
    return run


def _own(session: Session, leased: Leased) -> SummaryRun | None:
    """The run, if nobody else began it meanwhile."""
    run = _locked(session, session.get_one(Consultation, leased.consultation_id), leased.run_id)
    return run if run.state == RunState.MAKING and run.attempts == leased.attempt else None


def _locked(session: Session, consultation: Consultation, run_id: int) -> SummaryRun:
    consultations.lock(session, consultation)
    return session.get_one(SummaryRun, run_id, populate_existing=True)


def _replace_chunks(session: Session, run_id: int, chunks: Sequence[bytes]) -> None:
    session.execute(delete(SummaryChunk).where(SummaryChunk.run_id == run_id))
    for place, data in enumerate(chunks):
        session.execute(insert(SummaryChunk), {"run_id": run_id, "place": place, "data": data})
