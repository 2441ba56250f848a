"""A summary is read back from its JSON, whole, and what is no summary is refused with its place."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import clock, language
from app.language import _, ngettext
from app.reports import reading
from app.reports.document import as_json, fingerprint_of
from app.reports.gather import gather
from app.reports.reading import Unreadable, aside_of, document_from
from app.reports.runs import LARGEST_CHUNK, packed, unpacked
from tests.factories import commitments, objections, summaries
from tests.factories.viewers import frame
from tests.gauges import NOON


@pytest.fixture(scope="module")
def document(sqlite):
    """A summary with a promise and an answered objection, gathered once."""
    with clock.stop_at(NOON), sqlite.undone() as session:
        consultation = summaries.told(session)
        commitments.registered(session, consultation)
        objections.all_answered(session, consultation)
        return gather(session, frame(session, consultation))


pytestmark = pytest.mark.sqlite


def in_json(value):
    return json.loads(json.dumps(value))


def test_what_is_published_is_read_back(document):
    published = in_json(as_json(document))
    again = document_from(published)
    assert as_json(again) == published
    assert fingerprint_of(in_json(as_json(again))) == document.fingerprint
    assert [tally.name for tally in again.standards[0].by_group] == [
        tally.name for tally in document.standards[0].by_group
    ]


def test_with_what_was_kept_aside_nothing_is_lost(document):
    assert document_from(in_json(as_json(document)), in_json(aside_of(document))) == document


def test_a_stored_document_comes_in_pieces_and_is_the_same(document):
    again, published = unpacked(packed(document))
    assert (again, published) == (document, in_json(as_json(document)))
    assert all(len(piece) <= LARGEST_CHUNK for piece in packed(document))


def test_a_field_that_an_older_file_lacks_is_empty(document):
    published = in_json(as_json(document))
    for standard in published["standards"]:
        del standard["enforcement"], standard["comments"], standard["imported_supports"], standard["dispositions"]
    again = document_from(published).standards[0]
    assert (again.enforcement, again.comments, again.imported_supports, again.dispositions) == ("", (), None, {})


@pytest.mark.parametrize(
    ("place", "change"),
    [
        ("", list),
        ("standards", lambda data: {**data, "standards": "none"}),
        ("people", lambda data: {**data, "people": "many"}),
        ("people", lambda data: {**data, "people": True}),
        ("moderation.received", lambda data: {**data, "moderation": {**data["moderation"], "received": None}}),
        ("consultation", lambda data: {**data, "consultation": 1}),
    ],
)
def test_what_is_no_summary_is_named(document, place, change):
    with pytest.raises(Unreadable) as error:
        document_from(change(in_json(as_json(document))))
    assert error.value.place == place


values = st.recursive(
    st.text(max_size=20) | st.integers(-9, 9) | st.booleans() | st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    lambda inner: st.lists(inner, max_size=3).map(tuple) | inner.map(lambda value: _("In %(it)s.", it=value)),
    max_leaves=5,
)


@given(values, st.integers(0, 9))
def test_a_message_is_kept_in_every_language(value, number):
    said = ngettext("%(num)s of %(it)s", "%(num)s among %(it)s", number, it=value)
    again = reading._message(in_json(reading._message_parts(said)))
    assert [again.text(code) for code in language.available()] == [said.text(code) for code in language.available()]


def test_a_changed_sentence_is_not_spoken_over_by_the_kept_one(document):
    published = in_json(as_json(document))
    published["standards"][0]["explanation"] = "Another sentence."
    again = document_from(published, in_json(aside_of(document)))
    assert again.standards[0].explanation.text("en") == "Another sentence."
