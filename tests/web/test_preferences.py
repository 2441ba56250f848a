"""Language and appearance: chosen by a form without a token, kept in one cookie each."""

import pytest

from app import language
from app.queries.people import Viewer
from app.web.origin import local_path
from tests.web.plain import plain_app


@pytest.fixture
def two_languages(monkeypatch):
    """English and Arabic can be chosen; Arabic has no words yet."""
    monkeypatch.setattr(language, "available", lambda: ("ar", "en"))
    monkeypatch.setattr("app.web.preferences.available", lambda: ("ar", "en"))
    monkeypatch.setattr(language, "_catalogue", lambda _code: ({}, lambda _number: 0))


def test_choosing_an_appearance(tmp_path):
    client = plain_app(tmp_path).test_client()
    response = client.post(
        "/appearance", data={"theme": "dark", "next": "/about?a=1"}, headers={"Sec-Fetch-Site": "same-origin"}
    )
    assert (response.status_code, response.location) == (303, "/about?a=1")
    cookie = response.headers["Set-Cookie"]
    assert "appearance=dark" in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert 'data-theme="dark"' in client.get("/about").text


def test_choosing_a_language(tmp_path, two_languages):
    client = plain_app(tmp_path).test_client()
    assert 'lang="en" dir="ltr"' in client.get("/about").text
    assert client.post("/language", data={"language": "ar", "next": "/about"}).location == "/about"
    assert 'lang="ar" dir="rtl"' in client.get("/about").text


def test_the_browser_and_the_account_are_asked_first(tmp_path, two_languages):
    assert (
        'lang="ar"'
        in plain_app(tmp_path).test_client().get("/about", headers={"Accept-Language": "de, ar-EG;q=0.8"}).text
    )
    viewer = Viewer(account_id=1, language="ar", appearance="light")
    page = plain_app(tmp_path, viewer).test_client().get("/about", headers={"Accept-Language": "en"}).text
    assert 'lang="ar" dir="rtl" data-theme="light"' in page


def test_the_menu_is_there_only_when_there_is_a_choice(tmp_path, monkeypatch):
    monkeypatch.setattr(language, "available", lambda: ("en",))
    assert "/language" not in plain_app(tmp_path).test_client().get("/about").text


@pytest.mark.parametrize("data", [{"theme": "pink"}, {}])
def test_an_unknown_choice_is_refused(data, tmp_path):
    assert plain_app(tmp_path).test_client().post("/appearance", data=data).status_code == 422


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 303),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, 303),
        ({"Origin": "http://localhost"}, 303),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
def test_other_sites_cannot_send_these_forms(headers, status, tmp_path):
    response = plain_app(tmp_path).test_client().post("/appearance", data={"theme": "dark"}, headers=headers)
    assert response.status_code == status
    assert ("Set-Cookie" in response.headers) == (status == 303)


@pytest.mark.parametrize(
    ("target", "path"),
    [
        ("/a/b?c=d", "/a/b?c=d"),
        ("/?next=https://evil.example", "/?next=https://evil.example"),
        (None, "/"),
        ("", "/"),
        ("//evil.example", "/"),
        ("https://evil.example", "/"),
        ("/\\evil.example", "/"),
        ("\\\\evil.example", "/"),
        ("/a\r\nSet-Cookie: b", "/"),
        ("/\t/evil.example", "/"),
        (" /a", "/"),
        ("javascript:alert(1)", "/"),
        ("/" + "a" * 3000, "/"),
    ],
)
def test_the_way_back_never_leaves_the_site(target, path):
    assert local_path(target) == path
