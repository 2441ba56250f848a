"""Each address says who may come in: @public, @signed_in, @member or @role from app.web.access."""

import flask
import pytest

from tests.laws.sources import hold


def offences(app: flask.Flask) -> list[str]:
    return sorted(
        f"{rule.rule} ({rule.endpoint}) declares no permission"
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static" and getattr(app.view_functions[rule.endpoint], "permission", None) is None
    )


@pytest.mark.sqlite
def test_each_route_declares_who_may_come_in(app):
    hold(offences(app))


def test_the_law_bites():
    app = flask.Flask(__name__)

    def open_page() -> str:
        return ""

    open_page.permission = "public"
    app.add_url_rule("/open", view_func=open_page)
    app.add_url_rule("/closed", "closed", lambda: "")
    assert offences(app) == ["/closed (closed) declares no permission"]
