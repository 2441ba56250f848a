"""Assembling the application from its settings; the only module that knows all doors."""

from flask import Flask

from app import cli, web
from app.db import Database
from config import ROOT, Settings


def create_app(settings: Settings, database: Database | None = None) -> Flask:
    """The application. Tests hand over a database of their own."""
    app = Flask("app", root_path=str(ROOT / "app"), static_folder=None, template_folder=str(ROOT / "templates"))
    app.extensions["settings"] = settings
    opened = database or Database(settings.database_url, settings.database_replica_url)
    web.install(app, settings, opened)
    cli.install(app, settings, opened)
    return app
