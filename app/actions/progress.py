"""What is unfinished: counted where it is decided whether a phase may begin, and shown from the same count."""

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from app.models.amendments import Amendment, AmendmentOutcome
from app.models.comments import Comment
from app.models.consultations import Consultation
from app.models.contributions import READABLE
from app.models.dispositions import Disposition
from app.models.moderation import Case
from app.models.objections import Objection
from app.models.positions import Position
from app.models.standards import Standard, StandardVersion
from app.rules.objections import UNANSWERED
from app.rules.phasing import Facts


def facts_of(session: Session, consultation: Consultation, standard: Standard | None = None) -> Facts:
    """What is unfinished in a consultation, or in one standard of it. One statement."""
    scope = select(Standard.id).where(Standard.consultation_id == consultation.id)
    cases = select(func.count()).select_from(Case).where(Case.closed_at.is_(None))
    cases = cases.where(Case.consultation_id == consultation.id)
    if standard is not None:
        scope = scope.where(Standard.id == standard.id)
        kinds = (Comment, StandardVersion, Amendment)
        cases = cases.where(or_(*(Case.contribution_id.in_(_of(kind, standard.id)) for kind in kinds)))
    counts = (_unanswered(scope), _unresolved(scope), _amendments(scope), cases)
    unanswered, unresolved, amendments, waiting = session.execute(
        select(*(count.scalar_subquery() for count in counts))
    ).one()
    return Facts(unanswered=unanswered, unresolved=unresolved, amendments=amendments, waiting=waiting)


def _of(kind: type[Comment | StandardVersion | Amendment], standard_id: int) -> Select[int]:
    return select(kind.id).where(kind.standard_id == standard_id)


def _unanswered(scope: Select[int]) -> Select[int]:
    held = and_(
        Position.standard_id == Objection.standard_id,
        Position.membership_id == Objection.membership_id,
        Position.counted,
    )
    counted = select(func.count()).select_from(Objection).join(Position, held)
    return counted.where(Objection.standard_id.in_(scope), Objection.state.in_(UNANSWERED))


def _unresolved(scope: Select[int]) -> Select[int]:
    """Readable comments with another wording; the reason of an objection is answered as the objection."""
    counted = (
        select(func.count())
        .select_from(Comment)
        .outerjoin(Disposition, Disposition.comment_id == Comment.id)
        .outerjoin(Objection, Objection.comment_id == Comment.id)
    )
    left = (Comment.proposed_change != "", Comment.state.in_(READABLE))
    return counted.where(
        Comment.standard_id.in_(scope), *left, Disposition.comment_id.is_(None), Objection.id.is_(None)
    )


def _amendments(scope: Select[int]) -> Select[int]:
    counted = select(func.count()).select_from(Amendment)
    return counted.where(
        Amendment.standard_id.in_(scope),
        Amendment.state.in_(READABLE),
        Amendment.outcome == AmendmentOutcome.OPEN,
    )
