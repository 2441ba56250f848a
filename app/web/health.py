"""Whether the service is alive, ready, and how it fares."""

from flask import Blueprint, Response, current_app, request
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.errors import NotFound
from app.web.access import public
from app.web.session import reading

blueprint = Blueprint("health", __name__)
LOOPBACK = ("127.0.0.1", "::1")


@blueprint.get("/healthz")
@public
def alive() -> Response:
    """The process answers."""
    return Response("alive\n", content_type="text/plain; charset=utf-8")


@blueprint.get("/readyz")
@public
def ready() -> Response:
    """The database answers too."""
    try:
        reading().execute(text("SELECT 1"))
    except SQLAlchemyError:
        return Response("the database does not answer\n", 503, content_type="text/plain; charset=utf-8")
    return Response("ready\n", content_type="text/plain; charset=utf-8")


@blueprint.get("/metrics")
@public
def metrics() -> Response:
    """Counters for this machine, or for whoever holds the token; to others the page does not exist."""
    token = current_app.config["METRICS_TOKEN"]
    held = bool(token) and request.headers.get("Authorization") == f"Bearer {token}"
    if not held and request.remote_addr not in LOOPBACK:
        raise NotFound
    return Response(generate_latest(), content_type=CONTENT_TYPE_LATEST)
