"""Opening a case: the one way into the moderation queue."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app import clock
from app.actions import wordings
from app.models.contributions import Contribution
from app.models.flags import Flag, FlagOutcome
from app.models.moderation import Case, Cause, Decision, Standing
from app.rules.marks import marks_of
from app.rules.moderation import due_at

CHANGED = (Cause.EDITED, Cause.RESUBMITTED)


def open_case(session: Session, contribution: Contribution, *, cause: Cause) -> Case:
    """The open case of a contribution, opened now if there was none, with the number of hints on its present text.

    What a first reader proposed about an earlier text holds no longer: two people read the same one.
    """
    case = session.scalars(
        select(Case).where(Case.contribution_id == contribution.id, Case.closed_at.is_(None))
    ).one_or_none()
    if case is None:
        case = Case(
            consultation_id=contribution.consultation_id,
            contribution_id=contribution.id,
            cause=cause,
            opened_at=clock.now(),
            due_at=due_at(clock.now()),
        )
        session.add(case)
    elif cause in CHANGED:
        _drop_proposals(session, case)
    written = wordings.original_text(session, contribution)
    case.marks = len(marks_of(written, language=contribution.language))
    session.flush()
    return case


def close_case(session: Session, contribution: Contribution) -> None:
    """Close what is open on a contribution that its author took back; complaints about it are settled by that."""
    case = session.scalars(
        select(Case).where(Case.contribution_id == contribution.id, Case.closed_at.is_(None))
    ).one_or_none()
    if case is not None:
        case.closed_at = clock.now()
        _drop_proposals(session, case)
        session.execute(
            update(Flag)
            .where(Flag.case_id == case.id, Flag.outcome == FlagOutcome.OPEN)
            .values(outcome=FlagOutcome.TAKEN_BACK, settled_at=clock.now())
        )


def call_off(session: Session, contribution: Contribution) -> None:
    """Close the case of a change that its author wants no more; what somebody complained about is still read."""
    case = session.scalars(
        select(Case).where(Case.contribution_id == contribution.id, Case.closed_at.is_(None))
    ).one_or_none()
    if case is not None and case.cause == Cause.EDITED and case.flags == 0:
        close_case(session, contribution)
    elif case is not None:
        _drop_proposals(session, case)


def _drop_proposals(session: Session, case: Case) -> None:
    session.execute(
        update(Decision)
        .where(Decision.case_id == case.id, Decision.standing == Standing.PROPOSED)
        .values(standing=Standing.NOT_SHARED)
    )
