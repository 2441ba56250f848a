"""Which version of a standard readers see: what publishing and removing one of them means for the standard."""

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app import clock
from app.actions.cases import open_case
from app.actions.version_texts import hash_of, index
from app.errors import Refusal
from app.events import ContributionPublished, ContributionReceived, record
from app.models.consultations import Consultation, Membership
from app.models.contributions import READABLE, State
from app.models.moderation import Cause
from app.models.standards import SearchTerm, Standard, StandardVersion
from app.rules.versions import counts_from, why_not_publish


def receive(session: Session, version: StandardVersion, by: Membership, *, cause: Cause) -> None:
    """Write down that a version came in, and open its case; where review comes afterwards it is in force at once."""
    received = ContributionReceived(
        consultation_id=version.consultation_id, contribution_id=version.id, membership_id=by.id
    )
    record(session, received)
    open_case(session, version, cause=cause)
    if version.state in READABLE:
        enter(session, version)


def why_not_settle(session: Session, version: StandardVersion, state: State) -> Refusal | None:
    """Why a decision would bring a version into force that it may not."""
    consultation = session.get_one(Consultation, version.consultation_id)
    return why_not_publish(consultation, session.get_one(Standard, version.standard_id), version, state)


def settle(session: Session, version: StandardVersion, state: State) -> None:
    """Put a version into the state that a moderator decided."""
    was_readable = version.state in READABLE
    version.state, version.settled_at = state, clock.now()
    if state in READABLE and not was_readable:
        enter(session, version)
    elif was_readable and state not in READABLE:
        choose(session, session.get_one(Standard, version.standard_id))


def enter(session: Session, version: StandardVersion) -> None:
    """Let everybody read a version: the standard gets its number with the first one, and is found by search."""
    publish(session, version)
    standard = session.get_one(Standard, version.standard_id)
    record(
        session,
        ContributionPublished(
            consultation_id=version.consultation_id,
            contribution=version.id,
            contribution_kind=version.kind.value,
            subject=f"standard {standard.number}",
            text_hash=hash_of(version),
        ),
    )


def publish(session: Session, version: StandardVersion) -> None:
    """Give a version its number, and the standard too, if they have none; then see which version is in force."""
    version.published_at = version.published_at or clock.now()
    standard = session.get_one(Standard, version.standard_id)
    if standard.number is None:
        consultation = session.get_one(Consultation, standard.consultation_id)
        consultation.last_number += 1
        standard.number = consultation.last_number
    if version.number is None:
        highest = select(func.max(StandardVersion.number)).where(StandardVersion.standard_id == standard.id)
        version.number = (session.scalar(highest) or 0) + 1
    session.flush()
    choose(session, standard)


def choose(session: Session, standard: Standard) -> None:
    """Put the latest version that everybody may read in force, or none, and let it be found by search."""
    published = session.scalars(
        select(StandardVersion)
        .where(StandardVersion.standard_id == standard.id, StandardVersion.published_at.is_not(None))
        .order_by(StandardVersion.number.desc())
    ).all()
    readable = next((version for version in published if version.state in READABLE), None)
    latest = readable or published[0]
    assert latest.number is not None
    standard.version, standard.revision = latest.number, standard.revision + 1
    standard.counts_from = counts_from(
        [(version.number, version.change_class) for version in published if version.number is not None], latest.number
    )
    session.flush()
    if readable is not None:
        index(session, [readable])
    else:
        session.execute(delete(SearchTerm).where(SearchTerm.standard_id == standard.id))
