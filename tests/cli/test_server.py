"""`flask demo load` and what `flask serve` does before it serves."""

import dataclasses
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest

from app.cli.surroundings import Surroundings

ROOT = Path(__file__).resolve().parent.parent.parent
pytestmark = pytest.mark.sqlite


def free_port():
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def change_settings(app, settings, **changes):
    changed = dataclasses.replace(settings, **changes)
    app.extensions["surroundings"] = Surroundings(changed, app.extensions["surroundings"].database)


def test_the_demonstration_is_loaded_once_and_never_in_production(app, settings, done, refused):
    assert "Loaded the demonstration" in done("demo", "load")
    assert "already here" in refused("demo", "load")
    change_settings(app, settings, production=True, port=free_port())
    assert "not loaded in production" in refused("demo", "load")
    assert "password is known" in refused("serve")


def test_a_taken_port_is_refused(app, settings, refused):
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        change_settings(app, settings, port=port)
        assert str(port) in refused("serve")


def test_it_serves_the_demonstration_and_stops_when_asked(tmp_path):
    port = free_port()
    surroundings = os.environ | {"STANDPOINT_INSTANCE": str(tmp_path), "PORT": str(port), "LOG_LEVEL": "ERROR"}
    for name in ("DATABASE_URL", "BASE_URL", "STANDPOINT_ENV"):
        surroundings.pop(name, None)
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "serve"]
    server = subprocess.Popen(command, cwd=ROOT, env=surroundings, stdout=subprocess.PIPE, text=True)
    try:
        page = first_page(server, f"http://127.0.0.1:{port}/consultations/facial-recognition")
        assert "facial recognition" in page
    finally:
        server.send_signal(signal.SIGTERM)
        said, _errors = server.communicate(timeout=30)
    assert server.returncode == 0
    assert "member@demo.example" in said
    assert f"http://127.0.0.1:{port}" in said


def first_page(server, address):
    for _attempt in range(600):
        assert server.poll() is None, "the server stopped"
        try:
            with urllib.request.urlopen(address) as answer:
                return answer.read().decode()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    pytest.fail("no page came")
