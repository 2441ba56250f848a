"""`flask import …`"""

from sqlalchemy import func, select

from app.models.comments import Comment
from app.models.consultations import Consultation
from app.models.positions import Position
from tests.cli.content import a_consultation
from tests.factories import crowds, objections
from tests.importers import test_decidim_export as decidim
from tests.importers import test_iso_sheet as sheets
from tests.importers import test_polis_export as polis


def test_a_polis_export_is_imported_once(done, database, tmp_path):
    folder = polis.export(tmp_path)
    said = done("import", "polis", folder, "--into", "talk")
    assert "comments.csv: 3 / 3" in said
    assert [line.split() for line in said.splitlines() if line.startswith("votes.csv ")] == [
        ["votes.csv", "7", "7", "0"]
    ]
    assert "1 re-vote kept" in said
    assert "Nothing was stored" in done("import", "polis", folder, "--into", "talk")
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Position)) == 6
    assert "Every count is right" in done("projections", "check")
    assert "talk: intact" in done("record", "verify", "talk")


def test_a_skipped_row_is_named_with_its_line_and_reason(done, tmp_path):
    folder = polis.export(tmp_path, votes=polis.VOTES + "1400000100000,x,0,11,7\n")
    said = done("import", "polis", folder, "--into", "talk")
    assert [line.split() for line in said.splitlines() if line.startswith("votes.csv ")] == [
        ["votes.csv", "8", "7", "1"]
    ]
    assert "votes.csv:9: Its vote cannot be used." in said


def test_a_decidim_export_is_imported(done, tmp_path):
    said = done("import", "decidim", decidim.export(tmp_path), "--into", "city", "--title", "A city plan")
    assert "comments.csv: 5 / 5" in said
    assert "city: intact" in done("record", "verify", "city")


def test_what_cannot_be_read_is_refused_with_nothing_stored(refused, run, done, tmp_path):
    folder = polis.export(tmp_path, votes="timestamp,vote\n")
    assert "votes.csv needs the columns" in refused("import", "polis", folder, "--into", "talk")
    assert "no consultation" in refused("record", "verify", "talk")
    assert run("import", "polis", tmp_path / "nowhere", "--into", "talk").exit_code == 2
    assert run("import", "polis", folder).exit_code == 2


def test_another_kind_of_import_is_refused(done, refused, tmp_path):
    for name in ("polis", "decidim"):
        (tmp_path / name).mkdir()
    done("import", "decidim", decidim.export(tmp_path / "decidim"), "--into", "city")
    sentence = refused("import", "polis", polis.export(tmp_path / "polis"), "--into", "city")
    assert sentence == "The consultation city was not made by this kind of import. Choose another address."


def test_a_commenting_sheet_is_imported_once(done, refused, database, tmp_path):
    a_consultation(done)
    file = tmp_path / "sheet.xlsx"
    lost = ("DE", "", "9", "", "ge", "Lost.", "", "")
    file.write_bytes(sheets.workbook(sheets.FOREIGN, lost))
    command = ("import", "comments", file, "--into", "cameras")
    assert "has no chair yet" in refused(*command)
    with database.write() as session:
        consultation = session.scalars(select(Consultation)).one()
        by = objections.chair(session, consultation, group="civil_society")
        crowds.standards(session, consultation, by, 3)
        session.commit()
    said = done(*command)
    assert "sheet.xlsx:3: There is no standard 9 here." in said
    assert [line.split() for line in said.splitlines() if line.startswith("sheet.xlsx ")] == [
        ["sheet.xlsx", "2", "1", "1"]
    ]
    assert "Nothing was stored" in done(*command)
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Comment)) == 1
    file.write_bytes(sheets.workbook(header=("MB",)))
    assert "exactly these eight columns" in refused(*command)
    assert "cameras: intact" in done("record", "verify", "cameras")
