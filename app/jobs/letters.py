"""Letters: templates/emails/<name>/subject.txt and body.txt, written in the language of whoever gets them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlalchemy.orm import Session

from app import language
from app.actions import notices
from app.models.people import Account
from app.rules import words

TEMPLATES = Path(__file__).resolve().parent.parent.parent / "templates"


@dataclass(frozen=True, slots=True)
class Site:
    """What a letter must know of the installation."""

    base_url: str


def write(session: Session, account: Account, name: str, values: Mapping[str, str]) -> None:
    """Put a letter to the owner of an account where the mailer finds it."""
    if account.email is None:
        return
    subject, body = _worded(name, {**values, "name": account.display_name}, account.language)
    notices.write_mail(session, account.id, subject=subject, body=body)


def write_to(session: Session, address: str, name: str, values: Mapping[str, str], *, spoken: str) -> None:
    """Put a letter to an address of somebody who may have no account where the mailer finds it."""
    subject, body = _worded(name, values, spoken)
    notices.write_mail_to(session, address, subject=subject, body=body)


def _worded(name: str, values: Mapping[str, str], spoken: str) -> tuple[str, str]:
    with language.speaking(spoken or language.SOURCE):
        subject = _environment().get_template(f"emails/{name}/subject.txt").render(values)
        body = _environment().get_template(f"emails/{name}/body.txt").render(values)
    return " ".join(subject.split()), body.strip() + "\n"


@cache
def _environment() -> Environment:
    environment = Environment(  # noqa: S701 - plain text, where escaping would garble what people wrote
        loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, extensions=["jinja2.ext.i18n"], trim_blocks=True
    )
    environment.install_gettext_callables(_gettext, _ngettext, newstyle=True)  # type: ignore[attr-defined]
    environment.globals.update(
        reasons=words.REASONS, actions=words.ACTIONS, roles=words.ROLES, dispositions=words.DISPOSITIONS
    )
    return environment


def _gettext(msgid: str) -> str:
    return language.translated(msgid, "", 1, language.language())


def _ngettext(msgid: str, plural: str, number: int) -> str:
    return language.translated(msgid, plural, number, language.language())
