"""What every command stands on: the settings and the database, and how a refusal is said."""

import sys
from dataclasses import dataclass
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy.exc import OperationalError, ProgrammingError

from app.db import Database
from app.errors import DomainError, Invalid, NotFound, Refused
from app.language import _
from config import Settings


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The settings and the database of the application that a command belongs to."""

    settings: Settings
    database: Database


class Stopped(click.ClickException):
    """A command that ends with one sentence on stderr and status 1."""

    def __init__(self, sentence: object) -> None:
        super().__init__(str(sentence))

    def show(self, file: Any = None) -> None:
        """Print the sentence and nothing else."""
        click.echo(self.format_message(), file=file or sys.stderr)


class Command(click.Command):
    """A command whose refusals are sentences."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run it."""
        try:
            return super().invoke(ctx)
        except DomainError as error:
            raise Stopped(sentence_of(error)) from error
        except (OperationalError, ProgrammingError) as error:
            raise Stopped(_database_sentence(error)) from error


class Group(AppGroup):
    """The commands of one noun."""

    command_class = Command


def here() -> Surroundings:
    """The settings and the database."""
    found: Surroundings = current_app.extensions["surroundings"]
    return found


def sentence_of(error: DomainError) -> str:
    """What a refusal says, on one line."""
    match error:
        case Refused(refusal=refusal):
            said = str(refusal.message)
        case Invalid(problems=problems):
            said = " ".join(str(message) for _field, message in problems)
        case NotFound():
            said = str(_("There is no such thing. Check what you typed."))
        case _:
            said = str(getattr(error, "message", error))
    return " ".join(said.split())


def _database_sentence(error: OperationalError | ProgrammingError) -> str:
    reason = str(error.orig).strip().splitlines()[0] if error.orig else type(error).__name__
    if "no such table" in reason or "does not exist" in reason:
        return str(_("The database has no tables yet, or old ones. Run: flask --app wsgi db upgrade"))
    return str(_("The database cannot be used: %(reason)s", reason=reason))
