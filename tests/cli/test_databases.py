"""`flask db …`"""

import pytest
import sqlalchemy as sa


def test_down_up_and_check(done, database):
    assert "agree" in done("db", "check")
    done("db", "downgrade", "base")
    done("db", "upgrade")
    assert "agree" in done("db", "check")
    assert "consultations" in sa.inspect(database.engine).get_table_names()


@pytest.mark.sqlite
def test_tables_that_are_missing_are_named_as_the_reason(done, refused):
    done("db", "downgrade", "base")
    assert "db upgrade" in refused("record", "verify")
    assert "db upgrade" in refused("db", "check")


@pytest.mark.sqlite
def test_an_unknown_revision_is_refused(refused):
    assert "nonsense" in refused("db", "upgrade", "nonsense")
