"""Opinion groups in the background: when they are due, once, and without anybody waiting for them."""

import pytest
from sqlalchemy import select

from app.actions import positions
from app.actions.consultations import close
from app.actions.opinions import keep
from app.analysis import groups
from app.jobs import opinions
from app.jobs.opinions import find_groups
from app.models.consultations import Consultation, Membership
from app.models.opinions import OpinionMember, OpinionRun
from app.models.positions import Choice
from app.models.standards import Standard
from app.queries.opinion_figures import found_in
from app.queries.opinion_positions import read
from tests.analysis.voters import camps
from tests.factories import consultations, people
from tests.factories import opinions as crowd
from tests.threads import times

pytestmark = pytest.mark.usefixtures("stopped_clock")


@pytest.fixture(autouse=True)
def few_shuffles(monkeypatch):
    """Whether groups stand out from chance is tested elsewhere."""
    monkeypatch.setattr(groups, "SHUFFLES", 4)


@pytest.fixture
def key(database) -> int:
    """A consultation with two camps."""
    with database.write() as session:
        made = consultations.opened(session)
        votes, shape, _camp = camps(0, sizes=(14, 12), statements=12)
        crowd.positions(session, made, crowd.published(session, made, shape[1]), votes)
        session.commit()
        return made.id


def run_of(database, key) -> OpinionRun | None:
    with database.read() as session:
        return session.get(OpinionRun, key)


def newcomers(database, key, count) -> None:
    """So many new people take a position on the first standard."""
    with database.write() as session:
        consultation = session.get_one(Consultation, key)
        standard = session.scalars(select(Standard).order_by(Standard.number).limit(1)).one()
        for _ in range(count):
            member = people.member(session, consultation)
            positions.take(session, consultation, standard, by=member, choice=Choice.SUPPORT)
        session.commit()


def revision(database, key) -> int:
    with database.read() as session:
        return session.get_one(Consultation, key).revision


def test_the_first_groups_are_found_at_once_and_pages_grow_old(database, key):
    before = revision(database, key)
    assert [find_groups(database), find_groups(database)] == [1, 0]
    assert run_of(database, key).number == 1
    assert revision(database, key) == before + 1


def test_many_positions_are_one_run_after_a_pause(database, key, stopped_clock):
    find_groups(database)
    newcomers(database, key, 6)
    stopped_clock.forward(minutes=9)
    assert find_groups(database) == 0
    stopped_clock.forward(minutes=1)
    assert [find_groups(database), find_groups(database)] == [1, 0]
    assert run_of(database, key).number == 2


@pytest.mark.sqlite
def test_few_positions_wait_for_others(database, key, stopped_clock, monkeypatch):
    find_groups(database)
    newcomers(database, key, 4)
    stopped_clock.forward(hours=1)
    with monkeypatch.context() as patched:
        patched.setattr(opinions.opinion_positions, "read", lambda *_: pytest.fail("nothing was due"))
        assert find_groups(database) == 0
    newcomers(database, key, 1)
    assert find_groups(database) == 1


@pytest.mark.sqlite
def test_one_person_who_changes_often_is_one_person(database, key, stopped_clock):
    find_groups(database)
    newcomers(database, key, 1)
    with database.write() as session:
        consultation = session.get_one(Consultation, key)
        member = session.scalars(select(Membership).order_by(Membership.id.desc()).limit(1)).one()
        for standard in session.scalars(select(Standard).order_by(Standard.number).offset(1).limit(6)).all():
            positions.take(session, consultation, standard, by=member, choice=Choice.SUPPORT)
        session.commit()
    stopped_clock.forward(minutes=10)
    assert find_groups(database) == 0
    assert (run_of(database, key).number, run_of(database, key).looked_at) == (1, stopped_clock.now)


def test_closing_asks_for_the_last_run_at_once_and_for_one_only(database, key):
    find_groups(database)
    newcomers(database, key, 1)
    with database.write() as session:
        close(session, session.get_one(Consultation, key))
        session.commit()
    assert [find_groups(database), find_groups(database)] == [1, 0]
    assert (run_of(database, key).number, run_of(database, key).final) == (2, True)


@pytest.mark.sqlite
def test_too_few_people_are_looked_for_once_after_closing(database):
    with database.write() as session:
        made = consultations.opened(session)
        session.commit()
    assert find_groups(database) == 0
    with database.write() as session:
        close(session, session.get_one(Consultation, made.id))
        session.commit()
    assert [find_groups(database), find_groups(database)] == [1, 0]
    assert run_of(database, made.id).figures == {"people": 0}


def test_two_workers_show_one_run(database, key):
    assert sum(times(2, lambda _number: find_groups(database))) == 1
    assert run_of(database, key).number == 1


def test_nobody_waits_while_groups_are_found(database, key, monkeypatch):
    def thinking(taken):
        newcomers(database, key, 1)  # would wait for the lock, and fail
        return found_in(taken)

    monkeypatch.setattr(opinions, "found_in", thinking)
    assert find_groups(database) == 1


@pytest.mark.sqlite
def test_somebody_who_left_meanwhile_is_not_kept(database, key):
    with database.read() as session:
        found = found_in(read(session, key))
    with database.write() as session:
        found.members[10**9] = next(iter(found.members.values()))
        assert keep(session, found)
        assert session.get(OpinionMember, 10**9) is None


@pytest.mark.sqlite
def test_one_that_fails_stops_no_other(database, key, monkeypatch):
    with database.write() as session:
        consultations.opened(session)
        broken = session.scalars(select(Consultation.id).order_by(Consultation.id.desc()).limit(1)).one()
        session.commit()
    whole = opinions.opinion_positions.read
    monkeypatch.setattr(opinions.queries, "waiting", lambda *_: [broken, key])
    monkeypatch.setattr(opinions.opinion_positions, "read", lambda session, wanted: whole(session, {key: key}[wanted]))
    assert find_groups(database) == 1
