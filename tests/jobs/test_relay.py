"""From the outbox to what follows: exactly once in effect, whatever fails or dies on the way."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app import events
from app.actions import notices
from app.jobs import relay
from app.jobs.handlers import HANDLERS, Site
from app.models.events import OutboxEntry
from app.models.notices import Notice
from tests.factories import people
from tests.threads import times

pytestmark = pytest.mark.usefixtures("stopped_clock")
SITE = Site("https://consult.example")


class Killed(BaseException):
    """The process ends here."""


@pytest.fixture
def account_id(database):
    """Somebody whose every changed password puts an entry into the outbox."""
    with database.write() as session:
        account = people.account(session)
        session.commit()
        return account.id


@pytest.fixture
def handled(monkeypatch):
    """Replaces what follows from a changed password: each time a notice, and whatever `also` does."""

    def replace(also=lambda *_: None):
        def handler(session, event, _site):
            notices.tell(session, event.account_id, code="tested", values={})
            also(session, event)

        monkeypatch.setitem(HANDLERS, events.PasswordChanged, (handler,))

    replace()
    return replace


def happen(database, account_id: int, count: int = 1) -> None:
    with database.write() as session:
        for _ in range(count):
            events.record(session, events.PasswordChanged(consultation_id=None, account_id=account_id))
        session.commit()


def told(database) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(Notice)) or 0


def waiting(database) -> list[OutboxEntry]:
    with database.read() as session:
        return list(session.scalars(select(OutboxEntry).order_by(OutboxEntry.id)))


def test_everything_is_handled_once(database, account_id, handled):
    happen(database, account_id, 5)
    assert relay.drain(database, SITE) == 5
    assert (told(database), waiting(database)) == (5, [])
    assert relay.drain(database, SITE) == 0
    assert told(database) == 5


def test_what_was_not_committed_has_no_consequence(database, account_id, handled):
    with database.write() as session:
        events.record(session, events.PasswordChanged(consultation_id=None, account_id=account_id))
        assert relay.drain(database, SITE) == 0
    assert relay.drain(database, SITE) == 0
    assert told(database) == 0


def test_a_failing_handler_leaves_nothing_and_is_tried_again_later(database, account_id, handled, stopped_clock):
    def fail(session, event):
        raise ConnectionError("no way to the printer")

    handled(also=fail)
    happen(database, account_id)
    assert relay.drain(database, SITE) == 0
    [entry] = waiting(database)
    assert (told(database), entry.attempts, entry.error) == (0, 1, "ConnectionError")
    assert stopped_clock.now < entry.due_at < stopped_clock.now + timedelta(seconds=3)
    handled()
    assert relay.drain(database, SITE) == 0  # not yet
    stopped_clock.forward(seconds=3)
    assert relay.drain(database, SITE) == 1
    assert (told(database), waiting(database)) == (1, [])


def test_the_pause_grows_up_to_an_hour(database, account_id, handled, stopped_clock):
    def fail(session, event):
        raise ConnectionError

    handled(also=fail)
    happen(database, account_id)
    pauses = []
    for _ in range(14):
        relay.drain(database, SITE)
        [entry] = waiting(database)
        pauses.append(entry.due_at - stopped_clock.now)
        stopped_clock.stand_at(entry.due_at)
    assert pauses == sorted(pauses)
    assert pauses[-1] == timedelta(hours=1)
    assert all(pause >= timedelta(seconds=2**n * 0.8) for n, pause in enumerate(pauses[:10], start=1))


def test_one_bad_entry_stops_no_other(database, account_id, handled):
    with database.write() as session:
        unlucky = people.account(session).id
        session.commit()

    def fail_for_one(session, event):
        if event.account_id == unlucky:
            raise LookupError

    handled(also=fail_for_one)
    happen(database, unlucky)
    happen(database, account_id, 3)
    assert relay.drain(database, SITE) == 3
    assert (told(database), [entry.error for entry in waiting(database)]) == (3, ["LookupError"])


def test_a_failing_flush_is_rolled_back_too(database, account_id, handled):
    def break_a_key(session, event):
        notices.tell(session, 10**9, code="nobody", values={})

    handled(also=break_a_key)
    happen(database, account_id)
    assert relay.drain(database, SITE) == 0
    assert (told(database), waiting(database)[0].error) == (0, "IntegrityError")


def test_a_killed_worker_leaves_the_entry_where_it_was(database, account_id, handled):
    def die(session, event):
        raise Killed

    handled(also=die)
    happen(database, account_id)
    with pytest.raises(Killed):
        relay.drain(database, SITE)
    assert (told(database), [entry.attempts for entry in waiting(database)]) == (0, [0])
    handled()
    assert relay.drain(database, SITE) == 1
    assert told(database) == 1


def test_two_relays_at_once_never_handle_an_entry_twice(database, account_id, handled):
    happen(database, account_id, 40)
    done = times(4, lambda _number: relay.drain(database, SITE))
    relay.drain(database, SITE)
    assert (told(database), waiting(database)) == (40, [])
    assert sum(done) <= 40


def test_an_entry_that_is_not_due_waits(database, account_id, handled, stopped_clock):
    happen(database, account_id)
    with database.write() as session:
        session.query(OutboxEntry).update({"due_at": stopped_clock.now + timedelta(minutes=5)})
        session.commit()
    assert relay.drain(database, SITE) == 0
    stopped_clock.forward(minutes=5)
    assert relay.drain(database, SITE) == 1
