"""A declined amendment that is sent as a standard of its own: the trail from one to the other."""

from sqlalchemy.orm import Session

from app import clock
from app.events import AmendmentPromoted, record
from app.models.amendments import Amendment, AmendmentOutcome
from app.models.reorganisations import RelationKind, StandardRelation
from app.models.standards import Draft, Standard


def leave_trail(session: Session, draft: Draft, standard: Standard) -> None:
    """Remember which amendment a proposal came from, if it came from one."""
    amendment = session.get(Amendment, draft.amendment_id) if draft.amendment_id is not None else None
    if amendment is None or amendment.outcome != AmendmentOutcome.DECLINED:
        return
    amendment.outcome = AmendmentOutcome.PROMOTED
    source = session.get_one(Standard, amendment.standard_id)
    source.revision += 1
    session.add(
        StandardRelation(
            from_id=source.id,
            to_id=standard.id,
            kind=RelationKind.PROMOTED_TO,
            amendment_id=amendment.id,
            created_at=clock.now(),
        )
    )
    session.flush()
    record(
        session,
        AmendmentPromoted(
            consultation_id=source.consultation_id, amendment=amendment.id, subject=f"standard {source.number}"
        ),
    )
