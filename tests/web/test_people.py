"""Joining, signing in and out, new passwords, proving an address."""

import pytest
from sqlalchemy import func, select

from app.models.consultations import Identity, Membership, StakeholderGroup
from app.models.people import Account, SignIn
from tests.factories import consultations, people
from tests.web.desk import browser, link_in, mails

JOINING = {
    "email": "R@Example.org",
    "password": "plain words in a row",
    "display_name": "R.",
    "stakeholder_group": "wrongly",
    "consent": "y",
}


@pytest.fixture
def consultation(session):
    made = consultations.opened(session, slug="faces")
    session.commit()
    return made


def text_of(response) -> str:
    return response.get_data(as_text=True)


def test_joining_takes_part_at_once(client, consultation, session):
    answer = client.submit("/join", JOINING)
    assert (answer.status_code, answer.location) == (303, "/consultations/faces")
    account = session.scalars(select(Account).where(Account.email == "r@example.org")).one()
    membership = session.scalars(select(Membership).where(Membership.account_id == account.id)).one()
    assert membership.identity == Identity.PSEUDONYM
    assert session.get_one(StakeholderGroup, membership.group_id).key == "wrongly"
    assert membership.counted_from is None
    assert "Welcome. You can comment now." in text_of(client.get("/consultations/faces"))


def test_the_groups_stand_by_family_with_what_they_mean(client, consultation):
    page = text_of(client.get("/join"))
    assert page.index("Directly affected") < page.index("People wrongly identified") < page.index("Everybody else")
    assert "Stopped or refused because of a wrong match" in page
    assert "If taking part is risky for you" in page


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"email": "nonsense"}, "Enter an e-mail address, such as name@example.org"),
        ({"email": ""}, "Enter an e-mail address, such as name@example.org"),
        ({"password": "short"}, "Use at least 10 characters."),
        ({"display_name": "   "}, "Enter the name or pseudonym under which you appear."),
        ({"stakeholder_group": None}, "Choose the group that you speak from."),
        ({"stakeholder_group": "nobody"}, "Choose the group that you speak from."),
        ({"consent": None}, "Agree to publication, or read along without joining."),
        ({"display_name": "amara n."}, "Somebody in this consultation already uses this name."),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_is_kept(change, sentence, client, consultation, session):
    answer = client.submit("/join", {**JOINING, "email": "kept@example.org", **change})
    page = text_of(answer)
    assert answer.status_code == 422
    assert "One thing to change; nothing you typed was lost" in page
    assert sentence in page
    assert page.startswith("<!DOCTYPE html>")
    assert "<title>Error: Join" in page
    assert 'value="kept@example.org"' in page or "email" in change
    assert 'value="wrongly" checked' in page or "stakeholder_group" in change
    assert session.scalar(select(func.count()).select_from(Account)) == 2


@pytest.mark.sqlite
def test_everything_wrong_is_listed_in_the_order_of_the_page(client, consultation):
    page = text_of(client.submit("/join", dict.fromkeys(JOINING)))
    summary = page[page.index('id="errors"') : page.index("</ul>", page.index('id="errors"'))]
    places = [summary.index(f'href="#{name}"') for name in ("display_name", "stakeholder_group-0", "email", "consent")]
    assert places == sorted(places)


def test_an_address_joins_once(client, consultation, app):
    client.submit("/join", JOINING)
    answer = app.test_client().submit("/join", {**JOINING, "display_name": "S."})
    assert answer.status_code == 422
    assert "You cannot join with this address." in text_of(answer)


@pytest.mark.sqlite
def test_without_an_open_consultation_the_page_says_so(client, session):
    assert "Nothing to join at the moment" in text_of(client.get("/join"))
    consultations.closed(session, slug="over")
    session.commit()
    answer = client.get("/join?consultation=over")
    assert answer.status_code == 409
    assert "You can still read everything" in text_of(answer)
    assert client.get("/join?consultation=nowhere").status_code == 404


@pytest.mark.sqlite
def test_an_invitation_is_asked_for_beside_its_field(client, session):
    consultations.opened(session, slug="invited", invitation_code="blue door")
    session.commit()
    assert "Invitation code" in text_of(client.get("/join"))
    answer = client.submit("/join", {**JOINING, "invitation_code": "red door"})
    assert answer.status_code == 422
    assert "This consultation needs an invitation code." in text_of(answer)
    assert client.submit("/join", {**JOINING, "invitation_code": "blue door"}).status_code == 303


def test_somebody_with_an_account_joins_another_one(app, session):
    first, second = consultations.opened(session, slug="one"), consultations.opened(session, slug="two")
    client = browser(app, session, people.member(session, first, name="R."))
    assert client.get("/join?consultation=two").location == "/consultations/two/join"
    chosen = {"stakeholder_group": "makers", "organisation": "Example Vision", "consent": "y"}
    assert client.submit("/consultations/two/join", chosen).location == "/consultations/two"
    joined = session.scalars(select(Membership).where(Membership.organisation == "Example Vision")).one()
    assert (joined.consultation_id, joined.identity) == (second.id, Identity.NAMED)
    again = client.get("/consultations/two/join")
    assert again.status_code == 409
    assert "You have already joined this consultation." in text_of(again)


def test_signing_in_leads_back(client, session):
    people.account(session, email="r@example.org")
    session.commit()
    assert client.get("/me/contributions").location == "/signin?next=/me/contributions"
    answer = client.submit("/signin?next=/me/contributions", {"email": " R@Example.org ", "password": people.PASSWORD})
    assert (answer.status_code, answer.location) == (303, "/me/contributions")
    assert client.get("/signin?next=/me").location == "/me"


@pytest.mark.sqlite
@pytest.mark.parametrize("next_page", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_signing_in_never_leads_elsewhere(next_page, client, session):
    people.account(session, email="r@example.org")
    session.commit()
    values = {"email": "r@example.org", "password": people.PASSWORD, "next": next_page}
    assert client.submit("/signin", values).location == "/"


@pytest.mark.sqlite
@pytest.mark.parametrize("email", ["r@example.org", "nobody@example.org", "nonsense"])
def test_a_wrong_password_and_an_unknown_address_look_alike(email, client, session):
    people.account(session, email="r@example.org")
    session.commit()
    answer = client.submit("/signin", {"email": email, "password": "not this one"})
    assert answer.status_code == 422
    assert "This address and password do not belong together." in text_of(answer)
    assert f'value="{email}"' in text_of(answer)
    assert client.get("/me").status_code == 303


def test_after_signing_out_the_old_cookie_is_worth_nothing(app, session):
    client = browser(app, session, people.account(session))
    kept = client.get_cookie("session").value
    assert client.get("/me").status_code == 200
    answer = client.submit("/me", {}, to="/signout")
    assert (answer.status_code, answer.headers["Clear-Site-Data"]) == (303, '"cache"')
    assert session.scalar(select(func.count()).select_from(SignIn)) == 0
    thief = app.test_client()
    thief.set_cookie("session", kept)
    assert thief.get("/me").status_code == 303


def test_a_new_password_by_mail(app, client, session, database):
    client_elsewhere = browser(app, session, people.account(session, email="r@example.org"))
    page = text_of(client.submit("/reset-password", {"email": "r@example.org"}))
    assert "Sent, if there is an account with this address." in page
    link = link_in(mails(database)[-1])
    assert client.submit(link, {"password": "short"}).status_code == 422
    assert client.submit(link, {"password": "other words in a row"}).location == "/signin"
    assert "Your new password is set." in text_of(client.get("/signin"))
    assert client.get(link).status_code == 404
    assert client_elsewhere.get("/me").status_code == 303
    assert client.submit("/signin", {"email": "r@example.org", "password": people.PASSWORD}).status_code == 422
    people.sign_in(client, "r@example.org", "other words in a row")
    assert "Your password" in mails(database)[-1].subject


def test_asking_for_an_unknown_address_says_and_mails_the_same(client, session, database):
    answer = client.submit("/reset-password", {"email": "nobody@example.org"})
    assert answer.status_code == 200
    assert "Sent, if there is an account with this address." in text_of(answer)
    assert mails(database) == []


def test_a_link_is_over_after_its_time(client, session, database, stopped_clock):
    people.account(session, email="r@example.org")
    session.commit()
    client.submit("/reset-password", {"email": "r@example.org"})
    link = link_in(mails(database)[-1])
    stopped_clock.forward(hours=2, seconds=1)
    answer = client.get(link)
    assert answer.status_code == 404
    assert "This link no longer works" in text_of(answer)


def test_proving_an_address_needs_the_button(client, consultation, session, database):
    client.submit("/join", JOINING)
    link = link_in(mails(database)[-1])
    client.get(link)
    unproved = select(func.count()).select_from(Account).where(Account.proved_at.is_(None))
    assert session.scalar(unproved) == 1
    session.rollback()
    assert client.submit(link, {}, to=link).location == "/me/contributions"
    assert session.scalar(unproved) == 0
    assert "Your address is confirmed." in text_of(client.get("/me/contributions"))
    assert client.get(link).status_code == 404
