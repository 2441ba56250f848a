"""`flask --app wsgi account …`: accounts, the first administrator among them."""

import secrets

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions import administrators, consultations, people
from app.cli.surroundings import Group, Stopped, here
from app.language import _
from app.models.consultations import Membership, Role
from app.models.people import Account, Purpose

commands = Group("account", help="Accounts and their roles.")
password_option = click.option(
    "--password", prompt=True, hide_input=True, confirmation_prompt=True, help="Asked for when it is not given."
)


@commands.command("create")
@click.argument("email")
@click.argument("display_name")
@click.option("--administrator", is_flag=True, help="May set up consultations and give roles.")
@password_option
def create(email: str, display_name: str, password: str, *, administrator: bool) -> None:
    """Create an account for EMAIL, its address proved, shown as DISPLAY_NAME."""
    with here().database.write() as session:
        account = people.create_account(session, email=email, password=password, display_name=display_name, proved=True)
        administrators.appoint(account, yes=administrator)
        session.commit()
    click.echo(_("Created the account %(email)s.", email=email))


@commands.command("role")
@click.argument("email")
@click.argument("role", type=click.Choice([*(role.value for role in Role), "administrator", "no-administrator"]))
@click.option("--in", "slug", help="The consultation, for every role but that of an administrator.")
@click.option("--group", "group_key", help="The stakeholder group, when the person has not joined yet.")
def role(email: str, role: str, slug: str | None, group_key: str | None) -> None:
    """Give the account EMAIL a role: in one consultation, or as an administrator of the whole site."""
    with here().database.write() as session:
        account = _account(session, email)
        if role.endswith("administrator"):
            administrators.appoint(account, yes=role == "administrator")
        elif slug is None:
            raise click.UsageError(str(_("Say in which consultation: --in SLUG")))
        else:
            _give_role(session, account, slug, Role(role), group_key)
        session.commit()
    click.echo(_("%(email)s is now %(role)s.", email=email, role=role))


@commands.command("reset-password")
@click.argument("email")
def reset_password(email: str) -> None:
    """Set a new random password for EMAIL, print it, and sign out every browser."""
    password = secrets.token_urlsafe(12)
    with here().database.write() as session:
        token = people.make_link(session, _account(session, email).id, Purpose.RESET_PASSWORD)
        people.set_new_password(session, token=token, password=password)
        session.commit()
    click.echo(_("The new password of %(email)s: %(password)s", email=email, password=password))


def _account(session: Session, email: str) -> Account:
    found = session.scalars(select(Account).where(Account.email == people.normal_email(email))).one_or_none()
    if found is None:
        raise Stopped(_("There is no account with the address %(email)s.", email=email))
    return found


def _give_role(session: Session, account: Account, slug: str, role: Role, group_key: str | None) -> None:
    consultation = consultations.get(session, slug)
    here_already = select(Membership).where(
        Membership.consultation_id == consultation.id, Membership.account_id == account.id
    )
    member = session.scalars(here_already).one_or_none()
    if member is None and group_key is None:
        raise Stopped(_("This person has not joined the consultation. Say from which group they speak: --group KEY"))
    if member is None:
        member = consultations.join(
            session, consultation, account=account, display_name=account.display_name, group_key=group_key or ""
        )
    consultations.give_role(session, consultation, member, role=role)
