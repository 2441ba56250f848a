"""Decisions of moderators. Nothing here commits."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions import moderation
from app.models.consultations import Consultation, Membership
from app.models.contributions import Contribution
from app.models.moderation import Action, Case, Decision, Reason
from app.rules.moderation import NEEDS_REASON
from tests.factories import consultations


def open_case(session: Session, contribution: Contribution) -> Case:
    """The case that waits for a decision on a contribution."""
    waiting = select(Case).where(Case.contribution_id == contribution.id, Case.closed_at.is_(None))
    return session.scalars(waiting).one()


def decide(
    session: Session,
    contribution: Contribution,
    action: Action = Action.PUBLISH,
    *,
    by: Membership | None = None,
    reason: Reason | None = None,
    explanation: str = "",
    gist: str = "",
) -> Decision:
    """Decide on what waits, by the first moderator who did not write it; what an action asks for is filled in."""
    consultation = session.get_one(Consultation, contribution.consultation_id)
    eligible = [m for m in consultations.moderators(session, consultation) if m.id != contribution.membership_id]
    if action in NEEDS_REASON:
        reason = reason or Reason.PERSONAL_ATTACK
    if action in NEEDS_REASON or action == Action.NOTE:
        explanation = explanation or "The second sentence is about a person. Please take it out."
    return moderation.decide(
        session,
        consultation,
        open_case(session, contribution),
        by=by or eligible[0],
        action=action,
        reason=reason,
        explanation=explanation,
        gist=gist,
    )
