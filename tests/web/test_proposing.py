"""Proposing at the edges of the form: strange drafts, and more rows than a proposal may have."""

import pytest
from sqlalchemy import func, select

from app.actions import standards as actions
from app.models.standards import Draft, StandardVersion
from tests.factories import standards
from tests.pages import forms
from tests.web.desk import browser, words_of

NEW = "/consultations/faces/standards/new"
FILLED = {"title": "Tell people", "summary": "Whoever is scanned is told.", "clauses-0-text": "They shall tell."}
MOST = {"clauses": 40, "evidence": 20, "duty_bearers": 12}
INNER = {
    "clauses": {"text": "They shall, no. {}."},
    "evidence": {"authors": "A. B.", "title": "Study no. {}"},
    "duty_bearers": {"name": "Body no. {}", "sector": "public"},
}


def rows(part, count):
    """So many filled rows of one part, as the form sends them."""
    return {
        f"{part}-{number}-{name}": value.format(number)
        for number in range(count)
        for name, value in INNER[part].items()
    }


def post(client, to=NEW, **values):
    page = client.get(to)
    [form] = [form for form in forms(page.text, to) if "title" in form.fields]
    return client.post(form.action, data={"csrf_token": form.fields["csrf_token"], **FILLED, **values})


@pytest.fixture
def mine(app, session, consultation, me):
    return browser(app, session, me)


@pytest.mark.parametrize("draft", ["99999999999999999999", "9007199254740993", "0", "-1", "x", "١", "1²"])
def test_a_draft_that_cannot_be_is_not_found(draft, mine, session, me):
    kept = actions.save_draft(session, me, fields={"title": ["Left here"]}, title="Left here")
    session.commit()
    answer = mine.get(NEW, query_string={"draft": draft})
    assert answer.status_code == 404
    answer = post(mine, draft=draft)
    assert answer.status_code == 404
    session.refresh(kept)
    assert session.scalar(select(func.count()).select_from(StandardVersion)) == 0
    assert "Left here" in words_of(mine.get(NEW, query_string={"draft": kept.id}))


def test_no_draft_is_asked_for_with_nothing(mine):
    assert mine.get(f"{NEW}?draft=").status_code == 200


@pytest.mark.sqlite
@pytest.mark.parametrize("part", MOST)
def test_a_row_more_can_be_asked_for_however_many_there_are(part, mine):
    for count in (1, MOST[part] - 1, MOST[part], MOST[part] + 1):
        answer = post(mine, do=f"more_{part}", **rows(part, count))
        assert answer.status_code == 200
        for value in rows(part, count).values():
            assert value in answer.text


@pytest.mark.parametrize("part", MOST)
def test_as_many_as_allowed_are_sent_and_kept(part, mine, session):
    assert post(mine, **rows(part, MOST[part])).status_code == 303
    version = session.scalars(select(StandardVersion)).one()
    if part != "evidence":
        assert len(getattr(version, part)) == MOST[part]


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("part", "sentence"),
    [
        ("clauses", "Use at most 40 clauses."),
        ("evidence", "Give at most 20 pieces of evidence."),
        ("duty_bearers", "Name at most 12 duty-bearers."),
    ],
)
def test_one_too_many_is_said_and_none_is_dropped(part, sentence, mine, session):
    answer = post(mine, **rows(part, MOST[part] + 1))
    assert answer.status_code == 422
    assert sentence in words_of(answer)
    for value in (*rows(part, MOST[part] + 1).values(), FILLED["title"], FILLED["summary"]):
        assert value in answer.text
    assert session.scalar(select(func.count()).select_from(StandardVersion)) == 0


def test_a_draft_keeps_more_than_may_be_sent(mine, session):
    answer = post(mine, do="save", **rows("clauses", 41))
    assert answer.status_code == 200
    kept = session.scalars(select(Draft)).one()
    assert "They shall, no. 40." in words_of(mine.get(NEW, query_string={"draft": kept.id}))


def test_sent_again_one_too_many_is_said_too(app, session, consultation, me):
    version = standards.returned(session, consultation, by=me)
    client = browser(app, session, me)
    address = f"/me/contributions/{version.id}/proposal"
    answer = post(client, to=address, **rows("clauses", 41))
    assert answer.status_code == 422
    assert "Use at most 40 clauses." in words_of(answer)
    assert "They shall, no. 40." in words_of(answer)
    session.refresh(version)
    assert [clause["text"] for clause in version.clauses] == list(standards.CLAUSES)
