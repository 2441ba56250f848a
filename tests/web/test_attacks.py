"""What people try who mean no good, or are only late: each gets a page that says what to do."""

import dataclasses

import pytest
from sqlalchemy import func, select

from app.actions import consultations as chair
from app.factory import create_app
from app.models.comments import Comment
from app.models.consultations import Review
from app.models.moderation import Action, Decision
from app.models.objections import Objection
from app.models.people import Account
from tests.factories import comments, moderation, objections, people, standards
from tests.pages import Client, forms
from tests.web.desk import browser, case_address, link_in, mails, words_of

STANDARD = "/consultations/faces/standards/1"
REPORT = "/consultations/faces/moderation-report"
MINE = "/me/contributions"
LONG = "N" * 61
JOINING = {
    "email": "r@example.org",
    "password": people.PASSWORD,
    "display_name": "R.",
    "stakeholder_group": "makers",
    "consent": "y",
}


def token_of(client, page):
    """The token of any form on a page."""
    return next(
        form.fields["csrf_token"][0] for form in forms(client.get(page).text, page) if "csrf_token" in form.fields
    )


def send(client, to, *, page="/me", **values):
    """Post what no button of the page offers any more, as somebody does whose page is old."""
    return client.post(to, data={"csrf_token": token_of(client, page), **values})


@pytest.mark.parametrize("field", ["display_name", "organisation"])
def test_a_name_too_long_joins_nobody(field, client, session, consultation):
    session.commit()
    answer = client.submit("/join", {**JOINING, field: LONG})
    assert answer.status_code == 422
    assert "Use at most 60 characters." in words_of(answer)
    assert f'value="{LONG}"' in words_of(answer)
    assert session.scalar(select(func.count()).select_from(Account).where(Account.email == JOINING["email"])) == 0
    session.rollback()
    assert client.submit("/join", {**JOINING, field: LONG[:60]}).status_code == 303


@pytest.mark.parametrize("field", ["display_name", "organisation"])
def test_a_name_too_long_joins_no_other_consultation(field, app, session, consultation):
    client = browser(app, session, people.account(session))
    page = "/consultations/faces/join"
    values = {"stakeholder_group": "makers", "consent": "y", field: LONG}
    answer = client.submit(page, values)
    assert answer.status_code == 422
    assert "Use at most 60 characters." in words_of(answer)
    assert f'value="{LONG}"' in words_of(answer)
    assert client.submit(page, {**values, field: LONG[:60]}).status_code == 303


@pytest.mark.sqlite
def test_a_name_too_long_is_no_greeting(app, session, me):
    client = browser(app, session, me)
    answer = client.submit("/me", {"display_name": LONG}, to="/me")
    assert answer.status_code == 422
    assert "Use at most 60 characters." in words_of(answer)
    assert f'value="{LONG}"' in words_of(answer)


def taken_down(session, consultation, standard, me, action):
    """A comment of mine that a moderator took away."""
    if action == Action.DECLINE:
        return comments.declined(session, standard, by=me)
    consultation.review = Review.AFTER
    item = comments.pending(session, standard, by=me)
    moderation.decide(session, item, Action.HIDE)
    return item


@pytest.mark.parametrize("action", [Action.DECLINE, Action.HIDE])
def test_what_moderation_took_away_cannot_be_withdrawn(action, app, session, consultation, standard, me):
    item = taken_down(session, consultation, standard, me, action)
    client, state = browser(app, session, me), item.state
    before = [words_of(app.test_client().get(page)) for page in (STANDARD, REPORT)]
    answer = send(client, f"/comments/{item.id}/withdraw")
    assert answer.status_code == 409
    assert "A moderator has removed this text" in words_of(answer)
    session.refresh(item)
    assert item.state == state
    assert [words_of(app.test_client().get(page)) for page in (STANDARD, REPORT)] == before
    assert ("Removed by moderation" in before[0]) == (action == Action.HIDE)


def test_what_is_withdrawn_cannot_be_withdrawn_again(app, session, standard, me):
    item = comments.published(session, standard, by=me)
    client = browser(app, session, me)
    answers = [send(client, f"/comments/{item.id}/withdraw") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 409]
    assert "You have already withdrawn this." in words_of(answers[1])


def test_a_proposal_that_was_declined_cannot_be_withdrawn(app, session, consultation, me):
    version = standards.pending(session, consultation, by=me)
    moderation.decide(session, version, Action.DECLINE)
    answer = send(browser(app, session, me), f"{MINE}/{version.id}/withdraw")
    assert answer.status_code == 409
    session.refresh(version)
    assert version.state == "declined"


@pytest.mark.sqlite
def test_signing_in_counts_every_spelling_of_an_address_as_one(app, client, session):
    people.account(session, email="r@example.org")
    session.commit()
    spellings = ["r@example.org", " R@Example.ORG ", "ｒ@example.org", "R@ＥＸＡＭＰＬＥ.org"]
    token = token_of(client, "/signin")
    tries = [{"password": "not this one", "csrf_token": token, "email": spellings[number % 4]} for number in range(20)]
    assert {client.post("/signin", data=values).status_code for values in tries} == {422}
    for spelling in spellings:
        answer = client.post("/signin", data={"password": "not this one", "csrf_token": token, "email": spelling})
        assert (answer.status_code, "Too many requests" in words_of(answer)) == (429, True)
        assert 0 < int(answer.headers["Retry-After"]) <= 300
    values = {"email": "r@example.org", "password": people.PASSWORD, "csrf_token": token}
    assert client.post("/signin", data=values).status_code == 429
    assert client.post("/signin", data=values, environ_base={"REMOTE_ADDR": "192.0.2.7"}).status_code == 303


def send_position(client, **values):
    return client.submit(STANDARD, values, to=f"{STANDARD}/position")


def test_a_position_on_a_text_that_changed_keeps_its_reason(app, session, standard, me):
    client = browser(app, session, me)
    values = {"position": "object", "reason": "It stops too little.", "would_change": "An audit."}
    answer = send_position(client, **values, version="0")
    page = words_of(answer)
    assert answer.status_code == 409
    assert "The text changed while you were reading." in page
    assert "A match is a lead</h1>" in page
    assert "It stops too little.</textarea>" in page
    assert 'value="An audit."' in page
    [form] = [
        form for form in forms(answer.text, STANDARD) if form.action.endswith("/position") and "reason" in form.fields
    ]
    assert client.post(form.action, data=form.fields).status_code == 303


def test_a_reply_to_what_was_hidden_meanwhile_keeps_its_text(app, session, consultation, standard, me):
    consultation.review = Review.AFTER
    parent = comments.pending(session, standard)
    client = browser(app, session, me)
    address = f"{STANDARD}?reply_to={parent.id}"
    [form] = [form for form in forms(client.get(address).text, address) if "body" in form.fields]
    moderation.decide(session, parent, Action.HIDE)
    session.commit()
    answer = client.post(form.action, data={**form.fields, "body": "Who pays for it?"})
    page = words_of(answer)
    assert answer.status_code == 409
    assert "The comment you reply to is no longer there." in page
    assert "A match is a lead</h1>" in page
    assert "Who pays for it?</textarea>" in page
    assert session.scalar(select(func.count()).select_from(Comment)) == 1


@pytest.mark.sqlite
def test_in_production_only_the_public_address_is_answered(settings, database, session, consultation):
    session.commit()
    app = create_app(dataclasses.replace(settings, production=True, base_url="https://standpoint.example"), database)
    app.test_client_class = Client
    for path in ("/", "/consultations/faces", "/signin", "/nowhere"):
        assert app.test_client().get(path, base_url="https://evil.example").status_code == 400
    assert app.test_client().get("/", base_url="https://standpoint.example").status_code == 200


@pytest.mark.sqlite
@pytest.mark.parametrize("path", ["/reset-password", "/prove-address"])
def test_a_page_whose_address_is_a_secret_is_kept_by_nobody(path, client, session, database):
    people.account(session, email="r@example.org", proved=False)
    session.commit()
    client.submit("/reset-password", {"email": "r@example.org"})
    [link] = [link_in(mail) for mail in mails(database) if path in mail.body]
    for address, status in ((link, 200), (f"{path}/unknown", 404)):
        answer = client.get(address)
        assert answer.status_code == status
        assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.sqlite
@pytest.mark.parametrize("verified", [False, True])
def test_an_organisation_that_nobody_verified_says_so(verified, client, session, consultation, standard):
    author = people.member(session, consultation, group="makers", organisation="Ministry of Justice")
    author.verified = verified
    comments.published(session, standard, by=author)
    session.commit()
    page = words_of(client.get(STANDARD))
    assert "Ministry of Justice" in page
    assert ("not verified" in page) == (not verified)


@pytest.mark.parametrize("act", ["endorse", "edit"])
def test_after_the_closing_nothing_that_is_published_changes(act, app, session, consultation, standard, me):
    mine = comments.published(session, standard, by=me, body="Count matches.")
    other = comments.published(session, standard)
    objections.all_answered(session, consultation)
    chair.close(session, consultation)
    client = browser(app, session, me)
    to = f"/comments/{other.id}/endorse" if act == "endorse" else f"/comments/{mine.id}/edit"
    answer = send(client, to, body="Buy my cameras.", revision="1")
    assert answer.status_code == 409
    for item in (mine, other):
        session.refresh(item)
    assert (mine.body, mine.next_body, other.endorsements) == ("Count matches.", None, 0)


def test_after_the_closing_people_still_withdraw_their_own(app, session, consultation, standard, me):
    mine = comments.published(session, standard, by=me)
    objections.all_answered(session, consultation)
    chair.close(session, consultation)
    assert send(browser(app, session, me), f"/comments/{mine.id}/withdraw").status_code == 303
    assert "Withdrawn by its author" in words_of(app.test_client().get(STANDARD))


@pytest.mark.parametrize("make", [comments.pending, comments.returned, comments.published])
def test_the_pages_of_changing_a_comment(make, app, session, standard, me):
    item = make(session, standard, by=me, body="Count matches.")
    client = browser(app, session, me)
    assert "Count matches.</textarea>" in words_of(client.get(f"/comments/{item.id}/edit"))
    answer = client.submit(f"/comments/{item.id}/edit", {"body": ""})
    assert (answer.status_code, "One thing to change" in words_of(answer)) == (422, True)
    assert "no earlier text" in words_of(client.get(f"/comments/{item.id}/history"))


def test_the_link_that_proves_an_address_is_mailed_again(app, session, consultation, database):
    client = browser(app, session, people.member(session, consultation, proved=False))
    first = link_in(mails(database)[-1])
    assert client.submit(MINE, {}, to="/me/prove-address").status_code == 303
    sent = mails(database)
    again = link_in(sent[-1])
    assert len(sent) == 2
    assert again != first
    assert client.get(first).status_code == 404
    assert client.submit(again, {}, to=again).status_code == 303
    assert send(client, "/me/prove-address").status_code == 303
    assert len(mails(database)) == 2


def test_what_would_change_a_mind_is_on_the_moderators_page(app, session, consultation, standard, me, desk):
    client = browser(app, session, me)
    send_position(client, position="object", reason="It stops too little.", would_change="An audit by strangers.")
    item = session.get_one(Comment, session.scalars(select(Objection.comment_id)).one())
    page = case_address(session, item)
    assert "An audit by strangers." in words_of(desk.get(page))
    desk.submit(page, {"action": "publish"}, to=f"{page}/decision")
    assert (
        "An audit by strangers."
        in session.scalars(select(Decision.original).where(Decision.contribution_id == item.id)).one()
    )
    assert "An audit by strangers." in words_of(app.test_client().get("/consultations/faces/summary"))
