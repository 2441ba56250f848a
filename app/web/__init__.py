"""The door for browsers."""

from datetime import timedelta
from urllib.parse import urlsplit

from flask import Flask
from flask_wtf import CSRFProtect

from app.db import Database
from app.web import (
    addresses,
    amendment_outcomes,
    amendments,
    appeals,
    assets,
    caching,
    campaigns,
    chair,
    comments,
    commitments,
    consultations,
    desk,
    dispositions,
    errors,
    evidence,
    filters,
    flags,
    follows,
    health,
    impacts,
    limits,
    logs,
    me,
    moderation,
    moderation_report,
    objections,
    opinions,
    outcomes,
    people,
    phases,
    positions,
    preferences,
    promises,
    record,
    reorganisations,
    responses,
    security,
    session,
    sheets,
    site,
    standards,
    summary,
    summary_runs,
    team,
    templating,
    versions,
)
from config import Settings

LOOPBACK = ("127.0.0.1", "localhost")  # for health checks on the machine itself
LARGEST_REQUEST = 1024 * 1024
PAGES = (
    amendment_outcomes,
    amendments,
    appeals,
    campaigns,
    chair,
    comments,
    commitments,
    consultations,
    desk,
    dispositions,
    evidence,
    flags,
    follows,
    health,
    impacts,
    me,
    moderation,
    moderation_report,
    objections,
    opinions,
    outcomes,
    people,
    phases,
    positions,
    preferences,
    promises,
    record,
    reorganisations,
    responses,
    sheets,
    site,
    standards,
    summary,
    summary_runs,
    versions,
    team,
)


def install(app: Flask, settings: Settings, database: Database) -> None:
    """Give an application its pages."""
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="__Host-session" if settings.base_url.startswith("https://") else "session",
        SESSION_COOKIE_SECURE=settings.base_url.startswith("https://"),
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_HTTPONLY=True,
        PERMANENT_SESSION_LIFETIME=timedelta(days=14),
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        MAX_FORM_MEMORY_SIZE=LARGEST_REQUEST,
        WTF_CSRF_TIME_LIMIT=None,
        METRICS_TOKEN=settings.metrics_token,
        BASE_URL=settings.base_url,
    )
    if settings.production:
        app.config["TRUSTED_HOSTS"] = [urlsplit(settings.base_url).hostname, *LOOPBACK]
    _prepare(app, settings, database)
    csrf = CSRFProtect(app)
    csrf.exempt(preferences.blueprint)
    for module in PAGES:
        app.register_blueprint(module.blueprint)


def _prepare(app: Flask, settings: Settings, database: Database) -> None:
    """What every request passes through, in the order in which it does."""
    addresses.init_addresses(app)
    security.init_security(app, production=settings.production)
    logs.init_logs(app, settings.log_level)
    session.init_session(app, database)
    preferences.init_preferences(app)
    limits.init_limits(app)
    caching.init_caching(app)
    errors.init_errors(app)
    templating.init_templating(app)
    filters.init_filters(app)
    assets.init_assets(app, settings.instance / "static")
