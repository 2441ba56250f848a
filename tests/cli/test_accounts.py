"""`flask account …`"""

from sqlalchemy import select

from app.actions import people
from app.models.consultations import Membership, Role
from app.models.people import Account
from tests.cli.content import a_consultation

PASSWORD = "a few words in a row"


def create(done, *more, email="chair@example.org"):
    return done("account", "create", email, "The Chair", "--password", PASSWORD, *more)


def account(database, email="chair@example.org"):
    with database.read() as session:
        return session.scalars(select(Account).where(Account.email == email)).one()


def test_an_account_is_created_and_signs_in(done, database):
    assert "chair@example.org" in create(done)
    assert not account(database).administrator
    with database.write() as session:
        assert people.sign_in(session, email="chair@example.org", password=PASSWORD)


def test_a_password_is_asked_for(done, database):
    done("account", "create", "a@example.org", "A", input=f"{PASSWORD}\n{PASSWORD}\n")
    assert account(database, "a@example.org").proved_at is not None


def test_the_first_administrator(done, database):
    create(done, "--administrator")
    assert account(database).administrator
    done("account", "role", "chair@example.org", "no-administrator")
    assert not account(database).administrator


def test_a_role_in_a_consultation_joins_it(done, database):
    create(done)
    a_consultation(done)
    done("account", "role", "chair@example.org", "chair", "--in", "cameras", "--group", "civil_society")
    with database.read() as session:
        assert session.scalars(select(Membership.role)).all() == [Role.CHAIR]
    done("account", "role", "chair@example.org", "moderator", "--in", "cameras")
    with database.read() as session:
        assert session.scalars(select(Membership.role)).all() == [Role.MODERATOR]


def test_what_is_missing_is_said(done, refused, run):
    create(done)
    assert "no account" in refused("account", "role", "nobody@example.org", "administrator")
    assert "no such thing" in refused("account", "role", "chair@example.org", "chair", "--in", "nowhere")
    a_consultation(done)
    assert "--group" in refused("account", "role", "chair@example.org", "chair", "--in", "cameras")
    assert run("account", "role", "chair@example.org", "chair").exit_code == 2
    assert "characters" in refused("account", "create", "b@example.org", "B", "--password", "short")


def test_a_new_password_is_printed_and_signs_everybody_out(done, database):
    create(done)
    with database.write() as session:
        people.sign_in(session, email="chair@example.org", password=PASSWORD)
        session.commit()
    password = done("account", "reset-password", "chair@example.org").split()[-1]
    with database.write() as session:
        assert people.sign_in(session, email="chair@example.org", password=password)
