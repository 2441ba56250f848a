"""Stating the outcome of a standard: the computed state, confirmed with reasons, and what becomes of the text."""

from sqlalchemy.orm import Session

from app import clock
from app.actions import blockers, consultations
from app.actions.texts import checked
from app.errors import Invalid, Refusal, require
from app.events import OutcomeStated, record, text_hash
from app.language import best
from app.models.consultations import Consultation, Membership
from app.models.dispositions import DispositionKind
from app.models.outcomes import Outcome, OutcomeKind
from app.models.standards import Standard
from app.rules.consensus import Consensus
from app.rules.dispositions import problem_with_words
from app.rules.outcomes import NOTHING, why_not_state_outcome, why_not_this_outcome

LONGEST_REASONS = 4000


def state(
    session: Session,
    consultation: Consultation,
    standard: Standard,
    *,
    by: Membership,
    kind: OutcomeKind,
    reasons: str,
    found: Consensus,
) -> Outcome:
    """State the outcome, once. `found` is the state as the rules compute it now, under the lock of the consultation.

    Raises:
        Refused: neither chair nor deputy, one's own standard, too early, something is open, or stated before.
        Invalid: the reasons are missing.
    """
    consultations.lock(session, consultation)
    session.refresh(standard)
    require(_why_not(session, consultation, standard, by, kind))
    reasons = checked(reasons, field="reasons", longest=LONGEST_REASONS)
    if problem := problem_with_words(DispositionKind.NOT_ACCEPTED, reasons, None, {}):
        raise Invalid("reasons", problem[1].message)
    outcome = Outcome(
        standard_id=standard.id,
        version=standard.version or 1,
        kind=kind,
        consensus_state=found.state.value,
        explanation=found.explanation.text(best([consultation.language])),
        reasons=reasons,
        membership_id=by.id,
        stated_at=clock.now(),
    )
    session.add(outcome)
    standard.revision += 1
    session.flush()
    _record(session, standard, outcome)
    return outcome


def _record(session: Session, standard: Standard, outcome: Outcome) -> None:
    stated = OutcomeStated(
        consultation_id=standard.consultation_id,
        standard=standard.id,
        subject=f"standard {standard.number}",
        version=outcome.version,
        outcome=outcome.kind.value,
        consensus_state=outcome.consensus_state,
        text_hash=text_hash(outcome.reasons),
    )
    record(session, stated)


def _why_not(
    session: Session, consultation: Consultation, standard: Standard, by: Membership, kind: OutcomeKind
) -> Refusal | None:
    left = blockers.of_standards(session, consultation.id).get(standard.id, NOTHING)
    earlier = session.get(Outcome, standard.id, populate_existing=True)
    refusal = why_not_state_outcome(
        consultation,
        consultations.phases_of(session, consultation),
        standard,
        by,
        stated=earlier is not None,
        blockers=left,
        at=clock.now(),
    )
    return refusal or why_not_this_outcome(kind, left)
