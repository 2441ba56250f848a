"""Writing a new version, comparing, and confirming a position, at the pages."""

import pytest

from app.jobs.relay import drain
from app.models.consultations import Phase, PhaseKind, Role
from app.models.moderation import Action
from app.models.positions import Choice
from app.queries.contributions import mine as mine_of
from tests.factories import amendments as making
from tests.factories import moderation, people, standards
from tests.web.desk import SITE, browser, case_address, press, words_of

STANDARD = "/consultations/faces/standards/1"
NEW = f"{STANDARD}/versions/new"
HINT = "A police service shall treat a match only as a hint."


@pytest.fixture
def chair(app, session, consultation, standard):
    return browser(app, session, people.member(session, consultation, role=Role.CHAIR))


def test_a_version_is_written_reviewed_and_read(app, session, consultation, standard, chair, me, moderators):
    standards.position(session, standard, by=me)
    session.commit()
    answer = chair.submit(NEW, {"clauses-0-text": HINT, "why": "Asked for by R."}, to=NEW)
    assert answer.status_code == 303, words_of(answer)
    assert HINT not in words_of(app.test_client().get(STANDARD))
    waiting = chair.get("/me/contributions")
    assert "A new version of standard 1" in words_of(waiting)
    version = standards.version_of(session, standard).__class__
    waiting = session.query(version).filter_by(number=None).one()
    desk = browser(app, session, moderators[0])
    case = words_of(desk.get(case_address(session, waiting)))
    assert "What it changes in the text in force" in case
    assert "<del>" in case
    moderation.decide(session, waiting)
    session.commit()
    page = words_of(app.test_client().get(STANDARD))
    assert "hint" in page
    assert "Compare with version" in page
    assert "1 more is carried over" in page
    old = app.test_client().get(f"{STANDARD}/versions/1")
    assert "Version 2 is in force" in words_of(old)
    assert "hint" not in words_of(old)


@pytest.mark.sqlite
def test_two_versions_are_compared_side_by_side_and_as_one_text(app, session, standard):
    making.version(session, standard, clauses={"1": HINT}, added=("A buyer may ask.",))
    session.commit()
    client = app.test_client()
    chosen = client.get(f"{STANDARD}/diff?from=1&to=2&view=one")
    assert (chosen.status_code, chosen.location) == (302, f"{STANDARD}/diff/1...2?view=one")
    for view in ("", "?view=one"):
        page = words_of(client.get(f"{STANDARD}/diff/1...2{view}"))
        assert '<del><span class="vh">[removed: </span>lead<span class="vh">] </span></del>' in page
        assert '<ins><span class="vh">[added: </span>hint<span class="vh">] </span></ins>' in page
        assert "1 clause is unchanged. 5 words added, 1 removed." in page
        assert "Asked for in the discussion." in page
    assert client.get(f"{STANDARD}/diff/2...1").status_code == 200
    assert client.get(f"{STANDARD}/diff/1...1").status_code == 200
    for missing in (
        "/diff/1...3",
        "/diff/0...1",
        "/diff?from=1",
        "/diff?from=x&to=2",
        "/versions/3",
        "/versions/99999999999999999",
    ):
        assert client.get(STANDARD + missing).status_code == 404, missing


def test_what_waits_or_was_declined_has_no_page(app, session, standard):
    making.waiting_version(session, standard, clauses={"1": HINT})
    session.commit()
    for path in ("/versions/2", "/versions/0", "/diff/1...2"):
        assert app.test_client().get(STANDARD + path).status_code == 404


@pytest.mark.sqlite
def test_who_may_not_write_is_told_why(app, session, standard, me):
    mine = browser(app, session, me)
    answer = mine.get(NEW)
    assert answer.status_code == 403
    assert "propose another wording" in words_of(answer).lower()
    assert app.test_client().get(NEW).status_code == 303
    assert "Write a new version" not in words_of(mine.get(STANDARD))


@pytest.mark.sqlite
def test_mistakes_keep_what_was_typed(chair, session, standard):
    less = chair.submit(
        NEW, {"clauses-0-text": "A service may do so.", "change_class": "editorial", "why": "Typo"}, to=NEW
    )
    assert less.status_code == 422
    assert "more than editorial" in words_of(less)
    assert "A service may do so." in words_of(less)
    assert chair.submit(NEW, {"clauses-0-text": HINT, "why": ""}, to=NEW).status_code == 422
    assert chair.submit(NEW, {"change_class": "huge", "clauses-0-text": HINT, "why": "x"}, to=NEW).status_code == 422
    stale = chair.submit(NEW, {"clauses-0-text": HINT, "why": "Kept words", "version": "7"}, to=NEW)
    assert stale.status_code == 409
    assert "Kept words" in words_of(stale)
    for strange in ({"version": "x"}, {"clauses-0-number": "9" * 400}):
        assert chair.submit(NEW, {"why": "", **strange}, to=NEW).status_code in (409, 422)


@pytest.mark.sqlite
def test_a_row_is_added_for_a_new_clause(chair, standard):
    form = chair.get(NEW)
    assert 'value="2"' in words_of(form)
    more = chair.submit(NEW, {}, to=NEW)
    assert more.status_code == 422  # nothing changed, and no reason


def test_a_position_is_confirmed_with_one_click(app, session, database, consultation, standard, me):
    standards.position(session, standard, Choice.OBJECT, by=me, reason="Too little.")
    making.version(session, standard, clauses={"1": HINT})
    session.commit()
    drain(database, SITE)
    mine = browser(app, session, me)
    assert "The text has changed since you took a position" in words_of(mine.get("/me/notices"))
    page = words_of(mine.get(STANDARD))
    assert f"{STANDARD}/diff/1...2" in page
    assert "What changed since I took my position" in page
    assert mine_of(session, me.account_id).to_confirm == 1
    session.rollback()
    token = mine.get(STANDARD).text.split('name="csrf_token" value="')[1].split('"')[0]
    answer = mine.post(f"{STANDARD}/position", data={"csrf_token": token, "position": "confirm", "version": "2"})
    assert answer.status_code == 303
    session.expire_all()
    assert mine_of(session, me.account_id).to_confirm == 0
    session.rollback()
    assert "Confirm my position" not in words_of(mine.get(STANDARD))


def test_a_returned_version_is_changed_and_sent_again(app, session, consultation, standard, chair):
    chair.submit(NEW, {"clauses-0-text": HINT, "why": "Asked for."}, to=NEW)
    version = session.query(standards.version_of(session, standard).__class__).filter_by(number=None).one()
    moderation.decide(session, version, Action.RETURN)
    making.version(session, standard, clauses={"2": "It shall publish everything."})
    session.commit()
    own = f"/me/contributions/{version.id}/version"
    assert "was returned for changes" in words_of(chair.get("/me/contributions"))
    assert "Version 2 has been published since" in words_of(chair.get(own))
    assert chair.submit(own, {"why": "Asked for again."}, to=own).status_code == 303
    session.rollback()
    session.expire_all()
    assert (version.based_on, version.state.value) == (2, "pending")
    session.rollback()
    assert press(chair, "/me/contributions", f"{own}/withdraw").status_code == 303
    session.expire_all()
    assert (version.state.value, standard.withdrawn_at, standard.version) == ("withdrawn", None, 2)


@pytest.mark.sqlite
@pytest.mark.usefixtures("stopped_clock")  # before the consultation, which is dated by it
def test_the_second_round_says_what_it_is_about(app, session, consultation, standard, me, stopped_clock):
    making.version(session, standard, clauses={"1": HINT})
    first = session.query(Phase).filter_by(consultation_id=consultation.id)
    for phase in first:
        phase.closes_at = stopped_clock.now
    standards.version_of(session, standard).published_at = stopped_clock.forward(hours=1)
    begin, end = stopped_clock.forward(hours=1), stopped_clock.now.replace(year=2027)
    session.add(Phase(consultation_id=consultation.id, kind=PhaseKind.SECOND_ROUND, opens_at=begin, closes_at=end))
    mine = browser(app, session, me)
    page = words_of(mine.get(STANDARD))
    assert "It is limited to the clauses that changed since the first round" in page
    assert f"{STANDARD}/diff/1...2" in page
    to = f"{STANDARD}/position"
    wrong = mine.submit(STANDARD, {"position": "object", "reason": "Kept words."}, to=to)
    assert wrong.status_code == 422
    assert "Choose the changed clause that this is about: 1." in words_of(wrong)
    assert "Kept words." in words_of(wrong)
    fields = {"position": "object", "reason": "Too weak.", "clause": "1"}
    assert mine.submit(STANDARD, fields, to=to).status_code == 303
    late = mine.submit(STANDARD, {"body": "On all of it.", "stance": "neutral"}, to=f"{STANDARD}/comments")
    assert late.status_code == 409
    assert "This round is about the clauses that changed: 1." in words_of(late)
    assert "On all of it." in words_of(late)
