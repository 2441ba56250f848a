"""Versions of the summary at the pages: asked for by the team, followed while made, cited, compared, and corrected."""

import io
import json
import re
import zipfile

import pytest
from flask.testing import FlaskClient

from app.jobs.summaries import make_waiting
from app.models.consultations import ConsultationState, Role
from app.models.moderation import Action
from app.models.summaries import RunState, SummaryRun
from app.reports.document import fingerprint_of
from app.reports.formats import FORMATS
from tests.factories import comments, moderation, people, standards, summary_runs
from tests.web.desk import browser, words_of

pytestmark = [pytest.mark.sqlite, pytest.mark.usefixtures("stopped_clock")]
SUMMARY = "/consultations/faces/summary"
RUNS, CHANGES = f"{SUMMARY}/runs", f"{SUMMARY}/changes"


def fetched(client, address):
    """A file, closed again."""
    with client.get(address) as answer:
        answer.get_data()
    return answer


@pytest.fixture
def policymaker(session, consultation):
    return people.member(session, consultation, role=Role.POLICYMAKER, name="P. Olicy")


@pytest.fixture
def said(session, standard):
    return comments.published(session, standard, body="Ask Ingrid Sample.")


def test_from_the_question_to_the_file(app, session, database, said, me, policymaker, client):
    asking = browser(app, session, policymaker)
    answer = asking.submit(RUNS, {})
    assert (answer.status_code, answer.location) == (303, f"{RUNS}/1")
    waiting = asking.get(f"{RUNS}/1")
    assert "Look again" in words_of(waiting)
    assert json.loads(client.get(f"{RUNS}/1/progress.json").data)["percent"] == 0
    assert "Version 1 is being made" in words_of(asking.get(RUNS))
    make_waiting(database)
    assert json.loads(client.get(f"{RUNS}/1/progress.json").data)["state"] == "done"
    page = words_of(client.get(f"{RUNS}/1"))
    for expected in ("version 1, 10 June 2026", "http://localhost/consultations/faces/summary/runs/1", "a policymaker"):
        assert expected in page, expected
    data = json.loads(fetched(client, f"{RUNS}/1.json").data)
    assert data["fingerprint"] == fingerprint_of(data)
    assert data["fingerprint"] in page
    for kind in FORMATS.values():
        answer = fetched(FlaskClient(app), f"{RUNS}/1.{kind.EXTENSION}")
        assert answer.status_code == 200
        assert f"filename=summary-faces-1.{kind.EXTENSION}" in answer.headers["Content-Disposition"]


def test_who_asked_is_for_the_chair_and_themselves(app, session, consultation, said, me, policymaker, client):
    chair = people.member(session, consultation, role=Role.CHAIR)
    summary_runs.stored(session, consultation, by=policymaker)
    session.commit()
    for somebody, seen in ((chair, True), (policymaker, True), (me, False)):
        assert ("P. Olicy" in words_of(browser(app, session, somebody).get(RUNS))) == seen
    assert "P. Olicy" not in words_of(client.get(RUNS))
    policymaker.account_id = None  # as after an erasure
    session.commit()
    assert "P. Olicy" not in words_of(browser(app, session, chair).get(RUNS))


def test_others_do_not_ask(app, session, consultation, said, me, client, policymaker):
    session.commit()
    app.config["WTF_CSRF_ENABLED"] = False
    assert client.post(RUNS).location.startswith("/signin")
    taking_part = browser(app, session, me)
    assert "Only the chair" in words_of(taking_part.get(RUNS))
    assert b'<button class="btn">Store' not in taking_part.get(RUNS).data
    assert taking_part.post(RUNS).status_code == 403
    asking = browser(app, session, policymaker)
    assert asking.post(RUNS).status_code == 303
    assert asking.post(RUNS).status_code == 409


def test_what_was_hidden_since_is_gone_and_is_said(app, session, consultation, said, client):
    summary_runs.stored(session, consultation)
    session.commit()
    assert "Ingrid Sample" in fetched(client, f"{RUNS}/1.json").text
    kept = client.get(f"{RUNS}/1")
    assert client.get(f"{RUNS}/1", headers={"If-None-Match": kept.headers["ETag"]}).status_code == 304
    moderation.flagged(session, said)
    moderation.decide(session, said, Action.HIDE)
    session.commit()
    assert client.get(f"{RUNS}/1", headers={"If-None-Match": kept.headers["ETag"]}).status_code == 200
    assert "1 text of this version was removed or changed since" in words_of(client.get(f"{RUNS}/1"))
    downloading = FlaskClient(app)  # the file for reading off line has its style inside
    for name in ("json", "html"):
        assert "Ingrid Sample" not in fetched(downloading, f"{RUNS}/1.{name}").text


def test_a_part_leaves_out_and_says_so(session, consultation, standard, said, client):
    comments.published(session, standard, body="Demandez à tous.", language="fr")
    summary_runs.stored(session, consultation)
    session.commit()
    page = client.get(f"{RUNS}/1?languages=fr&groups=wrongly")
    assert "1 comment left out" in words_of(page)
    assert "1.json?languages=fr&amp;groups=wrongly" in page.text
    part, whole = (fetched(client, f"{RUNS}/1.json{query}").json for query in ("?languages=fr&groups=wrongly", ""))
    assert part["fingerprint"] == whole["fingerprint"]
    assert [line["text"] for line in part["standards"][0]["comments"]] == ["Demandez à tous."]
    assert [group["group"] for group in part["participation"]] == ["wrongly"]
    assert part["standards"][0]["positions"] == whole["standards"][0]["positions"]
    assert part["part"]["texts_left_out"] == 1
    packed = zipfile.ZipFile(io.BytesIO(fetched(client, f"{RUNS}/1.csv.zip?languages=fr").data))
    assert "chosen_languages,fr" in packed.read("about.csv").decode()


def test_parts_of_the_summary_as_it_is_now(app, session, consultation, standard, said, client, policymaker):
    comments.published(session, standard, body="Demandez à tous.", language="fr")
    session.commit()
    query = "?sections=one_page&languages=fr&groups=wrongly"
    page = client.get(f"{SUMMARY}{query}")
    assert "1 comment left out" in words_of(page)
    assert f"summary.pdf{query}".replace("&", "&amp;") in page.text
    assert ('id="one_page"' in page.text, 'id="method"' in page.text) == (True, False)
    assert page.text.count("checked") == 3
    part, whole = (fetched(client, f"{SUMMARY}.json{asked}").json for asked in (query, ""))
    assert part["fingerprint"] == whole["fingerprint"]
    assert [line["text"] for line in part["standards"][0]["comments"]] == ["Demandez à tous."]
    assert b"Store this choice" not in page.data
    desk = browser(app, session, policymaker)
    assert f"summary/runs{query}".replace("&", "&amp;") in desk.get(f"{SUMMARY}{query}").text
    assert desk.get(f"{RUNS}{query}").text.count("checked") == 3


def test_who_is_not_yet_heard_cannot_be_left_out(session, consultation, said, client):
    session.commit()
    pages = (words_of(client.get(f"{SUMMARY}?sections=one_page{more}")) for more in ("", "&groups=wrongly"))
    whole, part = (re.findall(r"Not yet heard: [^.]*Researchers[^.]*\.", page) for page in pages)
    assert whole == part != []
    assert fetched(client, f"{SUMMARY}.json?groups=wrongly").json["part"]["not_yet_heard"]


@pytest.mark.parametrize("query", ["groups=nobody", "sections=gossip", "languages=xx"])
def test_what_does_not_exist_cannot_be_chosen(session, consultation, said, client, query):
    summary_runs.stored(session, consultation)
    session.commit()
    for address in (f"{RUNS}/1", f"{RUNS}/1.json", SUMMARY, f"{SUMMARY}.json"):
        answer = client.get(f"{address}?{query}")
        assert answer.status_code == 422
        assert "cannot be chosen here" in words_of(answer)


def test_what_changed_since(session, consultation, standard, said, client):
    assert "nothing to compare" in words_of(_committed(session, client).get(CHANGES))
    summary_runs.stored(session, consultation)
    assert "Nothing changed" in words_of(_committed(session, client).get(f"{CHANGES}?from=1&to=now"))
    for _number in range(6):
        standards.position(session, standard)
    standards.published(session, consultation, title="No search without a warrant")
    comments.published(session, standard)
    summary_runs.stored(session, consultation)
    for address in (f"{CHANGES}?from=1&to=now", f"{CHANGES}?from=1&to=2"):
        page = words_of(_committed(session, client).get(address))
        for expected in (
            "New: standard 2",
            "1 comment added",
            '<th scope="row">Support</th><td class="num">0</td><td class="num">6</td><td class="num">+6</td>',
        ):
            assert expected in page, expected
    for wrong in ("from=9&to=now", "from=1&to=9", "from=x&to=soon", "from=1&to=99999999999999999999"):
        assert client.get(f"{CHANGES}?{wrong}").status_code in (200, 404)


def _committed(session, client):
    session.commit()
    return client


def test_a_failed_run_says_why_and_is_tried_again(app, session, consultation, said, policymaker, client):
    run = summary_runs.asked(session, consultation)
    run.state, run.error = RunState.FAILED, "gave_up"
    asking = browser(app, session, policymaker)
    assert "Nothing was stored" in words_of(client.get(f"{RUNS}/1"))
    assert "Try again</button>" not in client.get(f"{RUNS}/1").text
    answer = asking.submit(f"{RUNS}/1", {})
    assert answer.status_code == 303
    session.expire_all()
    assert session.get_one(SummaryRun, run.id).state == RunState.WAITING
    session.commit()
    assert client.get(f"{RUNS}/1.json").status_code == 404


def test_what_is_prepared_has_no_versions(session, consultation, said, client):
    summary_runs.stored(session, consultation)
    consultation.state = ConsultationState.DRAFT
    session.commit()
    for address in (RUNS, f"{RUNS}/1", f"{RUNS}/1.json", f"{RUNS}/1/progress.json", CHANGES, f"{RUNS}/2", f"{RUNS}/0"):
        assert client.get(address).status_code == 404


def test_more_versions_and_texts_need_no_more_statements(
    session, consultation, standard, said, client, count_statements
):
    def counted(address):
        session.commit()
        client.get(address)
        with count_statements() as statements:
            assert client.get(address).status_code == 200
        return len(statements)

    summary_runs.stored(session, consultation)
    few = [counted(address) for address in (RUNS, f"{RUNS}/1", CHANGES)]
    for number in range(8):
        comments.published(session, standard, body=f"Text {number}.")
        summary_runs.stored(session, consultation)
    assert [counted(address) for address in (RUNS, f"{RUNS}/1", CHANGES)] == few
    assert max(few) < 60
