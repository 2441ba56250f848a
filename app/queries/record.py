"""The public record: the ledger of a consultation as anybody may check it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.events import GENESIS, digest, entry_hash
from app.models.amendments import Amendment
from app.models.consultations import NOT_STATED, Consultation
from app.models.contributions import READABLE
from app.models.events import LedgerEntry
from app.models.positions import Block
from app.models.standards import Standard
from app.queries.amendment_tallies import cells_of_amendments
from app.queries.consultations import Frame
from app.queries.positions import opened, people_of
from app.queries.tally_cells import cells_of
from app.rules.tallies import Opened

BATCH = 1000
LATEST = 50
OPENED = ("PositionTaken", "PositionWithdrawn")
OPENED_OF_AMENDMENTS = ("AmendmentPositionTaken", "AmendmentPositionWithdrawn")
NOTHING_OPENED = Opened(people=False)


@dataclass(frozen=True, slots=True)
class Flaw:
    """An entry that does not fit the chain."""

    seq: int
    what: str


def entries(session: Session, consultation_id: int | None) -> Iterator[LedgerEntry]:
    """Every entry in order, read in batches."""
    last = 0
    while True:
        batch = session.scalars(
            select(LedgerEntry)
            .where(LedgerEntry.consultation_id.is_not_distinct_from(consultation_id), LedgerEntry.seq > last)
            .order_by(LedgerEntry.seq)
            .limit(BATCH)
        ).all()
        if not batch:
            return
        yield from batch
        last = batch[-1].seq
        session.expunge_all()


def flaws(session: Session, consultation_id: int | None) -> list[Flaw]:
    """What an honest chain never has: gaps, changed payloads, broken links, openings that do not fit."""
    found: list[Flaw] = []
    previous, expected = GENESIS, 1
    for entry in entries(session, consultation_id):
        if entry.seq != expected:
            found.append(Flaw(entry.seq, f"number {expected} is missing"))
        if entry.previous != previous:
            found.append(Flaw(entry.seq, "does not follow from the entry before it"))
        if entry.hash != entry_hash(seq=entry.seq, kind=entry.kind, payload=entry.payload, previous=entry.previous):
            found.append(Flaw(entry.seq, "was changed after it was written"))
        if entry.sealed and [digest(opening) for opening in entry.sealed] != entry.payload.get("seals"):
            found.append(Flaw(entry.seq, "its sealed part was changed"))
        previous, expected = entry.hash, entry.seq + 1
    return found


@dataclass(frozen=True, slots=True)
class RecordPage:
    """The latest entries, the newest first, and the end of the chain."""

    entries: tuple[LedgerEntry, ...]
    total: int
    head: str


def latest(session: Session, frame: Frame) -> RecordPage:
    """What the page of the record shows."""
    here = LedgerEntry.consultation_id == frame.consultation.id
    total = session.scalar(select(func.count()).select_from(LedgerEntry).where(here)) or 0
    rows = session.scalars(select(LedgerEntry).where(here).order_by(LedgerEntry.seq.desc()).limit(LATEST)).all()
    return RecordPage(tuple(rows), total, rows[0].hash if rows else GENESIS)


def header(session: Session, frame: Frame) -> dict[str, object]:
    """What a reader of the exported entries has to know."""
    columns = (Standard.id, Standard.number, Standard.version, Standard.counts_from)
    numbers = select(*columns).where(Standard.consultation_id == frame.consultation.id, Standard.number.is_not(None))
    amendments = _amendments(frame).with_only_columns(Amendment.id, Standard.number, Amendment.number)
    return {
        "schema": "standpoint-record-1",
        "consultation": frame.consultation.slug,
        "state": frame.consultation.state.value,
        "smallest_group": frame.consultation.minimum_group,
        "standards": [
            {"id": key, "number": number, "version": version, "counts_from": counts_from}
            for key, number, version, counts_from in session.execute(numbers.order_by(Standard.number))
        ],
        "amendments": [
            {"id": key, "standard": standard, "number": number}
            for key, standard, number in session.execute(amendments.order_by(Standard.number, Amendment.number))
        ],
    }


def exported(session: Session, frame: Frame) -> Iterator[dict[str, object]]:
    """The entries as they are published; once the consultation has closed, with the openings of positions."""
    of_standards = _opened(session, frame) if frame.closed else None
    of_amendments = _opened_of_amendments(session, frame) if frame.closed else {}
    unopened: set[object] = set()
    for entry in entries(session, frame.consultation.id):
        published: dict[str, object] = {
            "seq": entry.seq,
            "kind": entry.kind,
            "payload": entry.payload,
            "previous": entry.previous,
            "hash": entry.hash,
        }
        if of_standards is not None and entry.kind in OPENED:
            published["openings"] = _openings(entry, of_standards, unopened, "standard")
        elif of_standards is not None and entry.kind in OPENED_OF_AMENDMENTS:
            published["openings"] = _openings(entry, of_amendments, unopened, "amendment")
        yield published


def _openings(
    entry: LedgerEntry, opened: Mapping[int, Opened], unopened: set[object], subject: str
) -> list[dict[str, object] | None]:
    """The choice is opened; the group only where its cells are shown; the person never.

    Organisations are a block of their own without groups. Where a block is too small to be shown, or a group that is
    not shown has nobody to be merged with, nothing of it is opened: neither the position nor, later, that it was
    withdrawn. `unopened` remembers which ones. Nor is anything of what nobody can read any more.
    """
    choice, *others = entry.sealed
    published = opened.get(int(str(choice[subject])), NOTHING_OPENED)
    group = next((opening["group"] for opening in others if "group" in opening), None)
    if group is not None and not _may_open(published, choice.get("block"), group):
        unopened.add(choice["position"])
    if published is NOTHING_OPENED or choice["position"] in unopened:
        return [None for _opening in entry.sealed]
    alone = group == NOT_STATED and published.unlisted
    named = choice.get("block") != Block.ORGANISATIONS and (group in published.groups or alone)
    openings: list[dict[str, object] | None] = [choice]
    for opening in others:
        if "group" not in opening:
            openings.append(None)
        else:
            openings.append(opening if named else {"group": "suppressed"})
    return openings


def _may_open(published: Opened, block: object, group: object) -> bool:
    if block == Block.ORGANISATIONS:
        return published.organisations
    if not published.people:
        return False
    return group in published.groups or published.merged or (group == NOT_STATED and published.unlisted)


def _opened(session: Session, frame: Frame) -> dict[int, Opened]:
    found = session.scalars(select(Standard).where(Standard.consultation_id == frame.consultation.id)).all()
    cells, _ages = cells_of(session, found)
    return {standard.id: opened(frame, cells[standard.id]) for standard in found}


def _opened_of_amendments(session: Session, frame: Frame) -> dict[int, Opened]:
    """An amendment says nothing of fewer people than the smallest group that may be shown."""
    found = session.scalars(_amendments(frame).with_only_columns(Amendment.id)).all()
    least = frame.consultation.minimum_group
    return {
        key: replace(opened(frame, cells), people=people_of(cells).size >= least)
        for key, cells in cells_of_amendments(session, found).items()
    }


def _amendments(frame: Frame) -> Select[Amendment]:
    """The amendments that everybody can read."""
    return (
        select(Amendment)
        .join(Standard, Standard.id == Amendment.standard_id)
        .where(Standard.consultation_id == frame.consultation.id, Amendment.state.in_(READABLE))
    )


def consultation_ids(session: Session, slug: str | None) -> list[tuple[str, int | None]]:
    """The ledgers to verify: one consultation's, or all of them with that of the site."""
    query = select(Consultation.slug, Consultation.id).order_by(Consultation.id)
    if slug is not None:
        return [(found, identifier) for found, identifier in session.execute(query.where(Consultation.slug == slug))]
    return [("site", None), *((found, identifier) for found, identifier in session.execute(query))]
