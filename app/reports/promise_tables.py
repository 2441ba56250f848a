"""Promises as tables: one row for each, and one for each later event."""

from app.language import _
from app.reports.columns import Column, Table
from app.reports.document import Document

REFERENCE = Column("commitment", _("The promise's identifier"))


PROMISE_COLUMNS = (
    REFERENCE,
    Column("company", _("Who made the promise")),
    Column("made_on", _("When it was made")),
    Column("text", _("The promise in its exact words")),
    Column("scope", _("What it covers")),
    Column("exceptions", _("What it leaves out")),
    Column("ending", _("Whether it ends on a date, on a condition, or with no end named")),
    Column("ends_on", _("The day on which it ends")),
    Column("condition", _("The condition on which it ends")),
    Column("binding", _("Who can enforce it")),
    Column("framing", _("What it argues from")),
    Column("flags", _("What readers should know at a glance")),
    Column("state", _("What the last panel found")),
    Column("found_on", _("The day on which the panel found it")),
    Column("panel", _("The groups from which the panel came")),
    Column("reasons", _("The panel's reasons")),
    Column("company_answer", _("The company's answer")),
    Column("standards", _("The numbers of the standards that it bears on")),
    Column("source", _("Where it can be read")),
)


def tables_of_promises(document: Document) -> tuple[Table, ...]:
    """The promises, and what happened after them."""
    return _commitments(document), _events(document)


def _commitments(document: Document) -> Table:
    rows = tuple(
        (
            promise.reference,
            promise.company,
            promise.made_on,
            promise.promise,
            promise.scope,
            promise.exceptions,
            promise.ending,
            promise.ends_on,
            promise.condition,
            promise.binding,
            promise.framing,
            "; ".join(promise.flags),
            promise.state,
            promise.found_on,
            "; ".join(promise.panel),
            promise.reasons,
            promise.company_answer,
            "; ".join(str(number) for number in promise.standards),
            promise.source,
        )
        for promise in document.commitments
    )
    return Table("commitments", _("Promises"), PROMISE_COLUMNS, rows)


def _events(document: Document) -> Table:
    columns = (
        REFERENCE,
        Column("date", _("When it happened")),
        Column("event", _("What kind of event it is")),
        Column("text", _("What was written")),
        Column("source", _("Where it can be read")),
    )
    rows = tuple(
        (promise.reference, event.date, event.event, event.what, event.source)
        for promise in document.commitments
        for event in promise.events
    )
    return Table("commitment_events", _("After the promises"), columns, rows)
