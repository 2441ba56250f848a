"""What is unfinished: counted where it is decided whether a phase may begin, and shown from the same count."""

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from app.actions import blockers
from app.models.amendments import Amendment, AmendmentOutcome
from app.models.comments import Comment
from app.models.consultations import Consultation
from app.models.contributions import READABLE
from app.models.moderation import Case
from app.models.standards import Standard, StandardVersion
from app.rules.phasing import Facts


def facts_of(session: Session, consultation: Consultation, standard: Standard | None = None) -> Facts:
    """What is unfinished in a consultation, or in one standard of it. Three statements."""
    scope = select(Standard.id).where(Standard.consultation_id == consultation.id)
    cases = select(func.count()).select_from(Case).where(Case.closed_at.is_(None))
    cases = cases.where(Case.consultation_id == consultation.id)
    unanswered = blockers.unanswered(session, consultation.id)
    undisposed = blockers.undisposed(session, consultation.id)
    if standard is not None:
        scope = scope.where(Standard.id == standard.id)
        kinds = (Comment, StandardVersion, Amendment)
        cases = cases.where(or_(*(Case.contribution_id.in_(_of(kind, standard.id)) for kind in kinds)))
        unanswered = {number: count for number, count in unanswered.items() if number == standard.number}
        undisposed = {key: count for key, count in undisposed.items() if key == standard.id}
    counted = select(_amendments(scope).scalar_subquery(), cases.scalar_subquery())
    amendments, waiting = session.execute(counted).one()
    return Facts(
        unanswered=sum(unanswered.values()),
        unanswered_in=tuple(sorted(unanswered)),
        unresolved=sum(undisposed.values()),
        amendments=amendments,
        waiting=waiting,
    )


def _of(kind: type[Comment | StandardVersion | Amendment], standard_id: int) -> Select[int]:
    return select(kind.id).where(kind.standard_id == standard_id)


def _amendments(scope: Select[int]) -> Select[int]:
    counted = select(func.count()).select_from(Amendment)
    return counted.where(
        Amendment.standard_id.in_(scope),
        Amendment.state.in_(READABLE),
        Amendment.outcome == AmendmentOutcome.OPEN,
    )
