"""The tables come up, go down and come up again, and are what the models say; with data in them."""

import pytest
from sqlalchemy import func, inspect, select, text

from app import db
from app.actions import amendment_outcomes
from app.db import Base, Database
from app.models.consultations import Role
from app.models.events import LedgerEntry
from app.models.objections import ObjectionStep, StepKind
from app.models.positions import Choice
from app.queries.record import flaws
from tests.databases import closing_database
from tests.factories import amendments, campaigns, comments, consultations, objections, standards

pytestmark = pytest.mark.usefixtures("stopped_clock")


@pytest.fixture
def url(request, kind):
    with request.getfixturevalue(kind).copy() as url:
        yield url


def tables(url: str) -> set[str]:
    with closing_database(Database(url)) as database:
        return set(inspect(database.engine).get_table_names()) - {"alembic_version"}


def fill(url: str) -> int:
    """A few rows of everything that goes through actions; returns the consultation."""
    with closing_database(Database(url)) as database, database.write() as session:
        consultation = consultations.opened(session)
        standard = standards.published(session, consultation)
        comments.published(session, standard, reply_to=comments.published(session, standard))
        standards.position(session, standard, Choice.OBJECT)
        campaigns.confirmed(session, standard)
        chair = objections.chair(session, consultation, role=Role.DEPUTY)
        objections.answered(session, objections.raised(session, standard), by=chair)
        amendment = amendments.published(session, standard)
        amendment_outcomes.adopt(session, consultation, amendment, by=chair)
        session.commit()
        return consultation.id


def test_what_the_tables_of_before_cannot_hold_comes_closest(url):
    fill(url)
    db.downgrade(url, "2026_11_23_0001")
    with closing_database(Database(url)) as database, database.read() as session:
        answers = session.scalars(text("SELECT answer FROM objections WHERE state = 'answered'")).all()
        roles = session.scalars(text("SELECT role FROM memberships WHERE role IN ('deputy', 'moderator')")).all()
        kinds = set(session.scalars(text("SELECT kind FROM contributions")))
        numbers = session.scalars(text("SELECT number FROM standard_versions ORDER BY number")).all()
    assert answers == [objections.WHY_NOT]
    assert set(roles) == {"moderator"}
    assert kinds == {"comment", "standard_version"}
    assert numbers == [1, 2]
    db.upgrade(url)
    with closing_database(Database(url)) as database, database.read() as session:
        steps = session.execute(select(ObjectionStep.kind, ObjectionStep.text)).all()
        assert steps == [(StepKind.ANSWER, objections.WHY_NOT)]


def test_tables_and_models_agree(url):
    db.check(url)  # raises when they differ
    assert tables(url) == set(Base.metadata.tables)


def test_down_and_up_again_with_data(url):
    fill(url)
    db.downgrade(url, "base")
    assert tables(url) == set()
    db.upgrade(url)
    db.check(url)
    consultation_id = fill(url)
    with closing_database(Database(url)) as database, database.read() as session:
        assert flaws(session, consultation_id) == []


def test_upgrading_what_is_up_to_date_touches_no_row(url):
    consultation_id = fill(url)
    db.upgrade(url)
    with closing_database(Database(url)) as database, database.read() as session:
        assert session.scalar(select(func.count()).select_from(LedgerEntry)) > 5
        assert flaws(session, consultation_id) == []


def test_an_enumeration_is_checked_by_the_database(url):
    with closing_database(Database(url)) as database:
        names = {check["name"] for check in inspect(database.engine).get_check_constraints("contributions")}
    assert {"ck_contributions_state", "ck_contributions_kind"} <= names
