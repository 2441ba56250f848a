"""The commenting sheet: a round trip that loses nothing, sheets of others, and files that are none."""

import io
import zipfile

import openpyxl
import pytest
from sqlalchemy import func, select

from app import events
from app.actions import dispositions
from app.importers import iso_sheet
from app.importers.reading import UnreadableExport
from app.models.comments import Comment, CommentType
from app.models.consultations import Channel, Identity, Membership
from app.models.dispositions import Disposition, DispositionKind, SheetRow
from app.reports import iso_sheet as report
from app.rules.sheets import HEADER
from tests.answers import forbidden
from tests.factories import comments, consultations, people, standards
from tests.factories import objections as making
from tests.factories.viewers import frame, history

pytestmark = pytest.mark.usefixtures("stopped_clock")
K = DispositionKind


@pytest.fixture
def consultation(session):
    return consultations.opened(session)


@pytest.fixture
def standard(session, consultation):
    return standards.published(session, consultation)


@pytest.fixture
def chair(session, consultation):
    return making.chair(session, consultation)


def workbook(*rows, header=HEADER) -> bytes:
    book = openpyxl.Workbook()
    for row in (header, *rows):
        book.active.append(list(row))
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def cells(content: bytes) -> list[tuple]:
    return list(openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))


def exported(session, consultation) -> list[tuple]:
    return cells(report.render(report.lines(session, frame(session, consultation))))


def bring(session, consultation, content: bytes, by) -> iso_sheet.Done:
    return iso_sheet.store(session, consultation, iso_sheet.read_sheet(content, "sheet.xlsx"), by=by)


def sheet_of(session, consultation) -> bytes:
    return report.render(report.lines(session, frame(session, consultation)))


def filled(session, consultation, standard, chair) -> None:
    """Comments of every kind, some resolved."""
    first = comments.published(
        session, standard, body="**Ask** a judge\n\nfirst.", proposed_change="=SUM(A1)", clause="1"
    )
    second = comments.published(session, standard, body="=cmd|'/c calc'!A1")
    third = comments.published(session, standard, body="[7] is no number of ours.")
    comments.published(session, standard, body="A reply.", reply_to=first)
    comments.published(session, standard, body="Another wording.", proposed_change="shall", reply_to=first)
    hushed = people.member(session, consultation, identity=Identity.CONFIDENTIAL)
    comments.published(session, standard, by=hushed, body="A hushedword.", proposed_change="hushed", gist="The gist.")
    comments.pending(session, standard, body="A pendingword.")
    give = {"session": session, "consultation": consultation, "by": chair}
    dispositions.give(comment=first, kind=K.MODIFIED, reason="Clause 1: it says so.", version=1, **give)
    dispositions.give(
        comment=second, kind=K.DEFERRED, reason="When courts decide.", deferred_to="the next round", **give
    )
    dispositions.give(comment=third, kind=K.DUPLICATE, reason="It asks the same.", duplicate_of=first.id, **give)


def test_a_round_trip_through_an_empty_copy_loses_nothing(session, consultation, standard, chair):
    filled(session, consultation, standard, chair)
    before = exported(session, consultation)
    assert before[0] == HEADER
    assert len(before) == 6  # the header, four first comments and the reply that suggests a change
    copy = consultations.opened(session)
    standards.published(session, copy)
    done = bring(session, copy, sheet_of(session, consultation), making.chair(session, copy))
    assert (done.added, done.resolved, done.skipped, done.kept) == (5, 3, [], [])
    assert exported(session, copy) == before
    again = bring(session, copy, sheet_of(session, copy), making.chair(session, copy))
    assert (again.added, again.known, again.resolved) == (0, 5, 0)
    assert exported(session, copy) == before


def test_nothing_that_is_not_published_is_on_the_sheet(session, consultation, standard, chair):
    filled(session, consultation, standard, chair)
    text = str(exported(session, consultation))
    assert "The gist." in text
    for word in ("hushed", "pendingword"):
        assert word not in text


def test_our_own_sheet_filled_in_elsewhere_sets_dispositions_and_doubles_nothing(
    session, consultation, standard, chair
):
    comment = comments.published(session, standard, body="Ask a judge first.", proposed_change="shall ask")
    rows = [list(row) for row in exported(session, consultation)]
    rows[1][7] = "Rejected: The courts asked for this wording."
    content = workbook(*rows[1:])
    assert bring(session, consultation, content, chair).resolved == 1
    given = session.scalars(select(Disposition)).one()
    assert (given.comment_id, given.kind, given.reason) == (
        comment.id,
        K.NOT_ACCEPTED,
        "The courts asked for this wording.",
    )
    again = bring(session, consultation, content, chair)
    assert (again.added, again.known, again.resolved) == (0, 1, 0)
    assert len(history(session, consultation, events.DispositionGiven)) == 1
    assert exported(session, consultation)[1][7] == "Rejected: The courts asked for this wording."


FOREIGN = ("DE", 17, 1.1, "Table 1", "te", "Judges are missing.", "shall ask a judge", "")


def test_a_sheet_of_others_keeps_what_it_says(session, consultation, standard, chair):
    rows = [
        FOREIGN,
        ("DE", "", "1", "", "ge", "Good.", "", "To do"),
        ("FR", "", "1.99", "", "ED", "=1+1", "x", "Accepted"),
    ]
    done = bring(session, consultation, workbook(*rows), chair)
    assert (done.added, done.resolved, done.skipped) == (3, 1, [])
    found = exported(session, consultation)[1:]
    assert {(*row[:5], row[6], row[7]) for row in found} == {
        ("DE", "17", "1.1", "Table 1", "te", "shall ask a judge", None),
        ("DE", None, "1", None, "ge", None, "To do"),
        ("FR", None, "1.99", None, "ed", "x", "Accepted (version 1)"),
    }
    made = session.scalars(select(Comment).order_by(Comment.body)).all()
    assert [(one.body, one.clause, one.type) for one in made] == [
        ("=1+1", "", CommentType.EDITORIAL),
        ("Good.", "", CommentType.GENERAL),
        ("Judges are missing.", "1", CommentType.TECHNICAL),
    ]
    bodies = session.scalars(select(Membership).where(Membership.reference.like("mb %"))).all()
    assert {(one.display_name, one.group_id, one.channel) for one in bodies} == {
        ("DE", None, Channel.IMPORT),
        ("FR", None, Channel.IMPORT),
    }
    again = bring(session, consultation, workbook(*rows), chair)
    assert (again.added, again.known, again.resolved) == (0, 3, 0)
    assert session.scalar(select(func.count()).select_from(SheetRow)) == 3


def test_equal_rows_are_as_many_comments_however_often_they_come(session, consultation, standard, chair):
    for expected in (2, 0):
        assert bring(session, consultation, workbook(FOREIGN, FOREIGN), chair).added == expected


@pytest.mark.parametrize(
    ("place", "cell", "word"),
    [
        (0, "", "first column"),
        (0, "x" * 121, "120"),
        (2, "", "third column"),
        (2, "Annex A", "third column"),
        (2, "77", "no standard 77"),
        (2, "9" * 9, "no standard"),
        (4, "xx", "ge, te or ed"),
        (5, "", "no text"),
        (5, "[12]", "no text"),
    ],
)
def test_a_malformed_row_is_left_out_with_its_line_and_reason(
    session, consultation, standard, chair, place, cell, word
):
    wrong = list(FOREIGN)
    wrong[place] = cell
    done = bring(session, consultation, workbook(FOREIGN, wrong), chair)
    assert done.added == 1
    [(line, reason)] = [(row.line, str(row.reason)) for row in done.skipped]
    assert line == 3
    assert word in reason


def test_what_cannot_be_set_is_kept_and_said(session, consultation, standard, chair):
    objection = making.raised(session, standard, by=people.member(session, consultation))
    rows = [list(row) for row in exported(session, consultation)][1:]
    rows[0][7] = "Noted: We have seen it here."
    done = bring(session, consultation, workbook(*rows, ("DE", "", "1", "", "ge", "Good.", "", "Rejected")), chair)
    assert (done.resolved, [row.line for row in done.kept]) == (0, [2, 3])
    assert session.get(Disposition, objection.comment_id) is None
    assert [row[7] for row in exported(session, consultation)[1:]] == ["Noted: We have seen it here.", "Rejected"]


def test_a_wrong_header_stops_everything():
    for header in (HEADER[:7], (*HEADER, "Ours"), ("MB", *HEADER[1:]), ()):
        with pytest.raises(UnreadableExport):
            iso_sheet.read_sheet(workbook(FOREIGN, header=header), "sheet.xlsx")
    spaced = tuple(f" {name.upper()} " for name in HEADER)
    assert len(iso_sheet.read_sheet(workbook(FOREIGN, header=spaced), "sheet.xlsx").rows) == 1


def package(parts: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"MB/NC;Line number",
        b"PK\x03\x04" + b"\x00" * 40,
        b"x" * (700 * 1024 + 1),
        package({}),
        package({"xl/workbook.xml": b"<"}),
        package({"xl/worksheets/sheet1.xml": b"0" * (31 * 1024 * 1024)}),
        package({f"part{number}.xml": b"" for number in range(201)}),
        package({"xl/workbook.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}),
        workbook()[:-200],
    ],
)
def test_what_is_no_sheet_is_refused_with_a_sentence(content):
    with pytest.raises(UnreadableExport) as caught:
        iso_sheet.read_sheet(content, "sheet.xlsx")
    assert str(caught.value.message)


def test_only_those_who_lead_import(session, consultation, standard):
    with forbidden("not_chair"):
        bring(session, consultation, workbook(FOREIGN), people.member(session, consultation))


def test_every_cell_of_the_sheet_is_text(session, consultation, standard, chair):
    filled(session, consultation, standard, chair)
    sheet = openpyxl.load_workbook(io.BytesIO(sheet_of(session, consultation))).active
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert kinds == {"s"}
