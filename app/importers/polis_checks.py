"""What a Polis export says twice must agree: the counts of its statements, its votes, and its table of participants."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from app.importers.reading import Contradiction, Row, SkippedRow, Table, UnreadableExport, whole_number
from app.language import _, ngettext

Declared = Mapping[int, tuple[int, int, int]]
"""By statement: how many agree and disagree as the export says, and the line where it says so."""


class RawVote(NamedTuple):
    """A vote as the file has it, in the order in which votes are sorted; `at` in milliseconds, `value` 1, 0 or -1."""

    statement: int
    voter: int
    at: int
    line: int
    value: int


def agree_sign(declared: Declared, votes: Sequence[RawVote], *, allowance: int) -> int:
    """The value, 1 or -1, that means agree: the one whose rows add up to what the statements declare.

    All rows may have been counted or only the latest of each pair. `allowance` rows could not be read and may be
    missing from the sums. Where both values fit equally well it is 1, as in all public exports.

    Raises:
        UnreadableExport: neither value fits.
    """
    latest = latest_votes(votes).values()
    differences = {
        sign: min(_difference(declared, _tally(counted), sign) for counted in (votes, latest)) for sign in (1, -1)
    }
    sign = min((1, -1), key=lambda candidate: differences[candidate])
    if differences[sign] <= allowance:
        return sign
    raise UnreadableExport(
        _(
            "votes.csv does not add up to the agrees and disagrees of comments.csv: at best %(count)s votes differ. "
            "Export both files again at the same time.",
            count=differences[sign],
        )
    )


def latest_votes(votes: Sequence[RawVote]) -> dict[tuple[int, int], RawVote]:
    """The vote that holds, by statement and voter, from votes in their sorted order."""
    return {(vote.statement, vote.voter): vote for vote in votes}


def count_contradictions(file: str, declared: Declared, votes: Sequence[RawVote], agree: int) -> list[Contradiction]:
    """The statements whose declared counts fit neither all votes nor the latest ones."""
    every, latest = _tally(votes), _tally(latest_votes(votes).values())
    wrong = []
    for statement, (agrees, disagrees, line) in declared.items():
        said = (agrees, disagrees)
        if said not in (_counts(every, statement, agree), _counts(latest, statement, agree)):
            counted = _counts(every, statement, agree)
            reason = _(
                "It says that %(agrees)s agree and %(disagrees)s disagree; "
                "votes.csv has %(found_agrees)s and %(found_disagrees)s.",
                agrees=agrees,
                disagrees=disagrees,
                found_agrees=counted[0],
                found_disagrees=counted[1],
            )
            wrong.append(Contradiction(file, line, reason))
    return wrong


def matrix_contradictions(matrix: Table, votes: Sequence[RawVote]) -> list[Contradiction]:
    """The participants whose row in participants-votes.csv differs from their latest votes, and those who are missing.

    The table may have the sign that votes.csv has not; then that is no contradiction.
    """
    by_voter: dict[int, dict[int, int]] = {}
    for vote in latest_votes(votes).values():
        by_voter.setdefault(vote.voter, {})[vote.statement] = vote.value
    return min((list(_compare(matrix, by_voter, sign)) for sign in (1, -1)), key=len)


def _compare(matrix: Table, by_voter: Mapping[int, Mapping[int, int]], sign: int) -> Iterator[Contradiction]:
    file = matrix.path.name
    statements = {column: number for column in matrix.columns if (number := whole_number(column)) is not None}
    seen = set()
    for row in matrix.rows():
        if isinstance(row, SkippedRow):
            yield Contradiction(file, row.line, row.reason)
            continue
        participant = whole_number(row.cells["participant"])
        if participant is None or participant in seen:
            yield Contradiction(file, row.line, _("Its participant cannot be used."))
            continue
        seen.add(participant)
        cast = by_voter.get(participant, {})
        differing = _differing_cells(row, statements, cast, sign)
        if differing or whole_number(row.cells["n-votes"]) != len(cast):
            reason = ngettext(
                "Participant %(ref)s: %(num)s cell differs from votes.csv.",
                "Participant %(ref)s: %(num)s cells differ from votes.csv.",
                differing,
                ref=str(participant),
            )
            yield Contradiction(file, row.line, reason)
    for participant in sorted(by_voter.keys() - seen):
        yield Contradiction(file, 0, _("Participant %(ref)s of votes.csv is missing.", ref=str(participant)))


def _differing_cells(row: Row, statements: Mapping[str, int], cast: Mapping[int, int], sign: int) -> int:
    differing = len(cast.keys() - set(statements.values()))
    for column, statement in statements.items():
        value = cast.get(statement)
        expected = "" if value is None else str(value * sign)
        differing += row.cells[column].strip() != expected
    return differing


def _tally(votes: Iterable[RawVote]) -> Counter[tuple[int, int]]:
    return Counter((vote.statement, vote.value) for vote in votes)


def _counts(tally: Counter[tuple[int, int]], statement: int, agree: int) -> tuple[int, int]:
    return tally[statement, agree], tally[statement, -agree]


def _difference(declared: Declared, tally: Counter[tuple[int, int]], agree: int) -> int:
    return sum(
        abs(agrees - tally[statement, agree]) + abs(disagrees - tally[statement, -agree])
        for statement, (agrees, disagrees, _line) in declared.items()
    )
