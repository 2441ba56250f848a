"""Many comments: read as they are written out, with the same bytes and the same fingerprint as when they are held."""

import io
import json
from contextlib import ExitStack

import pytest

from app.events import digest
from app.reports import standards as report_of_standards
from app.reports.comment_lines import StreamedComments
from app.reports.document import as_json
from app.reports.edition import WHOLE
from app.reports.formats import FORMATS, write
from app.reports.gather import gather
from app.reports.tables import tables
from app.reports.writing import canonical_json
from tests.factories import summaries
from tests.factories.viewers import frame

pytestmark = pytest.mark.usefixtures("stopped_clock")


@pytest.fixture(scope="module")
def gathered():
    """What `both` gives, by the kind of the database; the sessions stay open, because a streamed document reads."""
    with ExitStack() as stack:
        yield {}, stack


@pytest.fixture
def both(request, gathered, kind, monkeypatch):
    """The same consultation, its comments held and streamed: told once on each kind, for nobody changes it."""
    found, stack = gathered
    if kind not in found:
        database = stack.enter_context(request.getfixturevalue(kind).own())
        session = stack.enter_context(database.write())
        seen = frame(session, summaries.told(session))
        held = gather(session, seen)
        monkeypatch.setattr(report_of_standards, "HELD_AT_MOST", 1)
        found[kind] = held, gather(session, seen)
    return found[kind]


def test_held_and_streamed_documents_are_the_same(both):
    held, streamed = both
    assert isinstance(streamed.standards[0].comments, StreamedComments)
    assert len(streamed.standards[0].comments) == len(held.standards[0].comments) > 0
    assert streamed.fingerprint == held.fingerprint
    assert as_json(streamed) == as_json(held)


@pytest.mark.parametrize("name", list(FORMATS))
def test_they_give_the_same_bytes(both, name):
    held, streamed = both
    written = io.BytesIO()
    write(name, streamed, WHOLE, written)
    assert written.getvalue() == FORMATS[name].render(held)


def test_the_pieces_are_the_whole(both):
    held, _streamed = both
    whole = {key: value for key, value in as_json(held).items() if key != "fingerprint"}
    assert json.loads("".join(canonical_json(held))) == whole
    assert digest(whole) == held.fingerprint


def test_every_row_has_as_many_cells_as_there_are_columns(both):
    for table in tables(both[0]):
        assert {len(row) for row in table.rows} <= {len(table.columns)}, table.name


def test_a_streamed_reading_asks_once_for_each_standard(session, monkeypatch, count_statements):
    consultation = summaries.told(session)
    seen = frame(session, consultation)
    monkeypatch.setattr(report_of_standards, "HELD_AT_MOST", 1)
    document = gather(session, seen)
    with count_statements() as statements:
        list(canonical_json(document))
    assert len(statements) == len(document.standards)


@pytest.mark.sqlite
def test_the_comments_on_one_standard_are_found_without_reading_all_others(session, both, count_statements):
    with count_statements() as executed:
        assert list(both[1].standards[0].comments)
    [statement] = executed
    blanks = tuple("published" for _one in range(statement.count("?")))
    plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", blanks).all()
    assert not [step for *_rest, step in plan if step.startswith(("SCAN", "MATERIALIZE"))]
