"""Runs of the summary are made once, whole, and again when a worker dies; what goes wrong is said."""

import json

import pytest
from sqlalchemy import func, select

from app import clock
from app.actions import consultations as chairing
from app.actions import summaries as actions
from app.errors import Refused
from app.jobs import summaries as jobs
from app.jobs.handlers import Site
from app.jobs.relay import drain
from app.models.comments import Comment
from app.models.consultations import Consultation, ConsultationState
from app.models.moderation import Action
from app.models.summaries import Asker, RunState, SummaryChunk, SummaryRun
from app.queries import summaries as queries
from app.reports import runs
from tests.factories import comments, consultations, moderation, people, standards, summary_runs
from tests.factories.viewers import frame, history

pytestmark = pytest.mark.usefixtures("stopped_clock")


@pytest.fixture
def opened(database):
    """A consultation with a standard and a comment, and a run that waits."""
    with database.write() as session:
        consultation = consultations.opened(session)
        comments.published(session, standards.published(session, consultation), body="Ask Ingrid Sample.")
        summary_runs.asked(session, consultation)
        session.commit()
    return consultation


def the_run(database):
    with database.read() as session:
        return session.scalars(select(SummaryRun).order_by(SummaryRun.number.desc())).first()


def test_a_run_is_made_once_and_is_in_the_record(database, opened):
    assert (jobs.make_waiting(database), jobs.make_waiting(database)) == (1, 0)
    run = the_run(database)
    with database.read() as session:
        document, published = runs.unpacked(queries.chunks(session, run.id))
        (made,) = history(session, opened, actions.SummaryMade)
    assert (run.state, run.number, document.fingerprint) == (RunState.DONE, 1, run.fingerprint)
    assert published["fingerprint"] == run.fingerprint
    assert (made.number, made.fingerprint, made.through) == (1, run.fingerprint, document.ledger_entries)
    assert (made.parameters, run.asked_as) == (summary_runs.parameters(), Asker.ADMINISTRATOR)


def test_a_worker_that_dies_leaves_nothing_and_the_run_is_made_again(database, opened, monkeypatch, stopped_clock):
    def die(*_arguments):
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(actions, "record", die)
        with pytest.raises(SystemExit):
            jobs.make_waiting(database)
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(SummaryChunk)) == 0
    assert (the_run(database).state, jobs.make_waiting(database)) == (RunState.MAKING, 0)
    stopped_clock.forward(minutes=11)
    assert (jobs.make_waiting(database), the_run(database).state) == (1, RunState.DONE)


def test_what_fails_three_times_says_so_and_can_be_tried_again(database, opened, monkeypatch, stopped_clock):
    def fail(*_arguments):
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(jobs, "gather", fail)
        for attempt in range(1, 4):
            assert jobs.make_waiting(database) == 1
            assert the_run(database).attempts == attempt
            stopped_clock.forward(minutes=2)
        assert jobs.make_waiting(database) == 0
    run = the_run(database)
    assert (run.state, run.error) == (RunState.FAILED, "gave_up")
    with database.write() as session:
        actions.try_again(session, session.get_one(Consultation, opened.id), 1, by=None, administrator=True)
        session.commit()
    assert (jobs.make_waiting(database), the_run(database).state) == (1, RunState.DONE)


def test_a_worker_that_comes_back_late_does_not_store_twice(database, opened, stopped_clock):
    run = the_run(database)
    with database.write() as session:
        late = actions.lease(session, run.id, opened.id)
        session.commit()
    stopped_clock.forward(minutes=11)
    assert jobs.make_waiting(database) == 1
    made = actions.Made("s", "f" * 64, "", 0, 0, {}, [b"late"])
    with database.write() as session:
        assert not actions.finish(session, late, made)
    assert the_run(database).fingerprint != made.fingerprint


def test_a_consultation_that_closes_has_its_summary_stored_once(database, opened):
    jobs.make_waiting(database)
    with database.write() as session:
        consultation = session.get_one(Consultation, opened.id)
        chairing.close(session, consultation)
        session.commit()
    drain(database, Site("http://localhost"))
    assert jobs.make_waiting(database) == 1
    run = the_run(database)
    assert (run.number, run.asked_as, run.state) == (2, Asker.CLOSING, RunState.DONE)
    with database.write() as session:
        assert not actions.ask_at_closing(session, opened.id)


def test_stored_words_go_when_they_are_not_public_any_more(database, opened, stopped_clock):
    jobs.make_waiting(database)
    assert (jobs.mend_stored(database), jobs.mend_stored(database)) == (1, 0)
    with database.write() as session:
        said = session.scalars(select(Comment)).one()
        moderation.flagged(session, said)
        moderation.decide(session, said, Action.HIDE)
        session.commit()
    assert jobs.mend_stored(database) == 0
    stopped_clock.forward(hours=1)
    assert (jobs.mend_stored(database), jobs.mend_stored(database)) == (1, 0)
    with database.read() as session:
        run = session.scalars(select(SummaryRun)).one()
        document, published = runs.unpacked(queries.chunks(session, run.id))
        assert "Ingrid" not in json.dumps(published)
        assert (run.mended, document.standards[0].comments[0].text) == (1, "")
        assert runs.opened(session, frame(session, opened), run).texts == 1


def test_a_run_is_kept_back_when_fewer_people_moved_than_may_be_told_apart(database, opened):
    jobs.make_waiting(database)
    with database.write() as session:
        consultation = session.get_one(Consultation, opened.id)
        standard = session.query(standards.Standard).one()
        voices = people.members(session, consultation, 5)
        comments.published(session, standard)
        run = summary_runs.asked(session, consultation)
        standards.position(session, standard, by=voices[0])
        session.commit()
    assert jobs.make_waiting(database) == 1
    assert (the_run(database).state, the_run(database).error) == (RunState.FAILED, "too_few_changes")
    with database.write() as session:
        consultation = session.get_one(Consultation, opened.id)
        standard = session.query(standards.Standard).one()
        with pytest.raises(Refused) as error:
            summary_runs.asked(session, consultation)
        assert error.value.refusal.code == "too_few_changes"
        for voice in voices[1:]:
            standards.position(session, standard, by=voice)
        actions.try_again(session, consultation, run.number, by=None, administrator=True)
        session.commit()
    assert (jobs.make_waiting(database), the_run(database).state) == (1, RunState.DONE)


def test_what_is_no_longer_public_is_not_stored(database, opened):
    with database.write() as session:
        session.get_one(Consultation, opened.id).state = ConsultationState.DRAFT
        session.commit()
    jobs.make_waiting(database)
    assert (the_run(database).state, the_run(database).error) == (RunState.FAILED, "not_public")
    assert clock.now() == the_run(database).asked_at
