"""Outcomes and responses. Nothing here commits."""

from sqlalchemy.orm import Session

from app import clock
from app.actions import outcomes
from app.models.consultations import Consultation, Membership, PhaseKind
from app.models.outcomes import Outcome, OutcomeKind
from app.models.standards import Standard
from app.queries.positions import Subject, results
from app.rules.consensus import Consensus
from tests.factories.viewers import frame

REASONS = "The groups that it touches most were heard, and agree."


def move_to_outcome(session: Session, standard: Standard) -> None:
    """Let the resolution of a standard be over, ahead of the others."""
    standard.moved_to, standard.moved_at = PhaseKind.OUTCOME, clock.now()
    session.flush()


def consensus(session: Session, standard: Standard) -> Consensus:
    """The state as it is computed now."""
    consultation = session.get_one(Consultation, standard.consultation_id)
    subject = Subject(standard, (), 0, 0, has_position=True)
    return results(session, frame(session, consultation), [subject])[standard.id].consensus


def stated(
    session: Session,
    standard: Standard,
    *,
    by: Membership,
    kind: OutcomeKind = OutcomeKind.ADOPTED,
    reasons: str = REASONS,
) -> Outcome:
    """The outcome of a standard whose resolution is over from now on."""
    move_to_outcome(session, standard)
    consultation = session.get_one(Consultation, standard.consultation_id)
    found = consensus(session, standard)
    return outcomes.state(session, consultation, standard, by=by, kind=kind, reasons=reasons, found=found)
