"""Updates on promises that somebody sent, in whatever state."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import NotFound, Refusal
from app.models.commitments import Commitment, CommitmentUpdate
from app.models.consultations import Consultation, Membership
from app.models.contributions import READABLE, Contribution
from app.models.moderation import Decision
from app.queries.consultations import Frame
from app.queries.own_decisions import last_taken_id
from app.queries.visibility import own_contribution
from app.rules.commitments import why_not_resend
from app.rules.contributions import why_not_withdraw


@dataclass(frozen=True, slots=True)
class UpdateLine:
    """An update of mine with the last decision on it; it shows to readers where `readable`."""

    update: CommitmentUpdate
    consultation: Consultation
    commitment: Commitment
    decision: Decision | None
    why_not_resend: Refusal | None
    why_not_withdraw: Refusal | None

    @property
    def contribution(self) -> Contribution:
        """The update as what it shares with everything that people submit."""
        return self.update

    @property
    def readable(self) -> bool:
        """Whether everybody can read it."""
        return self.update.state in READABLE

    @property
    def reason(self) -> str | None:
        """Why it stands where it stands, if the last decision had to say so."""
        return self.decision.reason.value if self.decision and self.decision.reason else None


def mine(session: Session, account_id: int) -> tuple[UpdateLine, ...]:
    """Everything that the owner of an account has sent, the latest first. One statement."""
    rows = session.execute(
        select(CommitmentUpdate, Consultation, Commitment, Membership, Decision)
        .select_from(CommitmentUpdate)
        .join(Membership, Membership.id == CommitmentUpdate.membership_id)
        .join(Consultation, Consultation.id == CommitmentUpdate.consultation_id)
        .join(Commitment, Commitment.id == CommitmentUpdate.commitment_id)
        .outerjoin(Decision, Decision.id == last_taken_id(CommitmentUpdate))
        .where(Membership.account_id == account_id)
        .order_by(CommitmentUpdate.created_at.desc(), CommitmentUpdate.id)
    )
    return tuple(
        UpdateLine(
            update,
            consultation,
            commitment,
            decision,
            why_not_resend=why_not_resend(member, update),
            why_not_withdraw=why_not_withdraw(member, update),
        )
        for update, consultation, commitment, member, decision in rows
    )


def own(session: Session, frame: Frame, update_id: int) -> CommitmentUpdate:
    """An update of one's own in this consultation, to be changed or taken back.

    Raises:
        NotFound: it does not exist here, is somebody else's, or is no update.
    """
    update = own_contribution(session, frame.viewer.owner_id, update_id)
    if not isinstance(update, CommitmentUpdate) or update.consultation_id != frame.consultation.id:
        raise NotFound
    return update
