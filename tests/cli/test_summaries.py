"""`flask summary …`"""

import json

import pytest

from app.reports.formats import FORMATS
from tests.importers.test_polis_export import export


@pytest.fixture
def imported(done, tmp_path):
    done("import", "polis", export(tmp_path), "--into", "talk")
    return tmp_path


@pytest.mark.parametrize("name", FORMATS)
def test_a_summary_is_written_the_same_twice(done, imported, name):
    files = [imported / f"{number}.{name}" for number in (1, 2)]
    for file in files:
        assert "fingerprint" in done("summary", "export", "talk", "--format", name, "-o", file)
    assert files[0].read_bytes() == files[1].read_bytes() != b""
    assert not [path for path in imported.iterdir() if path.name.startswith(".")]


def test_a_changed_summary_is_found(done, refused, imported):
    file = imported / "summary.json"
    done("summary", "export", "talk", "--format", "json", "-o", file)
    assert "as it was published" in done("summary", "verify", file)
    data = json.loads(file.read_text(encoding="utf-8"))
    data["consultation"]["title"] = "Another"
    file.write_text(json.dumps(data), encoding="utf-8")
    assert "was changed" in refused("summary", "verify", file)
    file.write_text("no json", encoding="utf-8")
    assert "is not JSON" in refused("summary", "verify", file)
    file.write_text("[]", encoding="utf-8")
    assert "no fingerprint" in refused("summary", "verify", file)


def test_what_cannot_be_written_is_refused(refused, run, imported):
    assert "no format nonsense" in refused("summary", "export", "talk", "--format", "nonsense", "-o", imported / "x")
    assert "no such thing" in refused("summary", "export", "nowhere", "--format", "json", "-o", imported / "x")
    assert "cannot be written" in refused("summary", "export", "talk", "--format", "json", "-o", imported / "a" / "x")
    assert run("summary", "export", "talk").exit_code == 2
