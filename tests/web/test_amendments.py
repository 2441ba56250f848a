"""Amendments at the pages: proposed from a clause, supported, adopted or declined, and what others see of them."""

import pytest

from app.jobs.relay import drain
from app.models.amendments import Amendment
from app.models.consultations import Identity, Membership, Role
from app.models.moderation import Action
from app.models.positions import Choice
from tests.factories import amendments as making
from tests.factories import moderation, people
from tests.web.desk import SITE, browser, case_address, press, words_of

STANDARD = "/consultations/faces/standards/1"
HERE = f"{STANDARD}/amendments"
NEW = f"{HERE}/new"
OTHER = "A police service shall never act on a match alone."


@pytest.fixture
def mine(app, session, consultation, standard, me):
    return browser(app, session, me)


@pytest.fixture
def chair(app, session, consultation, standard):
    return browser(app, session, people.member(session, consultation, name="Chair C.", role=Role.CHAIR))


def test_from_a_clause_to_the_text(app, session, database, mine, chair, moderators):
    session.commit()
    assert f"{NEW}?clause=1" in words_of(mine.get(STANDARD))
    sent = mine.submit(f"{NEW}?clause=1", {"text": OTHER, "reason": "I was held for two nights."}, to=NEW)
    assert sent.status_code == 303
    amendment = session.query(Amendment).one()
    assert OTHER not in words_of(app.test_client().get(HERE))
    assert "Waiting for review" in words_of(mine.get(HERE))
    assert "Amendment to clause 1" in words_of(mine.get("/me/contributions"))
    case = words_of(browser(app, session, moderators[0]).get(case_address(session, amendment)))
    assert "I was held for two nights." in case
    moderation.decide(session, amendment)
    session.commit()
    page = words_of(app.test_client().get(f"{HERE}/1"))
    assert "R." in page
    assert "<ins>" in page
    assert "Adopt this wording" not in page
    assert "1 amendment" in words_of(app.test_client().get(STANDARD))
    adopted = chair.submit(f"{HERE}/1", {"reason": "Well put."}, to=f"{HERE}/1/adopt")
    assert adopted.status_code == 303, words_of(adopted)
    assert "never act on a match alone" in words_of(app.test_client().get(STANDARD))
    assert "Amendment 1 by R., adopted by Chair C." in words_of(app.test_client().get(STANDARD))
    assert "It is part of version 2." in words_of(app.test_client().get(f"{HERE}/1"))
    drain(database, SITE)
    assert "Adopted. It is credited to you." in words_of(mine.get("/me/notices"))


@pytest.mark.sqlite
def test_a_declined_amendment_leads_to_a_draft(session, standard, mine, chair, me):
    making.published(session, standard, by=me)
    session.commit()
    assert chair.submit(f"{HERE}/1", {"reason": ""}, to=f"{HERE}/1/decline").status_code == 422
    assert chair.submit(f"{HERE}/1", {"reason": "Out of place."}, to=f"{HERE}/1/decline").status_code == 303
    page = words_of(mine.get(f"{HERE}/1"))
    assert "Out of place." in page
    promoted = press(mine, f"{HERE}/1", f"{HERE}/1/promote")
    assert promoted.status_code == 303
    assert making.WORDING in words_of(mine.get(promoted.location))


@pytest.mark.sqlite
def test_a_position_is_taken_changed_and_withdrawn(session, standard, mine):
    making.published(session, standard)
    session.commit()
    to = f"{HERE}/1/position"
    assert mine.submit(f"{HERE}/1", {}, to=to).status_code == 422
    assert mine.submit(f"{HERE}/1", {"position": "object"}, to=to).status_code == 303
    assert "Your position: Object." in words_of(mine.get(f"{HERE}/1"))
    assert press(mine, f"{HERE}/1", to, position="withdraw").status_code == 303
    assert "Your position" not in words_of(mine.get(f"{HERE}/1")).replace(
        "Your position on this amendment", ""
    ).replace("Your position is withdrawn", "")


@pytest.mark.sqlite
def test_small_groups_are_not_shown(app, session, standard):
    amendment = making.published(session, standard)
    for group, count in (("wrongly", 6), ("researchers", 2), ("makers", 5)):
        for _ in range(count):
            making.position(session, amendment, Choice.OBJECT, group=group)
    session.commit()
    page = words_of(app.test_client().get(f"{HERE}/1"))
    assert "13 positions of people." in page
    assert "<small>6 positions</small>" in page
    assert "<small>5 positions</small>" not in page  # with them, the two would be given away


@pytest.mark.sqlite
def test_a_clause_that_changed_meanwhile_is_compared_with_both_texts(app, session, standard, chair):
    making.published(session, standard)
    making.published(session, standard, text=OTHER)
    session.commit()
    stale = chair.get(f"{HERE}/2")
    assert chair.submit(f"{HERE}/1", {}, to=f"{HERE}/1/adopt").status_code == 303
    token = stale.text.split('name="csrf_token" value="')[1].split('"')[0]
    late = chair.post(
        f"{HERE}/2/adopt",
        data={"csrf_token": token, "version": "1", "text": OTHER + " Ever.", "change_class": "substantive"},
    )
    assert late.status_code == 409
    assert "Clause 1 has changed since this was written" in words_of(late)
    assert OTHER + " Ever." in words_of(late)
    assert "Against version 1, for which it was written" in words_of(late)
    assert chair.submit(f"{HERE}/2", {}, to=f"{HERE}/2/adopt").status_code == 303
    assert chair.get(f"{STANDARD}/diff/2...3").status_code == 200


@pytest.mark.sqlite
def test_overlapping_amendments_stand_together(app, session, standard):
    making.published(session, standard)
    making.published(session, standard, clause="2", text="It shall publish nothing.")
    making.published(session, standard, text=OTHER)
    making.published(session, standard, clause="", text="A buyer may ask.")
    session.commit()
    page = words_of(app.test_client().get(HERE))
    places = [page.index(f"Amendment {number}<") for number in (1, 3, 2, 4)]
    assert places == sorted(places)
    assert "2 amendments change this clause" in page
    assert "Amendment 3" in words_of(app.test_client().get(f"{HERE}/1"))


@pytest.mark.sqlite
def test_what_was_taken_back_or_removed_has_no_words(app, session, consultation, standard, mine, me):
    made = making.published(session, standard, by=me, text="Quokkas shall rest.")
    session.commit()
    assert press(mine, f"{HERE}/1", f"{HERE}/1/withdraw").status_code == 303
    waiting = making.pending(session, standard, text="Numbats shall rest.")
    returned = making.pending(session, standard, text="Wombats shall rest.")
    moderation.decide(session, returned, Action.RETURN)
    session.commit()
    for path in (HERE, f"{HERE}/1", STANDARD, "/consultations/faces/record.json", "/consultations/faces/summary.json"):
        page = words_of(app.test_client().get(path)).lower()
        assert not [word for word in ("quokka", "numbat", "wombat") if word in page], path
        assert not [one for one in (waiting.id, returned.id) if str(one) in page], path
    assert "Withdrawn by its author" in words_of(app.test_client().get(f"{HERE}/1"))
    for number in (0, 2, 3, 99999999999999999):
        assert app.test_client().get(f"{HERE}/{number}").status_code == 404
    assert made.number == 1


@pytest.mark.sqlite
def test_a_confidential_proposer_is_not_named(app, session, consultation, standard):
    quiet = people.member(session, consultation, name="Secretname", identity=Identity.CONFIDENTIAL)
    amendment = making.published(session, standard, by=quiet)
    chair = people.member(session, consultation, role=Role.CHAIR)
    client = browser(app, session, chair)
    assert client.submit(f"{HERE}/1", {}, to=f"{HERE}/1/adopt").status_code == 303
    for path in (HERE, f"{HERE}/1", STANDARD, f"{STANDARD}/versions/2", f"{STANDARD}/diff/1...2"):
        page = words_of(app.test_client().get(path))
        assert "Secretname" not in page, path
    assert "by a participant" in words_of(app.test_client().get(STANDARD))
    assert amendment.membership_id == quiet.id


@pytest.mark.sqlite
def test_mistakes_keep_what_was_typed(session, standard, mine, me):
    wrong = mine.submit(f"{NEW}?clause=1", {"text": OTHER, "reason": ""}, to=NEW)
    assert wrong.status_code == 422
    assert OTHER in words_of(wrong)
    for strange in (
        {"clause": "7"},
        {"version": "99999999999999999999"},
        {"change_class": "x"},
        {"text": "x" * 1501},
    ):
        answer = mine.submit(f"{NEW}?clause=1", {"text": OTHER, "reason": "Because.", **strange}, to=NEW)
        assert answer.status_code in (409, 422), strange
    assert mine.get(f"{NEW}?clause=%00{'9' * 50}").status_code == 200


@pytest.mark.sqlite
def test_others_cannot_decide_and_strangers_sign_in(app, session, standard, mine):
    amendment = making.published(session, standard)
    session.commit()
    token = mine.get(f"{HERE}/1").text.split('name="csrf_token" value="')[1].split('"')[0]
    for act in ("adopt", "decline", "withdraw", "promote"):
        data = {"csrf_token": token, "change_class": "substantive", "text": OTHER, "reason": "x", "version": "1"}
        assert mine.post(f"{HERE}/1/{act}", data=data).status_code == 403, act
        assert mine.post(f"{HERE}/7/{act}", data=data).status_code == 404, act
    assert app.test_client().get(NEW).status_code == 303
    assert mine.get(f"/me/contributions/{amendment.id}/amendment").status_code == 404
    assert session.get(Membership, amendment.membership_id)
