"""Fixtures of journeys: stories through a real browser."""

import dataclasses
import socket
import sqlite3
from contextlib import closing
from urllib.parse import urlencode

import pytest

from tests import browsers
from tests.applications import with_compiled_templates


@pytest.fixture
def live(settings, database):
    """The address of a running application on a database of its own (SQLite)."""
    from app.factory import create_app

    with socket.create_server(("127.0.0.1", 0)) as door:
        address = f"http://127.0.0.1:{door.getsockname()[1]}"
        app = with_compiled_templates(create_app(dataclasses.replace(settings, base_url=address), database))
        with browsers.serve(app, door):
            yield address


@pytest.fixture(scope="session")
def chromium():
    with browsers.chromium() as chromium:
        yield chromium


@pytest.fixture
def browser(chromium, live):
    """A page of a fresh profile at the running application; what its console complains about fails the test."""
    with browsers.window(chromium, live) as page:
        yield page


@pytest.fixture
def barriers(chromium, live, browser):
    """`assert barriers(path) == []`: what axe finds there, as the person signed in on `browser`: wide, dark, narrow."""
    return lambda path: browsers.barriers(chromium, browser, live, path)


@pytest.fixture
def demo(told, database):
    """The demonstration in the database of this test."""
    with (
        closing(sqlite3.connect(told.engine.url.database)) as source,
        closing(sqlite3.connect(database.engine.url.database)) as target,
    ):
        source.backup(target)


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def people(request, chromium, demo, live):
    """`people("moderator")` is a fresh browser of somebody of the demonstration; `people()` one of a stranger."""
    windows = []

    def enter(who=None):
        window = browsers.window(chromium, live, java_script_enabled=request.param)
        page = window.__enter__()
        windows.append(window)
        if who:
            page.goto("/signin")
            page.fill("#email", f"{who}@demo.example")
            page.fill("#password", "standpoint-demo")
            page.click("main button")
        return page

    yield enter
    for window in windows:
        window.__exit__(None, None, None)


@pytest.fixture
def decide():
    """`decide(moderator, words)`: find the waiting item with these words in the queue, decide, and record it."""

    def act(moderator, words, action="publish"):
        moderator.goto(f"/moderation?{urlencode({'q': words[:60]})}")
        moderator.get_by_role("link", name=words).first.press("Enter")
        moderator.locator(f"input[name=action][value={action}]").check()
        moderator.get_by_role("button", name="Record decision").click()

    return act
