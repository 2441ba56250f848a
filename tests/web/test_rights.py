"""Writing with the rights at hand: hints on a clause, and a list of rights that is narrowed by plain words."""

import pytest

from app.actions import instruments
from app.actions.instruments import NewBody, NewInstrument, NewProvision
from tests.factories import standards
from tests.pages import forms
from tests.web.desk import browser, words_of

NEW = "/consultations/faces/standards/new"
HINTS = "/consultations/faces/standards/hints"


COVENANT = NewInstrument("COV", "A covenant", 1966, "treaty", "A body")
TORTURE = NewInstrument("CAT", "Against torture", 1984, "treaty", "Another body")
PROVISIONS = (
    NewProvision("cov-17", "COV", "COV Art. 17", "Nobody's home is entered at will", ("privacy", "home")),
    NewProvision("cov-9", "COV", "COV Art. 9", "Nobody is arrested at will", ("liberty",)),
    NewProvision("cat-1", "CAT", "CAT Art. 1", "Nobody is tortured", ("anti-torture",)),
)
OPT_IN = {"who_can_use": "anybody", "time_limit": "5 years", "needs_state_opt_in": True, "binding": False, "source": ""}
BODIES = (
    NewBody("COV", "The committee", "complaint", "In writing", OPT_IN),
    NewBody("CAT", "Another committee", "inquiry", "By visits", {**OPT_IN, "source": "https://example.org/"}),
)


@pytest.fixture
def catalogue(session):
    instruments.store(session, [COVENANT, TORTURE], PROVISIONS, BODIES)


@pytest.fixture
def mine(app, session, consultation, catalogue, me):
    return browser(app, session, me)


def find(client, **values):
    [form] = [form for form in forms(client.get(NEW).text, NEW) if "title" in form.fields]
    token = form.fields["csrf_token"]
    return client.post(NEW, data={"csrf_token": token, "do": "find_rights", "title": "Kept", **values})


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({"right_words": "arrested"}, {"COV Art. 9"}),
        ({"right_words": "PRIVACY"}, {"COV Art. 17"}),
        ({"right_theme": "liberty"}, {"COV Art. 9"}),
        ({"right_theme": "liberty", "groundings": "cat-1"}, {"COV Art. 9", "CAT Art. 1"}),
        ({"right_words": "bicycle"}, set()),
        ({"right_words": "\u202e%", "right_theme": "no such theme"}, set()),
        ({}, {"COV Art. 17", "COV Art. 9", "CAT Art. 1"}),
    ],
)
def test_rights_are_found_by_plain_words_and_what_is_ticked_stays(mine, asked, shown):
    page = find(mine, **asked)
    assert page.status_code == 200
    assert {label for label in ("COV Art. 17", "COV Art. 9", "CAT Art. 1") if label in page.text} == shown
    assert 'value="Kept"' in page.text
    assert ("No right has these words" in page.text) == (not shown)


def test_hints_stand_beside_the_clause_they_are_about(mine):
    page = find(mine, **{"clauses-0-text": "Vendors must be ethical.", "clauses-1-text": "A vendor shall keep a log."})
    said = words_of(page)
    assert "Write “shall” instead of “must”" in said
    assert "“ethical” cannot be checked" in said
    assert said.count("cannot be checked by somebody else") == 1


def test_what_is_absolute_follows_from_the_rights_that_are_ticked(mine):
    clause = {"clauses-0-text": "A service shall balance safety and rights."}
    assert "are absolute" not in words_of(find(mine, **clause))
    assert "are absolute" in words_of(find(mine, **clause, groundings="cat-1"))


def test_hints_while_typing_are_sentences_for_members_alone(mine, client):
    token = next(form.fields["csrf_token"] for form in forms(mine.get(NEW).text, NEW) if "title" in form.fields)
    answer = mine.post(HINTS, data={"csrf_token": token, "clause": "It must be ethical."})
    assert answer.status_code == 200
    assert len(answer.json) == 2
    assert mine.post(HINTS, data={"csrf_token": token, "clause": "\x00\u202e" * 9000}).json is not None
    assert mine.post(HINTS, data={"clause": "It must."}).status_code == 400
    assert client.post(HINTS, data={"clause": "It must."}).status_code in (303, 400)


def test_a_standard_says_where_its_rights_can_be_claimed(client, session, consultation, catalogue):
    standard = standards.published(session, consultation, text=standards.proposal(groundings=("cov-17", "cov-9")))
    session.commit()
    said = words_of(client.get(f"/consultations/faces/standards/{standard.number}"))
    assert "Information, not legal advice." in said
    assert said.count("The committee") == 1
    assert "Needs opt-in by the state." in said
    assert "5 years" in said
    assert "Another committee" not in said
