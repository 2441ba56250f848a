"""A Polis export, in the form of the public ones and in that of a server, and with everything that can be wrong."""

import csv
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.importers.polis_checks import RawVote, agree_sign, latest_votes
from app.importers.polis_export import PolisExport, VoteRow, read_polis, statements, votes
from app.importers.reading import UnreadableExport
from app.models.contributions import State
from app.models.positions import Choice

SUMMARY = 'topic,A question\nurl,https://polis.example/1\nvoters,3\nconversation-description,"Two\nlines"\n'
STATEMENTS = """\
timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body
1400000002000,x,2,8,0,1,-1,Rejected
1400000000000,x,0,7,3,1,1,"First, in
two lines"
1400000001000,x,1,,1,0,0,Waiting
"""
VOTES = """\
timestamp,datetime,comment-id,voter-id,vote
1400000100000,x,0,1,1
1400000300000,x,0,2,-1
1400000200000,x,0,2,1
1400000100000,x,0,10,1
1400000100000,x,1,1,1
1400000100000,x,1,10,0
1400000100000,x,2,1,-1
"""
MATRIX = """\
participant,xid,group-id,n-comments,n-votes,n-agree,n-disagree,0,1,2
1,,0,0,3,2,1,1,1,-1
2,,0,0,1,0,1,-1,,
10,,,0,2,1,0,1,0,
"""


def export(folder: Path, **files: str) -> Path:
    contents = {"summary": SUMMARY, "comments": STATEMENTS, "votes": VOTES, "participants-votes": MATRIX} | files
    for name, content in contents.items():
        if content:
            (folder / f"{name}.csv").write_text(content, encoding="utf-8", newline="")
    return folder


def reasons(found: PolisExport) -> list[tuple[str, int, str]]:
    return [(row.file, row.line, str(row.reason)) for row in found.skipped]


def contradictions(found: PolisExport) -> list[tuple[str, int, str]]:
    return [(row.file, row.line, str(row.reason)) for row in found.contradictions]


def refusal(folder: Path) -> str:
    with pytest.raises(UnreadableExport) as refused:
        read_polis(folder)
    return str(refused.value.message)


def test_the_first_reading_counts_and_finds_nothing_wrong(tmp_path: Path) -> None:
    found = read_polis(export(tmp_path))
    assert (found.topic, found.description, found.url) == ("A question", "Two\nlines", "https://polis.example/1")
    assert (found.statements, found.votes, found.voters, found.revotes, found.agree) == (3, 7, 3, 1, 1)
    assert (found.skipped, found.contradictions) == ((), ())
    assert set(found.digests) == {"comments.csv", "votes.csv", "participants-votes.csv"}


def test_statements_come_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    rows = list(statements(read_polis(export(tmp_path))))
    assert [(row.ref, row.author_ref, row.state, row.text, row.line) for row in rows] == [
        ("0", "7", State.PUBLISHED, "First, in\ntwo lines", 3),
        ("1", None, State.PENDING, "Waiting", 5),
        ("2", "8", State.DECLINED, "Rejected", 2),
    ]
    assert rows[0].title == "First, in two lines"
    assert rows[0].created_at == datetime(2014, 5, 13, 16, 53, 20, tzinfo=UTC)
    assert (rows[0].agrees, rows[0].disagrees, rows[0].seed) == (3, 1, False)


def test_votes_of_a_pair_come_in_the_order_of_time(tmp_path: Path) -> None:
    rows = list(votes(read_polis(export(tmp_path))))
    assert [(row.statement_ref, row.voter_ref, row.choice, row.line) for row in rows] == [
        ("0", "1", Choice.SUPPORT, 2),
        ("0", "2", Choice.SUPPORT, 4),
        ("0", "2", Choice.OBJECT, 3),
        ("0", "10", Choice.SUPPORT, 5),
        ("1", "1", Choice.SUPPORT, 6),
        ("1", "10", Choice.ABSTAIN, 7),
        ("2", "1", Choice.OBJECT, 8),
    ]


def test_votes_of_the_same_moment_keep_the_order_of_the_file(tmp_path: Path) -> None:
    same = VOTES.replace("1400000300000", "1400000200000")
    rows = [row for row in votes(read_polis(export(tmp_path, votes=same))) if row.voter_ref == "2"]
    assert [(row.choice, row.line) for row in rows] == [(Choice.OBJECT, 3), (Choice.SUPPORT, 4)]


def turned(table: str, columns: slice) -> str:
    rows = list(csv.reader(table.splitlines()))
    opposite = {"1": "-1", "-1": "1"}
    for row in rows[1:]:
        row[columns] = [opposite.get(cell, cell) for cell in row[columns]]
    return "".join(",".join(row) + "\n" for row in rows)


def strip_milliseconds(table: str) -> str:
    return table.replace("000,x,", ",x,")


def test_the_form_of_a_server_gives_the_same_rows(tmp_path: Path) -> None:
    (tmp_path / "public").mkdir()
    (tmp_path / "server").mkdir()
    public = read_polis(export(tmp_path / "public"))
    server = read_polis(
        export(
            tmp_path / "server",
            comments=strip_milliseconds(STATEMENTS),
            votes=strip_milliseconds(turned(VOTES, slice(4, 5))),
            **{"participants-votes": "", "participant-votes": MATRIX},
        )
    )
    assert (public.agree, server.agree) == (1, -1)
    assert list(votes(server)) == list(votes(public))
    assert list(statements(server)) == list(statements(public))
    assert server.contradictions == ()


def test_counts_of_the_latest_votes_only_are_understood_too(tmp_path: Path) -> None:
    latest = STATEMENTS.replace(",7,3,1,1,", ",7,2,1,1,")
    found = read_polis(export(tmp_path, comments=latest))
    assert (found.agree, found.contradictions) == (1, ())


def test_votes_that_add_up_with_neither_sign_are_refused(tmp_path: Path) -> None:
    wrong = STATEMENTS.replace(",7,3,1,1,", ",7,9,9,1,")
    assert "votes.csv does not add up" in refusal(export(tmp_path, comments=wrong))


def test_a_vote_that_cannot_be_read_is_skipped_and_said(tmp_path: Path) -> None:
    found = read_polis(export(tmp_path, votes=VOTES.replace("1400000100000,x,0,10,1", "1400000100000,x,0,10,yes")))
    assert reasons(found) == [("votes.csv", 5, "Its vote cannot be used.")]
    assert contradictions(found) == [
        ("comments.csv", 3, "It says that 3 agree and 1 disagree; votes.csv has 2 and 1."),
        ("participants-votes.csv", 4, "Participant 10: 1 cell differs from votes.csv."),
    ]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("1400000100000,x,0,5", "It has 4 columns, not 5."),
        ("soon,x,0,5,1", "Its timestamp cannot be used."),
        ("0,x,0,5,1", "Its timestamp cannot be used."),
        ("1400000100000,x,0,-5,1", "Its voter-id cannot be used."),
        ("1400000100000,x,0,5,2", "Its vote cannot be used."),
        ("1400000100000,x,,5,1", "Its comment-id cannot be used."),
        ("1400000100000,x,77,5,1", "Its statement 77 is not in the export or was left out."),
    ],
)
def test_bad_votes(tmp_path: Path, row: str, reason: str) -> None:
    found = read_polis(export(tmp_path, votes=VOTES + row + "\n"))
    assert reasons(found) == [("votes.csv", 9, reason)]
    assert found.votes == len(list(votes(found))) == 7


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("1400000000000,x,3,7,0,0,1,  ", "It has no text."),
        ("1400000000000,x,-3,7,0,0,1,Text", "Its comment-id cannot be used."),
        ("1400000000000,x,1,7,0,0,1,Again", "Its identifier was used before."),
        ("never,x,3,7,0,0,1,Text", "Its timestamp cannot be used."),
        ("1400000000000,x,3,7,many,0,1,Text", "Its agrees cannot be used."),
        ("1400000000000,x,3,7,0,,1,Text", "Its disagrees cannot be used."),
        ("1400000000000,x,3,7,0,0,5,Text", "Its moderated cannot be used."),
        ("1400000000000,x,3,me,0,0,1,Text", "Its author-id cannot be used."),
        ("1400000000000,x,3,7,0,0,1", "It has 7 columns, not 8."),
    ],
)
def test_bad_statements(tmp_path: Path, row: str, reason: str) -> None:
    found = read_polis(export(tmp_path, comments=STATEMENTS + row + "\n"))
    assert reasons(found) == [("comments.csv", 6, reason)]
    assert found.statements == len(list(statements(found))) == 3


def test_votes_on_a_statement_left_out_are_left_out_with_it(tmp_path: Path) -> None:
    found = read_polis(export(tmp_path, comments=STATEMENTS.replace("Waiting", "")))
    assert [line for _file, line, _reason in reasons(found)] == [5, 6, 7]
    assert {row.statement_ref for row in votes(found)} == {"0", "2"}


def test_differences_to_the_table_of_participants_are_told(tmp_path: Path) -> None:
    changed = MATRIX.replace("2,,0,0,1,0,1,-1,,", "4,,0,0,1,0,1,-1,,").replace("10,,,0,2,1,0,1,0,", "10,,,0,2,1,0,0,0,")
    found = read_polis(export(tmp_path, **{"participants-votes": changed}))
    assert contradictions(found) == [
        ("participants-votes.csv", 3, "Participant 4: 1 cell differs from votes.csv."),
        ("participants-votes.csv", 4, "Participant 10: 1 cell differs from votes.csv."),
        ("participants-votes.csv", 0, "Participant 2 of votes.csv is missing."),
    ]


def test_without_the_table_of_participants_it_says_that_nothing_was_checked(tmp_path: Path) -> None:
    found = read_polis(export(tmp_path, **{"participants-votes": ""}))
    assert [reason for _file, _line, reason in contradictions(found)] == [
        "It is missing, so the votes could not be checked against it."
    ]


def test_a_conversation_without_votes_can_be_read(tmp_path: Path) -> None:
    head = VOTES.splitlines()[0] + "\n"
    none = STATEMENTS.splitlines()[0] + "\n1400000000000,x,0,7,0,0,1,Text\n"
    found = read_polis(export(tmp_path, comments=none, votes=head, **{"participants-votes": MATRIX.splitlines()[0]}))
    assert (found.statements, found.votes, found.agree, found.contradictions) == (1, 0, 1, ())


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({"summary": ""}, "summary.csv is missing"),
        ({"comments": ""}, "comments.csv is missing"),
        ({"votes": ""}, "votes.csv is missing"),
        ({"comments": "a,b\n1,2\n"}, "comments.csv needs the columns"),
        ({"comments": STATEMENTS.splitlines()[0]}, "comments.csv has no rows"),
        ({"votes": "timestamp,comment-id,voter-id,vote\nx,x,x,x\n"}, "No row of votes.csv can be used"),
        ({"participants-votes": "a,b\n"}, "participants-votes.csv needs the columns"),
    ],
)
def test_a_malformed_export_is_refused(tmp_path: Path, files: dict[str, str], sentence: str) -> None:
    assert sentence in refusal(export(tmp_path, **files))


RAW_VOTES = st.lists(
    st.builds(
        RawVote,
        st.integers(0, 4),
        st.integers(0, 6),
        st.integers(1, 5),
        st.integers(2, 99),
        st.sampled_from([1, 0, -1]),
    ),
    max_size=40,
    unique_by=lambda vote: vote.line,
).map(sorted)


@given(RAW_VOTES, st.booleans())
def test_the_sign_is_found_whenever_it_matters(cast: list[RawVote], only_latest: bool) -> None:
    counted = Counter((vote.statement, vote.value) for vote in (latest_votes(cast).values() if only_latest else cast))
    declared = {ref: (counted[ref, -1], counted[ref, 1], 2) for ref in range(5)}
    fits_both = all(agrees == disagrees for agrees, disagrees, _line in declared.values())
    found = agree_sign(declared, cast, allowance=0)
    assert found == -1 or fits_both or declared_fits(declared, cast)


def declared_fits(declared: dict[int, tuple[int, int, int]], cast: list[RawVote]) -> bool:
    """The opposite reading adds up as well, by all rows or by the latest."""
    every = Counter((vote.statement, vote.value) for vote in cast)
    latest = Counter((vote.statement, vote.value) for vote in latest_votes(cast).values())
    return any(
        all((tally[ref, 1], tally[ref, -1]) == (agrees, disagrees) for ref, (agrees, disagrees, _) in declared.items())
        for tally in (every, latest)
    )


@given(RAW_VOTES)
def test_the_vote_that_holds_is_the_latest(cast: list[RawVote]) -> None:
    for pair, held in latest_votes(cast).items():
        rivals = [vote for vote in cast if (vote.statement, vote.voter) == pair]
        assert held == max(rivals, key=lambda vote: (vote.at, vote.line))


def test_rows_are_values() -> None:
    at = datetime(2014, 5, 13, tzinfo=UTC)
    assert VoteRow("1", "2", at, Choice.SUPPORT, 3) == VoteRow("1", "2", at, Choice.SUPPORT, 3)
