"""The chair at the desk: setting up, changing with a reason, preview, opening, phases, closing."""

from datetime import timedelta

import pytest

from app import clock
from app.models.consultations import ConsultationState, Role
from tests.factories import consultations, people
from tests.pages import forms
from tests.web.desk import browser, press, words_of

pytestmark = pytest.mark.usefixtures("stopped_clock")
DESK = "/chair/faces"


@pytest.fixture
def chair(session, consultation):
    return people.member(session, consultation, name="Ruth", role=Role.CHAIR)


@pytest.fixture
def desk(app, session, standard, chair):
    return browser(app, session, chair)


@pytest.fixture
def administrator(app, session):
    account = people.account(session, administrator=True, name="Ada")
    session.commit()
    return people.sign_in(app.test_client(), account.email)


def fields(client, page, to) -> dict[str, list[str]]:
    """What the form of a page that posts `to` would send as it stands."""
    return next(form.fields for form in forms(client.get(page).text, page) if form.action == to)


def test_the_desk_does_not_exist_for_others(app, client, session, consultation, me):
    others = [browser(app, session, me), browser(app, session, consultations.moderators(session, consultation)[0])]
    for path in (DESK, f"{DESK}/set-up", f"{DESK}/phases", f"{DESK}/phases/position", f"{DESK}/team", "/chair"):
        assert client.get(path).status_code == 303
        assert [other.get(path).status_code for other in others] == [404, 404], path
    assert others[0].get("/chair/new").status_code == 404
    assert others[0].get(f"{DESK}/preview").status_code == 404


def test_a_consultation_is_set_up_prepared_previewed_and_opened(administrator, client, session):
    sent = fields(administrator, "/chair/new", "/chair/new")
    answer = administrator.post("/chair/new", data={**sent, "do": "usual_groups", "title": "Which rules for homes?"})
    assert answer.status_code == 200
    typed = next(form.fields for form in forms(answer.text, "/chair/new") if form.action == "/chair/new")
    assert typed["title"] == ["Which rules for homes?"]
    assert typed["groups-13-name"]
    day = clock.now() + timedelta(days=40)
    made = administrator.post(
        "/chair/new", data={**typed, "time_zone": "Europe/Berlin", "closes_at": f"{day:%Y-%m-%dT%H:%M}"}
    )
    assert (made.status_code, made.location) == (303, "/chair/which-rules-for-homes")
    slug = made.location.rpartition("/")[2]
    assert client.get(f"/consultations/{slug}").status_code == 404
    said = words_of(administrator.get(made.location))
    assert "Opening needs two people who may review" in said
    assert "Say from when until when" in said  # it has no opening time, so no phases were planned
    preview = administrator.get(f"/chair/{slug}/preview")
    assert "what somebody without an account sees once it is open" in words_of(preview)
    assert "Join to take part" in words_of(preview)
    assert "csrf_token" not in preview.text


def test_what_is_needed_is_needed_at_the_address_too(app, session):
    draft = consultations.draft(session, slug="coming")
    chair = people.member(session, draft, role=Role.CHAIR)
    desk = browser(app, session, chair)
    assert '/chair/coming/open"' not in desk.get("/chair/coming").text
    token = fields(desk, "/chair/coming/set-up", "/chair/coming/set-up")["csrf_token"]
    answer = desk.post("/chair/coming/open", data={"csrf_token": token})
    assert answer.status_code == 403
    assert "Opening needs two people" in words_of(answer)
    people.moderator(session, draft)
    session.commit()
    assert press(desk, "/chair/coming", "/chair/coming/open").status_code == 303
    assert "Closing" in words_of(desk.get("/chair/coming"))


def test_opening_by_itself_is_chosen_at_the_desk(app, session, database):
    draft = consultations.draft(session, slug="coming")
    draft.opens_at = clock.now() + timedelta(days=3)
    desk = browser(app, session, people.member(session, draft, role=Role.CHAIR))
    press(desk, "/chair/coming", "/chair/coming/open-itself", wanted="yes")
    assert "It opens by itself at" in words_of(desk.get("/chair/coming"))
    press(desk, "/chair/coming", "/chair/coming/open-itself", wanted="no")
    assert "It opens by itself at" not in words_of(desk.get("/chair/coming"))


def test_every_wrong_field_is_named_and_nothing_typed_is_lost(administrator):
    sent = fields(administrator, "/chair/new", "/chair/new")
    wrong = {
        "title": "",
        "purpose": "Kept as typed",
        "time_zone": "Europe/Nowhere",
        "opens_at": "soon",
        "answer_due": "31 February",
        "minimum_group": "9" * 400,
        "consensus_percent": "-3",
        "review": "never",
        "groups-0-name": "",
        "groups-0-description": "Without a name",
    }
    answer = administrator.post("/chair/new", data={**sent, **wrong})
    assert answer.status_code == 422
    said = words_of(answer)
    for target in ("title", "time_zone", "opens_at", "answer_due", "minimum_group", "consensus_percent"):
        assert f'href="#{target}"' in said, target
    assert 'href="#groups-0-name"' in said
    for kept in ("Kept", "Europe/Nowhere", "soon", "31 February", "Without a name"):
        assert kept in said, kept


def test_rows_of_groups_move_and_go_without_script(administrator):
    sent = fields(administrator, "/chair/new", "/chair/new")
    rows = {f"groups-{n}-name": name for n, name in enumerate(("One", "Two", "Three"))}

    def names(do, rows):
        answer = administrator.post("/chair/new", data={**sent, **rows, "do": do})
        assert answer.status_code == 200
        shown = next(form.fields for form in forms(answer.text, "/chair/new") if form.action == "/chair/new")
        return [value[0] for name, value in shown.items() if name.endswith("-name") and name.startswith("groups")]

    assert names("groups-2-up", rows) == ["One", "Three", "Two"]
    assert names("groups-0-down", rows) == ["Two", "One", "Three"]
    assert names("groups-1-remove", rows) == ["One", "Three"]
    assert names("more_groups", rows) == ["One", "Two", "Three", ""]
    assert administrator.post("/chair/new", data={**sent, **rows, "do": "groups-99-up"}).status_code == 422


def test_a_change_of_what_is_open_is_public_with_its_reason(desk, client):
    answer = desk.submit(f"{DESK}/set-up", {"answered_by": "The minister"}, to=f"{DESK}/set-up")
    assert answer.status_code == 422
    assert 'href="#reason"' in words_of(answer)
    done = desk.submit(
        f"{DESK}/set-up",
        {"answered_by": "The minister", "reason": "<b>She</b> promised it."},
        to=f"{DESK}/set-up",
    )
    assert done.status_code == 303
    said = words_of(client.get("/consultations/faces"))
    assert "Changes to this consultation" in said
    assert "now: <bdi>The minister</bdi>" in said
    assert "&lt;b&gt;She&lt;/b&gt; promised it." in said


def test_phases_are_extended_ended_and_opened_at_the_desk(desk, client, database):
    later = f"{clock.now() + timedelta(days=60):%Y-%m-%dT%H:%M}"
    answer = desk.submit(f"{DESK}/phases", {"position-closes_at": later}, to=f"{DESK}/phases")
    assert (answer.status_code, 'href="#reason"' in words_of(answer)) == (422, True)
    assert f'value="{later}"' in answer.text
    sent = {"position-closes_at": later, "reason": "Two groups asked for time."}
    assert desk.submit(f"{DESK}/phases", sent, to=f"{DESK}/phases").status_code == 303
    wrong = desk.submit(f"{DESK}/phases", {"discuss-opens_at": "yesterday"}, to=f"{DESK}/phases")
    assert 'href="#discuss-opens_at"' in words_of(wrong)
    assert press(desk, f"{DESK}/phases/submit", f"{DESK}/phases/submit", do="end", reason="").status_code == 422
    done = press(desk, f"{DESK}/phases/submit", f"{DESK}/phases/submit", do="end", reason="Enough to discuss.")
    assert done.status_code == 303
    said = words_of(client.get("/consultations/faces"))
    assert "Ended by the chair: Enough to discuss." in said
    blocked = press(desk, f"{DESK}/phases/outcome", f"{DESK}/phases/outcome", do="begin", reason="Now.", until=later)
    assert blocked.status_code == 409
    assert desk.get(f"{DESK}/phases/nothing").status_code == 404


def test_a_standard_is_moved_and_its_page_says_so(desk, client):
    sent = {"standard": "1", "phase": "resolve", "reason": "Everybody agrees on it."}
    assert desk.submit(f"{DESK}/phases", sent, to=f"{DESK}/phases/move").status_code == 303
    page = words_of(client.get("/consultations/faces/standards/1"))
    assert "This standard is ahead of the others" in page
    assert "Everybody agrees on it." in page
    assert "Standard 1" in words_of(desk.get(DESK))
    for wrong in ({"standard": "99"}, {"phase": "nothing"}, {"until": "soon"}, {"reason": ""}):
        answer = desk.submit(f"{DESK}/phases", {**sent, **wrong}, to=f"{DESK}/phases/move")
        assert answer.status_code == 422, wrong
    back = desk.submit(f"{DESK}/phases", {**sent, "phase": ""}, to=f"{DESK}/phases/move")
    assert back.status_code == 303
    assert "ahead of the others" not in words_of(client.get("/consultations/faces/standards/1"))


def test_closing_before_the_announced_time_needs_a_reason(desk, client, session, consultation, database):
    assert desk.submit(DESK, {}, to=f"{DESK}/close").status_code == 422
    assert desk.submit(DESK, {"reason": "The law was withdrawn"}, to=f"{DESK}/close").status_code == 303
    with database.read() as fresh:
        assert fresh.get_one(type(consultation), consultation.id).state == ConsultationState.CLOSED
    said = words_of(client.get("/consultations/faces/standards/1"))
    assert "The chair closed this consultation on 10 June 2026: The law was withdrawn." in said


def test_kept_pages_grow_old_when_a_move_ends(client, desk, stopped_clock):
    until = f"{clock.now() + timedelta(minutes=30):%Y-%m-%dT%H:%M}"
    sent = {"standard": "1", "phase": "position", "reason": "Longer.", "until": until}
    assert desk.submit(f"{DESK}/phases", sent, to=f"{DESK}/phases/move").status_code == 303
    page = "/consultations/faces/standards/1"
    tag = client.get(page).headers["ETag"]
    assert client.get(page, headers={"If-None-Match": tag}).status_code == 304
    stopped_clock.forward(minutes=31)  # in the same hour, and nobody wrote
    assert client.get(page, headers={"If-None-Match": tag}).status_code == 200


def test_times_are_shown_in_the_zone_of_the_consultation(client, session, consultation, standard):
    consultation.time_zone = "Asia/Kathmandu"
    session.commit()
    said = words_of(client.get("/consultations/faces"))
    assert "10 July 2026, 17:45 UTC+0545" in said
