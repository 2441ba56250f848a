"""Headers of every answer, and what may be kept by a cache."""

import pytest

from app.web.security import ALWAYS, CONTENT_POLICY
from tests.web.plain import MEMBER, plain_app

PATHS = ["/about", "/nowhere", "/fail", "/refuse", "/conflict", "/invalid", "/mine"]


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_is_protected(path, tmp_path):
    response = plain_app(tmp_path).test_client().get(path)
    for name, value in ALWAYS.items():
        assert response.headers[name] == value


def test_static_files_are_protected_too(tmp_path):
    app = plain_app(tmp_path)
    with app.test_client().get(app.jinja_env.globals["asset"]("css/standpoint.css")) as response:
        for name, value in ALWAYS.items():
            assert response.headers[name] == value


def test_the_policy_allows_nothing_inline_and_no_other_host():
    assert "unsafe" not in CONTENT_POLICY
    assert "http" not in CONTENT_POLICY
    assert CONTENT_POLICY.startswith("default-src 'none'")


@pytest.mark.parametrize("path", ["/about", "/nowhere", "/refuse"])
def test_what_a_member_sees_is_kept_by_nobody(path, tmp_path):
    response = plain_app(tmp_path, MEMBER).test_client().get(path)
    assert response.headers["Cache-Control"] == "private, no-store"


def test_what_anybody_sees_holds_no_cookie_and_may_be_kept(tmp_path):
    response = plain_app(tmp_path).test_client().get("/about")
    assert "Set-Cookie" not in response.headers
    assert response.headers["Cache-Control"] == "no-cache"
    assert {"Cookie", "Accept-Language"} <= set(response.vary)
    assert "csrf_token" not in response.text


def test_what_starts_a_session_is_kept_by_nobody(tmp_path):
    assert plain_app(tmp_path).test_client().get("/remember").headers["Cache-Control"] == "private, no-store"


def test_errors_are_not_kept(tmp_path):
    assert plain_app(tmp_path).test_client().get("/nowhere").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("production", "base", "asked"),
    [(True, "https://a.b", True), (True, "http://a.b", False), (False, "https://a.b", False)],
)
def test_strict_transport_is_asked_for_in_production_over_https(production, base, asked, tmp_path):
    response = plain_app(tmp_path, production=production).test_client().get("/about", base_url=base)
    assert ("Strict-Transport-Security" in response.headers) == asked
