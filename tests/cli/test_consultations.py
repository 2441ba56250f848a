"""`flask consultation …`"""

from sqlalchemy import func, select

from app.models.consultations import Consultation, ConsultationState, Phase, StakeholderGroup
from app.models.instruments import Provision
from tests.cli.content import a_consultation

PASSWORD = "a few words in a row"


def state(database):
    with database.read() as session:
        return session.scalars(select(Consultation.state)).one()


def test_a_consultation_is_set_up_with_groups_phases_and_rights(done, database):
    a_consultation(done)
    with database.read() as session:
        found = session.scalars(select(Consultation)).one()
        assert (found.slug, found.state, found.closes_at.hour) == ("cameras", ConsultationState.DRAFT, 12)
        assert session.scalar(select(func.count()).select_from(StakeholderGroup)) == 14
        assert session.scalar(select(func.count()).select_from(Phase)) == 3
        assert session.scalar(select(func.count()).select_from(Provision)) == 180


def test_opening_needs_two_reviewers(done, refused, database):
    a_consultation(done)
    assert "two people" in refused("consultation", "open", "cameras")
    for email in ("a@example.org", "b@example.org"):
        done("account", "create", email, email, "--password", PASSWORD)
        done("account", "role", email, "moderator", "--in", "cameras", "--group", "civil_society")
    done("consultation", "open", "cameras")
    assert state(database) == ConsultationState.OPEN
    done("consultation", "close", "cameras")
    assert state(database) == ConsultationState.CLOSED
    assert "open" in refused("consultation", "close", "cameras")


def test_an_address_is_used_once_and_looks_like_one(done, refused, run):
    a_consultation(done)
    again = ("consultation", "create", "cameras", "Again", "--opens", "2026-06-01", "--closes", "2026-07-01")
    assert "already" in refused(*again)
    assert (
        run("consultation", "create", "Cameras!", "T", "--opens", "2026-06-01", "--closes", "2026-07-01").exit_code == 2
    )
    assert run("consultation", "create", "cameras").exit_code == 2
    early = ("consultation", "create", "early", "Early", "--opens", "2026-06-01", "--closes", "2026-05-01")
    assert "after it opens" in refused(*early)
