"""Language and appearance: one cookie each, set only when somebody chooses. No token, so no session: see origin.py."""

from flask import Blueprint, Flask, abort, g, redirect, request
from werkzeug.wrappers import Response

from app.language import available, best, set_language
from app.web.access import public
from app.web.origin import local_path, own_pages_only

APPEARANCES = ("auto", "light", "dark")

_A_YEAR = 365 * 24 * 3600

blueprint = Blueprint("preferences", __name__)


def init_preferences(app: Flask) -> None:
    """Speak each request's language. Call it after whatever loads `g.viewer`."""
    app.before_request(speak)


def speak() -> None:
    """The language chosen in this browser, else the account's, else the first that the browser asks for."""
    chosen = request.cookies.get("language", "") or getattr(g.get("viewer"), "language", "")
    set_language(chosen if chosen in available() else best(request.accept_languages.values()))


def appearance() -> str:
    """The appearance chosen in this browser, else the account's, else the device's (`auto`)."""
    chosen = request.cookies.get("appearance", "") or getattr(g.get("viewer"), "appearance", "")
    return chosen if chosen in APPEARANCES else "auto"


@blueprint.post("/language")
@public
@own_pages_only
def choose_language() -> Response:
    """Speak another language from now on."""
    return _keep("language", request.form.get("language", ""), available())


@blueprint.post("/appearance")
@public
@own_pages_only
def choose_appearance() -> Response:
    """Light, dark, or as the device does it."""
    return _keep("appearance", request.form.get("theme", ""), APPEARANCES)


def _keep(name: str, value: str, allowed: tuple[str, ...]) -> Response:
    if value not in allowed:
        abort(422)
    response = redirect(local_path(request.form.get("next")), 303)
    response.set_cookie(name, value, max_age=_A_YEAR, secure=request.is_secure, httponly=True, samesite="Lax")
    return response
