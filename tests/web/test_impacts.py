"""Scoring harm: each group for itself, nobody singled out, and nothing typed is lost."""

import pytest
from sqlalchemy import func, select

from app.actions import consultations as chairing
from app.actions import impacts
from app.models.events import LedgerEntry
from app.models.impacts import ImpactScore
from app.rules.impacts import Scores
from tests.factories import people, standards
from tests.web.desk import browser, words_of

PAGE = "/consultations/faces/standards/1/impact"
ANSWERS = {"scale": "4", "scope": "2", "reversibility": "3", "probability": "unknown"}


def score(session, consultation, standard, group, count, scores):
    for _ in range(count):
        by = people.member(session, consultation, group=group)
        impacts.score(session, consultation, standard, by=by, scores=scores)


@pytest.fixture
def mine(app, session, standard, me):
    return browser(app, session, me)


def test_scoring_twice_keeps_one_card(mine, session):
    assert mine.submit(PAGE, ANSWERS).status_code == 303
    page = mine.get(PAGE)
    assert 'value="4" checked' in page.text
    assert mine.submit(PAGE, {"scale": "1"}).status_code == 303
    kept = session.scalars(select(ImpactScore)).one()
    assert (kept.scale, kept.scope, kept.reversibility, kept.probability) == (1, 2, 3, None)
    entries = session.scalars(select(LedgerEntry).where(LedgerEntry.kind == "ImpactScored")).all()
    assert [set(entry.payload) for entry in entries] == [{"hour", "seals"}] * 2


@pytest.mark.parametrize("left_out", list(ANSWERS))
def test_every_question_needs_its_answer(mine, session, left_out):
    for wrong in (None, "0", "5", "x"):
        answer = mine.submit(PAGE, {**ANSWERS, left_out: wrong})
        assert answer.status_code == 422
        assert (
            words_of(answer).count("Choose the answer that comes closest.") == 2
        )  # in the summary and at the question
        assert answer.text.count(" checked") == 3
    assert session.scalar(select(func.count()).select_from(ImpactScore)) == 0


def test_groups_are_shown_from_the_smallest_size_on_and_the_affected_first(client, session, consultation, standard):
    score(session, consultation, standard, "public", 5, Scores(1, 1, 1, 2))
    score(session, consultation, standard, "wrongly", 6, Scores(4, 4, 4, None))
    score(session, consultation, standard, "scanned", 4, Scores(3, 3, 3, 3))
    session.commit()
    said = words_of(client.get(PAGE))
    assert "The groups differ: severity from 1 to 5 of 5." in said
    rows = said.split("<tbody>")[1].split("</tbody>")[0]
    assert rows.count("<tr>") == 2
    assert rows.index("People wrongly identified") < rows.index("Members of the public")
    assert "6 cannot tell" in rows
    assert "Fewer than 5 people have scored in:" in said


def test_uncounted_people_do_not_count(client, session, consultation, standard):
    score(session, consultation, standard, "public", 4, Scores(1, 1, 1))
    unproved = people.member(session, consultation, group="public", owner=people.account(session, proved=False))
    impacts.score(session, consultation, standard, by=unproved, scores=Scores(1, 1, 1))
    session.commit()
    assert "<tbody>" not in client.get(PAGE).text


def test_who_may_not_score_reads_why(app, client, session, consultation, standard):
    organisation = people.member(session, consultation, organisation="A company")
    company = browser(app, session, organisation)
    assert "Impacts are scored by people." in words_of(company.get(PAGE))
    assert company.post(PAGE, data=ANSWERS).status_code == 400
    assert "Join" in client.get(PAGE).text
    assert client.get("/consultations/faces/standards/99/impact").status_code == 404
    chairing.close(session, consultation)
    session.commit()
    assert "closed" in client.get(PAGE).text


def test_a_waiting_standard_has_no_card(client, session, consultation):
    standards.pending(session, consultation)
    session.commit()
    assert client.get(PAGE).status_code == 404
