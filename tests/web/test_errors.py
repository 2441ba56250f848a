"""Every error is a page that says what to do."""

import json

import pytest
from werkzeug.exceptions import ServiceUnavailable, TooManyRequests

from app.web import errors
from tests.pages import Client
from tests.web.plain import MEMBER, plain_app


@pytest.fixture
def client(tmp_path):
    """Somebody anonymous, on an application whose errors are not passed through; each page is checked."""
    app = plain_app(tmp_path)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.test_client_class = Client
    return app.test_client()


@pytest.mark.parametrize(
    ("path", "status", "sentence"),
    [
        ("/nowhere", 404, "Page not found"),
        ("/hide", 404, "Page not found"),
        ("/refuse", 403, "You cannot endorse your own text. Other people can."),
        ("/conflict", 409, "This closed on 1 May."),
        ("/invalid", 422, "Enter a title"),
        ("/fail", 500, "Nothing was saved."),
    ],
)
def test_what_is_answered(client, path, status, sentence):
    response = client.get(path)
    assert response.status_code == status
    assert sentence in response.text
    assert response.content_type == "text/html; charset=utf-8"


def test_our_own_mistake_shows_its_number_and_nothing_else(client, capsys):
    response = client.get("/fail")
    assert response.headers["X-Request-ID"] in response.text
    assert "somebody@example.org" not in response.text
    assert "KeyError" not in response.text
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines() if line.startswith("{")]
    told = next(line for line in lines if line["event"] == "unexpected")
    assert told["error"] == "KeyError"
    assert told["request_id"] == response.headers["X-Request-ID"]
    assert any("plain.py" in place for place in told["at"])
    assert "somebody" not in json.dumps(lines)


def test_a_wrong_method_says_which_are_right(client):
    response = client.get("/appearance")
    assert response.status_code == 405
    assert "POST" in response.headers["Allow"]


def test_too_many_requests_say_when_to_come_back(tmp_path):
    with plain_app(tmp_path).test_request_context("/"):
        response = errors.http_error(TooManyRequests())
        assert (response.status_code, response.headers["Retry-After"]) == (429, "60")
        response = errors.http_error(TooManyRequests(retry_after=7))
        assert response.headers["Retry-After"] == "7"
        assert errors.http_error(ServiceUnavailable()).status_code == 503


def test_a_form_without_its_token_says_what_to_do(tmp_path):
    app = plain_app(tmp_path, MEMBER)
    response = app.test_client().post("/things/1/act")
    assert response.status_code == 400
    assert "This form has expired" in response.text


def test_a_broken_layout_still_gives_an_answer(tmp_path, monkeypatch):
    app = plain_app(tmp_path)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.jinja_env.globals.pop("asset")
    response = app.test_client().get("/fail")
    assert response.status_code == 500
    assert "<h1>Something went wrong on our side</h1>" in response.text


def test_every_trouble_has_a_status_of_its_own():
    assert all(status == trouble.status for status, trouble in errors._TROUBLES.items())
