"""`flask summary …`"""

import json
import zipfile

import pytest

from app.models.moderation import Action
from app.reports.document import fingerprint_of
from app.reports.formats import FORMATS
from tests.factories import comments, consultations, moderation, standards, summary_runs
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
    said = done("summary", "verify", file)
    assert "as it was published" in said
    assert "The data here still say the same" in said
    data = json.loads(file.read_text(encoding="utf-8"))
    data["consultation"]["title"] = "Another"
    file.write_text(json.dumps(data), encoding="utf-8")
    assert "was changed" in refused("summary", "verify", file)
    file.write_text("no json", encoding="utf-8")
    assert "is not JSON" in refused("summary", "verify", file)
    file.write_text("[]", encoding="utf-8")
    assert "no fingerprint" in refused("summary", "verify", file)


@pytest.mark.sqlite
def test_a_forged_summary_that_agrees_with_itself_differs_from_the_data(done, run, imported):
    file = imported / "summary.json"
    done("summary", "export", "talk", "--format", "json", "-o", file)
    data = json.loads(file.read_text(encoding="utf-8"))
    data["moderation"]["received"] += 7
    file.write_text(json.dumps({**data, "fingerprint": fingerprint_of(data)}), encoding="utf-8")
    result = run("summary", "verify", file)
    assert (result.exit_code, "- received: " in result.stdout) == (1, True)
    assert "no version with its fingerprint" in result.stderr
    data["consultation"]["slug"] = "elsewhere"
    file.write_text(json.dumps({**data, "fingerprint": fingerprint_of(data)}), encoding="utf-8")
    assert "is not here, so the file alone was checked" in done("summary", "verify", file)


@pytest.mark.sqlite
def test_the_tables_are_verified_line_by_line(done, run, refused, imported):
    file = imported / "summary.csv.zip"
    done("summary", "export", "talk", "--format", "csv", "-o", file)
    assert "as it was published" in done("summary", "verify", file)
    packed = {}
    with zipfile.ZipFile(file) as archive:
        packed = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in packed.items():
            archive.writestr(
                name, content.replace(b"received,", b"received,9") if name == "moderation.csv" else content
            )
    result = run("summary", "verify", file)
    assert (result.exit_code, result.stdout) == (1, "moderation.csv:2\n")
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("about.csv", packed["about.csv"].replace(b"fingerprint,", b"fingerprint,0"))
    assert "No summary with the fingerprint" in refused("summary", "verify", file)
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("other.csv", "")
    assert "is neither" in refused("summary", "verify", file)


@pytest.fixture
def stored(app, session):
    """A stored version of an open consultation, and what was said in it."""
    consultation = consultations.opened(session, slug="faces")
    standard = standards.published(session, consultation)
    said = comments.published(session, standard, body="Ask Ingrid Sample.")
    summary_runs.stored(session, consultation)
    session.commit()
    return standard, said


@pytest.mark.sqlite
def test_a_stored_version_is_known_again_after_everything_moved_on(done, session, stored, tmp_path):
    standard, said = stored
    file = tmp_path / "version.json"
    done("summary", "export", "faces", "--run", 1, "--format", "json", "-o", file)
    assert "It is version 1, stored here.\nThe data here still say the same." in done("summary", "verify", file)
    comments.published(session, standard)
    session.commit()
    told = done("summary", "verify", file)
    assert "It is version 1" in told
    assert "- Standard 1: 1 comment added" in told
    moderation.flagged(session, said)
    moderation.decide(session, said, Action.HIDE)
    session.commit()
    corrected = tmp_path / "corrected.json"
    done("summary", "export", "faces", "--run", 1, "--format", "json", "-o", corrected)
    assert "Ingrid" not in corrected.read_text(encoding="utf-8")
    for copy in (file, corrected):
        assert "It is version 1" in done("summary", "verify", copy)
    tables = tmp_path / "version.zip"
    done("summary", "export", "faces", "--run", 1, "--format", "csv", "-o", tables)
    assert "as it was published" in done("summary", "verify", tables)


@pytest.mark.sqlite
def test_a_part_is_exported_under_the_fingerprint_of_the_whole(done, refused, stored, tmp_path):
    file = tmp_path / "part.json"
    done("summary", "export", "faces", "--run", 1, "--sections", "who,method", "--format", "json", "-o", file)
    assert json.loads(file.read_text(encoding="utf-8"))["part"]["sections"] == ["who", "method"]
    assert "holds a part of a summary" in done("summary", "verify", file)
    one = ("summary", "export", "faces", "--format", "json", "-o", file)
    assert "cannot be chosen here" in refused(*one, "--sections", "gossip")
    assert "Leave out --campaigns" in refused(*one, "--run", 1, "--campaigns", "apart")
    assert "no such thing" in refused(*one, "--run", 9)
    assert "fingerprint" in done(*one, "--campaigns", "apart")


def test_what_cannot_be_written_is_refused(refused, run, imported):
    assert "no format nonsense" in refused("summary", "export", "talk", "--format", "nonsense", "-o", imported / "x")
    assert "no such thing" in refused("summary", "export", "nowhere", "--format", "json", "-o", imported / "x")
    assert "cannot be written" in refused("summary", "export", "talk", "--format", "json", "-o", imported / "a" / "x")
    assert run("summary", "export", "talk").exit_code == 2
