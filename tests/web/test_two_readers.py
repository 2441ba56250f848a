"""Two readers at the pages: one browser is never enough, and nobody outside the team sees what a first reader wants."""

import pytest

from app.models.contributions import State
from app.models.moderation import Decision, Standing
from tests.factories import comments, moderation, people
from tests.laws.sources import ROOT
from tests.web.desk import browser, case_address, mails, words_of

HATE = {"action": "hide", "reason": "hateful_generalisation", "explanation": "About all of them."}
DECIDING = ("moderation", "together", "appeals", "desk")


@pytest.fixture
def item(session, consultation, standard, me):
    """A published text that was complained about."""
    made = comments.published(session, standard, by=me, body="They are all alike.")
    moderation.flagged(session, made)
    return made


def decide(client, page, **values):
    return client.submit(page, values, to=f"{page}/decision")


def test_one_browser_only_proposes_and_the_other_decides(app, session, item, me, moderators, desk, database):
    page = case_address(session, item)
    sent = len(mails(database))
    assert decide(desk, page, **HATE).status_code == 303
    visitor, author = app.test_client(), browser(app, session, me)
    assert "They are all alike." in words_of(visitor.get("/consultations/faces/standards/1"))
    about = "/consultations/faces/moderation-report"
    for client, address in (
        (author, "/me/contributions"),
        (author, "/me/notices"),
        (visitor, about),
        (visitor, f"{about}/decisions.csv"),
        (visitor, f"{about}/transparency-database.csv"),
        (visitor, "/consultations/faces/record"),
    ):
        shown = words_of(client.get(address))
        assert "About all of them." not in shown, address
        assert "hateful_generalisation" not in shown, address
    assert len(mails(database)) == sent
    assert "Record decision" not in words_of(desk.get(page))
    other = browser(app, session, moderators[1])
    assert decide(other, page, **HATE).status_code == 303
    assert "They are all alike." not in words_of(visitor.get("/consultations/faces/standards/1"))
    session.expire_all()
    taken = session.query(Decision).filter_by(contribution_id=item.id, standing=Standing.TAKEN).all()
    assert [d.first_reader_id for d in taken if d.reason] == [moderators[0].id]


@pytest.mark.sqlite
def test_the_same_browser_is_refused_in_every_way(app, session, item, moderators, desk):
    page = case_address(session, item)
    token = words_of(desk.get(page)).split('name="csrf_token" value="')[-1].split('"')[0]
    values = {**HATE, "revision": "1", "csrf_token": token}
    assert desk.post(f"{page}/decision", data=values).status_code == 303
    assert desk.post(f"{page}/decision", data=values).status_code == 403
    assert desk.post(f"{page}/claim", data={"csrf_token": token}).status_code == 403
    case = page.rpartition("/")[2]
    desk.post("/moderation/together", data={**values, "case": f"{case}-1"})
    assert desk.post(f"{page}/step-in", data={"csrf_token": token}).status_code in (403, 404)
    session.refresh(item)
    assert item.state == State.PUBLISHED


@pytest.mark.sqlite
def test_an_administrator_steps_in_only_where_nobody_else_can(app, session, item, desk):
    page = case_address(session, item)
    decide(desk, page, **HATE)
    admin = people.account(session, administrator=True)
    session.commit()
    client = people.sign_in(app.test_client(), admin.email)
    token = words_of(client.get("/me")).split('name="csrf_token" value="')[-1].split('"')[0]
    assert client.post(f"{page}/step-in", data={"csrf_token": token}).status_code == 409


def test_nothing_but_the_pages_decides():
    """Neither the command line nor the calendar nor what follows from events imports what takes decisions."""
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for folder in ("cli", "jobs", "importers", "api")
        for path in sorted((ROOT / "app" / folder).rglob("*.py"))
        for line in path.read_text().splitlines()
        for name in DECIDING
        if line.startswith(("from app.actions", "import app.actions")) and name in line.replace(",", " ").split()
    ]
    assert [one for one in found if "due_process.py" not in one] == []
    assert found == ["app/jobs/due_process.py: from app.actions import desk, flags, notices"]  # it asks who may read
