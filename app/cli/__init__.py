"""The commands of `flask --app wsgi`: one file per noun. What is refused ends with one sentence and status 1."""

from flask import Flask

from app.cli import (
    accounts,
    backups,
    campaigns,
    consultations,
    databases,
    demo,
    imports,
    projections,
    record,
    server,
    summaries,
    worker,
)
from app.cli.surroundings import Surroundings
from app.db import Database
from config import Settings

NOUNS = (
    databases.commands,
    demo.commands,
    accounts.commands,
    consultations.commands,
    imports.commands,
    summaries.commands,
    record.commands,
    projections.commands,
    campaigns.commands,
    worker.worker,
    backups.backup,
    backups.restore,
    server.serve,
)


def install(app: Flask, settings: Settings, database: Database) -> None:
    """Give the application its commands."""
    app.extensions["surroundings"] = Surroundings(settings, database)
    for noun in NOUNS:
        app.cli.add_command(noun)
