"""Notices, account and data of one's own."""

from sqlalchemy import select

from app.models.consultations import Identity
from app.models.moderation import Reason
from app.models.people import Account
from tests.factories import comments, people
from tests.web.desk import browser, mails, words_of


def test_notices_say_what_happened_and_are_read(app, session, standard, me, database):
    comment = comments.published(session, standard, by=me, body="Who pays?")
    comments.published(session, standard, reply_to=comment)
    item = comments.declined(session, standard, by=me, reason=Reason.ADVERTISING)
    session.commit()
    mails(database)
    client = browser(app, session, me)
    page = words_of(client.get("/me/notices"))
    for expected in ("Somebody replied to you", "We did not publish your contribution.", "Advertising", "New:"):
        assert expected in page
    assert f"/me/contributions#item-{item.id}" in page
    client.submit("/me/notices", {})
    page = words_of(client.get("/me/notices"))
    assert "New:" not in page
    assert "Mark all as read" not in page


def test_changing_ones_name_and_appearance(app, session, me):
    client = browser(app, session, me)
    answer = client.submit("/me", {"display_name": "Rosa", "appearance": "dark"}, to="/me")
    assert answer.location == "/me"
    page = words_of(client.get("/me"))
    assert "Saved." in page
    assert 'data-theme="dark"' in page
    assert "Rosa" in page
    wrong = client.submit("/me", {"display_name": " "}, to="/me")
    assert wrong.status_code == 422
    assert "Enter a name. It can be a pseudonym." in words_of(wrong)


def test_changing_the_password_signs_every_browser_out(app, session, me, database):
    email = people.email_of(session, me)
    client = browser(app, session, me)
    wrong = client.submit("/me", {"current": "not this", "password": "other words in a row"}, to="/me/password")
    assert wrong.status_code == 422
    assert "This is not your current password." in words_of(wrong)
    values = {"current": people.PASSWORD, "password": "other words in a row"}
    assert client.submit("/me", values, to="/me/password").location == "/signin"
    assert client.get("/me").status_code == 303
    people.sign_in(app.test_client(), email, "other words in a row")


def test_signing_out_everywhere(app, session, me):
    one, two = browser(app, session, me), browser(app, session, me)
    assert "You are signed in on 2 browsers." in words_of(one.get("/me"))
    one.submit("/me", {}, to="/me/sign-out-everywhere")
    assert two.get("/me").status_code == 303


def test_what_is_kept_is_shown_to_its_owner_alone(app, session, consultation):
    me = people.member(session, consultation, name="Quiet One", identity=Identity.CONFIDENTIAL)
    email = people.email_of(session, me)
    client = browser(app, session, me)
    page = words_of(client.get("/me/data"))
    for expected in (email, "Confidentially", "Quiet One", "People scanned or watched"):
        assert expected in page
    assert session.scalars(select(Account).where(Account.email == email)).one()
    assert app.test_client().get("/me/data").status_code == 303
