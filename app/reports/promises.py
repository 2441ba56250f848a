"""What a summary says of promises: the register as anybody may read it."""

from dataclasses import replace

from sqlalchemy.orm import Session

from app.queries.commitments import PromiseLine, promises
from app.queries.consultations import Frame
from app.reports.promises_report import PromiseEvent, PromiseReport


def gather_promises(session: Session, frame: Frame) -> tuple[PromiseReport, ...]:
    """Every promise, the oldest first; nothing that waits is among the events, whoever asks."""
    return tuple(_report(line) for line in promises(session, replace(frame, membership=None)))


def _report(line: PromiseLine) -> PromiseReport:
    commitment, found = line.commitment, line.found
    return PromiseReport(
        reference=commitment.reference,
        company=commitment.company,
        made_on=commitment.made_on,
        promise=commitment.promise,
        scope=commitment.scope,
        exceptions=commitment.exceptions,
        ending=commitment.ending.value,
        ends_on=commitment.ends_on.isoformat() if commitment.ends_on else None,
        condition=commitment.condition,
        binding=commitment.binding.value,
        framing=commitment.framing,
        flags=tuple(commitment.flags),
        source=commitment.source,
        state=commitment.state.value,
        found_on=f"{found.finding.found_at:%Y-%m-%d}" if found else None,
        panel=found.groups if found else (),
        reasons=found.finding.reasons if found else "",
        company_answer=found.finding.company_answer if found else "",
        standards=tuple(standard.number for standard in line.standards),
        events=tuple(PromiseEvent(one.when, one.event, one.text, one.source) for one in line.happenings),
    )
