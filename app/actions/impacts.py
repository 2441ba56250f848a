"""Scoring how grave the harm is that a standard answers to. One person, one card for each standard."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.actions import consultations
from app.errors import require
from app.events import ImpactScored, record
from app.models.consultations import Consultation, Membership
from app.models.impacts import ImpactScore
from app.models.standards import Standard
from app.rules.impacts import Scores, why_not_score


def score(
    session: Session, consultation: Consultation, standard: Standard, *, by: Membership, scores: Scores
) -> ImpactScore:
    """Score, or score anew; the group is the one spoken from at that time.

    Raises:
        Refused: not a member, an organisation, or not now.
    """
    consultations.lock(session, consultation)
    session.refresh(standard)
    phases = consultations.phases_of(session, consultation)
    require(why_not_score(consultation, phases, standard, by, at=clock.now()))
    mine = select(ImpactScore).where(ImpactScore.standard_id == standard.id, ImpactScore.membership_id == by.id)
    kept = session.scalars(mine).one_or_none() or ImpactScore(standard_id=standard.id, membership_id=by.id)
    kept.group_id, kept.scored_at = by.group_id, clock.now()
    kept.scale, kept.scope = scores.scale, scores.scope
    kept.reversibility, kept.probability = scores.reversibility, scores.probability
    session.add(kept)
    session.flush()
    record(
        session,
        ImpactScored(
            consultation_id=consultation.id,
            standard=standard.id,
            scale=scores.scale,
            scope=scores.scope,
            reversibility=scores.reversibility,
            probability=scores.probability,
            membership_id=by.id,
        ),
    )
    return kept
