"""Taking, changing and withdrawing positions. One person, one position per standard."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.actions import amendment_positions, comments, consultations, follows, projections
from app.actions.rounds import round_of
from app.actions.texts import checked
from app.errors import Invalid, require
from app.events import PositionTaken, PositionWithdrawn, record
from app.language import _
from app.models.comments import Comment, Stance
from app.models.consultations import NOT_STATED, Channel, Consultation, ConsultationState, Membership, StakeholderGroup
from app.models.objections import Objection, ObjectionState
from app.models.positions import Block, Choice, Position
from app.models.standards import Standard
from app.rules.objections import STANDING
from app.rules.positions import why_not_take_position, why_not_this_version
from app.rules.rounds import SecondRound, why_not_new_objection, why_not_reason

LONGEST_REASON = 2000
STANCES = {
    Choice.SUPPORT: Stance.SUPPORTS,
    Choice.RESERVATIONS: Stance.SUPPORTS,
    Choice.ABSTAIN: Stance.NEUTRAL,
    Choice.OBJECT: Stance.OBJECTS,
}


def take(
    session: Session,
    consultation: Consultation,
    standard: Standard,
    *,
    by: Membership,
    choice: Choice,
    reason: str = "",
    would_change: str = "",
    clause: str = "",
    read_version: int | None = None,
    language: str = "en",
    channel: Channel = Channel.WEB,
) -> Position:
    """Take or change a position on the version that is in force. An objection needs its reason, which joins the thread.

    Raises:
        Refused: not a member, not now, or the text changed since it was read.
        Invalid: an objection without a reason, a text that is too long, or in the second round no changed clause.
    """
    consultations.lock(session, consultation)
    session.refresh(standard)
    phases = consultations.phases_of(session, consultation)
    require(why_not_take_position(consultation, phases, standard, by, at=clock.now()))
    require(why_not_this_version(standard, read_version))
    standing = _standing_objection(session, standard, by)
    reason = checked(reason, field="reason", needed=False, longest=LONGEST_REASON)
    would_change = checked(would_change, field="would_change", needed=False, longest=LONGEST_REASON)
    if choice == Choice.OBJECT and not reason and standing is None:
        raise Invalid("reason", _("Give the reason for your objection, so that it can be answered."))
    _check_clause(
        session, round_of(session, consultation, phases, standard), standard, choice, clause, reason, standing=standing
    )
    follows.begin(session, standard, by)
    position = _store(session, standard, by, choice, channel)
    if choice != Choice.OBJECT and standing is not None:
        _lay_down(session, standing)
    if reason:
        _give_reason(session, consultation, standard, by, choice, reason, would_change, clause, language)
    return position


def confirm(
    session: Session,
    consultation: Consultation,
    standard: Standard,
    *,
    by: Membership,
    read_version: int | None = None,
) -> Position | None:
    """Say that a position taken on an earlier text holds for the one in force; an objection stands as it stood.

    Returns None where there is no position.

    Raises:
        Refused: not a member, not now, or the text changed since it was read.
    """
    consultations.lock(session, consultation)
    session.refresh(standard)
    phases = consultations.phases_of(session, consultation)
    require(why_not_take_position(consultation, phases, standard, by, at=clock.now()))
    require(why_not_this_version(standard, read_version))
    position = _position(session, standard, by)
    if position is None:
        return None
    return _store(session, standard, by, position.choice, position.channel)


def move_along(session: Session, position: Position, place: Standard, *, by: Membership) -> None:
    """Take over a position to the standard that takes the place of another, unless there is one on it already."""
    if _position(session, place, by) is None:
        _store(session, place, by, position.choice, position.channel)


def withdraw(session: Session, consultation: Consultation, standard: Standard, *, by: Membership) -> None:
    """Take one's position back, and with it the objection; what was written stays in the thread.

    Raises:
        Refused: not a member, or not now.
    """
    consultations.lock(session, consultation)
    session.refresh(standard)
    phases = consultations.phases_of(session, consultation)
    require(why_not_take_position(consultation, phases, standard, by, at=clock.now()))
    position = _position(session, standard, by)
    if position is None:
        return
    if standing := _standing_objection(session, standard, by):
        _lay_down(session, standing)
    projections.count_position(session, position, by=-1)
    session.delete(position)
    standard.revision += 1
    if position.counted:
        withdrawn = PositionWithdrawn(consultation_id=consultation.id, position=position.id, standard=standard.id)
        record(session, withdrawn)
    session.flush()


def begin_to_count(session: Session, membership: Membership) -> None:
    """Let the positions of a person count whose address has just been proved; what is closed stays as it was closed."""
    consultation = session.get_one(Consultation, membership.consultation_id)
    consultations.lock(session, consultation)
    if consultation.state != ConsultationState.OPEN:
        return
    waiting = select(Position).where(Position.membership_id == membership.id, Position.counted.is_(False))
    for position in session.scalars(waiting).all():
        position.counted = True
        projections.count_position(session, position, by=1)
        _record(session, consultation.id, position)
    amendment_positions.begin_to_count(session, consultation, membership)


def _check_clause(
    session: Session,
    found: SecondRound | None,
    standard: Standard,
    choice: Choice,
    clause: str,
    reason: str,
    *,
    standing: Objection | None,
) -> None:
    """In a second round an objection is about a changed clause; at any time about a clause that there is."""
    _check_round(found, choice, clause, reason, standing=standing is not None)
    if found is None or clause not in found.changed:
        comments.check_clause(session, standard, clause)


def _check_round(found: SecondRound | None, choice: Choice, clause: str, reason: str, *, standing: bool) -> None:
    problem = None
    if choice == Choice.OBJECT:
        problem = why_not_new_objection(found, clause, standing=standing)
    elif reason:
        problem = why_not_reason(found, clause, standing=False)
    if problem is not None:
        raise Invalid(*problem)


def _store(session: Session, standard: Standard, by: Membership, choice: Choice, channel: Channel) -> Position:
    position = _position(session, standard, by)
    version = standard.version or 1
    if position is not None and (position.choice, position.version) == (choice, version):
        return position
    if position is None:
        position = Position(standard_id=standard.id, membership_id=by.id)
    else:
        projections.count_position(session, position, by=-1)
    position.group_id, position.choice, position.version = by.group_id, choice, version
    position.block = Block.ORGANISATIONS if by.organisation else Block.PEOPLE
    position.channel, position.taken_at = channel, clock.now()
    position.counted = by.counted_from is not None
    session.add(position)
    session.flush()
    projections.count_position(session, position, by=1)
    standard.revision += 1
    if position.counted:
        _record(session, standard.consultation_id, position)
    return position


def _record(session: Session, consultation_id: int, position: Position) -> None:
    group = session.get(StakeholderGroup, position.group_id) if position.group_id else None
    record(
        session,
        PositionTaken(
            consultation_id=consultation_id,
            position=position.id,
            standard=position.standard_id,
            version=position.version,
            choice=position.choice.value,
            block=position.block.value,
            group=group.key if group else NOT_STATED,
            membership_id=position.membership_id,
        ),
    )


def _give_reason(
    session: Session,
    consultation: Consultation,
    standard: Standard,
    by: Membership,
    choice: Choice,
    reason: str,
    would_change: str,
    clause: str,
    language: str,
) -> None:
    comment = comments.give_reason(
        session, consultation, standard, by=by, body=reason, stance=STANCES[choice], clause=clause, language=language
    )
    if choice == Choice.OBJECT:
        _raise_objection(session, standard, by, comment, would_change)


def _raise_objection(session: Session, standard: Standard, by: Membership, comment: Comment, would_change: str) -> None:
    existing = session.scalars(select(Objection).where(Objection.comment_id == comment.id)).one_or_none()
    if existing is not None:
        if existing.state not in STANDING:  # one that was answered meanwhile keeps its answer
            existing.state, existing.moved_at = ObjectionState.RAISED, clock.now()
        if comment.published_at is None:  # what a moderator has read stays as it was read
            existing.would_change = would_change
        return
    if standing := _standing_objection(session, standard, by):
        _lay_down(session, standing)
    session.add(
        Objection(
            standard_id=standard.id,
            membership_id=by.id,
            comment_id=comment.id,
            would_change=would_change,
            raised_at=clock.now(),
            moved_at=clock.now(),
        )
    )
    session.flush()


def _lay_down(session: Session, objection: Objection) -> None:
    """With the position goes the objection."""
    objection.state, objection.moved_at = ObjectionState.WITHDRAWN, clock.now()
    session.flush()


def _position(session: Session, standard: Standard, by: Membership) -> Position | None:
    mine = select(Position).where(Position.standard_id == standard.id, Position.membership_id == by.id)
    return session.scalars(mine).one_or_none()


def _standing_objection(session: Session, standard: Standard, by: Membership) -> Objection | None:
    mine = select(Objection).where(
        Objection.standard_id == standard.id,
        Objection.membership_id == by.id,
        Objection.state.in_(STANDING),
    )
    return session.scalars(mine.order_by(Objection.id.desc()).limit(1)).one_or_none()
