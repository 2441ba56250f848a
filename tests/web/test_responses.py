"""You said, we did; the desk of those who respond; following a standard and being told."""

import pytest
from sqlalchemy import select

from app.actions import follows
from app.models.consultations import Role
from app.models.notices import Notice
from app.models.outcomes import Follow
from app.models.positions import Choice
from tests.factories import comments, people, standards
from tests.factories import objections as making
from tests.factories import outcomes as stating
from tests.web.desk import browser, mails, words_of

pytestmark = pytest.mark.usefixtures("stopped_clock")
ANSWERS, DESK = "/consultations/faces/answers", "/consultations/faces/responses"


@pytest.fixture
def policymaker(session, consultation):
    return people.member(session, consultation, role=Role.POLICYMAKER)


@pytest.fixture
def chair(session, consultation):
    return making.chair(session, consultation)


def codes(session, member) -> list[str]:
    found = session.scalars(select(Notice.code).where(Notice.account_id == member.account_id).order_by(Notice.id)).all()
    session.commit()
    return list(found)


def test_what_was_said_stated_answered_and_done(app, session, standard, me, chair, policymaker, database):
    standards.position(session, standard, by=me)
    stating.stated(session, standard, by=chair)
    desk = browser(app, session, policymaker)
    assert "Write the responses" in words_of(desk.get(ANSWERS))
    answer = desk.submit(f"{DESK}/1", {"response": "accepted", "text": "No.", "promised_on": "2026-09-01"})
    assert answer.status_code == 422
    assert 'value="2026-09-01"' in words_of(answer)
    assert (
        desk.submit(
            f"{DESK}/1", {"response": "accepted", "text": "It is right.", "promised_on": "tomorrow"}
        ).status_code
        == 422
    )
    text = "We put it into the procurement rules."
    assert (
        desk.submit(f"{DESK}/1", {"response": "accepted", "text": text, "promised_on": "2026-09-01"}).status_code == 303
    )
    shown = words_of(app.test_client().get(ANSWERS))
    for expected in ("1 support", "Adopted", stating.REASONS, "Accepted", text, "Promised by 1 September 2026."):
        assert expected in shown, expected
    mails(database)
    assert codes(session, me) == ["followed_outcome", "followed_response"]
    page = words_of(app.test_client().get("/consultations/faces/standards/1"))
    for expected in ("Outcome: Adopted", stating.REASONS, f"Stated by {chair.display_name}", "The authority: Accepted"):
        assert expected in page, expected


def test_what_is_late_is_said_to_everybody(app, session, consultation, standard, chair, stopped_clock):
    stating.stated(session, standard, by=chair)
    session.commit()
    stopped_clock.forward(days=100)
    shown = words_of(app.test_client().get(ANSWERS))
    assert "Overdue since 8 September 2026" in shown
    assert "1 is overdue." in shown


def test_the_desk_is_there_for_those_who_respond_alone(app, session, standard, me, chair, policymaker):
    stating.stated(session, standard, by=chair)
    mine, leader, office = (browser(app, session, one) for one in (me, chair, policymaker))
    for address in (DESK, f"{DESK}/1"):
        assert mine.get(address).status_code == 404
        assert app.test_client().get(address).status_code == 303
        for somebody in (leader, office):
            assert somebody.get(address).status_code == 200
    assert leader.get("/chair/faces/responses").location == DESK
    assert office.get("/chair/faces/responses").status_code == 404
    assert office.get(f"{DESK}/7").status_code == 404


def test_the_outcome_is_stated_at_the_desk(app, session, standard, chair):
    leader = browser(app, session, chair)
    page = "/chair/faces/outcomes/1"
    assert "The outcome comes when the text is settled." in words_of(leader.get(page))
    comments.published(session, standard, proposed_change="shall ask")
    stating.move_to_outcome(session, standard)
    session.commit()
    assert "1 comment with a suggested change is not resolved." in words_of(leader.get("/chair/faces/outcomes"))
    [comment] = session.scalars(select(comments.Comment)).all()
    session.commit()
    values = {"kind": "not_accepted", "reason": "The courts asked for this."}
    assert leader.submit(f"/chair/faces/comments/{comment.id}", values).status_code == 303
    assert "1 outcome can be stated now." in words_of(leader.get("/chair/faces/outcomes"))
    assert leader.submit(page, {"reasons": "It was weighed."}).status_code == 422
    answer = leader.submit(page, {"outcome": "not_adopted", "reasons": "Too few people were heard so far."})
    assert answer.status_code == 303
    assert "Too few people were heard so far." in words_of(leader.get(page))
    listed = words_of(app.test_client().get("/consultations/faces/standards"))
    assert "Outcome: Not adopted" in listed


def test_pages_of_outcomes_are_the_chairs(app, session, standard, me, policymaker):
    for somebody in (me, policymaker):
        client = browser(app, session, somebody)
        assert client.get("/chair/faces/outcomes").status_code == 404
        assert client.get("/chair/faces/outcomes/1").status_code == 404


def test_whoever_takes_part_follows_until_they_stop(app, session, consultation, standard, me):
    standards.position(session, standard, by=me)
    mine = browser(app, session, me)
    page = "/consultations/faces/standards/1"
    assert "Stop following" in words_of(mine.get(page))
    assert mine.submit(page, {}, to=f"{page}/follow").status_code == 303
    assert "Tell me what becomes of it" in words_of(mine.get(page))
    comments.pending(session, standard, by=me)
    standards.position(session, standard, Choice.ABSTAIN, by=me)
    session.commit()
    assert "Tell me what becomes of it" in words_of(mine.get(page))  # whoever stopped is left alone
    assert follows.toggle(session, consultation, standard, by=me)
    assert len(session.scalars(select(Follow)).all()) == 1
    session.commit()
    assert "follow" not in words_of(app.test_client().get(page)).split("<main")[1].split("</main")[0].replace(
        "nofollow", ""
    )
