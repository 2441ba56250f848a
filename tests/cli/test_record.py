"""`flask record verify` and `flask projections …`: what was changed by hand is found."""

from sqlalchemy import text

from tests.cli.content import a_consultation
from tests.importers.test_polis_export import export


def change(database, statement):
    with database.engine.begin() as connection:
        connection.execute(text(statement))


def test_a_changed_entry_is_found(done, refused, run, database):
    a_consultation(done)
    assert "cameras: intact" in done("record", "verify")
    change(database, "UPDATE ledger SET hash = previous")
    assert "1 record was changed" in refused("record", "verify", "cameras")
    assert "was changed after it was written" in run("record", "verify").stdout


def test_a_wrong_count_is_found_and_mended(done, refused, database, tmp_path):
    done("import", "polis", export(tmp_path), "--into", "talk")
    change(database, "UPDATE position_tallies SET count = count + 1 WHERE choice = 'abstain'")
    assert "1 count differs" in refused("projections", "check")
    done("projections", "rebuild")
    assert "Every count is right" in done("projections", "check")
