"""The moderation queue: who sees it, and what of it others see."""

import pytest

from app.models.consultations import Role
from app.models.contributions import State
from app.models.moderation import Action, Reason
from tests.factories import comments, consultations, moderation, people, standards
from tests.web.desk import browser, case_address, words_of


def test_the_queue_shows_the_oldest_first_and_marks_what_is_late(
    stopped_clock, app, session, consultation, standard, moderators
):
    comments.pending(session, standard, body="The oldest.")
    stopped_clock.forward(hours=40)
    affected = people.member(session, consultation, group="wrongly", name="R.")
    comments.pending(session, standard, body="The middle.", by=affected)
    stopped_clock.forward(hours=9)
    standards.pending(session, consultation, title="The newest")
    page = words_of(browser(app, session, moderators[0]).get("/moderation"))
    assert page.index("The oldest.") < page.index("The middle.") < page.index("The newest")
    assert page.count("Late</span>") == 1
    assert "49 hr" in page
    assert "Moderation queue: 3 waiting" in page
    assert '<span class="badge direct">People wrongly identified' in page


def test_filters_keep_their_counts(app, session, consultation, standard, moderators):
    comments.pending(session, standard, body="A comment.")
    standards.pending(session, consultation, title="A proposal")
    client = browser(app, session, moderators[0])
    page = words_of(client.get("/moderation?kind=comment"))
    assert "A comment." in page
    assert "A proposal" not in page
    assert '<option value="comment" selected>Comment (1)</option>' in page
    assert "1 case matches" in page
    page = words_of(client.get("/moderation?cause=edited"))
    assert "Nothing here matches these filters." in page
    assert "A comment." in words_of(client.get("/moderation?kind=nonsense&after=-3&cause="))


def test_a_long_queue_goes_on(app, session, consultation, standard, moderators, count_statements):
    client = browser(app, session, moderators[0])
    author = people.member(session, consultation)
    counts = []
    for more in (3, 32):
        for _ in range(more):
            comments.pending(session, standard, by=author)
        session.commit()
        with count_statements() as statements:
            page = words_of(client.get("/moderation"))
        counts.append(len(statements))
    assert counts[0] == counts[1]
    assert "/moderation?after=30" in page
    assert words_of(client.get("/moderation?after=30")).count('href="/moderation/cases/') == 5


@pytest.mark.sqlite
def test_for_others_there_is_no_queue(app, session, consultation, standard):
    item = comments.pending(session, standard)
    page = case_address(session, item)
    elsewhere = consultations.opened(session, slug="elsewhere")
    stranger = people.member(session, consultation)
    policymaker = people.member(session, consultation, role=Role.POLICYMAKER)
    others = [browser(app, session, somebody) for somebody in (stranger, policymaker)]
    for client in others:
        assert client.get("/moderation").status_code == 404
        assert client.get(page).status_code == 404
        assert client.post(f"{page}/decision").status_code in (400, 404)
    colleague = browser(app, session, consultations.moderators(session, elsewhere)[0])
    assert colleague.get("/moderation").status_code == 200
    assert colleague.get(page).status_code == 404
    assert colleague.get(f"/moderation/cases/{10**30}").status_code == 404
    assert app.test_client().get(page).location == f"/signin?next={page}"


def test_nothing_that_waits_is_seen_by_others(app, session, consultation, standard):
    comments.pending(session, standard, body="A waiting comment.")
    version = standards.pending(session, consultation, title="A waiting proposal")
    item = comments.pending(session, standard, body="Another one that waits.")
    somebody = browser(app, session, people.member(session, consultation))
    for client in (app.test_client(), somebody):
        for path in ("", "/standards", "/standards/1", "/moderation-report"):
            page = words_of(client.get(f"/consultations/faces{path}"))
            assert "waiting comment" not in page
            assert "waiting proposal" not in page
            assert "Another one" not in page
        assert client.get(f"/comments/{item.id}").status_code == 404
        assert client.get(f"/comments/{item.id}/history").status_code == 404
        assert client.get("/consultations/faces/standards/2").status_code == 404
    assert version.state == State.PENDING


def test_the_report_counts_in_public(stopped_clock, app, session, standard):
    comments.pending(session, standard)
    waiting = comments.pending(session, standard)
    stopped_clock.forward(hours=5)
    moderation.decide(session, waiting, Action.DECLINE, reason=Reason.HATE)
    comments.returned(session, standard)
    session.commit()
    page = words_of(app.test_client().get("/consultations/faces/moderation-report"))
    for expected in ("Hateful generalisation", "Personal attack", "nine of ten were decided within", "5 hr"):
        assert expected in page
    assert "<dt>received</dt><dd>4</dd>" in page
    assert "<dt>declined</dt><dd>1</dd>" in page
    assert app.test_client().get("/consultations/nowhere/moderation-report").status_code == 404


@pytest.mark.sqlite
def test_an_empty_report_says_so(app, session):
    consultations.opened(session, slug="new")
    session.commit()
    assert "Nothing has been submitted yet." in words_of(app.test_client().get("/consultations/new/moderation-report"))


@pytest.mark.parametrize("path", ["/moderation", "/moderation?q=wrong&cause=first"])
def test_the_queue_costs_under_eight_statements(session, standard, desk, count_statements, path):
    for _ in range(3):
        comments.pending(session, standard)
    session.commit()
    with count_statements() as statements:
        assert desk.get(path).status_code == 200
    assert len(statements) < 8, statements
