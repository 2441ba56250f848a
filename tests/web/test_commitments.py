"""The register at its pages: reading, sending an update through moderation, and the chair's three forms."""

import pytest
from sqlalchemy import select

from app.models.commitments import Commitment, CommitmentState, CommitmentUpdate
from app.models.consultations import Role
from tests.factories import commitments, people
from tests.factories.moderation import open_case
from tests.pages import forms
from tests.web.desk import browser, press, words_of

pytestmark = pytest.mark.usefixtures("stopped_clock")
REGISTER = "/consultations/faces/commitments"
PROMISE = f"{REGISTER}/c-example-2024"
DESK = "/chair/faces/commitments"
SENT = {
    "happened_on": "2025-11",
    "event": "reported_concern",
    "what": "A paper reported a <b>sale</b>.",
    "source": "https://example.org/paper",
}


@pytest.fixture
def promise(session, consultation, standard):
    return commitments.registered(session, consultation)


@pytest.fixture
def chair(session, consultation, promise):
    return people.member(session, consultation, name="Ruth", role=Role.CHAIR)


def test_everybody_reads_the_register_and_filters_it(client, session, promise):
    commitments.published(session, promise, what="An <i>audit</i> was published.")
    session.commit()
    said = words_of(client.get(REGISTER))
    assert "No sales of live face search" in said
    assert "An &lt;i&gt;audit&lt;/i&gt; was published." in said
    assert "Nothing here matches these filters." in words_of(client.get(f"{REGISTER}?state=kept"))
    assert client.get(f"{REGISTER}?state=%00&framing={'x' * 500}").status_code == 200
    assert client.get(PROMISE).status_code == 200
    assert client.get(f"{REGISTER}/nothing").status_code == 404
    assert "Enter another wording" not in client.get(PROMISE).text
    for path in (f"{DESK}/new", f"{DESK}/c-example-2024/finding", f"{PROMISE}/updates/new"):
        assert client.get(path).location.startswith("/signin"), path


def test_an_update_goes_through_moderation(app, session, database, me, promise, moderators, client):
    mine = browser(app, session, me)
    wrong = mine.submit(f"{PROMISE}/updates/new", {**SENT, "source": "no address", "event": ""})
    assert wrong.status_code == 422
    assert 'href="#source"' in wrong.text
    assert 'href="#event"' in wrong.text
    assert "A paper reported a" in wrong.text
    assert mine.submit(f"{PROMISE}/updates/new", SENT).location == PROMISE
    assert "Only you see this" in words_of(mine.get(PROMISE))
    assert "A paper reported" not in client.get(PROMISE).text
    with database.read() as reading:
        sent = reading.scalars(select(CommitmentUpdate)).one()
        case, address = f"/moderation/cases/{open_case(reading, sent).id}", f"{PROMISE}/updates/{sent.id}"
    desk = browser(app, session, moderators[0])
    page = words_of(desk.get(case))
    assert "After a promise of Example Vision Ltd" in page
    assert "A paper reported a &lt;b&gt;sale&lt;/b&gt;." in page
    back = {"action": "return", "reason": "unreadable", "explanation": "Say which paper."}
    assert desk.submit(case, back, to=f"{case}/decision").status_code == 303
    assert "Say which paper." in words_of(mine.get("/me/contributions"))
    assert mine.submit(address, {"what": "The Example Times reported a sale."}, to=address).status_code == 303
    with database.read() as reading:
        case = f"/moderation/cases/{open_case(reading, sent).id}"
    assert desk.submit(case, {"action": "publish"}, to=f"{case}/decision").status_code == 303
    assert "The Example Times reported a sale." in words_of(client.get(PROMISE))
    assert mine.get(address).status_code == 409
    assert press(mine, "/me/contributions", f"{address}/withdraw").status_code == 303
    assert "The Example Times" not in client.get(PROMISE).text


def test_updates_of_others_do_not_exist(app, session, me, promise, consultation):
    sent = commitments.sent(session, promise)
    mine = browser(app, session, me)
    assert mine.get(f"{PROMISE}/updates/{sent.id}").status_code == 404
    page = mine.get(f"{PROMISE}/updates/new").text
    token = next(f.fields["csrf_token"][0] for f in forms(page, PROMISE) if "what" in f.fields)
    assert mine.post(f"{PROMISE}/updates/{sent.id}/withdraw", data={"csrf_token": token}).status_code == 404
    assert mine.post(f"{PROMISE}/updates/{sent.id}", data={"csrf_token": token, **SENT}).status_code == 404
    outsider = people.account(session)
    session.commit()
    stranger = people.sign_in(app.test_client(), outsider.email)
    assert stranger.get(f"{PROMISE}/updates/new").status_code == 403


NEUTRAL = {
    "company": "Neutral Cameras",
    "made_on": "2024-05",
    "promise": "No face search in shops.",
    "source": "https://example.org/shops",
    "ending": "date",
    "ends_on": "2027-05-31",
    "standards": "1",
}


def test_the_chair_enters_rewords_and_writes_down_a_finding(app, session, database, chair, client, consultation):
    names = [people.member(session, consultation, group=g, name=g.title()).display_name for g in ("wrongly", "makers")]
    desk = browser(app, session, chair)
    wrong = desk.submit(f"{DESK}/new", {"company": "", "ending": "date", "ends_on": "soon"})
    assert wrong.status_code == 422
    entered = desk.submit(f"{DESK}/new", NEUTRAL)
    assert entered.location == f"{REGISTER}/c-neutral-cameras-2024"
    assert "31 May 2027" in words_of(client.get(REGISTER))
    assert "Neutral Cameras" in words_of(client.get("/consultations/faces/standards/1"))
    wording = f"{DESK}/c-neutral-cameras-2024/wording"
    assert desk.submit(wording, {"promise": "No face search in most shops."}).status_code == 422
    assert desk.submit(wording, {"standards": []}).status_code == 303  # only links: needs no reason
    new = {"promise": "No face search in most shops.", "why": "Its page changed in May."}
    assert desk.submit(wording, new).status_code == 303
    said = words_of(client.get(entered.location))
    assert '<ins><span class="vh">[added: </span>most<span class="vh">] </span></ins>' in said
    finding = f"{DESK}/c-neutral-cameras-2024/finding"
    decided = {"state": "partly_kept", "reasons": "One shop used it.", "company_answer": "It was a test."}
    narrow = desk.submit(finding, {**decided, "panel": "\n".join(names)})
    assert (narrow.status_code, "at least three groups" in words_of(narrow)) == (422, True)
    assert "It was a test." in narrow.text
    assert desk.submit(finding, {**decided, "panel": "\n".join([*names, "Ruth"])}).status_code == 303
    said = words_of(client.get(entered.location))
    for shown in ("One shop used it.", "It was a test.", "3 members of the panel"):
        assert shown in said, shown
    assert "Wrongly" not in said  # groups, not names
    with database.read() as reading:
        found = reading.scalars(select(Commitment).where(Commitment.company == "Neutral Cameras")).one()
    assert found.state == CommitmentState.PARTLY_KEPT
    assert "It was a test." in words_of(client.get("/consultations/faces/summary"))


def test_the_chairs_forms_do_not_exist_for_others(app, session, me, promise):
    mine = browser(app, session, me)
    for path in (f"{DESK}/new", f"{DESK}/c-example-2024/wording", f"{DESK}/c-example-2024/finding"):
        assert mine.get(path).status_code == 404
