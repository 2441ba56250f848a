"""The request's way to the database, and who is looking. Only a view that writes opens a writing session."""

from typing import cast

from flask import Flask, current_app, g, request
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from sqlalchemy.orm import Session

from app.actions.people import token_hash
from app.db import Database
from app.queries.consultations import Frame, frame
from app.queries.people import ANYBODY, Viewer
from app.queries.people import viewer as find_viewer
from app.web.caching import stop_if_unchanged


class SignedIn(UserMixin):
    """What the session cookie carries: the token of one signed-in browser."""

    def __init__(self, token: str) -> None:
        self.id = token


def init_session(app: Flask, database: Database) -> None:
    """Load the viewer before each request; close what was opened after it."""
    manager = LoginManager(app)
    manager.session_protection = None  # it would keep a hash of the reader's network address
    manager.user_loader(SignedIn)
    app.extensions["database"] = database
    app.before_request(load_viewer)
    app.teardown_appcontext(close)


def load_viewer() -> None:
    """Find out who is signed in; without a cookie nothing is asked."""
    g.viewer = ANYBODY
    if request.endpoint is not None and current_user.is_authenticated:
        g.viewer = find_viewer(reading(), token_hash(current_user.get_id()))
        if g.viewer is ANYBODY:
            logout_user()


def database() -> Database:
    """The application's database."""
    return cast("Database", current_app.extensions["database"])


def reading() -> Session:
    """The session of this request that only reads."""
    if "reading" not in g:
        g.reading = database().read()
    return cast("Session", g.reading)


def writing() -> Session:
    """The session of this request that may write; the view commits it."""
    if "writing" not in g:
        if "reading" in g:
            g.pop("reading").close()
        g.writing = database().write()
    return cast("Session", g.writing)


def viewer() -> Viewer:
    """Who is looking."""
    return cast("Viewer", g.viewer)


def framed(slug: str) -> Frame:
    """The frame of a page in a consultation, for this viewer, read in the session that the view uses."""
    found = frame(writing() if "writing" in g else reading(), slug, viewer())
    stop_if_unchanged(found)
    return found


def remember(token: str) -> None:
    """Keep this browser signed in."""
    login_user(SignedIn(token))


def forget() -> str | None:
    """Sign this browser out; returns the token that was in use."""
    token = current_user.get_id() if current_user.is_authenticated else None
    logout_user()
    return token


def close(_error: BaseException | None) -> None:
    """Close the request's sessions; what was not committed did not happen."""
    for name in ("reading", "writing"):
        opened: Session | None = g.pop(name, None)
        if opened is not None:
            opened.close()
