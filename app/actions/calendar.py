"""What the calendar does instead of a person: each act looks again under the lock, and says whether it did anything."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.actions import blockers, consultations, notices
from app.errors import Refusal
from app.models.consultations import Consultation, ConsultationState, Membership, Phase, PhaseKind
from app.models.notices import Notice
from app.rules.consultations import CHAIRING_ROLES, why_not_close
from app.rules.readiness import why_not_open

REPEATED = timedelta(days=1)
RESOLVING = (PhaseKind.RESOLVE, PhaseKind.SECOND_ROUND)


def open_by_itself(session: Session, consultation_id: int) -> bool:
    """Open a draft whose time has come. Where something is left to prepare, its chair is told once a day."""
    consultation = session.get_one(Consultation, consultation_id)
    consultations.lock(session, consultation)
    at = clock.now()
    is_due = consultation.opens_itself and consultation.opens_at is not None and consultation.opens_at <= at
    if consultation.state != ConsultationState.DRAFT or not is_due:
        return False
    refusal = why_not_open(consultation, consultations.preparation(session, consultation), at=at)
    if refusal is not None:
        return _tell_chairs(session, consultation, "opening_blocked", refusal, at)
    consultations.open_for_all(session, consultation)
    return True


def close_by_itself(session: Session, consultation_id: int) -> bool:
    """Close what was announced to close. While the text is still being settled by plan it waits.

    Where something else keeps it open, its chair is told once a day.
    """
    consultation = session.get_one(Consultation, consultation_id)
    consultations.lock(session, consultation)
    at = clock.now()
    if consultation.state != ConsultationState.OPEN or consultation.closes_at is None or consultation.closes_at > at:
        return False
    if consultation.opens_at is not None and consultation.closes_at <= consultation.opens_at:
        return False  # it was opened after its announced closing, so nobody was promised that it closes by itself
    ends = _end_of_resolution(consultations.phases_of(session, consultation), consultation.closes_at)
    if ends > at:
        return False
    refusal = why_not_close(consultation, unanswered=sorted(blockers.unanswered(session, consultation.id)))
    if refusal is not None:
        return _tell_chairs(session, consultation, "closing_blocked", refusal, at)
    consultations.close(session, consultation, at=ends)
    return True


def _end_of_resolution(phases: list[Phase], closes_at: datetime) -> datetime:
    """The announced closing, or the end of settling the text and of a second round where those come later."""
    return max([closes_at, *(phase.closes_at for phase in phases if phase.kind in RESOLVING)])


def _tell_chairs(session: Session, consultation: Consultation, code: str, refusal: Refusal, at: datetime) -> bool:
    """Tell everybody who leads, unless they heard of it within a day; says whether anybody was told."""
    leading = select(Membership.account_id).where(
        Membership.consultation_id == consultation.id,
        Membership.role.in_(CHAIRING_ROLES),
        Membership.account_id.is_not(None),
    )
    told = False
    for account_id in session.scalars(leading.order_by(Membership.id)).all():
        if account_id is None or _heard_of_it(session, account_id, code, consultation.slug, since=at - REPEATED):
            continue
        values = {"slug": consultation.slug, "label": consultation.title, "refusal": refusal.code}
        notices.tell(session, account_id, code=code, values=values)
        told = True
    return told


def _heard_of_it(session: Session, account_id: int, code: str, slug: str, *, since: datetime) -> bool:
    recent = select(Notice).where(Notice.account_id == account_id, Notice.code == code, Notice.created_at > since)
    return any(notice.values.get("slug") == slug for notice in session.scalars(recent))
