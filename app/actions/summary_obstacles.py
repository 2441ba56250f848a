"""What keeps a summary from being stored now: read for the page that says so, and looked at again by the action."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import Refusal
from app.models.consultations import Consultation, ConsultationState, TallyVisibility
from app.models.events import LedgerEntry
from app.models.summaries import RunState, SummaryRun
from app.rules.summaries import why_not_make_now, why_not_tell_apart

UNFINISHED = (RunState.WAITING, RunState.MAKING)
MOVED = ("PositionTaken", "PositionWithdrawn")
OWN = "SummaryMade"


def why_not_ask(
    session: Session, consultation: Consultation, parameters: Mapping[str, object] | None = None
) -> Refusal | None:
    """Why no version can be stored now, whoever asks; with these `parameters`, if they are known. Three statements."""
    here = SummaryRun.consultation_id == consultation.id
    unfinished = session.scalar(select(SummaryRun.number).where(here, SummaryRun.state.in_(UNFINISHED)).limit(1))
    last = _last(session, consultation.id)
    same = last is not None and last.parameters == parameters and not _anything_since(session, last)
    return why_not_make_now(
        consultation,
        unfinished=unfinished,
        same=last.number if same and last else None,
        changed=people_moved(session, consultation, last.ledger_entries) if last else 0,
        since=last.number if last else None,
    )


def why_not_keep(session: Session, consultation: Consultation) -> Refusal | None:
    """Why a run that was just gathered is not to be stored after all: fewer people moved than when it was asked for."""
    last = _last(session, consultation.id)
    if last is None or consultation.state != ConsultationState.OPEN:
        return None
    changed = people_moved(session, consultation, last.ledger_entries)
    return why_not_tell_apart(changed, minimum=consultation.minimum_group)


def people_moved(session: Session, consultation: Consultation, since: int) -> int:
    """How many people took, changed or withdrew a position after entry `since`, counted up to the smallest group.

    While readers see no tallies, nothing can be told from them, and nobody is counted. Whoever only withdrew is not
    named in the record: all of them count as one person, so that never too many are counted.
    """
    if consultation.tallies_visible != TallyVisibility.ALWAYS and consultation.state == ConsultationState.OPEN:
        return 0
    entries = select(LedgerEntry.kind, LedgerEntry.sealed).where(
        LedgerEntry.consultation_id == consultation.id, LedgerEntry.kind.in_(MOVED), LedgerEntry.seq > since
    )
    people: set[object] = set()
    taken: set[object] = set()
    ordered = entries.order_by(LedgerEntry.seq)
    with session.execute(ordered, execution_options={"yield_per": 100}) as happened:
        for kind, sealed in happened:
            opened = {name: value for opening in sealed for name, value in opening.items()}
            if kind == MOVED[0]:
                taken.add(opened.get("position"))
                people.add(opened.get("membership_id"))
            elif opened.get("position") not in taken:
                people.add("withdrew")
            if len(people) >= consultation.minimum_group:
                break
    return len(people)


def _last(session: Session, consultation_id: int) -> SummaryRun | None:
    """The last run that can be read."""
    done = select(SummaryRun).where(SummaryRun.consultation_id == consultation_id, SummaryRun.state == RunState.DONE)
    return session.scalars(done.order_by(SummaryRun.ledger_entries.desc(), SummaryRun.number.desc()).limit(1)).first()


def _anything_since(session: Session, run: SummaryRun) -> bool:
    later = select(LedgerEntry.id).where(
        LedgerEntry.consultation_id == run.consultation_id,
        LedgerEntry.seq > run.ledger_entries,
        LedgerEntry.kind != OWN,
    )
    return session.scalar(later.limit(1)) is not None
