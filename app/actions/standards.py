"""Proposing standards: drafts, submission, and what happens when one can be read."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import clock
from app.actions import consultations
from app.actions.cases import close_case
from app.actions.in_force import receive
from app.actions.promotions import leave_trail
from app.actions.version_texts import LABEL, check, write
from app.errors import require
from app.events import ContributionWithdrawn, record
from app.models.consultations import Consultation, Membership
from app.models.contributions import READABLE, State
from app.models.moderation import Cause
from app.models.positions import Position
from app.models.standards import Draft, Standard, StandardVersion
from app.rules.contributions import first_state
from app.rules.reorganisations import SUPPORTING, why_not_withdraw_at_once
from app.rules.standards import Proposal, why_not_propose, why_not_resubmit, why_not_withdraw_standard
from app.rules.versions import numbered


def save_draft(
    session: Session, membership: Membership, *, fields: dict[str, object], title: str, draft: Draft | None = None
) -> Draft:
    """Keep what has been typed of a proposal."""
    if draft is None:
        draft = Draft(membership_id=membership.id)
        session.add(draft)
    draft.fields, draft.title, draft.updated_at = fields, title[:LABEL], clock.now()
    draft.revision = (draft.revision or 0) + 1
    session.flush()
    return draft


def discard_draft(session: Session, draft: Draft) -> None:
    """Throw a draft away."""
    session.delete(draft)
    session.flush()


def propose(
    session: Session, consultation: Consultation, *, by: Membership, proposal: Proposal, draft: Draft | None = None
) -> StandardVersion:
    """Submit a proposed standard. It gets its number when it is first published.

    Raises:
        Refused: not a member, or not now.
        Invalid: something is missing or too long; every problem is named.
    """
    consultations.lock(session, consultation)
    phases = consultations.phases_of(session, consultation)
    require(why_not_propose(consultation, phases, by, at=clock.now()))
    check(proposal)
    if earlier := _same_again(session, by, proposal):
        return earlier
    standard = Standard(consultation_id=consultation.id, membership_id=by.id, created_at=clock.now())
    session.add(standard)
    session.flush()
    version = StandardVersion(
        standard_id=standard.id,
        number=1,
        consultation_id=consultation.id,
        membership_id=by.id,
        state=first_state(consultation, by, at=clock.now()),
        created_at=clock.now(),
    )
    write(session, version, proposal, numbered(proposal.clauses, (), (), ()))
    if draft is not None:
        leave_trail(session, draft, standard)
        session.delete(draft)
    receive(session, version, by, cause=Cause.REVIEW)
    return version


def resubmit(
    session: Session, consultation: Consultation, version: StandardVersion, *, by: Membership, proposal: Proposal
) -> StandardVersion:
    """Send a waiting or returned proposal again with a changed text.

    Raises:
        Refused: not the author, or no longer editable.
        Invalid: something is missing or too long.
    """
    consultations.lock(session, consultation)
    session.refresh(version)
    require(why_not_resubmit(by, version))
    check(proposal)
    version.state, version.revision = State.PENDING, version.revision + 1
    write(session, version, proposal, numbered(proposal.clauses, (), (), ()))
    receive(session, version, by, cause=Cause.RESUBMITTED)
    return version


def withdraw(session: Session, consultation: Consultation, version: StandardVersion, *, by: Membership) -> None:
    """Take back a proposal.

    Raises:
        Refused: not the author, withdrawn already, or published and supported by others, who have to be asked.
    """
    consultations.lock(session, consultation)
    session.refresh(version)
    standard = session.get_one(Standard, version.standard_id, populate_existing=True)
    require(why_not_withdraw_standard(by, standard, version))
    require(why_not_withdraw_at_once(standard, _other_supporters(session, standard, by)))
    if version.state not in READABLE:
        version.state = State.WITHDRAWN
    standard.withdrawn_at = version.settled_at = clock.now()
    standard.revision += 1
    close_case(session, version)
    record(session, ContributionWithdrawn(consultation_id=consultation.id, contribution_id=version.id))


def _same_again(session: Session, by: Membership, proposal: Proposal) -> StandardVersion | None:
    waiting = select(StandardVersion).where(
        StandardVersion.membership_id == by.id,
        StandardVersion.title == proposal.title,
        StandardVersion.summary == proposal.summary,
        StandardVersion.state.in_((State.PENDING, *READABLE)),
    )
    return session.scalars(waiting.limit(1)).first()


def _other_supporters(session: Session, standard: Standard, by: Membership) -> int:
    others = select(func.count()).where(
        Position.standard_id == standard.id, Position.choice.in_(SUPPORTING), Position.membership_id != by.id
    )
    return session.scalar(others) or 0
