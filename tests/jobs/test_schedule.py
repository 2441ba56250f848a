"""Opening and closing by the calendar: once each, in time, and telling the chair where it cannot be done."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app import clock
from app.actions import calendar
from app.actions import phases as planning
from app.actions.consultations import phases_of
from app.events import ConsultationClosed, ConsultationOpened
from app.jobs.schedule import DUE, Calendar, Due, carry_out_due
from app.models.comments import Comment
from app.models.consultations import Consultation, ConsultationState, Membership, PhaseKind, Role
from app.models.events import LedgerEntry
from app.models.notices import Notice
from app.models.positions import Choice
from app.rules.phasing import Span, spans_of
from tests.factories import consultations, moderation, people, standards
from tests.factories.viewers import history
from tests.threads import times

pytestmark = pytest.mark.usefixtures("stopped_clock")
DAY = timedelta(days=1)


def draft(database, *, reviewers: int = 2) -> int:
    """A draft that opens by itself tomorrow; returns its id."""
    with database.write() as session:
        made = consultations.draft(session)
        made.opens_at, made.opens_itself = clock.now() + DAY, True
        people.member(session, made, role=Role.CHAIR)
        for _ in range(reviewers - 1):
            people.moderator(session, made)
        session.commit()
        return made.id


def opened(database) -> int:
    with database.write() as session:
        made = consultations.opened(session)
        people.member(session, made, role=Role.CHAIR)
        session.commit()
        return made.id


def state_of(database, key: int) -> ConsultationState:
    with database.read() as session:
        return session.get_one(Consultation, key).state


def told(database, code: str) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(Notice).where(Notice.code == code)) or 0


def test_a_draft_that_is_ready_opens_at_its_time_and_once(database, stopped_clock):
    key = draft(database)
    assert carry_out_due(database) == 0
    stopped_clock.forward(days=1)
    assert [carry_out_due(database), carry_out_due(database)] == [1, 0]
    with database.read() as session:
        consultation = session.get_one(Consultation, key)
        assert (consultation.state, consultation.opens_at) == (ConsultationState.OPEN, clock.now())
        assert len(history(session, consultation, ConsultationOpened)) == 1


def test_a_draft_that_is_not_ready_stays_and_its_chair_hears_once_a_day(database, stopped_clock):
    key = draft(database, reviewers=1)
    stopped_clock.forward(days=1, minutes=1)
    assert [carry_out_due(database), carry_out_due(database)] == [1, 0]
    stopped_clock.forward(hours=23)
    assert carry_out_due(database) == 0
    stopped_clock.forward(hours=1)
    assert carry_out_due(database) == 1
    assert (state_of(database, key), told(database, "opening_blocked")) == (ConsultationState.DRAFT, 2)


def test_it_closes_as_announced_though_the_worker_comes_late(database, stopped_clock):
    key = opened(database)
    stopped_clock.forward(days=30, minutes=10)
    assert [carry_out_due(database), carry_out_due(database)] == [1, 0]
    with database.read() as session:
        consultation = session.get_one(Consultation, key)
        assert consultation.state == ConsultationState.CLOSED
        assert consultation.closes_at == clock.now() - timedelta(minutes=10)
        assert len(history(session, consultation, ConsultationClosed)) == 1


def test_it_stays_open_while_the_text_is_settled_by_plan(database, stopped_clock):
    key = opened(database)
    with database.write() as session:
        consultation = session.get_one(Consultation, key)
        chair = session.scalars(select(Membership).where(Membership.role == Role.CHAIR)).one()
        settling = Span(PhaseKind.RESOLVE, clock.now() + 31 * DAY, clock.now() + 40 * DAY)
        spans = [*spans_of(phases_of(session, consultation)), settling]
        planning.reschedule(session, consultation, by=chair, spans=spans, reason="Time to settle the text.")
        session.commit()
    stopped_clock.forward(days=35)
    assert carry_out_due(database) == 0
    assert state_of(database, key) == ConsultationState.OPEN
    stopped_clock.forward(days=5)
    assert carry_out_due(database) == 1
    assert state_of(database, key) == ConsultationState.CLOSED


def test_what_keeps_it_open_is_told_once_a_day(database, stopped_clock):
    key = opened(database)
    with database.write() as session:
        standard = standards.published(session, session.get_one(Consultation, key))
        standards.position(session, standard, Choice.OBJECT)
        moderation.decide(session, session.scalars(select(Comment)).one())
        session.commit()
    stopped_clock.forward(days=30)
    assert [carry_out_due(database), carry_out_due(database)] == [1, 0]
    assert (state_of(database, key), told(database, "closing_blocked")) == (ConsultationState.OPEN, 1)


def test_one_that_fails_does_not_stop_the_others(database, stopped_clock):
    first, second = draft(database), draft(database)
    stopped_clock.forward(days=1)

    def fail_on_first(session, key):
        if key == first:
            raise ZeroDivisionError
        return calendar.open_by_itself(session, key)

    broken = Due("open consultation", DUE[0].find, fail_on_first)
    assert carry_out_due(database, (broken, DUE[1])) == 1
    assert (state_of(database, first), state_of(database, second)) == (ConsultationState.DRAFT, ConsultationState.OPEN)


def test_what_was_opened_after_its_announced_closing_is_closed_by_hand(database, stopped_clock):
    key = draft(database)
    stopped_clock.forward(days=40)
    assert [carry_out_due(database), carry_out_due(database)] == [1, 0]
    assert state_of(database, key) == ConsultationState.OPEN


def test_two_workers_do_each_thing_once(database, stopped_clock):
    draft(database)
    key = opened(database)
    with database.write() as session:
        session.get_one(Consultation, key).closes_at = clock.now() + DAY
        session.commit()
    stopped_clock.forward(days=2)
    done = times(4, lambda _number: carry_out_due(database))
    assert sum(done) == 2
    with database.read() as session:
        kinds = session.scalars(select(LedgerEntry.kind)).all()
    assert (kinds.count("ConsultationOpened"), kinds.count("ConsultationClosed")) == (2, 1)


def test_the_calendar_is_looked_at_once_a_minute(database, stopped_clock):
    draft(database)
    stopped_clock.forward(days=1)
    kept = Calendar(every=3600)
    assert [kept.look(database), kept.look(database)] == [1, 0]
    draft(database)
    stopped_clock.forward(days=1)
    assert kept.look(database) == 0
    assert Calendar().look(database) == 1
