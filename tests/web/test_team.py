"""Inviting to a role: the letter, the page behind its link, and what nobody sees."""

import pytest
from sqlalchemy import select

from app.models.consultations import Membership, Role
from app.models.invitations import Invitation
from tests.factories import consultations, people
from tests.web.desk import browser, link_in, mails, press, words_of

pytestmark = pytest.mark.usefixtures("stopped_clock")
TEAM = "/chair/coming/team"
ADDRESS = "amara.nwosu@example.org"
ASKED = {"role": "moderator", "name": "Amara", "email": ADDRESS}


@pytest.fixture
def draft(session):
    return consultations.draft(session, slug="coming", title="Which rules for homes?")


@pytest.fixture
def desk(app, session, draft):
    return browser(app, session, people.member(session, draft, name="Ruth", role=Role.CHAIR))


def letter(desk, database, **changed):
    """Invite somebody; returns the mail."""
    assert desk.submit(TEAM, {**ASKED, **changed}, to=TEAM).status_code == 303
    return mails(database)[-1]


def role_of(database, name: str) -> Role:
    with database.read() as session:
        return session.scalars(select(Membership.role).where(Membership.display_name == name)).one()


def test_the_letter_says_who_asks_what_and_the_address_is_forgotten(desk, database):
    mail = letter(desk, database)
    assert (mail.address, mail.account_id) == (ADDRESS, None)
    for said in ("Amara", "Ruth", "Moderator", "Which rules for homes?", "14 days"):
        assert said in mail.body, said
    page = words_of(desk.get(TEAM))
    assert "Amara" in page
    assert ADDRESS not in page
    with database.read() as session:
        stored = session.scalars(select(Invitation)).one()
    assert (stored.email, link_in(mail).rpartition("/")[2] in str(vars(stored))) == (None, False)


def test_somebody_new_makes_an_account_by_the_way(desk, database, client):
    path = link_in(letter(desk, database))
    values = {
        "display_name": "Amara N.",
        "email": "other@example.org",
        "password": people.PASSWORD,
        "stakeholder_group": "public",
        "consent": "y",
    }
    missing = client.submit(path, {**values, "stakeholder_group": [], "display_name": ""}, to=path)
    assert missing.status_code == 422
    assert "other@example.org" in missing.text
    done = client.submit(path, values, to=path)
    assert (done.status_code, done.location) == (303, "/consultations/coming")
    assert client.get("/consultations/coming").status_code == 200  # the team sees the draft
    assert client.get("/moderation").status_code == 200
    assert role_of(database, "Amara N.") == Role.MODERATOR
    over = client.get(path)
    assert (over.status_code, "no longer works" in over.text) == (404, True)


def test_somebody_with_an_account_signs_in_and_comes_back(app, desk, database, session):
    path = link_in(letter(desk, database, role="policymaker"))
    stranger = app.test_client()
    assert f"/signin?next={path}" in stranger.get(path).text
    account = people.account(session, name="H. Sato")
    session.commit()
    back = people.sign_in(stranger, account.email)
    done = back.submit(path, {"stakeholder_group": "public", "consent": "y"}, to=path)
    assert done.status_code == 303
    assert role_of(database, "H. Sato") == Role.POLICYMAKER


def test_a_member_accepts_with_one_button(app, desk, database, session, draft):
    ada = people.member(session, draft, name="Ada")
    session.commit()
    path = link_in(letter(desk, database, role="deputy"))
    mine = browser(app, session, ada)
    assert "You take part already, as Ada." in words_of(mine.get(path))
    assert mine.submit(path, {}, to=path).status_code == 303
    assert role_of(database, "Ada") == Role.DEPUTY
    assert mine.get(TEAM).status_code == 200
    assert "Make somebody else a chair first" not in words_of(mine.get(TEAM))


def test_an_invitation_is_withdrawn_and_a_role_taken_back(app, desk, database, session, draft):
    people.member(session, draft, name="Bo", role=Role.MODERATOR)
    session.commit()
    path = link_in(letter(desk, database))
    with database.read() as reading:
        number = reading.scalars(select(Invitation.id)).one()
        bo = reading.scalars(select(Membership.id).where(Membership.display_name == "Bo")).one()
    assert press(desk, TEAM, f"{TEAM}/invitations/{number}/withdraw").status_code == 303
    assert app.test_client().get(path).status_code == 404
    assert press(desk, TEAM, f"{TEAM}/{bo}/take-back").status_code == 303
    assert role_of(database, "Bo") == Role.PARTICIPANT
    for strange in (f"{TEAM}/invitations/99/withdraw", f"{TEAM}/9999999999999999/take-back"):
        page = desk.get(TEAM).text
        token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
        assert desk.post(strange, data={"csrf_token": token}).status_code == 404


def test_mistakes_are_named_and_kept(desk):
    answer = desk.submit(TEAM, {**ASKED, "email": "nobody", "name": "Kept name"}, to=TEAM)
    assert answer.status_code == 422
    assert 'href="#email"' in answer.text
    assert "Kept name" in answer.text
    token = answer.text.partition('name="csrf_token" value="')[2].partition('"')[0]
    strange = desk.post(TEAM, data={**ASKED, "csrf_token": token, "role": "king"})
    assert strange.status_code == 403
