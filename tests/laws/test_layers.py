"""Imports go downwards only: the contracts of pyproject.toml hold, and they bite."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.laws.sources import ROOT, write

BARE = {
    f"app/{name}.py": ""
    for name in (
        *("__init__", "factory", "db", "text", "clock", "errors", "mail", "language", "events"),
        *(f"{package}/__init__" for package in ("web", "cli", "jobs", "actions", "queries", "rules", "models")),
    )
}
WRONG = {
    "upwards": {"app/models/people.py": "import app.actions.people", "app/actions/people.py": ""},
    "strangers": {"app/queries/people.py": "import app.actions.people", "app/actions/people.py": ""},
    "commands use pages": {"app/cli/people.py": "import app.web.people", "app/web/people.py": ""},
    "flask below": {"app/rules/people.py": "from flask import g"},
    "werkzeug in jobs": {"app/jobs/relay.py": "import werkzeug"},
    "a circle": {"app/text.py": "import app.mail", "app/mail.py": "import app.text"},
    "a circle inside": {"app/web/a.py": "import app.web.b", "app/web/b.py": "import app.web.a"},
    "an unknown layer": {"app/manager.py": ""},
}
RIGHT = {
    "app/web/people.py": "import flask, app.actions.people, app.queries.people",
    "app/cli/worker.py": "import flask, app.jobs.relay",
    "app/jobs/relay.py": "import app.actions.people",
    "app/actions/people.py": "import app.models.people, app.rules.people, app.clock",
    "app/queries/people.py": "",
    "app/rules/people.py": "import app.models.people",
    "app/models/people.py": "import app.db",
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [
        Path(sys.executable).parent / "lint-imports",
        "--no-cache",
        "--no-logo",
        "--config",
        ROOT / "pyproject.toml",
    ]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_the_application_keeps_its_layers():
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


def test_allowed_imports_pass(tmp_path):
    done = lint(write(tmp_path, BARE | RIGHT))
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("case", WRONG)
def test_wrong_imports_fail(case, tmp_path):
    done = lint(write(tmp_path, BARE | WRONG[case]))
    assert done.returncode == 1
    assert re.search(r"Contracts: \d kept, 1 broken", done.stdout), done.stdout
