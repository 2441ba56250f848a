"""Objections: answering, replying, mediating, deciding, appealing; and what the calendar does when nobody replies."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.actions import consultations
from app.actions.texts import checked
from app.errors import Invalid, NotFound, require
from app.events import ObjectionMoved, record, text_hash
from app.models.comments import Comment
from app.models.consultations import Consultation, Membership
from app.models.contributions import READABLE
from app.models.dispositions import DispositionKind
from app.models.objections import Objection, ObjectionState, ObjectionStep, StepKind
from app.models.outcomes import Outcome
from app.models.people import Account
from app.models.standards import Standard, StandardVersion
from app.rules.dispositions import CHANGING, problem_with_words
from app.rules.objections import (
    CONFIDED,
    DECISIONS,
    Involved,
    has_lapsed,
    next_state,
    why_not_answer,
    why_not_appeal,
    why_not_decide,
    why_not_mediate,
    why_not_reply,
)

LONGEST_WORDS = 2000


def answer(
    session: Session,
    consultation: Consultation,
    objection: Objection,
    *,
    by: Membership,
    disposition: DispositionKind,
    reason: str = "",
    version: int | None = None,
) -> ObjectionStep:
    """Answer an objection in public. One that was upheld is answered with a version newer than the decision.

    Raises:
        Refused: somebody else answers it, it was answered meanwhile, or its reason cannot be read.
        Invalid: the reason or the version is missing.
    """
    _lock(session, consultation, objection)
    comment = session.get_one(Comment, objection.comment_id, populate_existing=True)
    require(why_not_answer(objection, comment.state, involved(session, objection), by))
    reason = checked(reason, field="reason", needed=False, longest=LONGEST_WORDS)
    upheld_at = objection.moved_at if objection.state == ObjectionState.UPHELD else None
    published = published_versions(session, objection.standard_id)
    problem = problem_with_words(disposition, reason, version, published, since=upheld_at)
    if problem is not None:
        raise Invalid(problem[0], problem[1].message)
    named = version if disposition in CHANGING else None
    return _step(session, objection, StepKind.ANSWER, by, words=reason, disposition=disposition, version=named)


def reply(
    session: Session,
    consultation: Consultation,
    objection: Objection,
    *,
    by: Membership,
    kind: StepKind,
    words: str = "",
) -> ObjectionStep:
    """Say whether the answer settles one's objection: `SATISFIED` withdraws it, `NOT_SATISFIED` sustains it.

    Raises:
        Refused: not the objector, nothing to reply to, or too late.
    """
    _lock(session, consultation, objection)
    parts = involved(session, objection)
    require(why_not_reply(objection, parts, by, reply_days=consultation.reply_days, at=clock.now()))
    words = checked(words, field="words", needed=False, longest=LONGEST_WORDS)
    return _step(session, objection, kind, by, words=words)


def mediate(
    session: Session, consultation: Consultation, objection: Objection, *, by: Membership, note: str
) -> ObjectionStep:
    """Write down in public what a talk about an objection came to; it stays where it stands.

    Raises:
        Refused: neither chair nor deputy, or the objection is settled.
        Invalid: the note is empty or too long.
    """
    _lock(session, consultation, objection)
    require(why_not_mediate(objection, by))
    note = checked(note, field="note", longest=LONGEST_WORDS)
    return _step(session, objection, StepKind.MEDIATION, by, words=note)


def decide(
    session: Session, consultation: Consultation, objection: Objection, *, by: Membership, kind: StepKind, reasons: str
) -> ObjectionStep:
    """Uphold a sustained or appealed objection, so that the text has to change, or overrule it.

    Raises:
        Refused: no role for it, one's own decision is in question, or it was decided meanwhile.
        Invalid: the reasons are missing.
    """
    _lock(session, consultation, objection)
    parts = involved(session, objection)
    require(why_not_decide(objection, parts, by, administrator=_administers(session, by)))
    reasons = checked(reasons, field="reasons", longest=LONGEST_WORDS)
    problem = problem_with_words(DispositionKind.NOT_ACCEPTED, reasons, None, {})
    if problem is not None:
        raise Invalid("reasons", problem[1].message)
    return _step(session, objection, kind, by, words=reasons)


def appeal(
    session: Session, consultation: Consultation, objection: Objection, *, by: Membership, words: str
) -> ObjectionStep:
    """Ask once for another decision on one's overruled objection.

    Raises:
        Refused: not the objector, no decision against it, or appealed before.
        Invalid: the words are missing.
    """
    _lock(session, consultation, objection)
    require(why_not_appeal(objection, involved(session, objection), by))
    words = checked(words, field="text", longest=LONGEST_WORDS)
    return _step(session, objection, StepKind.APPEAL, by, words=words)


def lapse_unreplied(session: Session, consultation_id: int) -> bool:
    """Let every answer lapse that found no reply in time; returns whether any did. Doing it again does nothing."""
    consultation = session.get_one(Consultation, consultation_id)
    consultations.lock(session, consultation)
    now = clock.now()
    due = [
        objection
        for objection in _due(session, consultation, now - timedelta(days=consultation.reply_days))
        if has_lapsed(objection, reply_days=consultation.reply_days, at=now)
    ]
    for objection in due:
        _step(session, objection, StepKind.NO_REPLY, None)
    return bool(due)


def get(session: Session, consultation_id: int, objection_id: int) -> Objection:
    """An objection of this consultation, for acting on it.

    Raises:
        NotFound: there is none with this number here.
    """
    found = session.scalars(
        select(Objection)
        .join(Standard, Standard.id == Objection.standard_id)
        .where(Objection.id == objection_id, Standard.consultation_id == consultation_id)
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def involved(session: Session, objection: Objection) -> Involved:
    """Who has a part in an objection as it stands now."""
    standard = session.get_one(Standard, objection.standard_id)
    steps = session.scalars(select(ObjectionStep).where(ObjectionStep.objection_id == objection.id)).all()
    adopted = select(StandardVersion.adopted_by_id).where(
        StandardVersion.standard_id == standard.id, StandardVersion.number == standard.version
    )
    return Involved(
        objector=session.get_one(Membership, objection.membership_id),
        author_id=standard.membership_id,
        adopted_by_id=session.scalar(adopted),
        answered_by=frozenset(step.membership_id or 0 for step in steps if step.kind == StepKind.ANSWER),
        decided_by=frozenset(step.membership_id or 0 for step in steps if step.kind in DECISIONS),
        appealed=any(step.kind == StepKind.APPEAL for step in steps),
        outcome_stated=session.get(Outcome, standard.id) is not None,
    )


def published_versions(session: Session, standard_id: int) -> dict[int, datetime]:
    """When each version of a standard that everybody can read was published, by its number."""
    readable = select(StandardVersion.number, StandardVersion.published_at).where(
        StandardVersion.standard_id == standard_id, StandardVersion.state.in_(READABLE)
    )
    return {number: at for number, at in session.execute(readable) if number is not None and at is not None}


def _lock(session: Session, consultation: Consultation, objection: Objection) -> None:
    consultations.lock(session, consultation)
    session.refresh(objection)


def _administers(session: Session, by: Membership) -> bool:
    return by.account_id is not None and session.get_one(Account, by.account_id).administrator


def _due(session: Session, consultation: Consultation, answered_before: datetime) -> list[Objection]:
    due = (
        select(Objection)
        .join(Standard, Standard.id == Objection.standard_id)
        .where(
            Standard.consultation_id == consultation.id,
            Objection.state == ObjectionState.ANSWERED,
            Objection.moved_at <= answered_before,
        )
        .order_by(Objection.id)
        .execution_options(populate_existing=True)
    )
    return list(session.scalars(due))


def _step(
    session: Session,
    objection: Objection,
    kind: StepKind,
    by: Membership | None,
    *,
    words: str = "",
    disposition: DispositionKind | None = None,
    version: int | None = None,
) -> ObjectionStep:
    """Take a step that a rule allows, and write it down."""
    led_to = next_state(objection.state, kind)
    assert led_to is not None
    if led_to != objection.state:
        objection.state, objection.moved_at = led_to, clock.now()
    step = ObjectionStep(
        objection_id=objection.id,
        kind=kind,
        membership_id=by.id if by else None,
        disposition=disposition,
        version=version,
        text=words,
        taken_at=clock.now(),
    )
    session.add(step)
    standard = session.get_one(Standard, objection.standard_id)
    standard.revision += 1
    session.flush()
    moved = ObjectionMoved(
        consultation_id=standard.consultation_id,
        objection=objection.id,
        subject=f"standard {standard.number}",
        step=kind.value,
        step_id=step.id,
        state=led_to.value,
        text_hash=text_hash("" if kind in CONFIDED else words),  # what is confided must not be guessed from its hash
        membership_id=by.id if by else None,
    )
    record(session, moved)
    return step
