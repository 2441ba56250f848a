"""The one hand that writes down what happened.

The ledger of a consultation is a chain: each entry's hash covers its number, kind, hour, payload and the hash before it
(SHA-256 of canonical JSON). A field is either public, and then in the payload, or sealed: the payload carries a salted
commitment to it and the opening lies beside the entry, where no export reads it before its time.
"""

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import datetime

from sqlalchemy import func, insert, select, text
from sqlalchemy.orm import Session

from app import clock
from app.events.catalogue import EVENTS
from app.events.kinds import Event
from app.models.consultations import Consultation
from app.models.events import LedgerEntry, OutboxEntry

GENESIS = "0" * 64
SITE_LEDGER_LOCK = 7_310_582_002  # an arbitrary number for the advisory lock of the ledger without a consultation


def canonical(value: object) -> bytes:
    """JSON with sorted keys and no spaces, in UTF-8: the form that is hashed."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(value: object) -> str:
    """SHA-256 of the canonical form, in hexadecimal."""
    return hashlib.sha256(canonical(value)).hexdigest()


def text_hash(written: str) -> str:
    """SHA-256 of a text, by which the record can prove what it said."""
    return hashlib.sha256(written.encode()).hexdigest()


def record(session: Session, event: Event) -> LedgerEntry:
    """Append `event` to its ledger and put what follows from it into the outbox, in the caller's transaction."""
    entry = LedgerEntry(**_rows(session, event.consultation_id, [event])[0])
    session.add(entry)
    session.flush()
    session.add(OutboxEntry(entry_id=entry.id, due_at=entry.recorded_at))
    session.flush()
    return entry


def record_history(session: Session, consultation_id: int, events: Iterable[Event]) -> int:
    """Append many events of one consultation whose consequences lie in the past (an import); returns how many."""
    rows = _rows(session, consultation_id, list(events))
    if rows:
        session.execute(insert(LedgerEntry), rows)
    return len(rows)


def read(entry: LedgerEntry) -> Event:
    """The event that an entry holds, with its sealed fields."""
    values: dict[str, object] = {name: value for name, value in entry.payload.items() if name not in ("seals", "hour")}
    for opening in entry.sealed:
        values.update({name: value for name, value in opening.items() if name != "salt"})
    kind = EVENTS[entry.kind]
    return kind(consultation_id=entry.consultation_id, **values)


def entry_hash(*, seq: int, kind: str, payload: Mapping[str, object], previous: str) -> str:
    """The hash of one entry, as anybody can compute it from the exported record."""
    return digest({"seq": seq, "kind": kind, "payload": payload, "previous": previous})


def _rows(session: Session, consultation_id: int | None, events: list[Event]) -> list[dict[str, object]]:
    seq, previous = _end_of_chain(session, consultation_id)
    now = clock.now()
    rows: list[dict[str, object]] = []
    for event in events:
        seq += 1
        payload, sealed = _seal(event, now)
        kind = type(event).__name__
        row_hash = entry_hash(seq=seq, kind=kind, payload=payload, previous=previous)
        rows.append(
            {
                "consultation_id": consultation_id,
                "seq": seq,
                "kind": kind,
                "payload": payload,
                "sealed": sealed,
                "previous": previous,
                "hash": row_hash,
                "recorded_at": now,
            }
        )
        previous = row_hash
    return rows


def _seal(event: Event, now: datetime) -> tuple[dict[str, object], list[dict[str, object]]]:
    hidden = {name for group in event.SEALS for name in group}
    payload: dict[str, object] = {
        field.name: getattr(event, field.name)
        for field in fields(event)
        if field.name != "consultation_id" and field.name not in hidden
    }
    payload["hour"] = f"{now:%Y-%m-%dT%HZ}"
    sealed: list[dict[str, object]] = []
    for group in event.SEALS:
        opening: dict[str, object] = {name: getattr(event, name) for name in group}
        opening["salt"] = secrets.token_hex(16)
        sealed.append(opening)
    if sealed:
        payload["seals"] = [digest(opening) for opening in sealed]
    return payload, sealed


def _end_of_chain(session: Session, consultation_id: int | None) -> tuple[int, str]:
    """The last number and hash; whoever else wants to append waits (on SQLite BEGIN IMMEDIATE sees to that)."""
    if consultation_id is not None:
        session.execute(select(Consultation.id).where(Consultation.id == consultation_id).with_for_update())
    elif session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": SITE_LEDGER_LOCK})
    chain = LedgerEntry.consultation_id.is_not_distinct_from(consultation_id)
    newest = select(func.max(LedgerEntry.seq)).where(chain).scalar_subquery()
    last = session.execute(select(LedgerEntry.seq, LedgerEntry.hash).where(chain, LedgerEntry.seq == newest)).first()
    return (last.seq, last.hash) if last else (0, GENESIS)
