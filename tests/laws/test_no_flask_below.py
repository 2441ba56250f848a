"""Whoever uses actions and queries from a script, a job or a test loads no web framework."""

import subprocess
import sys

import pytest

from tests.laws.sources import ROOT

PROGRAM = """
import importlib, pkgutil, sys
for name in sys.argv[1:]:
    package = importlib.import_module(name)
    for module in pkgutil.walk_packages(package.__path__, name + "."):
        importlib.import_module(module.name)
web = {"flask", "flask_limiter", "flask_login", "flask_wtf", "werkzeug", "wtforms"}
print(*sorted(web & set(sys.modules)))
"""


def loaded(*packages: str) -> str:
    command = [sys.executable, "-c", PROGRAM, *packages]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.parametrize("package", ["app.actions", "app.queries", "app.reports", "app.importers", "app.jobs"])
def test_below_the_doors_there_is_no_flask(package):
    assert loaded(package) == ""


def test_the_law_bites():
    assert "werkzeug" in loaded("werkzeug")
