"""Planning the phases of a consultation, opening and ending one by hand, moving one standard by itself."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from app import clock
from app.actions import consultations
from app.actions.progress import facts_of
from app.actions.texts import checked
from app.errors import Invalid, require
from app.events import SettingsChanged, StandardMoved, record
from app.language import Message, _
from app.models.consultations import Consultation, ConsultationState, Membership, Phase, PhaseKind
from app.models.standards import Standard
from app.rules.consultations import running, why_not_chair
from app.rules.local_time import in_words
from app.rules.phases import phases_of
from app.rules.phasing import (
    Span,
    problems_of_phases,
    problems_of_rescheduling,
    why_not_begin,
    why_not_end,
    why_not_move,
    why_not_move_back,
)
from app.rules.settings import LONGEST_REASON, why_not_change_settings

AFTER_FIRST_ROUND = (PhaseKind.RESOLVE, PhaseKind.SECOND_ROUND, PhaseKind.OUTCOME)


def reschedule(
    session: Session, consultation: Consultation, *, by: Membership, spans: Sequence[Span], reason: str = ""
) -> None:
    """Plan the phases anew. Once the consultation is open this needs a reason and is written down for everybody.

    Raises:
        Refused: not the chair, or it is closed.
        Invalid: dates out of order, or that rewrite the past.
    """
    consultations.lock(session, consultation)
    require(why_not_chair(by) or why_not_change_settings(consultation))
    is_open = consultation.state == ConsultationState.OPEN
    before = consultations.phases_of(session, consultation)
    changes = _changes(consultation, before, spans)
    problems = problems_of_phases(spans)
    if is_open:
        problems += problems_of_rescheduling(before, spans, at=clock.now())
        problems += [("reason", WHY)] if changes and not reason.strip() else []
    if problems:
        raise Invalid(*problems[0], *problems[1:])
    reason = checked(reason, field="reason", needed=False, longest=LONGEST_REASON)
    _store(session, consultation, before, spans)
    if is_open and changes:
        record(session, SettingsChanged(consultation_id=consultation.id, changes=changes, reason=reason))


def begin(
    session: Session,
    consultation: Consultation,
    kind: PhaseKind,
    *,
    by: Membership,
    reason: str,
    until: datetime | None = None,
) -> Phase:
    """Open a phase now, until its planned end or another one.

    Raises:
        Refused: not the chair, not open, out of order, or something is unfinished before it.
        Invalid: no reason.
    """
    consultations.lock(session, consultation)
    phases = consultations.phases_of(session, consultation)
    facts, now = facts_of(session, consultation), clock.now()
    require(why_not_chair(by) or why_not_begin(consultation, phases, kind, facts, until=until, at=now))
    reason = _reason(reason)
    phase = next((phase for phase in phases if phase.kind == kind), None)
    if phase is None:
        phase = Phase(consultation_id=consultation.id, kind=kind)
        session.add(phase)
    phase.closes_at = until or phase.closes_at
    phase.opens_at, phase.ended_why = now, ""
    session.flush()
    _record(session, consultation, "phase_opened", phase, reason)
    return phase


def end(session: Session, consultation: Consultation, kind: PhaseKind, *, by: Membership, reason: str) -> Phase:
    """End a running phase now; what was sent until now counts.

    Raises:
        Refused: not the chair, or the phase is not running.
        Invalid: no reason.
    """
    consultations.lock(session, consultation)
    phases = consultations.phases_of(session, consultation)
    phase = next((phase for phase in phases if phase.kind == kind), None)
    require(why_not_chair(by) or why_not_end(consultation, phase, at=clock.now()))
    assert phase is not None
    phase.ended_why = _reason(reason)
    phase.closes_at = clock.now()
    session.flush()
    _record(session, consultation, "phase_ended", phase, phase.ended_why)
    return phase


def move(
    session: Session,
    consultation: Consultation,
    standard: Standard,
    kind: PhaseKind,
    *,
    by: Membership,
    reason: str,
    until: datetime | None = None,
) -> None:
    """Move one standard ahead of or behind the others: from now on this phase runs for it alone.

    Raises:
        Refused: not the chair, not open, withdrawn, or something is unfinished before it.
        Invalid: no reason.
    """
    consultations.lock(session, consultation)
    session.refresh(standard)
    phases = consultations.phases_of(session, consultation)
    facts, now = facts_of(session, consultation, standard), clock.now()
    require(why_not_chair(by) or why_not_move(consultation, phases, standard, kind, facts, until=until, at=now))
    reason = _reason(reason)
    first = running(phases_of(consultation, standard, phases), PhaseKind.POSITION, now)
    if kind in AFTER_FIRST_ROUND and first is not None and standard.first_round_ended_at is None:
        standard.first_round_ended_at = now
    if kind not in AFTER_FIRST_ROUND:
        standard.first_round_ended_at = None
    standard.moved_to, standard.moved_at, standard.moved_until, standard.moved_why = kind, now, until, reason
    standard.revision += 1
    session.flush()
    _record_move(session, consultation, standard, reason)


def move_back(session: Session, consultation: Consultation, standard: Standard, *, by: Membership, reason: str) -> None:
    """Put a standard back among the others.

    Raises:
        Refused: not the chair, not open, or it was not moved.
        Invalid: no reason.
    """
    consultations.lock(session, consultation)
    session.refresh(standard)
    require(why_not_chair(by) or why_not_move_back(consultation, standard))
    reason = _reason(reason)
    standard.moved_to = standard.moved_at = standard.moved_until = None
    standard.moved_why = ""
    phases = consultations.phases_of(session, consultation)
    if running(phases, PhaseKind.POSITION, clock.now()) is not None:
        standard.first_round_ended_at = None
    standard.revision += 1
    session.flush()
    _record_move(session, consultation, standard, reason)


WHY: Message = _("Say why. Everybody can read what changed and the reason.")


def _reason(written: str) -> str:
    if not written.strip():
        raise Invalid("reason", WHY)
    return checked(written, field="reason", longest=LONGEST_REASON)


def _store(session: Session, consultation: Consultation, before: Sequence[Phase], spans: Sequence[Span]) -> None:
    known = {phase.kind: phase for phase in before}
    for span in spans:
        phase = known.pop(span.kind, None)
        if phase is None:
            phase = Phase(consultation_id=consultation.id, kind=span.kind)
            session.add(phase)
        elif phase.closes_at != span.closes_at:
            phase.ended_why = ""
        phase.opens_at, phase.closes_at = span.opens_at, span.closes_at
    for gone in known.values():
        session.delete(gone)
    session.flush()


def _changes(consultation: Consultation, before: Sequence[Phase], spans: Sequence[Span]) -> list[dict[str, str]]:
    old = {phase.kind: _dates(consultation, phase) for phase in before}
    new = {span.kind: _dates(consultation, span) for span in spans}
    return [
        {"setting": "phase_moved", "phase": kind.value, "before": old.get(kind, ""), "after": new.get(kind, "")}
        for kind in PhaseKind
        if old.get(kind) != new.get(kind)
    ]


def _dates(consultation: Consultation, phase: Phase | Span) -> str:
    return f"{in_words(phase.opens_at, consultation.time_zone)} – {in_words(phase.closes_at, consultation.time_zone)}"


def _record(session: Session, consultation: Consultation, setting: str, phase: Phase, reason: str) -> None:
    change = {"setting": setting, "phase": phase.kind.value, "before": "", "after": _dates(consultation, phase)}
    record(session, SettingsChanged(consultation_id=consultation.id, changes=[change], reason=reason))


def _record_move(session: Session, consultation: Consultation, standard: Standard, reason: str) -> None:
    until = in_words(standard.moved_until, consultation.time_zone) if standard.moved_until else ""
    record(
        session,
        StandardMoved(
            consultation_id=consultation.id,
            standard=standard.id,
            subject=f"standard {standard.number}",
            phase=standard.moved_to.value if standard.moved_to else "",
            until=until,
            reason=reason,
        ),
    )
