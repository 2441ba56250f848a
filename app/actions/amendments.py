"""Amendments: proposed, sent again, taken back, and what publishing one means. The rest is in amendment_outcomes."""

from sqlalchemy.orm import Session

from app import clock
from app import text as writing
from app.actions import consultations, versions
from app.actions.cases import close_case, open_case
from app.actions.texts import checked
from app.errors import Invalid, require
from app.events import ContributionPublished, ContributionReceived, ContributionWithdrawn, record, text_hash
from app.language import _
from app.models.amendments import Amendment
from app.models.consultations import Consultation, Membership
from app.models.contributions import READABLE, State
from app.models.moderation import Cause
from app.models.standards import ChangeClass, Standard
from app.rules.amendments import (
    text_of,
    why_not_amend,
    why_not_change_amendment,
    why_not_withdraw_amendment,
)
from app.rules.contributions import first_state
from app.rules.standards import LONGEST_CLAUSE
from app.rules.versions import LONGEST_WHY, why_not_based_on
from app.search import language_of

LABEL = 120


def propose(
    session: Session,
    consultation: Consultation,
    standard: Standard,
    *,
    by: Membership,
    clause: str,
    text: str,
    why: str,
    change_class: ChangeClass = ChangeClass.SUBSTANTIVE,
    read_version: int | None = None,
    language: str = "en",
) -> Amendment:
    """Propose another wording for a clause: no text takes the clause away, no clause adds a new one.

    Raises:
        Refused: not a member, not now, or the text changed since it was read.
        Invalid: there is no such clause, nothing changes, the reason is missing, or something is too long.
    """
    consultations.lock(session, consultation)
    session.refresh(standard)
    phases = consultations.phases_of(session, consultation)
    require(why_not_amend(consultation, phases, standard, by, at=clock.now()))
    require(why_not_based_on(standard, read_version))
    amendment = Amendment(
        standard_id=standard.id,
        consultation_id=consultation.id,
        membership_id=by.id,
        clause=clause,
        state=first_state(consultation, by, at=clock.now()),
        language=language,
        created_at=clock.now(),
    )
    _fill(session, standard, amendment, text, why, change_class)
    _receive(session, amendment, by, cause=Cause.REVIEW)
    return amendment


def resubmit(
    session: Session,
    consultation: Consultation,
    amendment: Amendment,
    *,
    by: Membership,
    text: str,
    why: str,
    change_class: ChangeClass = ChangeClass.SUBSTANTIVE,
    read_version: int | None = None,
) -> Amendment:
    """Send a waiting or returned amendment again; from now on it is written for the text in force.

    Raises:
        Refused: not its proposer, published already, or the text changed since it was read.
        Invalid: as for a new one.
    """
    consultations.lock(session, consultation)
    session.refresh(amendment)
    standard = session.get_one(Standard, amendment.standard_id, populate_existing=True)
    require(why_not_change_amendment(by, amendment))
    require(why_not_based_on(standard, read_version))
    amendment.state, amendment.revision = State.PENDING, amendment.revision + 1
    _fill(session, standard, amendment, text, why, change_class)
    _receive(session, amendment, by, cause=Cause.RESUBMITTED)
    return amendment


def withdraw(session: Session, consultation: Consultation, amendment: Amendment, *, by: Membership) -> None:
    """Take an amendment back; where others could read it a line says so.

    Raises:
        Refused: not its proposer, or decided already.
    """
    consultations.lock(session, consultation)
    session.refresh(amendment)
    require(why_not_withdraw_amendment(by, amendment))
    amendment.state, amendment.settled_at = State.WITHDRAWN, clock.now()
    close_case(session, amendment)
    session.get_one(Standard, amendment.standard_id).revision += 1
    record(session, ContributionWithdrawn(consultation_id=consultation.id, contribution_id=amendment.id))


def settle(session: Session, amendment: Amendment, state: State) -> None:
    """Put an amendment into the state that a moderator decided."""
    was_readable = amendment.state in READABLE
    amendment.state, amendment.settled_at = state, clock.now()
    if state in READABLE and not was_readable:
        enter(session, amendment)
    elif was_readable:
        session.get_one(Standard, amendment.standard_id).revision += 1


def enter(session: Session, amendment: Amendment) -> None:
    """Let everybody read an amendment: it gets its number with its first publication."""
    amendment.published_at = amendment.published_at or clock.now()
    standard = session.get_one(Standard, amendment.standard_id)
    if amendment.number is None:
        standard.last_amendment += 1
        amendment.number = standard.last_amendment
    standard.revision += 1
    session.flush()
    record(
        session,
        ContributionPublished(
            consultation_id=amendment.consultation_id,
            contribution=amendment.id,
            contribution_kind=amendment.kind.value,
            subject=f"standard {standard.number}",
            text_hash=text_hash(amendment.text),
        ),
    )


def _fill(
    session: Session, standard: Standard, amendment: Amendment, written: str, why: str, change_class: ChangeClass
) -> None:
    current = versions.in_force(session, standard)
    written = checked(written, field="text", needed=not amendment.clause, longest=LONGEST_CLAUSE)
    why = checked(why, field="reason", longest=LONGEST_WHY)
    if amendment.clause and amendment.clause not in {clause["number"] for clause in current.clauses}:
        raise Invalid("clause", _("Choose one of the clauses of this standard, or propose a new one."))
    if amendment.clause and written == text_of(amendment.clause, current.clauses):
        raise Invalid("text", _("Change the wording: this is how the clause reads now."))
    amendment.version = standard.version or 1
    amendment.text, amendment.why, amendment.change_class = written, why, change_class
    amendment.label = writing.excerpt(written or why, LABEL)
    amendment.language = language_of(written or why, amendment.language)
    session.add(amendment)
    session.flush()


def _receive(session: Session, amendment: Amendment, by: Membership, *, cause: Cause) -> None:
    received = ContributionReceived(
        consultation_id=amendment.consultation_id, contribution_id=amendment.id, membership_id=by.id
    )
    record(session, received)
    open_case(session, amendment, cause=cause)
    if amendment.state in READABLE:
        enter(session, amendment)
