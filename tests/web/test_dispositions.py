"""The working table of comments, what everybody reads of a disposition, and who is told."""

import pytest
from sqlalchemy import select

from app import events
from app.models.comments import CommentType
from app.models.consultations import Consultation, Identity
from app.models.dispositions import Disposition, DispositionKind
from app.models.notices import Notice
from tests.factories import comments, crowds, people
from tests.factories import objections as making
from tests.factories.viewers import history
from tests.web.desk import browser, mails, words_of

pytestmark = pytest.mark.usefixtures("stopped_clock")
TABLE = "/chair/faces/comments"


@pytest.fixture
def chair(session, consultation):
    return making.chair(session, consultation)


@pytest.fixture
def desk(app, session, chair):
    return browser(app, session, chair)


def given(session) -> list[tuple[DispositionKind, str]]:
    session.expire_all()
    found = [(one.kind, one.reason) for one in session.scalars(select(Disposition).order_by(Disposition.given_at))]
    session.commit()  # or nobody else could write
    return found


def test_a_comment_is_resolved_and_its_author_told(app, session, consultation, standard, me, desk, database):
    comment = comments.published(session, standard, by=me, body="Ask a judge first.", proposed_change="shall ask")
    session.commit()
    page = f"{TABLE}/{comment.id}"
    answer = desk.submit(page, {"kind": "accepted_with_modification", "reason": "Clause 1 says so."})
    assert answer.status_code == 422
    assert "Choose the published version of the text that has the change." in words_of(answer)
    assert "Clause 1 says so.</textarea>" in words_of(answer)
    answer = desk.submit(page, {"kind": "accepted_with_modification", "reason": "Clause 1 says so.", "version": "1"})
    assert answer.location == f"{TABLE}?standard=1&state=open"
    mail = mails(database)[-1]
    for expected in (
        "Accepted with modification",
        "Clause 1 says so.",
        "Ask a judge first.",
        f"/comments/{comment.id}",
    ):
        assert expected in mail.body
    codes = session.scalars(select(Notice.code).where(Notice.account_id == me.account_id)).all()
    assert codes[-1] == "comment_resolved"
    anybody = app.test_client()
    assert "Resolved: Accepted with modification" in words_of(anybody.get("/consultations/faces/standards/1"))
    shown = words_of(anybody.get(f"/comments/{comment.id}/disposition"))
    for expected in ("Accepted with modification", "Clause 1 says so.", "Version 1 has the change"):
        assert expected in shown


def test_said_again_the_later_one_holds_and_the_record_keeps_both(session, consultation, standard, desk):
    comment = comments.published(session, standard)
    session.commit()
    for values in (
        {"kind": "noted", "reason": "It is noted here."},
        {"kind": "out_of_scope", "reason": "Not asked here."},
    ):
        assert desk.submit(f"{TABLE}/{comment.id}", values).status_code == 303
    assert desk.submit(f"{TABLE}/{comment.id}", values).status_code == 303  # the same again changes nothing
    assert given(session) == [(DispositionKind.OUT_OF_SCOPE, "Not asked here.")]
    kinds = [event.disposition for event in history(session, consultation, events.DispositionGiven)]
    assert kinds == ["noted", "out_of_scope"]


def test_several_are_noted_at_once_or_none_of_them(session, consultation, standard, chair, desk):
    first, second = (comments.published(session, standard) for _ in range(2))
    own = comments.published(session, standard, by=chair)
    session.commit()
    chosen = [str(first.id), str(second.id)]
    token = words_of(desk.get(TABLE)).split('name="csrf_token" value="')[-1].split('"')[0]
    answer = desk.post(TABLE, data={"csrf_token": token, "comments": chosen, "reason": "No."})
    assert answer.status_code == 422
    assert words_of(answer).count(" checked>") == 2
    assert desk.post(TABLE, data={"csrf_token": token, "reason": "Nothing was asked."}).status_code == 422
    own_too = [*chosen, str(own.id)]
    reason = "Nothing was asked for."
    assert desk.post(TABLE, data={"csrf_token": token, "comments": own_too, "reason": reason}).status_code == 403
    assert given(session) == []
    strange = [*chosen, "9" * 16]
    assert desk.post(TABLE, data={"csrf_token": token, "comments": strange, "reason": reason}).status_code == 404
    assert desk.post(TABLE, data={"csrf_token": token, "comments": chosen, "reason": reason}).status_code == 303
    assert given(session) == [(DispositionKind.NOTED, reason)] * 2


def test_the_table_is_filtered_sorted_and_paged(session, consultation, standard, me, desk):
    technical = comments.published(session, standard, by=me, body="A technicalone.", proposed_change="x", clause="1")
    comments.published(session, standard, body="A generalone.")
    objection = making.raised(session, standard, reason="An objectingreason here.")
    crowds.comments(session, standard, me, 20)
    session.commit()
    assert "technicalone" in words_of(desk.get(f"{TABLE}?type=te"))
    assert "generalone" not in words_of(desk.get(f"{TABLE}?type=te&clause=1&stance=neutral&standard=1&state=open"))
    assert "Nothing here matches these filters." in words_of(desk.get(f"{TABLE}?type=ed"))
    desk.submit(f"{TABLE}/{technical.id}", {"kind": "accepted", "version": "1"})
    assert "technicalone" not in words_of(desk.get(f"{TABLE}?state=open&standard=1"))
    assert "technicalone" in words_of(desk.get(f"{TABLE}?state=done"))
    shown = words_of(desk.get(TABLE))
    assert "23 comments" in shown
    assert f'href="/objections/{objection.id}"' in shown
    assert "objectingreason" in shown
    assert words_of(desk.get(f"{TABLE}?after=15")).count('<li id="k') == 8
    for odd in ("standard=-1", "standard=99999999999999999999", "sort=x", "after=-3", "state=%ED%A0%80"):
        assert desk.get(f"{TABLE}?{odd}").status_code == 200, odd


def test_the_same_is_said_by_another_comment(session, standard, desk):
    first, second = (comments.published(session, standard) for _ in range(2))
    session.commit()
    page = f"{TABLE}/{first.id}"
    values = {"kind": "duplicate_of", "reason": "It asks the same."}
    for wrong in ("", "abc", "9" * 30, str(first.id)):
        assert desk.submit(page, {**values, "duplicate_of": wrong}).status_code == 422
    assert desk.submit(page, {**values, "duplicate_of": f" {second.id} "}).status_code == 303
    assert desk.submit(page, {"kind": "deferred", "reason": "Later, when courts decide."}).status_code == 422
    assert desk.submit(page, {"kind": "nonsense"}).status_code == 422


def test_the_reason_of_an_objection_is_answered_there(session, standard, desk):
    objection = making.raised(session, standard)
    session.commit()
    shown = words_of(desk.get(f"{TABLE}/{objection.comment_id}"))
    assert "Answer the objection instead." in shown
    assert "Say what was done" not in shown


def test_nothing_of_the_table_is_there_for_others(app, session, standard, me):
    comment = comments.published(session, standard)
    pending = comments.pending(session, standard, by=me)
    mine = browser(app, session, me)
    for address in (TABLE, f"{TABLE}/{comment.id}"):
        assert mine.get(address).status_code == 404
        assert app.test_client().get(address).status_code == 303
    assert app.test_client().get(f"/comments/{pending.id}/disposition").status_code == 404
    assert mine.get(f"/comments/{pending.id}/disposition").status_code == 404
    assert "Not resolved yet" in words_of(app.test_client().get(f"/comments/{comment.id}/disposition"))


def test_of_confidential_people_the_table_shows_the_gist(session, consultation, standard, desk):
    hushed = people.member(session, consultation, name="Secretname", identity=Identity.CONFIDENTIAL)
    comment = comments.published(
        session, standard, by=hushed, body="A hushedword.", proposed_change="shall hushedchange", gist="The gist."
    )
    session.commit()
    for page in (TABLE, f"{TABLE}/{comment.id}", f"/comments/{comment.id}/disposition"):
        shown = words_of(desk.get(page))
        assert "The gist." in shown
        for word in ("hushedword", "hushedchange", "Secretname"):
            assert word not in shown


def test_the_form_of_a_comment_asks_whether_only_the_wording_changes(app, session, standard, me):
    mine = browser(app, session, me)
    page = "/consultations/faces/standards/1"
    values = {"body": "A comma is missing.", "stance": "neutral", "proposed_change": "shall, if"}
    assert mine.submit(page, {**values, "wording_only": "y"}, to=f"{page}/comments").status_code == 303
    assert mine.submit(page, {**values, "body": "Ask a judge."}, to=f"{page}/comments").status_code == 303
    types = session.scalars(select(comments.Comment.type).order_by(comments.Comment.created_at, comments.Comment.body))
    assert set(types) == {CommentType.EDITORIAL, CommentType.TECHNICAL}
    assert session.scalars(select(Consultation.slug)).all() == ["faces"]
