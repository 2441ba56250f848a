"""Looking at a consultation as somebody, and reading its ledger. Nothing here writes."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import events
from app.events import Event
from app.models.consultations import Consultation, Membership
from app.models.events import LedgerEntry
from app.queries import consultations
from app.queries.consultations import Frame
from app.queries.people import ANYBODY, Viewer


def viewer(somebody: Membership | None) -> Viewer:
    """A member before the page, or anybody."""
    if somebody is None:
        return ANYBODY
    return Viewer(account_id=somebody.account_id, display_name=somebody.display_name, proved=True)


def frame(session: Session, consultation: Consultation, somebody: Membership | None = None) -> Frame:
    """The frame of a page of this consultation as somebody sees it."""
    return consultations.frame(session, consultation.slug, viewer(somebody))


def entries(session: Session, consultation: Consultation | None) -> list[LedgerEntry]:
    """The ledger of a consultation, or of the site, in order."""
    consultation_id = consultation.id if consultation else None
    here = LedgerEntry.consultation_id.is_not_distinct_from(consultation_id)
    return list(session.scalars(select(LedgerEntry).where(here).order_by(LedgerEntry.seq)))


def history(session: Session, consultation: Consultation | None, *kinds: type[Event]) -> list[Event]:
    """What happened, with what is sealed; only these kinds, if any are given."""
    happened = [events.read(entry) for entry in entries(session, consultation)]
    return [event for event in happened if not kinds or isinstance(event, kinds)]


def counts(session: Session, consultation: Consultation | None) -> dict[str, int]:
    """How often each kind of thing happened."""
    found: dict[str, int] = {}
    for entry in entries(session, consultation):
        found[entry.kind] = found.get(entry.kind, 0) + 1
    return found
