"""One line for each request, without anything about the person."""

import json

from tests.web.plain import MEMBER, plain_app


def test_a_line_has_the_route_and_no_person(tmp_path, capsys):
    client = plain_app(tmp_path, MEMBER).test_client()
    response = client.get(
        "/about?email=somebody@example.org", headers={"User-Agent": "Secret/1.0", "X-Forwarded-For": "192.0.2.7"}
    )
    line = json.loads(capsys.readouterr().err.splitlines()[-1])
    assert line["event"] == "request"
    assert (line["method"], line["route"], line["status"]) == ("GET", "/about", 200)
    assert line["request_id"] == response.headers["X-Request-ID"]
    assert line["milliseconds"] >= 0
    for secret in ("somebody", "Secret", "192.0.2.7", "127.0.0.1"):
        assert secret not in json.dumps(line)


def test_an_unknown_address_is_not_written_down(tmp_path, capsys):
    plain_app(tmp_path).test_client().get("/reset-password/token-of-somebody")
    assert "token" not in capsys.readouterr().err


def test_requests_have_different_ids(tmp_path):
    client = plain_app(tmp_path).test_client()
    assert client.get("/about").headers["X-Request-ID"] != client.get("/about").headers["X-Request-ID"]
