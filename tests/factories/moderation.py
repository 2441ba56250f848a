"""Decisions of moderators. Nothing here commits."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions import moderation
from app.models.consultations import Consultation, Membership
from app.models.contributions import Contribution
from app.models.moderation import Action, Case, Decision, Reason, Standing
from app.rules.moderation import RESTRICTING
from app.rules.statements import FACTORS, Redaction, Statement
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
    redactions: tuple[Redaction, ...] = (),
    ends_at: datetime | None = None,
) -> Decision:
    """Decide on what waits, by the first moderator who did not write it; what is asked for is filled in.

    Where two have to read, both do, unless it is said by whom.
    """
    consultation = session.get_one(Consultation, contribution.consultation_id)
    eligible = [m for m in consultations.moderators(session, consultation) if m.id != contribution.membership_id]
    if action in RESTRICTING:
        reason = reason or Reason.PERSONAL_ATTACK
    if action in RESTRICTING or action == Action.NOTE:
        explanation = explanation or "The second sentence is about a person. Please take it out."
    case = open_case(session, contribution)
    worksheet = dict.fromkeys(FACTORS, "Looked at.") if reason == Reason.INCITEMENT else {}
    statement = Statement(
        action, reason, explanation, gist=gist, redactions=redactions, ends_at=ends_at, worksheet=worksheet
    )
    made = moderation.decide(session, consultation, case, statement, by=by or eligible[0])
    if made.standing == Standing.PROPOSED and by is None:
        made = moderation.decide(session, consultation, case, statement, by=eligible[1])
    return made
