"""A small application with everything that frames a page, and no database."""

from pathlib import Path

from flask import Flask, g, session
from flask_wtf import CSRFProtect

from app.errors import CONFLICT, Invalid, NotFound, Refusal, Refused
from app.language import _
from app.queries.people import ANYBODY, Viewer
from app.web import assets, errors, logs, preferences, security, site, templating
from app.web.access import administrator, public, role, signed_in

ROOT = Path(__file__).resolve().parents[2]
MEMBER = Viewer(account_id=1, display_name="R.", unread=2)


def plain_app(instance: Path, viewer: Viewer = ANYBODY, *, production: bool = False) -> Flask:
    """Every visitor is this viewer."""
    app = Flask("app", static_folder=None, template_folder=str(ROOT / "templates"))
    app.config.update(SECRET_KEY="k" * 40, TESTING=False)
    security.init_security(app, production=production)
    logs.init_logs(app, "INFO")
    app.before_request(lambda: setattr(g, "viewer", viewer))
    preferences.init_preferences(app)
    errors.init_errors(app)
    templating.init_templating(app)
    assets.init_assets(app, instance / "static")
    csrf = CSRFProtect(app)
    csrf.exempt(preferences.blueprint)
    app.register_blueprint(preferences.blueprint)
    app.register_blueprint(site.blueprint)
    _add_views(app)
    return app


def _add_views(app: Flask) -> None:
    def fail() -> str:
        raise KeyError("somebody@example.org")

    def refuse() -> str:
        raise Refused(Refusal("no", _("You cannot endorse your own text. Other people can.")))

    def conflict() -> str:
        raise Refused(Refusal("late", _("This closed on %(date)s.", date="1 May"), CONFLICT))

    def invalid() -> str:
        raise Invalid("title", _("Enter a title"))

    def hide() -> str:
        raise NotFound

    def remember() -> str:
        session["a"] = 1
        return "kept"

    for view in (fail, refuse, conflict, invalid, hide, remember):
        app.add_url_rule(f"/{view.__name__}", view_func=public(view))
    app.add_url_rule("/mine", "mine", signed_in(lambda: "mine"), methods=["GET"])
    app.add_url_rule("/things/<int:number>/act", "act", signed_in(lambda number: f"did {number}"), methods=["POST"])
    app.add_url_rule("/desk", "desk", role("moderator", "chair")(lambda: "desk"))
    app.add_url_rule("/office", "office", administrator(lambda: "office"))
