"""How a consultation went, who was heard in their own words, and on what standards rest, as rows."""

from collections.abc import Iterator

from app.language import _
from app.reports.columns import GROUP, STANDARD, TEXT, Cell, Column, Table
from app.reports.document import Document
from app.reports.due_process_report import WITHIN_HOURS

KEY = Column("key", _("Its code"))
CONTRIBUTIONS = Column("contributions", _("Published contributions"), number=True)


def tables_of_process(document: Document) -> tuple[Table, ...]:
    """Phases, weeks, ways in, languages, waiting times, voices, evidence, bodies and responses."""
    return (
        *_process(document),
        _waits(document),
        _voices(document),
        _evidence(document),
        _bodies(document),
        _answers(document),
    )


def _process(document: Document) -> Iterator[Table]:
    process = document.process
    if process is None:
        return
    days = (Column("opens_on", _("First day")), Column("closes_on", _("Last day")))
    phases = tuple((phase.kind, phase.opens_on, phase.closes_on, phase.ended_why) for phase in process.phases)
    yield Table("phases", _("Phases"), (KEY, *days, Column("ended_why", _("Why it was ended early"))), phases)
    begins = Column("begins_on", _("The Monday on which the week begins"))
    positions = Column("positions", _("Positions taken or last changed in it"), number=True)
    weeks = tuple((week.begins_on, week.contributions, week.positions) for week in process.weeks)
    yield Table("weeks", _("Weeks"), (begins, CONTRIBUTIONS, positions), weeks)
    for name, title, lines in (
        ("channels", _("Ways in"), process.channels),
        ("languages", _("Languages"), process.languages),
    ):
        yield Table(name, title, (KEY, CONTRIBUTIONS), tuple((line.key, line.contributions) for line in lines))


def _waits(document: Document) -> Table:
    names = [f"within_{hours}_hours" for hours in WITHIN_HOURS] + ["later"]
    waits = document.due_process.waits or (0,) * len(names)
    reasons = document.due_process.by_reason.items()
    rows: list[tuple[Cell, ...]] = [("decided", name, count) for name, count in zip(names, waits, strict=True)]
    rows += [("reason", code, count) for code, count in reasons]
    columns = (
        Column("figure", _("What was counted: how long decisions took, or why they were taken")),
        KEY,
        Column("count", _("How many"), number=True),
    )
    return Table("due_process", _("Due process"), columns, tuple(rows))


def _voices(document: Document) -> Table:
    columns = (
        STANDARD,
        Column("directly_affected", _("Whether the group is directly affected")),
        GROUP,
        Column("author", _("The name under which the author appears")),
        TEXT,
        Column("language", _("Its language")),
        Column("bridging", _("The score across groups by which it was chosen, between 0 and 1")),
        Column("comment", _("The comment that it rests on")),
    )
    rows = tuple(
        (standard.number, said, one.group, one.author, one.text, one.language, one.bridging, str(one.id))
        for standard in document.standards
        for said, voices in (("yes", standard.from_affected), ("no", standard.from_others))
        for one in voices
    )
    return Table("voices", _("Voices of groups"), columns, rows)


def _evidence(document: Document) -> Table:
    columns = (
        STANDARD,
        Column("authors", _("Its authors, all of them")),
        Column("year", _("The year in which it appeared"), number=True),
        Column("title", _("Title")),
        Column("venue", _("Where it appeared")),
        Column("url", _("Its address")),
        Column("finding", _("What it found")),
    )
    rows = tuple(
        (standard.number, "; ".join(piece.authors), piece.year, piece.title, piece.venue, piece.url, piece.finding)
        for standard in document.standards
        for piece in standard.evidence
    )
    return Table("evidence", _("Evidence"), columns, rows)


def _bodies(document: Document) -> Table:
    columns = (
        Column("instrument", _("The instrument, in short")),
        Column("name", _("Procedure or body")),
        Column("kind", _("Kind of procedure")),
        Column("route", _("Before whom, or how")),
    )
    rows = tuple((body.instrument, body.name, body.kind, body.route) for body in document.bodies)
    return Table("bodies", _("Who enforces these rights"), columns, rows)


def _answers(document: Document) -> Table:
    columns = (
        STANDARD,
        Column("response", _("The answer of the authority")),
        TEXT,
        Column("answered_on", _("The day on which it answered")),
        Column("promised_on", _("The day by which it promised to act")),
        Column("done", _("What was done")),
        Column("done_on", _("The day on which it was done")),
    )
    rows = tuple(
        (one.number, one.response, one.response_text, one.answered_on, one.promised_on, one.done, one.done_on)
        for one in document.standards
        if one.response
    )
    return Table("responses", _("Responses of the authority"), columns, rows)
