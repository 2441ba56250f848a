"""What the chair changed while people took part: read from the ledger, so that it cannot be told otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.events import LedgerEntry
from app.queries.consultations import Frame

KINDS = ("SettingsChanged", "StandardMoved", "ConsultationClosed")
LATEST = 50


@dataclass(frozen=True, slots=True)
class ChangedSetting:
    """One setting before and after; codes stand for the values that have words. `phase` is the phase meant, if any."""

    setting: str
    before: str
    after: str
    phase: str


@dataclass(frozen=True, slots=True)
class Change:
    """One act of the chair with its reason: settings, or a standard that was moved (`subject`) to a phase until a time.

    An empty `phase` of a moved standard means that it went back among the others.
    """

    kind: str
    at: datetime
    reason: str
    settings: tuple[ChangedSetting, ...] = ()
    number: str = ""
    phase: str = ""
    until: str = ""


def changes(session: Session, frame: Frame) -> tuple[Change, ...]:
    """The latest changes to a consultation, the newest first; each had to have a reason. One statement."""
    rows = session.scalars(
        select(LedgerEntry)
        .where(LedgerEntry.consultation_id == frame.consultation.id, LedgerEntry.kind.in_(KINDS))
        .order_by(LedgerEntry.seq.desc())
        .limit(LATEST)
    )
    return tuple(_change(row) for row in rows if row.payload.get("reason"))


def _change(row: LedgerEntry) -> Change:
    payload = row.payload
    listed = payload.get("changes")
    return Change(
        kind=row.kind,
        at=row.recorded_at,
        reason=str(payload.get("reason", "")),
        settings=tuple(_setting(change) for change in listed) if isinstance(listed, list) else (),
        number=str(payload.get("subject", "")).rpartition(" ")[2],
        phase=str(payload.get("phase", "")),
        until=str(payload.get("until", "")),
    )


def _setting(change: Mapping[str, str]) -> ChangedSetting:
    return ChangedSetting(
        setting=change["setting"], before=change["before"], after=change["after"], phase=change.get("phase", "")
    )
