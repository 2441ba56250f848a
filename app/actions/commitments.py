"""The register of company promises."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.actions import consultations
from app.models.commitments import Commitment, Ending
from app.models.consultations import Consultation


@dataclass(frozen=True, slots=True)
class NewCommitment:
    """A promise as it was made; `later_events` are dated, sourced and in order."""

    reference: str
    company: str
    made_on: str
    promise: str
    scope: str
    ends_on: date | None
    condition: str
    source: str
    later_events: Sequence[dict[str, object]] = ()


def register(session: Session, consultation: Consultation, new: NewCommitment) -> Commitment:
    """Enter a promise. Its state stays "under review" until a panel has set it."""
    consultations.lock(session, consultation)
    commitment = Commitment(
        consultation_id=consultation.id,
        reference=new.reference,
        company=new.company,
        made_on=new.made_on,
        promise=new.promise,
        scope=new.scope,
        ending=_ending(new),
        ends_on=new.ends_on,
        condition=new.condition,
        source=new.source,
        later_events=list(new.later_events),
    )
    session.add(commitment)
    session.flush()
    return commitment


def _ending(new: NewCommitment) -> Ending:
    if new.ends_on is not None:
        return Ending.DATE
    return Ending.CONDITION if new.condition else Ending.NONE
