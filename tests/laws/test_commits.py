"""One commit, visible, in the door: no other code ends a transaction for good."""

import re
from pathlib import Path

from tests.laws.sources import APP, hold, python_files, write

DOORS = {"web", "cli", "jobs"}


def offences(app: Path) -> list[str]:
    return [
        f"{path.relative_to(app)}:{number}"
        for path in python_files(app)
        if path.relative_to(app).parts[0] not in DOORS
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(r"\.commit\(|\bautocommit\b|\.begin\(\)", line, re.IGNORECASE)
    ]


def test_only_doors_commit():
    hold(offences(APP))


def test_the_law_bites(tmp_path):
    write(
        tmp_path,
        {"web/a.py": "session.commit()", "actions/b.py": "pass\nsession.commit()", "db.py": "# commits nothing"},
    )
    assert offences(tmp_path) == ["actions/b.py:2"]
