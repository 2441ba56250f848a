"""Who hears of a changed text, once each; and a consultation that closes with every response given."""

import pytest
from sqlalchemy import select

from app.actions import consultations as chairing
from app.actions import follows, responses
from app.jobs.handlers import Site
from app.jobs.relay import drain
from app.models.consultations import Consultation, ConsultationState, Role
from app.models.notices import Notice
from app.models.outcomes import ResponseKind
from app.models.standards import ChangeClass
from tests.factories import amendments, consultations, objections, outcomes, people, standards

pytestmark = pytest.mark.usefixtures("stopped_clock")
SITE = Site("https://consult.example")


def codes(session, member) -> list[str]:
    return list(session.scalars(select(Notice.code).where(Notice.account_id == member.account_id).order_by(Notice.id)))


@pytest.mark.parametrize(
    ("change_class", "holder_hears"),
    [(ChangeClass.SUBSTANTIVE, ["text_changed"]), (ChangeClass.EDITORIAL, ["followed_version"])],
)
def test_holders_are_asked_and_followers_told_each_once(database, change_class, holder_hears):
    with database.write() as session:
        consultation = consultations.opened(session)
        standard = standards.published(session, consultation)
        holder, follower, other = (people.member(session, consultation) for _ in range(3))
        standards.position(session, standard, by=holder)
        follows.toggle(session, consultation, standard, by=follower)
        session.commit()
        drain(database, SITE)
        new = {"1": "A police service shall treat each match only as a lead."}
        amendments.version(session, standard, change_class=change_class, clauses=new)
        session.commit()
        drain(database, SITE)
        assert codes(session, holder) == holder_hears
        assert codes(session, follower) == ["followed_version"]
        assert codes(session, other) == []


def test_a_consultation_that_closes_with_every_response_is_answered(database):
    with database.write() as session:
        consultation = consultations.opened(session)
        key, standard = consultation.id, standards.published(session, consultation)
        outcomes.stated(session, standard, by=objections.chair(session, consultation))
        policymaker = people.member(session, consultation, role=Role.POLICYMAKER)
        kind, words = ResponseKind.ACCEPTED, "It becomes law next year."
        responses.publish(session, consultation, standard, by=policymaker, kind=kind, text=words)
        chairing.close(session, consultation)
        session.commit()
    drain(database, SITE)
    with database.read() as session:
        assert session.get_one(Consultation, key).state == ConsultationState.RESPONDED


def test_a_consultation_that_closes_without_an_outcome_is_not(database):
    with database.write() as session:
        consultation = consultations.opened(session)
        chairing.close(session, consultation)
        session.commit()
        key = consultation.id
    drain(database, SITE)
    with database.read() as session:
        assert session.get_one(Consultation, key).state == ConsultationState.CLOSED
