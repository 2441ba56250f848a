"""The pages of objections: who sees what, which forms there are, and who is told."""

import pytest
from sqlalchemy import select

from app.actions import consultations as chairing
from app.models.consultations import Identity, Membership, Role
from app.models.moderation import Action
from app.models.notices import Notice
from app.models.objections import Objection, ObjectionState
from tests.factories import comments, moderation, people
from tests.factories import objections as making
from tests.web.desk import browser, mails, words_of

pytestmark = pytest.mark.usefixtures("stopped_clock")
LISTING = "/consultations/faces/standards/1/objections"


@pytest.fixture
def chair(session, consultation):
    return making.chair(session, consultation)


@pytest.fixture
def deputy(session, consultation):
    return making.chair(session, consultation, role=Role.DEPUTY)


def step(client, objection, name, **values):
    address = f"/objections/{objection.id}"
    return client.submit(address, values, to=f"{address}/{name}")


def codes(session, member: Membership) -> list[str]:
    return list(session.scalars(select(Notice.code).where(Notice.account_id == member.account_id).order_by(Notice.id)))


def test_the_whole_way_at_the_pages(app, session, standard, me, chair, deputy, database):
    objection = making.raised(session, standard, by=me, would_change="A judge who signs it.")
    chairs, mine, deputies = (browser(app, session, one) for one in (chair, me, deputy))
    assert step(chairs, objection, "answer", disposition="noted", reason="No.").status_code == 422
    answer = step(chairs, objection, "answer", disposition="not_accepted", reason="The courts asked for this wording.")
    assert (answer.status_code, answer.location) == (303, f"/objections/{objection.id}")
    mail = mails(database)[-1]
    for expected in ("The courts asked for this wording.", "It stops too little", "24 June 2026", "Not accepted"):
        assert expected in mail.body
    assert step(mine, objection, "reply", reply="not_satisfied", words="A myunreviewedword.").status_code == 303
    assert "Your answer is in question" not in words_of(chairs.get(f"/objections/{objection.id}"))
    assert "You answered it, so your answer is in question." in words_of(chairs.get(f"/objections/{objection.id}"))
    assert (
        step(deputies, objection, "decide", decision="overruled", reasons="Both were weighed here.").status_code == 303
    )
    assert mails(database)[-1].subject == "Your objection was overruled"
    assert step(mine, objection, "appeal", text="Nobody asked the people it fails.").status_code == 303
    shown = words_of(app.test_client().get(LISTING))
    for expected in ("A judge who signs it.", "Overruled", "Both were weighed here.", "The objector appealed"):
        assert expected in shown
    assert "myunreviewedword" not in shown
    assert "myunreviewedword" in words_of(deputies.get(f"/objections/{objection.id}"))
    assert "Nobody here may decide it." in words_of(chairs.get("/chair/faces/objections"))
    mails(database)
    assert codes(session, chair) == ["objection_sustained", "objection_appealed"]
    assert codes(session, me)[-2:] == ["objection_answered", "objection_decided"]
    assert words_of(mine.get("/me/notices")).count("See it") >= 2


def test_a_second_decision_hears_of_the_first(app, session, standard, me, chair, deputy):
    other = making.chair(session, session.get_one(chairing.Consultation, standard.consultation_id), role=Role.DEPUTY)
    objection = making.sustained(session, making.raised(session, standard, by=me), answered_by=chair)
    first, second = browser(app, session, deputy), browser(app, session, other)
    page = f"/objections/{objection.id}"
    read = words_of(second.get(page)).split('name="csrf_token" value="')[-1].split('"')[0]
    step(first, objection, "decide", decision="upheld", reasons="It leaves out the main case.")
    typed = {"csrf_token": read, "decision": "overruled", "reasons": "My own reasons for it."}
    answer = second.post(f"{page}/decide", data=typed)
    assert answer.status_code == 409
    assert "It was upheld in the meantime" in words_of(answer)


def test_pages_of_the_chair_are_not_there_for_others(app, session, standard, me, chair):
    objection = making.raised(session, standard)
    mine = browser(app, session, me)
    assert mine.get("/chair/faces/objections").status_code == 404
    assert app.test_client().get("/chair/faces/objections").status_code == 303
    page = f"/objections/{objection.id}"
    assert "Publish the answer" not in words_of(mine.get(page))
    token = words_of(mine.get("/consultations/faces/standards/1")).split('name="csrf_token" value="')[-1].split('"')[0]
    for name in ("answer", "reply", "mediate", "decide", "appeal"):
        values = {"csrf_token": token, "disposition": "noted", "reason": "One two three.", "reply": "satisfied"}
        values |= {"note": "A note.", "decision": "upheld", "reasons": "One two three.", "text": "Why not."}
        assert mine.post(f"{page}/{name}", data=values).status_code == 403, name
    session.refresh(objection)
    assert objection.state == ObjectionState.RAISED


@pytest.mark.sqlite
def test_strange_input_gets_a_sentence(app, session, standard, chair):
    objection = making.raised(session, standard)
    chairs = browser(app, session, chair)
    page = f"/objections/{objection.id}"
    token = words_of(chairs.get(page)).split('name="csrf_token" value="')[-1].split('"')[0]
    for values in (
        {"disposition": "duplicate_of"},
        {"disposition": "accepted", "version": "9" * 40},
        {"disposition": "accepted", "version": "-1"},
    ):
        assert chairs.post(f"{page}/answer", data={"csrf_token": token, **values}).status_code == 422, values
    assert chairs.post(f"{page}/decide", data={"csrf_token": token, "decision": "maybe"}).status_code == 409
    assert app.test_client().get("/objections/9999999999999999").status_code == 404
    assert app.test_client().get(f"/comments/{objection.comment_id}/objection").location == page


def test_what_is_not_published_is_not_on_the_page(app, session, consultation, standard, me, chair):
    pending = making.raised(session, standard, by=me, reason="A pendingreason is here.", published=False)
    declined = making.raised(session, standard, reason="A declinedreason is here.", published=False)
    moderation.decide(session, session.get_one(comments.Comment, declined.comment_id), Action.DECLINE)
    hushed = people.member(session, consultation, name="Secretname", identity=Identity.CONFIDENTIAL)
    making.raised(
        session, standard, by=hushed, reason="A hushedreason is here.", would_change="A hushedchange.", gist="The gist."
    )
    mine, chairs = browser(app, session, me), browser(app, session, chair)
    for somebody in (app.test_client(), chairs):
        shown = words_of(somebody.get(LISTING))
        for word in ("pendingreason", "declinedreason", "hushedreason", "hushedchange", "Secretname"):
            assert word not in shown
        assert "Reason not published." in shown
        assert "The gist." in shown
        assert somebody.get(f"/objections/{pending.id}").status_code == 404
    assert "pendingreason" in words_of(mine.get(LISTING))
    assert "Waits for review." in words_of(mine.get(f"/objections/{pending.id}"))
    desk = words_of(chairs.get("/chair/faces/objections"))
    assert "1 more can be answered once a moderator has published its reason." in desk


def test_the_standard_says_how_many_wait(app, session, standard, chair):
    making.raised(session, standard)
    making.answered(session, making.raised(session, standard), by=chair)
    session.commit()
    shown = words_of(app.test_client().get("/consultations/faces/standards/1"))
    assert "2 objections</a>: 1 waits for an answer." in shown
    assert "Answer and decision" in shown


@pytest.mark.sqlite
def test_an_empty_list_says_what_would_fill_it(app, session, standard):
    session.commit()
    assert "Nobody objects to this text." in words_of(app.test_client().get(LISTING))
    assert app.test_client().get("/consultations/faces/standards/7/objections").status_code == 404
    assert session.scalars(select(Objection)).all() == []
