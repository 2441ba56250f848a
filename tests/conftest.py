"""Fixtures for every test; docs/architecture.md says what is tested with what."""

import gc
from collections import Counter
from contextlib import ExitStack

import hypothesis
import pytest

from tests import gauges
from tests.databases import KINDS, PostgresCopies, SqliteCopies, folder_in_memory, postgres_server
from tests.pages import Client

hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.register_profile("long", deadline=None, max_examples=4_000)
hypothesis.settings.load_profile("house")


def pytest_generate_tests(metafunc):
    """A test that touches a database runs on each kind, unless it is marked `sqlite` or needs a browser."""
    if "kind" in metafunc.fixturenames:
        once = metafunc.definition.get_closest_marker("sqlite") or "live" in metafunc.fixturenames
        metafunc.parametrize("kind", KINDS[:1] if once else KINDS, indirect=True)


def pytest_collection_modifyitems(items):
    for item in items:
        if "live" in getattr(item, "fixturenames", ()):
            item.add_marker("journey")
    # The longest first, or one worker ends with them while the others have nothing left; pytest has shuffled before.
    items.sort(key=_is_short)


def _is_short(item):
    return not ({"live", "stages"} & set(getattr(item, "fixturenames", ())))


def pytest_collection_finish():
    """What is imported by now stays: to go through it for garbage, and so often, took a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def pytest_terminal_summary(terminalreporter):
    """Say once for each reason what could not run here, and what would make it run."""
    reasons = Counter(
        report.longrepr[2].removeprefix("Skipped: ")
        for report in terminalreporter.stats.get("skipped", [])
        if isinstance(report.longrepr, tuple) and "cannot run here: " in report.longrepr[2]
    )
    for reason, tests in sorted(reasons.items()):
        terminalreporter.write_line(f"{tests} tests {reason}", yellow=True)


@pytest.fixture(autouse=True)
def english():
    """Every test begins in English, whatever language a request of the test before it chose in this thread."""
    from app.language import SOURCE, set_language

    set_language(SOURCE)


@pytest.fixture
def kind(request):
    """The kind of database: sqlite or postgresql."""
    return request.param


@pytest.fixture(scope="session")
def sqlite():
    with folder_in_memory() as folder:
        copies = SqliteCopies(folder)
        with copies.stack:
            yield copies


@pytest.fixture(scope="session")
def postgresql():
    with postgres_server() as address:
        copies = PostgresCopies(address)
        with copies.stack:
            yield copies


@pytest.fixture(scope="session")
def told(sqlite):
    """A database with the demonstration, loaded once: nobody changes it."""
    from app.demo.load import load

    with sqlite.own() as database:
        with database.write() as session:
            load(session)
            session.commit()
        yield database


@pytest.fixture
def database(request, kind):
    """A migrated database of its own: commits are real, threads and other engines may open it too."""
    with request.getfixturevalue(kind).own() as database:
        yield database


@pytest.fixture
def session(request, kind):
    """A writing session, undone after the test, commits too; beside `database`, `app` or `client` it writes there."""
    if "database" in request.fixturenames:
        opened = request.getfixturevalue("database").write()
    else:
        opened = request.getfixturevalue(kind).undone()
    with opened as session:
        yield session


@pytest.fixture
def stopped_clock():
    """The clock at noon, 10 June 2026, until `forward(days=1)` or `stand_at(moment)`."""
    with ExitStack() as stack:
        yield gauges.StoppedClock(stack)


@pytest.fixture
def count_statements():
    """`with count_statements() as statements:` collects the SQL of the block."""
    return gauges.count_statements


@pytest.fixture
def settings(database, tmp_path):
    from config import Settings

    url = database.engine.url.render_as_string(hide_password=False)
    return Settings(database_url=url, secret_key="k" * 40, base_url="http://localhost", instance=tmp_path)


@pytest.fixture
def app(settings, database):
    """The application on a database of its own."""
    from tests.applications import application

    app = application(settings, database)
    app.testing = True
    app.test_client_class = Client
    return app


@pytest.fixture
def client(app):
    """Fetches pages and checks each; `submit(page, {...})` fills in a form."""
    return app.test_client()
