"""`flask backup` and `flask restore`."""

import shutil

import pytest
from sqlalchemy import text

from tests.cli.content import a_consultation


def slugs(database):
    with database.engine.connect() as connection:
        return connection.execute(text("SELECT slug FROM consultations ORDER BY slug")).scalars().all()


@pytest.fixture(autouse=True)
def tools(kind):
    if kind == "postgresql" and not (shutil.which("pg_dump") and shutil.which("pg_restore")):
        pytest.skip("cannot run here: pg_dump is missing. To run them: apt-get install postgresql-client")


def test_what_was_backed_up_comes_back(done, database, tmp_path):
    file = tmp_path / "backup"
    a_consultation(done, "kept")
    done("backup", file)
    a_consultation(done, "later")
    assert slugs(database) == ["kept", "later"]
    database.dispose()
    done("restore", file)
    assert slugs(database) == ["kept"]
    assert "kept: intact" in done("record", "verify")


def test_a_database_in_use_is_not_replaced(done, refused, database, tmp_path):
    done("backup", tmp_path / "backup")
    other = type(database)(database.engine.url.render_as_string(hide_password=False))
    with other.engine.connect() as connection:
        connection.execute(text("SELECT count(*) FROM consultations"))
        assert "in use" in refused("restore", tmp_path / "backup")
    other.dispose()


def test_a_file_that_is_no_backup_is_refused(refused, tmp_path):
    (tmp_path / "text").write_text("no backup", encoding="utf-8")
    assert refused("restore", tmp_path / "text")


@pytest.mark.sqlite
def test_a_damaged_backup_is_refused(done, refused, database, tmp_path):
    file = tmp_path / "backup"
    a_consultation(done)
    done("backup", file)
    content = bytearray(file.read_bytes())
    content[8192:12288] = b"\xff" * 4096
    file.write_bytes(content)
    database.dispose()
    assert refused("restore", file)
    assert slugs(database) == ["cameras"]
