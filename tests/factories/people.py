"""People: accounts, members of a consultation, and signing in. Nothing here commits."""

import itertools
from unittest.mock import patch

from argon2 import PasswordHasher
from sqlalchemy.orm import Session

from app.actions import consultations, passwords, people
from app.models.consultations import Consultation, Identity, Membership, Role
from app.models.people import Account
from tests.pages import Client

PASSWORD = "plain words in a row"
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
counter = itertools.count(1)


def account(
    session: Session,
    *,
    name: str = "",
    email: str = "",
    password: str = PASSWORD,
    proved: bool = True,
    administrator: bool = False,
    language: str = "",
) -> Account:
    """Somebody who can sign in with PASSWORD. An unproved one waits for the mail with its link."""
    number = next(counter)
    with patch.object(passwords, "HASHER", QUICK):  # a hash says how it was made, so checking it is quick too
        made = people.create_account(
            session,
            email=email or f"person{number}@example.org",
            password=password,
            display_name=name or f"Person {number}",
            language=language,
            proved=proved,
        )
    made.administrator = administrator
    session.flush()
    return made


def member(
    session: Session,
    consultation: Consultation,
    *,
    name: str = "",
    group: str = "scanned",
    role: Role = Role.PARTICIPANT,
    identity: Identity = Identity.PSEUDONYM,
    organisation: str = "",
    proved: bool = True,
    owner: Account | None = None,
    invitation_code: str = "",
) -> Membership:
    """Somebody who takes part, with an account of their own unless its `owner` is given."""
    owner = owner or account(session, name=name, proved=proved)
    joined = consultations.join(
        session,
        consultation,
        account=owner,
        display_name=name or owner.display_name,
        group_key=group,
        identity=identity,
        organisation=organisation,
        invitation_code=invitation_code,
    )
    if role != Role.PARTICIPANT:
        consultations.give_role(session, consultation, joined, role=role)
    session.flush()
    return joined


def members(session: Session, consultation: Consultation, count: int, *, group: str = "scanned") -> list[Membership]:
    """Several people who speak from one group."""
    return [member(session, consultation, group=group) for _ in range(count)]


def moderator(session: Session, consultation: Consultation, *, name: str = "", group: str = "public") -> Membership:
    """Somebody who reviews what is submitted."""
    return member(session, consultation, name=name, group=group, role=Role.MODERATOR)


def email_of(session: Session, somebody: Account | Membership) -> str:
    """The address that somebody signs in with."""
    account_id = somebody.account_id if isinstance(somebody, Membership) else somebody.id
    return session.get_one(Account, account_id).email or ""


def sign_in(client: Client, email: str, password: str = PASSWORD) -> Client:
    """Let this browser be the person with this address. What was made for them has to be committed."""
    answer = client.submit("/signin", {"email": email, "password": password})
    assert answer.status_code == 303, answer.text
    return client
