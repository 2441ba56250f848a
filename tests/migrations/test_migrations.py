"""The tables come up, go down and come up again, and are what the models say; with data in them."""

from datetime import timedelta

import pytest
from sqlalchemy import func, inspect, select, text

from app import clock, db
from app.actions import amendment_outcomes, desk
from app.db import Base, Database
from app.models.consultations import Membership, Role
from app.models.events import LedgerEntry
from app.models.moderation import Action, Reason
from app.models.objections import ObjectionStep, StepKind
from app.models.positions import Choice
from app.queries.record import flaws
from app.rules.statements import Redaction
from tests.databases import closing_database
from tests.factories import (
    amendments,
    campaigns,
    comments,
    consultations,
    moderation,
    objections,
    opinions,
    standards,
    summary_runs,
)

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
        moderate(session, consultation, standard)
        opinions.found(session, consultation)
        summary_runs.stored(session, consultation)
        session.commit()
        return consultation.id


def moderate(session, consultation, standard) -> None:
    """A decision of each kind: flagged, appealed, replaced, redacted, proposed, held, suspended."""
    seen = [comments.published(session, standard, body=f"Ask Ingrid Sample {number}.") for number in range(4)]
    for item in seen:
        moderation.flagged(session, item)
    moderation.decide(session, seen[0], Action.REDACT, redactions=(Redaction("Ingrid Sample", "name"),))
    first = consultations.moderators(session, consultation)[0]
    moderation.decide(session, seen[1], Action.HIDE, reason=Reason.INCITEMENT, by=first)
    moderation.decide(session, seen[2], Action.WARN)
    moderation.heard(session, moderation.appealed(session, seen[2]))
    case = moderation.open_case(session, seen[3])
    desk.hold(session, consultation, case, by=first, reason=Reason.THREAT)
    desk.claim(session, consultation, case, by=first)
    author = session.get_one(Membership, seen[0].membership_id)
    warned, text = (comments.pending(session, standard, by=author, body=f"Text {number}.") for number in range(2))
    moderation.decide(session, warned, Action.WARN)
    moderation.decide(session, text, Action.SUSPEND, ends_at=clock.now() + timedelta(days=7))
    moderation.appealed(session, text)


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
