"""The database: the base of all tables, column types, and sessions in two modes.

A writing transaction on SQLite begins IMMEDIATE and a reading one plain: with the defaults of the driver two writers
lose each other's updates, or fail at once with "database is locked" (decision 0002). On PostgreSQL a reading
transaction is read only and sees one moment.
"""

import secrets
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import BigInteger, DateTime, Dialect, Engine, Integer, MetaData, create_engine, event, make_url
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, relationship
from sqlalchemy.types import TypeDecorator

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000", "foreign_keys=ON")
PUBLIC_ID_BITS = 53
LARGEST_ID = 2**63 - 1

Id = BigInteger().with_variant(Integer, "sqlite")


class Base(DeclarativeBase):
    """The parent of every table."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC; SQLite keeps no time zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse moments without a time zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = "a moment needs a time zone"
            raise ValueError(message)
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the time zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def public_id() -> int:
    """A random identifier of 53 bits, so that nothing unpublished can be counted and JavaScript can hold it."""
    return secrets.randbits(PUBLIC_ID_BITS - 1) + 1


def loaded() -> Mapped[Any]:
    """A relationship that raises instead of querying: whoever needs the other side loads it on purpose."""
    return relationship(lazy="raise")


class Database:
    """One database, opened for writing and for reading; `replica_url` lets a PostgreSQL replica answer the reads."""

    def __init__(self, url: str, replica_url: str = "") -> None:
        self.engine = _engine(url)
        reading = _engine(replica_url) if replica_url else self.engine
        self._writing = self.engine
        if reading.dialect.name == "postgresql":
            self._reading = reading.execution_options(postgresql_readonly=True, isolation_level="REPEATABLE READ")
        else:
            self._reading = reading.execution_options(readonly=True)

    def write(self) -> Session:
        """A session whose transaction may write."""
        return Session(self._writing, expire_on_commit=False)

    def read(self) -> Session:
        """A session that sees one moment and never waits for a writer."""
        return Session(self._reading, expire_on_commit=False, autoflush=False)

    def dispose(self) -> None:
        """Close every connection."""
        self.engine.dispose()
        self._reading.dispose()


def _engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.drivername == "sqlite":
        if parsed.database:
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(parsed, pool_size=20)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    return create_engine(parsed, pool_size=20, pool_pre_ping=True)


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # so that the driver emits no BEGIN of its own
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Any) -> None:
    reading = connection.get_execution_options().get("readonly")
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def migrations_config(url: str) -> Config:
    """What Alembic needs to know, without a file."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["url"] = url
    return config


def upgrade(url: str, revision: str = "head") -> None:
    """Bring the tables of the database at `url` up to `revision`."""
    command.upgrade(migrations_config(url), revision)


def downgrade(url: str, revision: str) -> None:
    """Take the tables of the database at `url` down to `revision`."""
    command.downgrade(migrations_config(url), revision)


def check(url: str) -> None:
    """Compare tables and models.

    Raises:
        alembic.util.exc.AutogenerateDiffsDetected: they differ.
    """
    command.check(migrations_config(url))
