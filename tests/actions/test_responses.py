"""The authority's response: who publishes it, when the whole is answered, and when a promised day has passed."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app import events
from app.actions import consultations as chairing
from app.actions import responses
from app.models.consultations import ConsultationState, Role
from app.models.outcomes import ResponseKind
from app.queries import answers
from tests.answers import forbidden, invalid, refused
from tests.factories import consultations, people, standards
from tests.factories import objections as making
from tests.factories import outcomes as stating
from tests.factories.viewers import frame, history

pytestmark = pytest.mark.usefixtures("stopped_clock")
TEXT = "We put it into the procurement rules."


@pytest.fixture
def consultation(session):
    return consultations.opened(session)


@pytest.fixture
def standard(session, consultation):
    found = standards.published(session, consultation)
    stating.stated(session, found, by=making.chair(session, consultation))
    return found


@pytest.fixture
def policymaker(session, consultation):
    return people.member(session, consultation, role=Role.POLICYMAKER)


def publish(session, standard, by, **values):
    consultation = session.get_one(chairing.Consultation, standard.consultation_id)
    values = {"kind": ResponseKind.ACCEPTED, "text": TEXT, **values}
    return responses.publish(session, consultation, standard, by=by, **values)


def overdue(session, consultation) -> list[date | None]:
    return [line.overdue for line in answers.answers(session, frame(session, consultation)).lines]


def test_the_response_is_published_and_gone_on_with(session, consultation, standard, policymaker, stopped_clock):
    promised = stopped_clock.now.date() + timedelta(days=10)
    publish(session, standard, policymaker, kind=ResponseKind.ACCEPTED_IN_PART, promised_on=promised)
    stopped_clock.forward(days=9)
    day = stopped_clock.now.date()
    given = publish(session, standard, policymaker, promised_on=promised, done="It is in force.", done_on=day)
    assert (given.kind, given.done_on) == (ResponseKind.ACCEPTED, day)
    published = history(session, consultation, events.ResponsePublished)
    assert [event.response for event in published] == ["accepted_in_part", "accepted"]
    assert published[1].text == f"{TEXT}\n\nIt is in force."


def test_a_response_needs_an_outcome_a_role_and_a_sentence(session, consultation, standard, policymaker):
    other = standards.published(session, consultation)
    with refused("no_outcome"):
        publish(session, other, policymaker)
    with forbidden("not_responding"):
        publish(session, standard, people.member(session, consultation))
    for text in ("", "Yes."):
        with invalid("text"):
            publish(session, standard, policymaker, text=text)
    standard.response = "accepted"
    session.flush()
    with refused("imported_response"):
        publish(session, standard, policymaker)


def test_days_make_sense(session, standard, policymaker, stopped_clock):
    today = stopped_clock.now.date()
    with invalid("promised_on"):
        publish(session, standard, policymaker, promised_on=today - timedelta(days=1))
    with invalid("done_on"):
        publish(session, standard, policymaker, done="It is in force.")
    with invalid("done_on"):
        publish(session, standard, policymaker, done="It is in force.", done_on=today + timedelta(days=1))
    publish(session, standard, policymaker, promised_on=today)
    stopped_clock.forward(days=5)  # a promise that was made stays, though its day has passed
    publish(session, standard, policymaker, promised_on=today, text="We need more time for it.")


def test_a_closed_consultation_is_answered_with_its_last_response(session, consultation, standard, policymaker):
    second = standards.published(session, consultation)
    stating.stated(session, second, by=making.chair(session, consultation))
    publish(session, standard, policymaker)
    chairing.close(session, consultation)
    assert consultation.state == ConsultationState.CLOSED
    publish(session, second, policymaker, kind=ResponseKind.REJECTED)
    assert consultation.state == ConsultationState.RESPONDED
    publish(session, second, policymaker, kind=ResponseKind.ACCEPTED)
    assert len(history(session, consultation, events.ConsultationAnswered)) == 1


def test_while_it_is_open_nothing_is_answered_as_a_whole(session, consultation, standard, policymaker):
    publish(session, standard, policymaker)
    assert consultation.state == ConsultationState.OPEN


def test_a_promised_day_that_passes_is_noted_once(session, consultation, standard, policymaker, stopped_clock):
    due = consultation.answer_due
    stopped_clock.stand_at(stopped_clock.now.replace(year=due.year, month=due.month, day=due.day))
    assert (overdue(session, consultation), responses.note_overdue(session, consultation.id)) == ([None], False)
    stopped_clock.forward(days=1)
    assert overdue(session, consultation) == [due]
    assert [responses.note_overdue(session, consultation.id) for _ in range(2)] == [True, False]
    promised = stopped_clock.now.date() + timedelta(days=30)
    publish(session, standard, policymaker, promised_on=promised)
    assert overdue(session, consultation) == [None]
    stopped_clock.forward(days=31)
    assert overdue(session, consultation) == [promised]
    assert [responses.note_overdue(session, consultation.id) for _ in range(2)] == [True, False]
    noted = [event.due for event in history(session, consultation, events.ResponseOverdue)]
    assert noted == [due.isoformat(), promised.isoformat()]


def test_without_an_outcome_nothing_is_overdue(session, consultation, stopped_clock):
    standards.published(session, consultation)
    stopped_clock.forward(days=400)
    assert not responses.note_overdue(session, consultation.id)
    assert overdue(session, consultation) == [None]
    assert session.scalars(select(chairing.Consultation.id)).all() == [consultation.id]
