"""Who is let in, and where the others are sent."""

import pytest

from app.queries.people import Viewer
from tests.web.plain import MEMBER, plain_app


@pytest.mark.parametrize(
    ("path", "permission"),
    [("mine", "signed_in"), ("desk", "role:moderator,chair"), ("office", "administrator"), ("site.about", "public")],
)
def test_each_view_declares_its_permission(path, permission, tmp_path):
    assert plain_app(tmp_path).view_functions[path].permission == permission


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/mine?a=1&b=2", "/signin?next=/mine%3Fa%3D1%26b%3D2"),
        ("/desk", "/signin?next=/desk"),
        ("/office", "/signin?next=/office"),
    ],
)
def test_anybody_is_sent_to_sign_in_and_back(path, target, tmp_path):
    response = plain_app(tmp_path).test_client().get(path)
    assert (response.status_code, response.location) == (303, target)


def test_after_a_form_the_way_back_is_the_page_it_stood_on(tmp_path):
    app = plain_app(tmp_path)
    app.config["WTF_CSRF_ENABLED"] = False
    assert app.test_client().post("/things/1/act").location == "/signin?next=/things/1"


def test_members_come_in_but_not_everywhere(tmp_path):
    client = plain_app(tmp_path, MEMBER).test_client()
    assert client.get("/mine").text == "mine"
    assert client.get("/desk").text == "desk"
    assert client.get("/office").status_code == 404


def test_administrators_come_in(tmp_path):
    viewer = Viewer(account_id=1, administrator=True)
    assert plain_app(tmp_path, viewer).test_client().get("/office").text == "office"
