"""Assembling the application from its settings; the only module that knows all doors."""

from flask import Flask
from sqlalchemy import inspect, select

from app import cli, web
from app.db import Database
from app.models.people import Account
from config import ROOT, Settings, WrongSettings


def create_app(settings: Settings, database: Database | None = None) -> Flask:
    """The application. Tests hand over a database of their own."""
    app = Flask("app", root_path=str(ROOT / "app"), static_folder=None, template_folder=str(ROOT / "templates"))
    app.extensions["settings"] = settings
    opened = database or Database(settings.database_url, settings.database_replica_url)
    if settings.production:
        refuse_demo_accounts(opened)
    web.install(app, settings, opened)
    cli.install(app, settings, opened)
    return app


def refuse_demo_accounts(database: Database) -> None:
    """Do nothing on a database without the demonstration's accounts.

    Raises:
        WrongSettings: it has them, and everybody knows their password.
    """
    if not inspect(database.engine).has_table(Account.__tablename__):
        return
    with database.read() as session:
        if session.scalar(select(Account.id).where(Account.demo).limit(1)) is not None:
            message = "This database has the demonstration's accounts, whose password is known. Use another one."
            raise WrongSettings(message)
