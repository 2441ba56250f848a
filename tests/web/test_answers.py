"""What the authority said before stays readable when it says something else."""

from datetime import date

from app.actions import responses
from app.models.consultations import Role
from app.models.outcomes import ResponseKind
from tests.factories import objections, outcomes, people, standards
from tests.web.desk import words_of

FIRST, SECOND = "We will do it.", "We changed our mind."


def test_a_promise_that_is_taken_back_stays_in_sight(client, session, consultation, standard):
    other = standards.published(session, consultation)
    for one in (standard, other):
        outcomes.stated(session, one, by=objections.chair(session, consultation))
    by = people.member(session, consultation, role=Role.POLICYMAKER)
    day, accepted, rejected = date(2037, 2, 1), ResponseKind.ACCEPTED, ResponseKind.REJECTED
    responses.publish(session, consultation, standard, by=by, kind=accepted, text=FIRST, promised_on=day)
    responses.publish(session, consultation, standard, by=by, kind=rejected, text=SECOND)
    session.commit()
    page = words_of(client.get("/consultations/faces/answers"))
    first, second = page.split(f'id="h-s{other.number}"')
    for words in ("Rejected", SECOND, "It said something else before (1)", FIRST, "1 February 2037"):
        assert words in first, words
    assert "It said something else before" not in second


def test_the_way_of_a_waiting_objection_is_found_by_nobody_else(client, session, consultation, standard):
    waiting = objections.raised(session, standard, published=False)
    read = objections.raised(session, standard)
    session.commit()
    assert client.get(f"/comments/{waiting.comment_id}/objection").status_code == 404
    assert client.get(f"/comments/{read.comment_id}/objection").status_code == 302
