"""Stored runs of the summary, made at once. Nothing here commits."""

from sqlalchemy.orm import Session

from app.actions import summaries
from app.actions.summaries import Made
from app.models.consultations import Consultation, Membership
from app.models.summaries import SummaryRun
from app.queries.earlier_tables import counting_from
from app.reports.choice import Choice
from app.reports.gather import gather
from app.reports.hiding import tables_of
from app.reports.runs import packed
from tests.factories.viewers import frame


def parameters(choice: Choice | None = None, language: str = "en") -> dict[str, object]:
    """What is asked for: everything, unless said otherwise."""
    return {**(choice or Choice()).parameters(), "language": language}


def asked(session: Session, consultation: Consultation, *, by: Membership | None = None) -> SummaryRun:
    """A run that waits; asked for by an administrator unless somebody of the team is named."""
    return summaries.ask(session, consultation, by=by, administrator=by is None, parameters=parameters())


def stored(session: Session, consultation: Consultation, *, by: Membership | None = None) -> SummaryRun:
    """A run that can be read: the summary as it is now."""
    return finished(session, consultation, asked(session, consultation, by=by))


def finished(session: Session, consultation: Consultation, run: SummaryRun) -> SummaryRun:
    """The same run once the worker is done with it."""
    leased = summaries.lease(session, run.id, consultation.id)
    assert leased is not None
    session.flush()
    document = gather(session, frame(session, consultation))
    made = Made(
        schema=document.schema,
        fingerprint=document.fingerprint,
        as_of=document.as_of or "",
        ledger_entries=document.ledger_entries,
        revision=consultation.revision,
        tables=tables_of(document, counting_from(session, consultation)),
        chunks=packed(document),
    )
    assert summaries.finish(session, leased, made)
    return run
