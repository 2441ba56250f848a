"""Merging, splitting and withdrawing standards with the consent of those who support them."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import clock
from app.actions import consultations
from app.actions.reorganising import become
from app.actions.texts import checked
from app.errors import Invalid, require
from app.events import ReorganisationAnswered, ReorganisationEnded, ReorganisationProposed, record
from app.models.consultations import Consultation, Membership
from app.models.positions import Position
from app.models.reorganisations import (
    Part,
    Reorganisation,
    ReorganisationAnswer,
    ReorganisationKind,
    ReorganisationState,
)
from app.models.standards import Standard, StandardVersion
from app.rules.reorganisations import (
    SUPPORTING,
    Answers,
    moves_positions,
    why_not_answer,
    why_not_carry_out,
    why_not_end,
    why_not_parts,
    why_not_reorganise,
    why_not_target,
)

LONGEST_REASON = 2000


def propose(
    session: Session,
    consultation: Consultation,
    standard: Standard,
    *,
    by: Membership,
    kind: ReorganisationKind,
    reason: str,
    target: Standard | None = None,
    parts: Sequence[Part] = (),
) -> Reorganisation:
    """Ask the supporters of a standard whether it may be merged into another one, split or withdrawn.

    Raises:
        Refused: neither author nor chair, not now, or something is asked already.
        Invalid: the reason is missing, or the target or the parts cannot be.
    """
    consultations.lock(session, consultation)
    session.refresh(standard)
    require(why_not_reorganise(consultation, standard, by, asked(session, standard)))
    reason = checked(reason, field="reason", longest=LONGEST_REASON)
    _check(session, standard, kind, target, parts)
    found = Reorganisation(
        standard_id=standard.id,
        kind=kind,
        target_id=target.id if target is not None and kind == ReorganisationKind.MERGE else None,
        parts=list(parts) if kind == ReorganisationKind.SPLIT else [],
        reason=reason,
        membership_id=by.id,
        asked_at=clock.now(),
        answer_by=clock.now() + timedelta(days=consultation.reply_days),
    )
    session.add(found)
    standard.revision += 1
    session.flush()
    _record_proposal(session, standard, target, found)
    return found


def answer(
    session: Session,
    consultation: Consultation,
    found: Reorganisation,
    *,
    by: Membership,
    agrees: bool,
    moves_along: bool = False,
) -> ReorganisationAnswer:
    """Say as a supporter whether one agrees, and whether one's position goes along.

    Raises:
        Refused: not a supporter, or the time is over.
    """
    consultations.lock(session, consultation)
    session.refresh(found)
    mine = select(Position.choice).where(Position.standard_id == found.standard_id, Position.membership_id == by.id)
    require(why_not_answer(found, session.scalar(mine), by, at=clock.now()))
    given = (ReorganisationAnswer.reorganisation_id == found.id, ReorganisationAnswer.membership_id == by.id)
    said = session.scalars(select(ReorganisationAnswer).where(*given)).one_or_none()
    said = said or ReorganisationAnswer(reorganisation_id=found.id, membership_id=by.id)
    said.agrees, said.moves_along = agrees, moves_along and moves_positions(found.kind)
    said.answered_at = clock.now()
    session.add(said)
    session.flush()
    record(
        session,
        ReorganisationAnswered(
            consultation_id=consultation.id,
            reorganisation=found.id,
            membership_id=by.id,
            agrees=agrees,
            moves_along=said.moves_along,
        ),
    )
    return said


def carry_out(session: Session, consultation: Consultation, found: Reorganisation, *, by: Membership) -> None:
    """Do what was proposed; only the positions of those who said so go along.

    Raises:
        Refused: neither its proposer nor the chair, answers are still awaited, or more disagree than agree.
    """
    consultations.lock(session, consultation)
    session.refresh(found)
    standard = session.get_one(Standard, found.standard_id, populate_existing=True)
    require(why_not_carry_out(found, by, answers_to(session, found), at=clock.now()))
    if found.target_id is not None:
        target = session.get_one(Standard, found.target_id, populate_existing=True)
        if (problem := why_not_target(standard, target)) is not None:
            raise Invalid("target", problem)
    become(session, consultation, standard, found)
    _end(session, consultation, standard, found, ReorganisationState.DONE, found.reason)


def call_off(
    session: Session, consultation: Consultation, found: Reorganisation, *, by: Membership, reason: str
) -> None:
    """Leave everything as it is, and say why.

    Raises:
        Refused: neither its proposer nor the chair, or decided already.
        Invalid: the reason is missing.
    """
    consultations.lock(session, consultation)
    session.refresh(found)
    standard = session.get_one(Standard, found.standard_id, populate_existing=True)
    require(why_not_end(found, by))
    reason = checked(reason, field="end_reason", longest=LONGEST_REASON)
    _end(session, consultation, standard, found, ReorganisationState.CALLED_OFF, reason)


def asked(session: Session, standard: Standard) -> Reorganisation | None:
    """What the supporters of a standard are being asked, if anything."""
    here = (Reorganisation.standard_id == standard.id, Reorganisation.state == ReorganisationState.ASKED)
    return session.scalars(select(Reorganisation).where(*here)).first()


def answers_to(session: Session, found: Reorganisation) -> Answers:
    """What those said who support the standard now; whoever proposed it is not asked."""
    supporters = (
        select(Position.membership_id, ReorganisationAnswer.agrees)
        .outerjoin(
            ReorganisationAnswer,
            (ReorganisationAnswer.membership_id == Position.membership_id)
            & (ReorganisationAnswer.reorganisation_id == found.id),
        )
        .where(
            Position.standard_id == found.standard_id,
            Position.choice.in_(SUPPORTING),
            Position.membership_id != found.membership_id,
        )
        .subquery()
    )
    counted = select(
        func.count(),
        func.count().filter(supporters.c.agrees),
        func.count().filter(~supporters.c.agrees),
    ).select_from(supporters)
    total, agree, disagree = session.execute(counted).one()
    return Answers(total, agree, disagree)


def _check(
    session: Session, standard: Standard, kind: ReorganisationKind, target: Standard | None, parts: Sequence[Part]
) -> None:
    if kind == ReorganisationKind.MERGE:
        if target is not None and target.consultation_id != standard.consultation_id:
            target = None
        if (problem := why_not_target(standard, target)) is not None:
            raise Invalid("target", problem)
    elif kind == ReorganisationKind.SPLIT:
        wanted = (StandardVersion.standard_id == standard.id, StandardVersion.number == standard.version)
        clauses = session.scalars(select(StandardVersion.clauses).where(*wanted)).one()
        if (problem := why_not_parts(parts, [clause["number"] for clause in clauses])) is not None:
            raise Invalid("titles", problem)


def _record_proposal(session: Session, standard: Standard, target: Standard | None, found: Reorganisation) -> None:
    record(
        session,
        ReorganisationProposed(
            consultation_id=standard.consultation_id,
            reorganisation=found.id,
            reorganisation_kind=found.kind.value,
            subject=f"standard {standard.number}",
            target=f"standard {target.number}" if target is not None and found.target_id else "",
            reason=found.reason,
        ),
    )


def _end(
    session: Session,
    consultation: Consultation,
    standard: Standard,
    found: Reorganisation,
    state: ReorganisationState,
    reason: str,
) -> None:
    found.state, found.ended_at, found.end_reason = state, clock.now(), reason
    standard.revision += 1
    session.flush()
    record(
        session,
        ReorganisationEnded(
            consultation_id=consultation.id,
            reorganisation=found.id,
            reorganisation_kind=found.kind.value,
            subject=f"standard {standard.number}",
            state=state.value,
            reason=reason,
        ),
    )
