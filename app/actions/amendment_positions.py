"""Positions on amendments. One person, one position on each."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.actions import consultations
from app.errors import require
from app.events import AmendmentPositionTaken, AmendmentPositionWithdrawn, record
from app.models.amendments import Amendment, AmendmentOutcome, AmendmentPosition
from app.models.consultations import NOT_STATED, Consultation, Membership, StakeholderGroup
from app.models.positions import Block, Choice
from app.models.standards import Standard
from app.rules.amendments import why_not_position_on, why_not_weigh


def take(
    session: Session, consultation: Consultation, amendment: Amendment, *, by: Membership, choice: Choice
) -> AmendmentPosition:
    """Take or change a position on an amendment; a reason is not asked for.

    Raises:
        Refused: not a member, not now, or the amendment is not published or decided already.
    """
    standard = _allow(session, consultation, amendment, by)
    position = _position(session, amendment, by)
    if position is not None and position.choice == choice:
        return position
    if position is None:
        position = AmendmentPosition(amendment_id=amendment.id, membership_id=by.id)
    position.group_id, position.choice, position.taken_at = by.group_id, choice, clock.now()
    position.block = Block.ORGANISATIONS if by.organisation else Block.PEOPLE
    position.counted = by.counted_from is not None
    session.add(position)
    standard.revision += 1
    session.flush()
    if position.counted:
        _record(session, consultation, position)
    return position


def withdraw(session: Session, consultation: Consultation, amendment: Amendment, *, by: Membership) -> None:
    """Take one's position on an amendment back.

    Raises:
        Refused: as for taking one.
    """
    standard = _allow(session, consultation, amendment, by)
    position = _position(session, amendment, by)
    if position is None:
        return
    session.delete(position)
    standard.revision += 1
    session.flush()
    if position.counted:
        withdrawn = AmendmentPositionWithdrawn(
            consultation_id=consultation.id, position=position.id, amendment=amendment.id
        )
        record(session, withdrawn)


def begin_to_count(session: Session, consultation: Consultation, membership: Membership) -> None:
    """Let the positions on open amendments count whose holder has just proved an address."""
    waiting = (
        select(AmendmentPosition)
        .join(Amendment, Amendment.id == AmendmentPosition.amendment_id)
        .where(
            AmendmentPosition.membership_id == membership.id,
            AmendmentPosition.counted.is_(False),
            Amendment.outcome == AmendmentOutcome.OPEN,
        )
    )
    for position in session.scalars(waiting).all():
        position.counted = True
        session.flush()
        _record(session, consultation, position)


def _allow(session: Session, consultation: Consultation, amendment: Amendment, by: Membership) -> Standard:
    consultations.lock(session, consultation)
    session.refresh(amendment)
    standard = session.get_one(Standard, amendment.standard_id, populate_existing=True)
    phases = consultations.phases_of(session, consultation)
    require(why_not_weigh(consultation, phases, standard, by, at=clock.now()))
    require(why_not_position_on(amendment))
    return standard


def _position(session: Session, amendment: Amendment, by: Membership) -> AmendmentPosition | None:
    mine = (AmendmentPosition.amendment_id == amendment.id, AmendmentPosition.membership_id == by.id)
    return session.scalars(select(AmendmentPosition).where(*mine)).one_or_none()


def _record(session: Session, consultation: Consultation, position: AmendmentPosition) -> None:
    group = session.get(StakeholderGroup, position.group_id) if position.group_id else None
    record(
        session,
        AmendmentPositionTaken(
            consultation_id=consultation.id,
            position=position.id,
            amendment=position.amendment_id,
            choice=position.choice.value,
            block=position.block.value,
            group=group.key if group else NOT_STATED,
            membership_id=position.membership_id,
        ),
    )
