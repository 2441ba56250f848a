"""Standing behind what another wrote, and taking that back."""

from sqlalchemy.orm import Session

from app import clock
from app.actions import consultations, projections
from app.errors import require
from app.events import ContributionEndorsed, EndorsementTakenBack, record
from app.models.comments import Comment
from app.models.consultations import Consultation, Membership
from app.models.contributions import Contribution, Endorsement
from app.models.standards import Standard
from app.rules.comments import DISCUSSING
from app.rules.consultations import why_not_now
from app.rules.contributions import why_not_endorse
from app.rules.phases import phases_of


def toggle(session: Session, consultation: Consultation, contribution: Contribution, *, by: Membership) -> bool:
    """Endorse, or take an endorsement back; returns whether it stands now.

    Raises:
        Refused: not now, not a member, one's own text, or one that nobody can read.
    """
    consultations.lock(session, consultation)
    session.refresh(contribution)
    phases = consultations.phases_of(session, consultation)
    if isinstance(contribution, Comment):
        phases = phases_of(consultation, session.get_one(Standard, contribution.standard_id), phases)
    require(why_not_now(consultation, phases, DISCUSSING, at=clock.now()))
    require(why_not_endorse(by, contribution))
    existing = session.get(Endorsement, (contribution.id, by.id))
    if existing is None:
        session.add(
            Endorsement(
                contribution_id=contribution.id, membership_id=by.id, group_id=by.group_id, created_at=clock.now()
            )
        )
        event_type: type[ContributionEndorsed | EndorsementTakenBack] = ContributionEndorsed
    else:
        session.delete(existing)
        event_type = EndorsementTakenBack
    session.flush()
    projections.count_endorsements(session, contribution)
    record(session, event_type(consultation_id=consultation.id, contribution=contribution.id, membership_id=by.id))
    return existing is None
