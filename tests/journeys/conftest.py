"""Fixtures of journeys: stories through a real browser."""

import dataclasses
import socket

import pytest

from tests import browsers


@pytest.fixture
def live(settings, database):
    """The address of a running application on a database of its own (SQLite)."""
    from app.factory import create_app

    with socket.create_server(("127.0.0.1", 0)) as door:
        address = f"http://127.0.0.1:{door.getsockname()[1]}"
        app = create_app(dataclasses.replace(settings, base_url=address), database)
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
    """`assert barriers(path) == []`: what axe finds there, as the person signed in on `browser`, wide and narrow."""
    return lambda path, **options: browsers.barriers(chromium, browser, live, path, **options)
