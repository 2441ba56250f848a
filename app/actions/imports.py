"""Bulk twins: storing many members and positions whose consequences lie in the past.

Each batch is complete when it returns: rows, ledger entries and projections, but nothing in the outbox. The rules of
live contributions (phases, lengths, one turn a person) do not apply to what happened elsewhere.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from app.actions import consultations, projections
from app.db import public_id
from app.errors import CONFLICT, Refusal, require
from app.events import ConsultationClosed, MemberJoined, PositionTaken, record_history
from app.language import _
from app.models.consultations import (
    NOT_STATED,
    Channel,
    Consultation,
    Identity,
    ImportRun,
    Membership,
    StakeholderGroup,
)
from app.models.events import LedgerEntry, OutboxEntry
from app.models.positions import Block, Choice, Position
from app.models.standards import Standard


@dataclass(frozen=True, slots=True)
class NewMember:
    """Somebody who took part elsewhere, known by the `reference` of the imported file. `None` as group: not stated."""

    reference: str
    display_name: str
    joined_at: datetime
    group: StakeholderGroup | None = None
    identity: Identity = Identity.PSEUDONYM
    organisation: bool = False
    channel: Channel = Channel.IMPORT


@dataclass(frozen=True, slots=True)
class TakenPosition:
    """A position that was taken; of several by one person on one standard the last one holds, all are in the ledger."""

    standard_id: int
    membership_id: int
    choice: Choice
    taken_at: datetime
    group: StakeholderGroup | None = None
    block: Block = Block.PEOPLE
    version: int = 1
    channel: Channel = Channel.IMPORT


def members(session: Session, consultation: Consultation, wanted: Sequence[NewMember]) -> dict[str, int]:
    """The memberships of these people by reference; those who are new get one."""
    known = _member_ids(session, consultation, [member.reference for member in wanted])
    new = list({member.reference: member for member in wanted if member.reference not in known}.values())
    if not new:
        return known
    rows = [_membership_row(consultation, member) for member in new]
    inserted = insert(Membership).returning(Membership.id, sort_by_parameter_order=True)
    ids = session.scalars(inserted, rows).all()
    record_history(
        session,
        consultation.id,
        [
            MemberJoined(consultation_id=consultation.id, membership_id=membership_id, group=_key(member.group))
            for membership_id, member in zip(ids, new, strict=True)
        ],
    )
    return known | {member.reference: membership_id for membership_id, member in zip(ids, new, strict=True)}


def positions(session: Session, consultation: Consultation, taken: Sequence[TakenPosition]) -> None:
    """Store positions in the order in which they were taken. All those of one person on one standard come together."""
    latest = {(position.standard_id, position.membership_id): position for position in taken}
    ids = {pair: public_id() for pair in latest}
    if not latest:
        return
    session.execute(insert(Position), [_position_row(ids[pair], position) for pair, position in latest.items()])
    record_history(
        session,
        consultation.id,
        [
            PositionTaken(
                consultation_id=consultation.id,
                position=ids[position.standard_id, position.membership_id],
                standard=position.standard_id,
                version=position.version,
                choice=position.choice.value,
                block=position.block.value,
                group=_key(position.group),
                membership_id=position.membership_id,
            )
            for position in taken
        ],
    )
    recount(session, {position.standard_id for position in taken})
    renew(session, {position.standard_id for position in taken})


def runs(session: Session, consultation: Consultation, digest: str, files: Collection[str]) -> dict[str, ImportRun]:
    """How far each file has come; a file that was not begun starts at nothing.

    Raises:
        Refused: another export was imported here.
    """
    mine = select(ImportRun).where(ImportRun.consultation_id == consultation.id)
    found = {run.file: run for run in session.scalars(mine)}
    require(_why_not_continue(found.values(), digest))
    for file in files:
        if file not in found:
            found[file] = ImportRun(
                consultation_id=consultation.id, file=file, digest=digest, rows_done=0, finished=False, report={}
            )
            session.add(found[file])
    session.flush()
    return found


def advance(session: Session, consultation: Consultation, run: ImportRun, rows: int) -> None:
    """Begin a batch: it counts as done when the transaction is committed with everything that it stores.

    Raises:
        Refused: the same import is running elsewhere.
    """
    expected = run.rows_done
    consultations.lock(session, consultation)
    session.refresh(run)
    require(_why_not_advance(run, expected))
    run.rows_done = expected + rows


def finish(session: Session, consultation: Consultation, found: Iterable[ImportRun], report: dict[str, object]) -> None:
    """Say that everything is in, with what was left out and why."""
    consultations.lock(session, consultation)
    for run in found:
        run.finished, run.report = True, report
    closed = ConsultationClosed(consultation_id=consultation.id, slug=consultation.slug)
    record_history(session, consultation.id, [closed])
    session.flush()


def recount(session: Session, standard_ids: Collection[int]) -> None:
    """Recount what belongs to these standards."""
    projections.rebuild(session, sorted(standard_ids))


def renew(session: Session, standard_ids: Collection[int]) -> None:
    """Let the cached pages of these standards grow old."""
    newer = update(Standard).where(Standard.id.in_(standard_ids)).values(revision=Standard.revision + 1)
    session.execute(newer, execution_options={"synchronize_session": False})


def forget_consequences(session: Session, consultation: Consultation) -> None:
    """Take what would follow from this consultation's ledger out of the outbox, because it lies in the past."""
    mine = select(LedgerEntry.id).where(LedgerEntry.consultation_id == consultation.id)
    session.execute(delete(OutboxEntry).where(OutboxEntry.entry_id.in_(mine)))


def _why_not_continue(found: Iterable[ImportRun], digest: str) -> Refusal | None:
    if any(run.digest != digest for run in found):
        sentence = _("Other files were imported into this consultation before. Choose another address for these.")
        return Refusal("other_import", sentence, CONFLICT)
    return None


def _why_not_advance(run: ImportRun, expected: int) -> Refusal | None:
    if run.rows_done != expected:
        return Refusal("import_running", _("The same import is running elsewhere. Let one of them finish."), CONFLICT)
    return None


def _member_ids(session: Session, consultation: Consultation, references: Collection[str]) -> dict[str, int]:
    mine = select(Membership.reference, Membership.id).where(
        Membership.consultation_id == consultation.id, Membership.reference.in_(set(references))
    )
    return {reference: member_id for reference, member_id in session.execute(mine) if reference is not None}


def _membership_row(consultation: Consultation, member: NewMember) -> dict[str, object]:
    return {
        "consultation_id": consultation.id,
        "group_id": member.group.id if member.group else None,
        "identity": member.identity,
        "display_name": member.display_name,
        "name_key": consultations.name_key(member.display_name),
        "organisation": member.display_name if member.organisation else None,
        "verified": member.organisation,
        "channel": member.channel,
        "reference": member.reference,
        "joined_at": member.joined_at,
        "counted_from": member.joined_at,
    }


def _position_row(position_id: int, position: TakenPosition) -> dict[str, object]:
    return {
        "id": position_id,
        "standard_id": position.standard_id,
        "membership_id": position.membership_id,
        "group_id": position.group.id if position.group else None,
        "block": position.block,
        "version": position.version,
        "choice": position.choice,
        "channel": position.channel,
        "counted": True,
        "taken_at": position.taken_at,
    }


def _key(group: StakeholderGroup | None) -> str:
    return group.key if group else NOT_STATED
