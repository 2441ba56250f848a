"""What time does to moderation: what is late is passed on, and the originals of redacted texts are deleted."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.actions import consultations, notices
from app.events import AppealLate, CaseLate, OriginalDeleted, record
from app.models.appeals import Appeal
from app.models.consultations import Consultation
from app.models.contributions import Contribution
from app.models.flags import Flag
from app.models.moderation import Action, Case, Decision
from app.rules.appeals import MONTHS, open_until

SHORTEST_MONTHS = timedelta(days=28 * MONTHS)


def late_cases(session: Session, at: datetime) -> Sequence[int]:
    """Open cases whose time is over, and of which the team was not told yet."""
    late = select(Case.id).where(Case.closed_at.is_(None), Case.due_at < at, Case.late_at.is_(None))
    return session.scalars(late.order_by(Case.id)).all()


def pass_on_case(session: Session, case_id: int) -> bool:
    """Tell the team that a case is late; once."""
    case = session.get_one(Case, case_id)
    consultations.lock(session, session.get_one(Consultation, case.consultation_id))
    session.refresh(case)
    if case.closed_at is not None or case.late_at is not None or case.due_at >= clock.now():
        return False
    case.late_at = clock.now()
    record(session, CaseLate(consultation_id=case.consultation_id, case_id=case.id))
    return True


def late_appeals(session: Session, at: datetime) -> Sequence[int]:
    """Appeals that were not decided within fourteen days, and were not passed on yet."""
    late = select(Appeal.id).where(Appeal.decided_at.is_(None), Appeal.due_at < at, Appeal.late_at.is_(None))
    return session.scalars(late.order_by(Appeal.id)).all()


def pass_on_appeal(session: Session, appeal_id: int) -> bool:
    """Tell the chairs and the administrators that an appeal is late; once."""
    appeal = session.get_one(Appeal, appeal_id)
    consultations.lock(session, session.get_one(Consultation, appeal.consultation_id))
    session.refresh(appeal)
    if appeal.decided_at is not None or appeal.late_at is not None or appeal.due_at >= clock.now():
        return False
    appeal.late_at = clock.now()
    record(session, AppealLate(consultation_id=appeal.consultation_id, appeal_id=appeal.id))
    return True


def originals_to_delete(session: Session, at: datetime) -> Sequence[int]:
    """Redactions against which nobody can appeal any more, and whose original words are still kept."""
    kept = select(Decision.id, Decision.decided_at).where(
        Decision.action == Action.REDACT, Decision.original != "", Decision.decided_at < at - SHORTEST_MONTHS
    )
    return [key for key, decided_at in session.execute(kept.order_by(Decision.id)) if open_until(decided_at) < at]


def delete_original(session: Session, decision_id: int) -> bool:
    """Delete the original words of a redacted text from everything that kept them; not while an appeal waits."""
    decision = session.get_one(Decision, decision_id)
    case = session.get_one(Case, decision.case_id)
    consultations.lock(session, session.get_one(Consultation, case.consultation_id))
    session.refresh(decision)
    waiting = select(Appeal.id).where(Appeal.contribution_id == decision.contribution_id, Appeal.decided_at.is_(None))
    if not decision.original or session.scalar(waiting.limit(1)) is not None:
        return False
    earlier = select(Decision).where(Decision.contribution_id == decision.contribution_id, Decision.id <= decision.id)
    for one in session.scalars(earlier):
        _forget_words(one)
    seen = select(Flag).where(Flag.contribution_id == decision.contribution_id, Flag.sent_at <= decision.decided_at)
    for flag in session.scalars(seen):
        flag.text = ""
    notices.forget_passage(session, session.get_one(Contribution, decision.contribution_id))
    record(session, OriginalDeleted(consultation_id=case.consultation_id, decision_id=decision.id))
    return True


def _forget_words(decision: Decision) -> None:
    before: dict[str, Any] = decision.before
    decision.original = decision.passage = ""
    decision.redactions = [{**one, "passage": ""} for one in decision.redactions]
    decision.before = {name: value for name, value in before.items() if name not in ("parts", "stood", "earlier")}
