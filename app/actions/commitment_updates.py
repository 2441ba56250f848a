"""What happened after a promise: sent by members, read by a moderator before it shows."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock, text
from app.actions import consultations
from app.actions.cases import close_case, open_case
from app.errors import Invalid, require
from app.events import ContributionPublished, ContributionReceived, ContributionWithdrawn, record, text_hash
from app.models.commitments import Commitment, CommitmentUpdate
from app.models.consultations import Consultation, Membership
from app.models.contributions import READABLE, State
from app.models.moderation import Cause
from app.rules.commitments import Update, problems_of_update, why_not_resend, why_not_update
from app.rules.contributions import why_not_withdraw

LABEL = 120


def send(
    session: Session,
    consultation: Consultation,
    commitment: Commitment,
    *,
    by: Membership,
    update: Update,
    language: str = "en",
) -> CommitmentUpdate:
    """Send an update to moderation, whatever the consultation chose for comments: no claim shows unread.

    Raises:
        Refused: not a member, or the consultation is being prepared.
        Invalid: fields that need changing.
    """
    consultations.lock(session, consultation)
    require(why_not_update(consultation, by, at=clock.now()))
    _check(update)
    if earlier := _same_again(session, commitment, by, update):
        return earlier
    sent = CommitmentUpdate(
        consultation_id=consultation.id,
        membership_id=by.id,
        commitment_id=commitment.id,
        state=State.PENDING,
        language=language,
        created_at=clock.now(),
    )
    _write(sent, update)
    session.add(sent)
    session.flush()
    _receive(session, sent, cause=Cause.REVIEW)
    return sent


def resend(
    session: Session, consultation: Consultation, sent: CommitmentUpdate, *, by: Membership, update: Update
) -> None:
    """Send a waiting or returned update again with a changed text.

    Raises:
        Refused: not the author, or published already.
        Invalid: fields that need changing.
    """
    consultations.lock(session, consultation)
    session.refresh(sent)
    require(why_not_resend(by, sent))
    _check(update)
    _write(sent, update)
    sent.state, sent.revision = State.PENDING, sent.revision + 1
    session.flush()
    _receive(session, sent, cause=Cause.RESUBMITTED)


def withdraw(session: Session, consultation: Consultation, sent: CommitmentUpdate, *, by: Membership) -> None:
    """Take an update back.

    Raises:
        Refused: not the author, or withdrawn or removed already.
    """
    consultations.lock(session, consultation)
    session.refresh(sent)
    require(why_not_withdraw(by, sent))
    sent.state, sent.settled_at = State.WITHDRAWN, clock.now()
    close_case(session, sent)
    record(session, ContributionWithdrawn(consultation_id=consultation.id, contribution_id=sent.id))


def settle(session: Session, sent: CommitmentUpdate, state: State) -> None:
    """Put an update into the state that a moderator decided."""
    was_readable = sent.state in READABLE
    sent.state, sent.settled_at = state, clock.now()
    if state not in READABLE or was_readable:
        return
    sent.published_at = sent.published_at or clock.now()
    reference = session.scalars(select(Commitment.reference).where(Commitment.id == sent.commitment_id)).one()
    record(
        session,
        ContributionPublished(
            consultation_id=sent.consultation_id,
            contribution=sent.id,
            contribution_kind=sent.kind.value,
            subject=f"commitment {reference}",
            text_hash=text_hash(sent.gist or sent.what),
        ),
    )


def _check(update: Update) -> None:
    problems = problems_of_update(update, today=clock.now().date())
    if problems:
        raise Invalid(*problems[0], *problems[1:])


def _write(sent: CommitmentUpdate, update: Update) -> None:
    sent.happened_on, sent.event = update.happened_on, update.event
    sent.what, sent.source = update.what, update.source
    sent.label = text.excerpt(update.what, LABEL)


def _receive(session: Session, sent: CommitmentUpdate, *, cause: Cause) -> None:
    received = ContributionReceived(
        consultation_id=sent.consultation_id, contribution_id=sent.id, membership_id=sent.membership_id
    )
    record(session, received)
    open_case(session, sent, cause=cause)


def _same_again(session: Session, commitment: Commitment, by: Membership, update: Update) -> CommitmentUpdate | None:
    """A button pressed twice sends one update."""
    same = select(CommitmentUpdate).where(
        CommitmentUpdate.commitment_id == commitment.id,
        CommitmentUpdate.membership_id == by.id,
        CommitmentUpdate.what == update.what,
        CommitmentUpdate.happened_on == update.happened_on,
        CommitmentUpdate.state.in_((State.PENDING, *READABLE)),
    )
    return session.scalars(same.limit(1)).first()
