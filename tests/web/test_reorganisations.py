"""Merging, splitting and withdrawing at the pages: old links lead on, and the trail can be read."""

import pytest

from app.jobs.relay import drain
from app.models.consultations import Role
from tests.factories import comments, people, standards
from tests.web.desk import SITE, browser, press, words_of

SOURCE, TARGET = "/consultations/faces/standards/1", "/consultations/faces/standards/2"
ASK = f"{SOURCE}/reorganisation"


@pytest.fixture
def target(session, consultation, standard):
    return standards.published(session, consultation, title="The other one")


@pytest.fixture
def chair(app, session, consultation, target):
    return browser(app, session, people.member(session, consultation, role=Role.CHAIR))


def test_a_merger_is_asked_answered_and_done(app, session, database, standard, target, me, chair):
    standards.position(session, standard, by=me)
    said = comments.published(session, standard, body="A comment that stays where it is.")
    session.commit()
    assert chair.submit(ASK, {"kind": "merge", "target": "2", "reason": ""}, to=ASK).status_code == 422
    assert chair.submit(ASK, {"kind": "merge", "target": "2", "reason": "Same."}, to=ASK).status_code == 303
    drain(database, SITE)
    mine = browser(app, session, me)
    assert ASK in words_of(mine.get("/me/notices"))
    assert "Supporters are asked" in words_of(app.test_client().get(SOURCE))
    early = chair.get(ASK)
    assert "Supporters can answer until" in words_of(early)
    answered = mine.submit(ASK, {"agrees": "yes", "moves_along": "y"}, to=f"{ASK}/answer")
    assert answered.status_code == 303
    assert press(chair, ASK, f"{ASK}/carry-out").status_code == 303
    client = app.test_client()
    assert (client.get(SOURCE).status_code, client.get(SOURCE).location) == (302, TARGET)
    assert "Standard 1 was merged into this one." in words_of(client.get(TARGET))
    old = words_of(client.get(f"{SOURCE}?trail=1"))
    assert "This standard was merged into standard 2." in old
    permalink = client.get(f"/comments/{said.id}")
    assert permalink.status_code == 302
    assert "A comment that stays where it is." in words_of(client.get(permalink.location.split("#")[0]))
    assert "Your position: Support." in words_of(mine.get(TARGET))
    assert "Standard 1 was merged into standard 2." in words_of(client.get("/consultations/faces/summary"))
    listed = words_of(client.get("/consultations/faces/standards"))
    assert f'href="{SOURCE}"' not in listed
    assert f'href="{TARGET}"' in listed
    assert "Done on" in words_of(client.get(ASK))


@pytest.mark.sqlite
def test_a_split_and_odd_input(app, session, chair):
    for strange in (
        {},
        {"kind": "melt", "reason": "x"},
        {"kind": "merge", "target": "999999999999999999999", "reason": "x"},
        {"kind": "merge", "target": "1", "reason": "x"},
        {"kind": "split", "reason": "x"},
        {"kind": "split", "reason": "x", "placed-0-part": "9", "titles": "A", "title_2": "B"},
        {"kind": "split", "reason": "x", "placed-0-number": "7", "titles": "A", "title_2": "B"},
    ):
        answer = chair.submit(ASK, strange, to=ASK)
        assert answer.status_code == 422, strange
    fields = {"kind": "split", "reason": "Two things.", "titles": "One", "title_2": "Two", "placed-1-part": "2"}
    assert chair.submit(ASK, fields, to=ASK).status_code == 303
    assert press(chair, ASK, f"{ASK}/carry-out").status_code == 303
    page = words_of(app.test_client().get(SOURCE))
    assert "A part of this standard became standard 3." in page
    assert "This was a part of standard 1." in words_of(app.test_client().get("/consultations/faces/standards/4"))


@pytest.mark.sqlite
def test_it_is_called_off_with_a_reason(app, session, standard, me, chair):
    standards.position(session, standard, by=me)
    session.commit()
    assert chair.submit(ASK, {"kind": "withdraw", "reason": "Old."}, to=ASK).status_code == 303
    assert chair.submit(ASK, {}, to=f"{ASK}/call-off").status_code == 422
    mine = browser(app, session, me)
    assert mine.submit(ASK, {}, to=f"{ASK}/answer").status_code == 422
    assert chair.submit(ASK, {"end_reason": "They want it."}, to=f"{ASK}/call-off").status_code == 303
    assert "They want it." in words_of(app.test_client().get(ASK))


@pytest.mark.sqlite
def test_there_is_nothing_to_see_for_those_who_may_not_ask(app, session, standard, me):
    mine = browser(app, session, me)
    assert mine.get(ASK).status_code == 404
    assert app.test_client().get(ASK).status_code == 404
    assert "Merge, split or withdraw" not in words_of(mine.get(SOURCE))
