"""A case and its decision."""

import pytest
from sqlalchemy import func, select

from app.models.comments import Stance
from app.models.consultations import Identity
from app.models.contributions import State
from app.models.moderation import Decision
from app.models.notices import Notice
from tests.factories import comments, people, standards
from tests.web.desk import browser, case_address, mails, words_of


def decide(client, page, **values):
    return client.submit(page, values, to=f"{page}/decision")


def test_a_case_shows_the_item_in_its_place(app, session, consultation, standard, moderators):
    above = comments.published(
        session, standard, by=people.member(session, consultation, name="Carla"), body="My phone is old."
    )
    item = comments.pending(
        session,
        standard,
        by=people.member(session, consultation, name="M. Olsen", group="public"),
        reply_to=above,
        clause="1",
        stance=Stance.SUPPORTS,
        body="Keep a **paper** route.",
        proposed_change="A body shall keep a paper route.",
    )
    page = case_address(session, item)
    shown = words_of(browser(app, session, moderators[0]).get(page))
    for expected in (
        "Comment by M. Olsen",
        "Carla",
        "My phone is old.",
        "Keep a <strong>paper</strong> route.",
        "A body shall keep a paper route.",
        standards.CLAUSES[0],
        "1 contribution so far, 0 of them published",
        "What is never a reason",
    ):
        assert expected in shown


def test_a_proposal_is_shown_whole(app, session, consultation, moderators):
    version = standards.pending(session, consultation, title="Publish error rates")
    page = case_address(session, version)
    shown = words_of(browser(app, session, moderators[0]).get(page))
    for expected in (
        "Publish error rates",
        "Police services",
        "The trial court can exclude the result.",
        "Joy Buolamwini",
        "This text names no right that it rests on.",
    ):
        assert expected in shown
    assert standards.CLAUSES[1].split(" should ")[1] in shown


def test_publishing_lets_everybody_read_and_tells_the_author(app, session, consultation, standard, desk, database):
    author = people.member(session, consultation)
    item = comments.pending(session, standard, by=author, body="Who pays?")
    page = case_address(session, item)
    before = words_of(app.test_client().get("/consultations/faces/standards/1"))
    assert "Who pays?" not in before
    answer = decide(desk, page, action="publish")
    assert (answer.status_code, answer.location) == (303, "/moderation")
    assert "Decision recorded. The author is told." in words_of(desk.get("/moderation"))
    assert "Who pays?" in words_of(app.test_client().get("/consultations/faces/standards/1"))
    mail = mails(database)[-1]
    assert (mail.account_id, mail.subject) == (author.account_id, "We published your contribution")
    notice = session.scalars(select(Notice).where(Notice.account_id == author.account_id)).one()
    assert (notice.code, notice.values["action"], notice.contribution_id) == ("decision", "publish", item.id)


def test_declining_needs_its_reasons_and_keeps_what_was_typed(app, session, consultation, standard, desk, database):
    author = people.member(session, consultation)
    item = comments.pending(session, standard, by=author, body="Buy my cameras.")
    page = case_address(session, item)
    answer = decide(desk, page, action="decline", explanation="It sells something.")
    assert answer.status_code == 422
    assert "Choose the reason. The author sees it." in words_of(answer)
    assert "It sells something.</textarea>" in words_of(answer)
    assert 'value="decline" checked' in words_of(answer)
    assert decide(desk, page, action="decline", reason="advertising").status_code == 422
    answer = decide(desk, page, action="decline", reason="advertising", explanation="It sells something.")
    assert answer.status_code == 303
    mail = mails(database)[-1]
    for expected in ("Reason: Advertising", "It sells something.", "Buy my cameras."):
        assert expected in mail.body
    assert "Buy my cameras." not in words_of(app.test_client().get("/consultations/faces/standards/1"))


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({}, "Choose a decision."),
        ({"action": "suspend"}, "Somebody is suspended only after a warning."),
        ({"action": "hide", "reason": "threat", "explanation": "x"}, "Only a published text can be hidden."),
        ({"action": "return", "reason": "nonsense"}, "Choose one of the reasons in the list."),
        ({"action": "note"}, "Write the note that readers see with the text."),
        ({"action": "note", "explanation": "x" * 2001}, "Shorten this to 2,000 characters"),
    ],
)
def test_a_decision_that_cannot_be_recorded_says_what_to_do(values, sentence, session, standard, desk):
    page = case_address(session, comments.pending(session, standard))
    answer = decide(desk, page, **values)
    assert answer.status_code == 422
    assert sentence in words_of(answer)


def test_a_stale_decision_shows_what_happened(stopped_clock, app, session, standard, moderators, desk):
    item = comments.pending(session, standard)
    page = case_address(session, item)
    colleague = browser(app, session, moderators[1])
    read = words_of(colleague.get(page))
    assert "Being reviewed by Bo L." in words_of(desk.get(page))
    stopped_clock.forward(minutes=11)
    decide(desk, page, action="return", reason="off_topic", explanation="Say what it has to do with clause 1.")
    token = read.split('name="csrf_token" value="')[-1].split('"')[0]
    values = {"action": "publish", "revision": "1", "csrf_token": token}
    answer = colleague.post(f"{page}/decision", data=values)
    assert answer.status_code == 409
    for expected in ("This case has been decided in the meantime.", "Say what it has to do with clause 1.", "Amara N."):
        assert expected in words_of(answer)
    assert session.scalar(select(func.count()).select_from(Decision).where(Decision.contribution_id == item.id)) == 1
    assert "Record decision" not in words_of(colleague.get(page))


def test_a_text_that_changed_while_it_was_read_is_read_again(app, session, consultation, standard, desk):
    author = people.member(session, consultation)
    item = comments.pending(session, standard, by=author, body="First.")
    page = case_address(session, item)
    browser(app, session, author).submit(f"/comments/{item.id}/edit", {"body": "Second."})
    answer = desk.submit(page, {"action": "publish", "explanation": "Fine.", "revision": "1"}, to=f"{page}/decision")
    shown = words_of(answer)
    assert answer.status_code == 409
    assert "The author changed the text while you were reading." in shown
    assert "Second." in shown
    assert "Fine.</textarea>" in shown
    assert 'name="revision" value="2"' in shown
    assert decide(desk, page, action="publish").status_code == 303


def test_sending_a_decision_twice_decides_once(session, standard, desk):
    item = comments.pending(session, standard)
    page = case_address(session, item)
    token = words_of(desk.get(page)).split('name="csrf_token" value="')[-1].split('"')[0]
    values = {"action": "publish", "revision": "1", "csrf_token": token}
    assert [desk.post(f"{page}/decision", data=values).status_code for _ in range(2)] == [303, 409]


def test_nobody_decides_on_their_own_text(session, standard, moderators, desk):
    item = comments.pending(session, standard, by=moderators[0])
    page = case_address(session, item)
    assert "Yours: somebody else decides" in words_of(desk.get("/moderation"))
    shown = words_of(desk.get(page))
    assert "You cannot decide on your own contribution." in shown
    assert "Record decision" not in shown


def test_of_confidential_people_only_the_gist_is_published(app, session, consultation, standard, desk):
    author = people.member(session, consultation, name="Secret Name", identity=Identity.CONFIDENTIAL)
    item = comments.pending(session, standard, by=author, body="I worked in the control room.")
    page = case_address(session, item)
    for shown in (words_of(desk.get(page)), words_of(desk.get("/moderation"))):
        assert "Secret Name" not in shown
        assert "takes part confidentially" in shown
    answer = decide(desk, page, action="publish")
    assert answer.status_code == 422
    assert "Write the gist that is published instead." in words_of(answer)
    decide(desk, page, action="publish", gist="Somebody who worked there confirms it.")
    public = words_of(app.test_client().get("/consultations/faces/standards/1"))
    assert "Somebody who worked there confirms it." in public
    assert "control room" not in public
    assert "Secret Name" not in public


def test_a_change_of_a_published_text_is_decided_beside_the_old_one(app, session, consultation, standard, desk):
    author = people.member(session, consultation)
    item = comments.published(session, standard, by=author, body="Count matches.")
    session.commit()
    browser(app, session, author).submit(f"/comments/{item.id}/edit", {"body": "Please count matches."})
    page = case_address(session, item)
    shown = words_of(desk.get(page))
    assert shown.index("Please count matches.") < shown.index("The text that readers see now")
    assert 'value="decline"' in shown
    assert 'value="hide"' in shown
    decide(desk, page, action="decline", reason="off_topic", explanation="Say which.")
    session.refresh(item)
    assert (item.state, item.body, item.next_body) == (State.PUBLISHED, "Count matches.", None)


def test_after_a_decision_comes_the_next_case_of_somebody_else(session, standard, moderators, desk):
    first = comments.pending(session, standard)
    comments.pending(session, standard, by=moderators[0])
    third = comments.pending(session, standard)
    following = case_address(session, third)
    assert decide(desk, case_address(session, first), action="publish").location == following
