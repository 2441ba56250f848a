"""CSV read strictly: nothing guessed, every bad row with its line and its reason."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.importers.reading import (
    TITLE_LENGTH,
    WIDE_TITLE_LENGTH,
    Row,
    SkippedRow,
    UnreadableExport,
    moment,
    moment_from_milliseconds,
    open_table,
    read_pairs,
    reference,
    title_of,
    whole_number,
)


def written(folder: Path, content: str | bytes, name: str = "table.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def read(path: Path, *required: str) -> list[Row | SkippedRow]:
    return list(open_table(path, ",", required).rows())


def lines_skipped(rows: list[Row | SkippedRow]) -> list[tuple[int, str]]:
    return [(row.line, str(row.reason)) for row in rows if isinstance(row, SkippedRow)]


def test_rows_know_their_line_and_byte(tmp_path: Path) -> None:
    content = 'id,text\n1,"two\nlines, é"\n\n2,b\n'
    rows = [row for row in read(written(tmp_path, content), "id") if isinstance(row, Row)]
    assert [(row.line, dict(row.cells)) for row in rows] == [
        (2, {"id": "1", "text": "two\nlines, é"}),
        (5, {"id": "2", "text": "b"}),
    ]
    assert [content.encode()[row.offset :][:2] for row in rows] == [b"1,", b"2,"]


def test_a_byte_order_mark_and_other_line_ends_do_no_harm(tmp_path: Path) -> None:
    rows = read(written(tmp_path, b"\xef\xbb\xbfid,text\r\n1,a\r\n"), "id", "text")
    assert [dict(row.cells) for row in rows if isinstance(row, Row)] == [{"id": "1", "text": "a"}]


def test_bad_rows_are_skipped_and_reading_goes_on(tmp_path: Path) -> None:
    rows = read(written(tmp_path, 'id,text\n1\n2,a,b\n3,"x"y\n4,' + "z" * 200_000 + "\n5,ok\n"), "id")
    assert lines_skipped(rows) == [
        (2, "It has 1 column, not 2."),
        (3, "It has 3 columns, not 2."),
        (4, "Its quotation marks do not match, or a field is far too long."),
        (5, "Its quotation marks do not match, or a field is far too long."),
    ]
    assert isinstance(rows[-1], Row)


def test_the_digest_is_of_the_bytes(tmp_path: Path) -> None:
    table = open_table(written(tmp_path, "a\n"), ",", ("a",))
    assert table.digest == "87428fc522803d31065e7bce3cf03fe475096631e5e07bbd7a0fde60c4cf25c7"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "has no readable header"),
        (b"id;text\n", "needs the columns id, text exactly once"),
        (b"id,id,text\n", "needs the columns id exactly once"),
        ("id,text\n1,é\n".encode("latin-1"), "Line 2 of table.csv is not UTF-8"),
        ("id,text\n".encode("utf-16"), "Line 1 of table.csv is not UTF-8"),
        (b'id,text\n1,a\n2,"b\n3,c\n', "A quotation mark on or after line 3 of table.csv is never closed"),
    ],
)
def test_a_file_that_cannot_be_trusted_is_refused(tmp_path: Path, content: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableExport) as refused:
        read(written(tmp_path, content), "id", "text")
    assert sentence in str(refused.value.message)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableExport, match=r"none\.csv is missing"):
        open_table(tmp_path / "none.csv", ",", ())


def test_pairs_have_no_header(tmp_path: Path) -> None:
    pairs, skipped = read_pairs(written(tmp_path, 'topic,"a, b"\nodd\ntopic,second\nurl,\n'), ",")
    assert pairs == {"topic": "a, b", "url": ""}
    assert lines_skipped(list(skipped)) == [(2, "It is not a name and a value.")]


@pytest.mark.parametrize("content", ["", "odd\n"])
def test_without_a_pair_the_file_is_refused(tmp_path: Path, content: str) -> None:
    with pytest.raises(UnreadableExport, match=r"table\.csv"):
        read_pairs(written(tmp_path, content), ",")


@pytest.mark.parametrize(
    ("cell", "number"),
    [("12", 12), (" -1 ", -1), ("", None), ("1.0", None), ("１", None), ("1" * 19, None), ("+1", None), ("1_0", None)],
)
def test_whole_numbers_are_plain_digits(cell: str, number: int | None) -> None:
    assert whole_number(cell) == number


def test_references_are_short_and_not_empty() -> None:
    assert (reference(" 12 "), reference(" "), reference("x" * 61)) == ("12", None, None)


@pytest.mark.parametrize(
    "cell",
    [
        "2016-02-01 12:47:37 UTC",
        "2016-02-01T12:47:37Z",
        "2016-02-01T12:47:37",
        "2016-02-01 13:47:37 +0100",
        "2016-02-01T07:17:37-05:30",
    ],
)
def test_moments_in_their_usual_shapes(cell: str) -> None:
    assert moment(cell) == datetime(2016, 2, 1, 12, 47, 37, tzinfo=UTC)


@pytest.mark.parametrize(
    "cell", ["", "yesterday", "2016-02-31", "0001-01-01T00:00:00+05:00", "9999-12-31 23:59:59 UTC"]
)
def test_what_is_no_moment(cell: str) -> None:
    assert moment(cell) is None


def test_milliseconds_since_1970() -> None:
    assert moment_from_milliseconds(1_403_054_214_196) == datetime(2014, 6, 18, 1, 16, 54, 196_000, tzinfo=UTC)
    assert moment_from_milliseconds(0) is None
    assert moment_from_milliseconds(10**17) is None


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Short enough.", "Short enough."),
        ("Two\n lines", "Two lines"),
        ("word " * 60, "word " * 23 + "word…"),
        ("我覺得" * 40, "我覺得" * 19 + "我覺…"),
        ("***", "***"),
    ],
)
def test_titles_come_from_the_first_words(text: str, title: str) -> None:
    assert title_of(text) == title


@given(st.text(min_size=1, max_size=400).filter(str.strip))
def test_titles_are_one_short_line(text: str) -> None:
    title = title_of(text)
    assert len(title) <= TITLE_LENGTH
    assert "\n" not in title


def test_wide_scripts_get_fewer_characters() -> None:
    assert len(title_of("面" * 300)) == WIDE_TITLE_LENGTH
