"""The two modes of a database: writers take turns and lose nothing, readers see one moment and wait for nobody."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import DateTime, event, insert, select, text
from sqlalchemy.exc import IntegrityError, StatementError

from app.db import PUBLIC_ID_BITS, Database, UtcDateTime, public_id
from app.models.consultations import Consultation
from app.models.people import Account
from app.models.standards import SearchTerm
from tests.factories import consultations, people
from tests.threads import times

pytestmark = pytest.mark.usefixtures("stopped_clock")


@pytest.fixture
def counter(database) -> int:
    """The id of a row that can be counted up."""
    with database.write() as session:
        made = consultations.draft(session)
        session.commit()
        return made.id


def revision(database, counter: int) -> int:
    with database.read() as session:
        return session.scalar(select(Consultation.revision).where(Consultation.id == counter))


def add_one(database, counter: int) -> None:
    """Read, work it out, write: what loses updates when two transactions overlap."""
    with database.write() as session:
        row = session.scalars(select(Consultation).where(Consultation.id == counter).with_for_update()).one()
        row.revision = row.revision + 1
        session.commit()


def test_no_update_is_lost_between_reading_and_writing(database, counter):
    before = revision(database, counter)

    def work(_number: int) -> None:
        for _ in range(10):
            add_one(database, counter)

    times(8, work)
    assert revision(database, counter) == before + 80


@pytest.mark.sqlite
def test_a_writing_transaction_begins_immediate_and_a_reading_one_plain(database):
    begun: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        begun.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    with database.write() as session:
        session.execute(text("SELECT 1"))
    with database.read() as session:
        session.execute(text("SELECT 1"))
    event.remove(database.engine, "before_cursor_execute", note)  # another test will have this engine
    assert [statement for statement in begun if "BEGIN" in statement] == ["BEGIN IMMEDIATE", "BEGIN"]


@pytest.mark.sqlite
def test_what_every_connection_is_told(database):
    told = {}
    with database.read() as session:
        for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout"):
            told[name] = session.scalar(text(f"PRAGMA {name}"))
    assert told == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10_000}


def test_reading_never_waits_for_a_writer(database, counter):
    """In one thread: if the reader waited for the writer, this would never end."""
    before = revision(database, counter)
    with database.write() as writing:
        writing.get_one(Consultation, counter).revision = 99
        writing.flush()
        assert revision(database, counter) == before
        assert times(4, lambda _number: revision(database, counter)) == [before] * 4
        writing.commit()
    assert revision(database, counter) == 99


def test_a_reader_sees_one_moment(database, counter):
    """Two statements of one page fit each other though somebody writes in between."""
    with database.read() as reading:
        wanted = select(Consultation.revision).where(Consultation.id == counter)
        first = reading.scalar(wanted)
        add_one(database, counter)
        assert reading.scalar(wanted) == first
    assert revision(database, counter) == first + 1


def test_a_reading_session_writes_nothing(database, counter):
    with database.read() as reading:
        reading.get_one(Consultation, counter).title = "Changed by a reader"
        reading.scalars(select(Consultation)).all()  # no flush on the way
    with database.read() as reading:
        assert reading.get_one(Consultation, counter).title != "Changed by a reader"


def test_what_was_not_committed_did_not_happen(database):
    with database.write() as session:
        people.account(session)
    with database.read() as session:
        assert session.scalars(select(Account)).all() == []


def test_a_key_that_leads_nowhere_is_refused(database):
    astray = insert(SearchTerm).values(standard_id=1, term="a", consultation_id=1, weight=1)
    with database.write() as session, pytest.raises(IntegrityError):
        session.execute(astray)


@pytest.mark.sqlite
def test_a_database_in_a_new_folder_makes_the_folder(tmp_path):
    database = Database(f"sqlite:///{tmp_path}/new/folder/data.db")
    with database.read() as session:
        assert session.scalar(text("SELECT 1")) == 1
    database.dispose()
    assert (tmp_path / "new" / "folder" / "data.db").exists()


def test_a_moment_comes_back_in_utc(database):
    tokyo = datetime(2026, 6, 10, 21, 0, tzinfo=timezone(timedelta(hours=9)))
    with database.write() as session:
        account = people.account(session)
        account.proved_at = tokyo
        session.commit()
    with database.read() as session:
        kept = session.get_one(Account, account.id).proved_at
        assert (kept, kept.tzinfo) == (tokyo, UTC)
        assert session.scalars(select(Account.id).where(Account.proved_at == tokyo)).all() == [account.id]


def test_a_moment_without_a_time_zone_is_refused(database):
    with database.write() as session:
        people.account(session).proved_at = datetime(2026, 6, 10, 12, 0)  # noqa: DTZ001 - that is the mistake
        with pytest.raises(StatementError, match="time zone"):
            session.flush()
    assert isinstance(UtcDateTime().impl, DateTime)


def test_public_ids_fit_into_javascript_and_are_not_guessable():
    made = {public_id() for _ in range(2000)}
    assert len(made) == 2000
    assert all(0 < one < 2**PUBLIC_ID_BITS for one in made)
    assert max(made) > 2 ** (PUBLIC_ID_BITS - 3)
