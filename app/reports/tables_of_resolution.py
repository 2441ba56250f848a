"""Outcomes and objections as columns and rows."""

from app.language import _
from app.reports.columns import STANDARD, TEXT, Cell, Column, Table
from app.reports.document import Document
from app.reports.standard_report import StandardReport

OUTCOME = (
    Column("outcome", _("What became of it: adopted, adopted in part or not adopted; empty while it is not stated")),
    Column("outcome_reasons", _("The reasons of whoever stated the outcome")),
    Column("stated_by", _("Who stated the outcome")),
    Column("stated_on", _("The day on which the outcome was stated")),
    Column("comments_open", _("Comments that have to be resolved and are not yet"), number=True),
)


def outcome(standard: StandardReport) -> tuple[Cell, ...]:
    """The cells of these columns for one standard."""
    return (
        standard.outcome,
        standard.outcome_reasons,
        standard.stated_by,
        standard.stated_on,
        standard.dispositions.get("open", 0),
    )


def objections(document: Document) -> Table:
    """Every step on the way of every objection whose reason can be read; one that waits has a row without a step."""
    columns = (
        STANDARD,
        Column("comment", _("The comment that is its reason")),
        Column("state", _("Where the objection stands")),
        Column("step", _("What happened")),
        Column("on", _("The day on which it happened")),
        Column("by", _("Who did it")),
        Column("disposition", _("How it was answered")),
        Column("version", _("The version of the text that has the change"), number=True),
        TEXT,
    )
    rows: list[tuple[Cell, ...]] = []
    for standard in document.standards:
        for line in standard.objections:
            head = (standard.number, str(line.id), line.state)
            rows += [
                (*head, step.step, step.on, step.by, step.disposition, step.version, step.text) for step in line.steps
            ]
            if not line.steps:
                rows.append((*head, "", "", "", "", None, ""))
    return Table("objections", _("Objections step by step"), columns, tuple(rows))
