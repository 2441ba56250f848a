"""The export of a Polis conversation: summary.csv, comments.csv, votes.csv and participants-votes.csv.

`read_polis` reads all of it once and checks it; `statements` and `votes` read it again, row by row, for storing. The
public exports write agree as 1 and count time in milliseconds, the servers of Polis the other way round and in seconds;
which of these it is, the numbers themselves tell.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from app.importers.polis_checks import RawVote, agree_sign, count_contradictions, matrix_contradictions
from app.importers.reading import (
    Contradiction,
    Row,
    SkippedRow,
    Table,
    moment_from_milliseconds,
    open_table,
    read_pairs,
    refuse_unless_some_row,
    title_of,
    used_before,
    whole_number,
    wrong_cell,
)
from app.language import _
from app.models.contributions import State
from app.models.positions import Choice
from app.text import clean, clean_line

SUMMARY = "summary.csv"
STATEMENTS = "comments.csv"
VOTES = "votes.csv"
MATRIX = ("participants-votes.csv", "participant-votes.csv")  # newer servers leave the s out
STATEMENT_COLUMNS = ("timestamp", "comment-id", "author-id", "agrees", "disagrees", "moderated", "comment-body")
VOTE_COLUMNS = ("timestamp", "comment-id", "voter-id", "vote")
MODERATED = {-1: State.DECLINED, 0: State.PENDING, 1: State.PUBLISHED}
CHOICES = {-1: Choice.OBJECT, 0: Choice.ABSTAIN, 1: Choice.SUPPORT}
FIRST_MILLISECONDS = 10**11  # as seconds this is the year 5138, as milliseconds 1973


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A statement. `agrees` and `disagrees` are what the export says, re-votes counted each time."""

    ref: str
    author_ref: str | None
    created_at: datetime
    title: str
    text: str
    state: State
    agrees: int
    disagrees: int
    seed: bool
    line: int


@dataclass(frozen=True, slots=True)
class VoteRow:
    """One vote. Of a voter's several votes on a statement the last one that comes out is the one that holds."""

    statement_ref: str
    voter_ref: str
    at: datetime
    choice: Choice
    line: int


@dataclass(frozen=True, slots=True)
class PolisExport:
    """What the first reading found. Counts are of rows that can be stored; `digests` are SHA-256 by file name.

    `agree` is the value that means agree in votes.csv, 1 or -1. `revotes` are votes that a later one of the same person
    on the same statement replaced.
    """

    directory: Path
    topic: str
    description: str
    url: str
    digests: dict[str, str]
    agree: int
    statements: int
    votes: int
    voters: int
    revotes: int
    skipped: tuple[SkippedRow, ...]
    contradictions: tuple[Contradiction, ...]
    statement_table: Table = field(repr=False)
    vote_table: Table = field(repr=False)


def read_polis(directory: Path) -> PolisExport:
    """The whole export, read and checked; nothing is stored.

    Raises:
        UnreadableExport: a file is missing, not UTF-8, without its columns or without a usable row, or the votes do not
            add up to the statements' own counts whichever sign means agree.
    """
    pairs, skipped = read_pairs(directory / SUMMARY, ",")
    statement_table = open_table(directory / STATEMENTS, ",", STATEMENT_COLUMNS)
    vote_table = open_table(directory / VOTES, ",", VOTE_COLUMNS)
    matrix = _open_matrix(directory)
    found, left_out = _read_statements(statement_table)
    refuse_unless_some_row(STATEMENTS, len(found), left_out)
    cast, not_cast = _read_votes(vote_table, frozenset(found))
    if not_cast:
        refuse_unless_some_row(VOTES, len(cast), not_cast)
    declared = {ref: (row.agrees, row.disagrees, row.line) for ref, row in found.items()}
    agree = agree_sign(declared, cast, allowance=len(not_cast))
    contradictions = count_contradictions(STATEMENTS, declared, cast, agree)
    contradictions += matrix_contradictions(matrix, cast) if matrix else [_unchecked()]
    return PolisExport(
        directory=directory,
        topic=clean_line(pairs.get("topic", "")),
        description=clean(pairs.get("conversation-description", "")),
        url=clean_line(pairs.get("url", "")),
        digests={table.path.name: table.digest for table in (statement_table, vote_table, matrix) if table},
        agree=agree,
        statements=len(found),
        votes=len(cast),
        voters=len({vote.voter for vote in cast}),
        revotes=len(cast) - len({(vote.statement, vote.voter) for vote in cast}),
        skipped=tuple(skipped + left_out + not_cast),
        contradictions=tuple(contradictions),
        statement_table=statement_table,
        vote_table=vote_table,
    )


def statements(export: PolisExport) -> Iterator[StatementRow]:
    """Every statement in the order of their numbers."""
    found, _skipped = _read_statements(export.statement_table)
    for ref in sorted(found):
        yield found[ref]


def votes(export: PolisExport) -> Iterator[VoteRow]:
    """Every vote by statement, then voter, then time, then place in the file: always in the same order."""
    known = frozenset(int(row.ref) for row in statements(export))
    cast, _skipped = _read_votes(export.vote_table, known)
    for vote in cast:
        at = moment_from_milliseconds(vote.at)
        if at is not None:  # always: such rows were skipped
            yield VoteRow(str(vote.statement), str(vote.voter), at, CHOICES[vote.value * export.agree], vote.line)


def _read_statements(table: Table) -> tuple[dict[int, StatementRow], list[SkippedRow]]:
    found: dict[int, StatementRow] = {}
    skipped: list[SkippedRow] = []
    for row in table.rows():
        statement = row if isinstance(row, SkippedRow) else _statement(row)
        if isinstance(statement, SkippedRow):
            skipped.append(statement)
        elif int(statement.ref) in found:
            skipped.append(SkippedRow(table.path.name, statement.line, used_before()))
        else:
            found[int(statement.ref)] = statement
    return found, skipped


def _statement(row: Row) -> StatementRow | SkippedRow:
    """The statement in a row, or why there is none."""
    cells = row.cells
    ref, moderated = whole_number(cells["comment-id"]), whole_number(cells["moderated"])
    agrees, disagrees = whole_number(cells["agrees"]), whole_number(cells["disagrees"])
    at, author = _milliseconds(cells["timestamp"]), whole_number(cells["author-id"])
    created_at = at and moment_from_milliseconds(at)
    if ref is None or ref < 0:
        return row.skipped(wrong_cell("comment-id"))
    if not created_at:
        return row.skipped(wrong_cell("timestamp"))
    if agrees is None or disagrees is None:
        return row.skipped(wrong_cell("agrees" if agrees is None else "disagrees"))
    if moderated not in MODERATED:
        return row.skipped(wrong_cell("moderated"))
    if author is None and cells["author-id"].strip():
        return row.skipped(wrong_cell("author-id"))
    text = clean(cells["comment-body"])
    if not text:
        return row.skipped(_("It has no text."))
    return StatementRow(
        ref=str(ref),
        author_ref=None if author is None else str(author),
        created_at=created_at,
        title=title_of(text),
        text=text,
        state=MODERATED[moderated],
        agrees=agrees,
        disagrees=disagrees,
        seed=cells.get("is-seed", "").strip().lower() == "true",
        line=row.line,
    )


def _read_votes(table: Table, known: frozenset[int]) -> tuple[list[RawVote], list[SkippedRow]]:
    cast: list[RawVote] = []
    skipped: list[SkippedRow] = []
    for row in table.rows():
        vote = row if isinstance(row, SkippedRow) else _vote(row, known)
        if isinstance(vote, SkippedRow):
            skipped.append(vote)
        else:
            cast.append(vote)
    cast.sort()
    return cast, skipped


def _vote(row: Row, known: frozenset[int]) -> RawVote | SkippedRow:
    """The vote in a row, or why there is none."""
    statement, voter = whole_number(row.cells["comment-id"]), whole_number(row.cells["voter-id"])
    at, value = _milliseconds(row.cells["timestamp"]), whole_number(row.cells["vote"])
    if at is None:
        return row.skipped(wrong_cell("timestamp"))
    if voter is None or voter < 0:
        return row.skipped(wrong_cell("voter-id"))
    if value not in CHOICES:
        return row.skipped(wrong_cell("vote"))
    if statement is None:
        return row.skipped(wrong_cell("comment-id"))
    if statement not in known:
        return row.skipped(_("Its statement %(ref)s is not in the export or was left out.", ref=str(statement)))
    return RawVote(statement, voter, at, row.line, value)


def _milliseconds(cell: str) -> int | None:
    number = whole_number(cell)
    if number is None:
        return None
    number = number if number >= FIRST_MILLISECONDS else number * 1000
    return number if moment_from_milliseconds(number) else None


def _open_matrix(directory: Path) -> Table | None:
    for name in MATRIX:
        if (directory / name).is_file():
            return open_table(directory / name, ",", ("participant", "n-votes", "n-agree", "n-disagree"))
    return None


def _unchecked() -> Contradiction:
    return Contradiction(MATRIX[0], 0, _("It is missing, so the votes could not be checked against it."))
