"""The authority's response: publishing it standard by standard, saying what was done, and noticing when it is late."""

from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import clock
from app.actions import consultations
from app.actions.texts import checked
from app.errors import Invalid, require
from app.events import ConsultationAnswered, ResponseOverdue, ResponsePublished, record
from app.language import _
from app.models.consultations import Consultation, ConsultationState, Membership
from app.models.events import LedgerEntry
from app.models.outcomes import Outcome, Response, ResponseKind
from app.models.standards import Standard
from app.rules.dispositions import says_why
from app.rules.outcomes import overdue_since, today, why_not_respond

LONGEST_TEXT = 4000
AWAITING = (ConsultationState.OPEN, ConsultationState.CLOSED, ConsultationState.RESPONDED)


def publish(
    session: Session,
    consultation: Consultation,
    standard: Standard,
    *,
    by: Membership,
    kind: ResponseKind,
    text: str,
    promised_on: date | None = None,
    done: str = "",
    done_on: date | None = None,
) -> Response:
    """Publish the response to a standard, or a later word on it: what was done, and on which day.

    Raises:
        Refused: neither policymaker nor chair, no outcome yet, or answered in an import.
        Invalid: the text is missing, or a day makes no sense.
    """
    consultations.lock(session, consultation)
    session.refresh(standard)
    outcome = session.get(Outcome, standard.id, populate_existing=True)
    require(why_not_respond(by, outcome=outcome is not None, imported=bool(standard.response)))
    text = checked(text, field="text", longest=LONGEST_TEXT)
    done = checked(done, field="done", needed=False, longest=LONGEST_TEXT)
    given = session.get(Response, standard.id, populate_existing=True)
    _check(consultation, given, text, promised_on, done, done_on)
    if given is None:
        given = Response(standard_id=standard.id)
        session.add(given)
    given.kind, given.text, given.promised_on = kind, text, promised_on
    given.done, given.done_on = done, done_on if done else None
    given.membership_id, given.published_at = by.id, clock.now()
    standard.revision += 1
    session.flush()
    _record(session, standard, given)
    answer_whole(session, consultation)
    return given


def overdue(session: Session, now: datetime) -> list[int]:
    """The consultations with a promised day that has passed and is not in the record yet."""
    awaiting = select(Consultation).where(Consultation.state.in_(AWAITING)).order_by(Consultation.id)
    return [found.id for found in session.scalars(awaiting).all() if _passed(session, found, now)]


def note_overdue(session: Session, consultation_id: int) -> bool:
    """Write down each promised day that has passed, once for each day; returns whether there was a new one."""
    consultation = session.get_one(Consultation, consultation_id)
    consultations.lock(session, consultation)
    passed = sorted(_passed(session, consultation, clock.now())) if consultation.state in AWAITING else []
    for day in passed:
        record(session, ResponseOverdue(consultation_id=consultation.id, due=day.isoformat()))
    return bool(passed)


def _check(
    consultation: Consultation,
    before: Response | None,
    text: str,
    promised_on: date | None,
    done: str,
    done_on: date | None,
) -> None:
    if not says_why(text):
        raise Invalid("text", _("Give the response with its reasons, in at least one sentence."))
    now = today(consultation, clock.now())
    changed = before is None or before.promised_on != promised_on
    if promised_on is not None and changed and promised_on < now:
        raise Invalid("promised_on", _("Promise a day that is still to come."))
    if done and done_on is None:
        raise Invalid("done_on", _("Give the day on which it was done."))
    if done_on is not None and done_on > now:
        raise Invalid("done_on", _("This day is still to come. Say what was done once it is."))


def _record(session: Session, standard: Standard, given: Response) -> None:
    published = ResponsePublished(
        consultation_id=standard.consultation_id,
        standard=standard.id,
        subject=f"standard {standard.number}",
        response=given.kind.value,
        promised_on=given.promised_on.isoformat() if given.promised_on else "",
        text="\n\n".join(part for part in (given.text, given.done) if part),
    )
    record(session, published)


def answer_whole(session: Session, consultation: Consultation) -> None:
    """A closed consultation is answered when every standard with an outcome has a response, and one has an outcome."""
    stated = select(Outcome.standard_id).join(Standard, Standard.id == Outcome.standard_id)
    here = stated.where(Standard.consultation_id == consultation.id)
    if consultation.state != ConsultationState.CLOSED or session.scalar(here.limit(1)) is None:
        return
    unanswered = (
        select(func.count())
        .select_from(Standard)
        .join(Outcome, Outcome.standard_id == Standard.id)
        .outerjoin(Response, Response.standard_id == Standard.id)
        .where(Standard.consultation_id == consultation.id, Response.standard_id.is_(None), Standard.response == "")
    )
    if not session.scalar(unanswered):
        consultation.state = ConsultationState.RESPONDED
        record(session, ConsultationAnswered(consultation_id=consultation.id, slug=consultation.slug))


def _passed(session: Session, consultation: Consultation, now: datetime) -> set[date]:
    """The promised days of standards with an outcome that have passed and are not in the record yet."""
    rows = session.execute(
        select(Standard, Response)
        .join(Outcome, Outcome.standard_id == Standard.id)
        .outerjoin(Response, Response.standard_id == Standard.id)
        .where(Standard.consultation_id == consultation.id, Standard.withdrawn_at.is_(None))
    )
    days = {
        overdue_since(consultation, response, answered_elsewhere=bool(standard.response), at=now)
        for standard, response in rows
    }
    entries = select(LedgerEntry.payload).where(
        LedgerEntry.consultation_id == consultation.id, LedgerEntry.kind == ResponseOverdue.__name__
    )
    noted = {payload["due"] for payload in session.scalars(entries)}
    return {day for day in days if day is not None and day.isoformat() not in noted}
