"""The document as tables, for every format that is made of rows. Codes stay codes; a dictionary says what they mean."""

from collections.abc import Iterator

from app.language import _
from app.reports.campaigns_report import table_of_campaigns
from app.reports.columns import GROUP, STANDARD, TEXT, Cell, Column, Rows, Table
from app.reports.copies import facts_of
from app.reports.credits import versions_table
from app.reports.document import Document
from app.reports.promise_tables import tables_of_promises
from app.reports.standard_report import Positions, StandardReport
from app.reports.tables_of_opinions import tables_of_opinions
from app.reports.tables_of_process import tables_of_process
from app.reports.tables_of_resolution import OUTCOME, objections, outcome
from app.rules.words import CONSENSUS

COUNTS = (
    Column("support", _("Positions in support"), number=True),
    Column("support_with_reservations", _("Positions in support with reservations"), number=True),
    Column("abstain", _("Abstentions"), number=True),
    Column("object", _("Objecting positions"), number=True),
    Column("n", _("All positions, abstentions included"), number=True),
)

COMMENT = (
    STANDARD,
    Column("comment", _("The comment's identifier")),
    Column("reply_to", _("The comment that it answers")),
    Column("clause", _("The clause that it is about")),
    Column("stance", _("Its stance")),
    Column("author", _("The name under which the author appears")),
    GROUP,
    TEXT,
    Column("proposed_change", _("The wording that it suggests")),
    Column("created_at", _("The day on which it was written")),
    Column("channel", _("How it came in")),
    Column("language", _("Its language")),
    Column("endorsements", _("People who stand behind it"), number=True),
    Column("endorsing_groups", _("Groups, other than the author's, from which they come"), number=True),
    Column("disposition", _("What was done with it; empty while nothing was")),
    Column("campaign", _("The campaign that it is a letter of; empty for most")),
)


def tables(document: Document) -> tuple[Table, ...]:
    """Every table of a summary."""
    return (
        _about(document),
        _participation(document),
        _standards(document),
        _positions(document),
        _minority(document),
        _arguments(document),
        Table("comments", _("Comments"), COMMENT, Rows(lambda: _comment_rows(document))),
        _moderation(document),
        objections(document),
        versions_table([(standard.number, standard.versions) for standard in document.standards]),
        *tables_of_promises(document),
        table_of_campaigns(document.campaigns),
        *tables_of_process(document),
        *tables_of_opinions(document),
    )


def _about(document: Document) -> Table:
    consultation = document.consultation
    facts: tuple[tuple[str, Cell], ...] = (
        ("title", consultation.title),
        ("slug", consultation.slug),
        ("state", consultation.state),
        ("opens_at", consultation.opens_at),
        ("closes_at", consultation.closes_at),
        ("asked_by", consultation.asked_by),
        ("answered_by", consultation.answered_by),
        ("answer_due", consultation.answer_due),
        ("as_of", document.as_of),
        ("ledger_entries", document.ledger_entries),
        ("people", document.people),
        ("organisations", document.organisations),
        ("smallest_group_shown", consultation.minimum_group),
        ("demonstration", "yes" if consultation.demonstration else "no"),
        ("fingerprint", document.fingerprint),
        *facts_of(document),
    )
    columns = (Column("fact", _("What is stated")), Column("value", _("Its value")))
    return Table("about", _("About"), columns, facts)


def _participation(document: Document) -> Table:
    columns = (
        GROUP,
        Column("family", _("Family of groups")),
        Column("directly_affected", _("Whether the group is directly affected")),
        Column("heard", _("Whether enough people of the group took part")),
        Column("people", _("People who took part; empty where the group is too small to be shown"), number=True),
    )
    rows = tuple(
        (group.name, group.family, _yes(said=group.directly_affected), _yes(said=group.heard), group.people)
        for group in document.participation
    )
    return Table("participation", _("Who took part"), columns, rows)


def _standards(document: Document) -> Table:
    columns = (
        STANDARD,
        Column("title", _("Title")),
        Column("version", _("Version of the text"), number=True),
        Column("consensus_state", _("Consensus state")),
        Column("state_in_words", _("Consensus state in words")),
        Column("explanation", _("Why the state is what it is")),
        *COUNTS,
        Column(
            "approval_percent", _("Approval in percent of those who approve or object, from 20 people on"), number=True
        ),
        Column("confirmed", _("Positions taken on this version"), number=True),
        Column("carried_over_counted", _("Positions on an earlier wording, counted"), number=True),
        Column("carried_over", _("Positions on an earlier text, shown and not counted"), number=True),
        Column("clauses", _("The numbered clauses")),
        Column("grounding", _("The rights that it rests on")),
        Column("duty_bearers", _("Who carries the duty")),
        Column("enforcement", _("How it is enforced")),
        Column("imported_supports", _("Supports given elsewhere, never added to positions"), number=True),
        Column("response", _("The answer of the authority")),
        *OUTCOME,
    )
    return Table("standards", _("Standards"), columns, tuple(_standard(standard) for standard in document.standards))


def _standard(standard: StandardReport) -> tuple[Cell, ...]:
    return (
        standard.number,
        standard.title,
        standard.version,
        standard.consensus_state,
        str(CONSENSUS[standard.consensus_state]),
        str(standard.explanation),
        *_counts(standard.positions),
        standard.approval_percent,
        standard.confirmed,
        standard.carried_over_counted,
        standard.carried_over,
        "\n".join(f"{clause.number}. {clause.text}" for clause in standard.clauses),
        "; ".join(standard.grounding),
        "; ".join(standard.duty_bearers),
        standard.enforcement,
        standard.imported_supports,
        standard.response,
        *outcome(standard),
    )


def _positions(document: Document) -> Table:
    columns = (
        STANDARD,
        GROUP,
        Column("shown", _("Whether the cells of the group may be shown")),
        *COUNTS,
        Column("approval_percent", _("Approval in percent, from 20 people on"), number=True),
        Column("interval_low", _("Lower bound of Wilson's 95 percent interval"), number=True),
        Column("interval_high", _("Upper bound of the same"), number=True),
    )
    return Table("positions", _("Positions by group"), columns, tuple(_position_rows(document)))


def _position_rows(document: Document) -> Iterator[tuple[Cell, ...]]:
    for standard in document.standards:
        for tally in standard.by_group:
            counts = (tally.support, tally.reservations, tally.abstain, tally.object, tally.size)
            cells: tuple[Cell, ...] = counts if tally.shown else (None,) * len(counts)
            interval = tally.approval_interval
            bounds = (interval.low, interval.high) if interval else (None, None)
            yield (standard.number, tally.name, _yes(said=tally.shown), *cells, tally.approval_percent, *bounds)
        if standard.organisations is not None:
            yield (standard.number, str(_("Organisations")), "yes", *_counts(standard.organisations), None, None, None)
        everybody = (*_counts(standard.positions), standard.approval_percent, None, None)
        yield (standard.number, str(_("All people")), "yes", *everybody)


def _minority(document: Document) -> Table:
    columns = (
        STANDARD,
        Column("position", _("The position")),
        Column("group", _("Stakeholder group; empty where naming it would single somebody out")),
        TEXT,
        Column("would_change", _("What would change the objector's mind")),
        Column("state", _("Where the objection stands")),
        Column("comment", _("The comment that it rests on")),
    )
    rows = tuple(
        (
            standard.number,
            minority.position,
            minority.group,
            minority.text or str(_("Reason not published")),
            minority.would_change,
            minority.state,
            str(minority.id) if minority.id else "",
        )
        for standard in document.standards
        for minority in standard.minority
    )
    return Table("minority", _("Minority positions"), columns, rows)


def _arguments(document: Document) -> Table:
    columns = (
        STANDARD,
        Column("side", _("For or against")),
        TEXT,
        Column("author", _("The name under which the author appears")),
        GROUP,
        Column("endorsements", _("People who stand behind it"), number=True),
        Column("endorsing_groups", _("Groups, other than the author's, from which they come"), number=True),
        Column("comment", _("The comment that it rests on")),
        Column("senders", _("People who sent the same letter; 0 where nobody else did"), number=True),
        Column("bridging", _("The score across groups by which it was chosen, between 0 and 1")),
        Column("language", _("Its language")),
        Column("appears", _("How the author chose to appear: named, pseudonym or confidential")),
    )
    rows = tuple(
        (
            standard.number,
            side,
            argument.text,
            argument.author,
            argument.group,
            argument.endorsements,
            argument.endorsing_groups,
            str(argument.id),
            argument.senders,
            argument.bridging,
            argument.language,
            argument.appears,
        )
        for standard in document.standards
        for side, arguments in (("for", standard.arguments_for), ("against", standard.arguments_against))
        for argument in arguments
    )
    return Table("arguments", _("Reasons for and against"), columns, rows)


def _comment_rows(document: Document) -> Iterator[tuple[Cell, ...]]:
    for standard in document.standards:
        for comment in standard.comments:
            yield (
                standard.number,
                str(comment.id),
                str(comment.reply_to) if comment.reply_to else "",
                comment.clause,
                comment.stance,
                comment.author,
                comment.group,
                comment.text,
                comment.proposed_change,
                comment.created_at,
                comment.channel,
                comment.language,
                comment.endorsements,
                comment.endorsing_groups,
                comment.disposition,
                comment.campaign or "",
            )


def _moderation(document: Document) -> Table:
    figures = document.moderation
    columns = (Column("figure", _("What was counted")), Column("count", _("How many"), number=True))
    names = ("received", "published", "redacted", "returned", "declined", "hidden", "appeals", "overturned")
    return Table("moderation", _("Moderation"), columns, tuple((name, getattr(figures, name)) for name in names))


def _counts(positions: Positions) -> tuple[int, ...]:
    return (
        positions.support,
        positions.support_with_reservations,
        positions.abstain,
        positions.object,
        positions.n,
    )


def _yes(*, said: bool) -> str:
    return "yes" if said else "no"
