"""What the surroundings may say, and the one sentence that stops a wrong start."""

from dataclasses import replace

import pytest

from app.factory import create_app
from config import Settings, WrongSettings
from tests.factories import people


def refused(**env: str) -> str:
    """The sentences of a start that is stopped."""
    with pytest.raises(WrongSettings) as caught:
        Settings.from_env(env)
    return str(caught.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BASE_URL", "http://[bad"),
        ("BASE_URL", "https://a:zz"),
        ("BASE_URL", "https://a:99999"),
        ("BASE_URL", "standpoint.example"),
        ("PORT", "٣"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("MAIL_URL", "smtp://"),
        ("MAIL_URL", "smtp://h:abc"),
        ("MAIL_URL", "http://h"),
        ("DATABASE_URL", "mysql://h/standpoint"),
        ("STANDPOINT_ENV", "prod"),
        ("LOG_LEVEL", "LOUD"),
    ],
)
def test_what_is_wrong_is_named(name, value, tmp_path):
    sentence = refused(STANDPOINT_INSTANCE=str(tmp_path), **{name: value})
    assert sentence.startswith(name)
    assert "\n" not in sentence


def test_a_folder_that_cannot_be_written_to_is_named():
    assert refused(STANDPOINT_INSTANCE="/proc/nope").startswith("STANDPOINT_INSTANCE")


def test_a_folder_that_is_a_file_is_named(tmp_path):
    (tmp_path / "taken").touch()
    assert refused(STANDPOINT_INSTANCE=str(tmp_path / "taken")).startswith("STANDPOINT_INSTANCE")


def test_everything_wrong_is_said_at_once(tmp_path):
    said = refused(STANDPOINT_INSTANCE=str(tmp_path), PORT="x", MAIL_URL="smtp://", STANDPOINT_ENV="production")
    assert [line.split()[0] for line in said.splitlines()] == ["PORT", "MAIL_URL", "SECRET_KEY"]


def test_nothing_needs_to_be_said(tmp_path):
    first = Settings.from_env({"STANDPOINT_INSTANCE": str(tmp_path)})
    assert (first.base_url, first.production, len(first.secret_key) >= 32) == ("http://127.0.0.1:8000", False, True)
    assert Settings.from_env({"STANDPOINT_INSTANCE": str(tmp_path)}).secret_key == first.secret_key


@pytest.mark.parametrize("mail_url", ["smtp://mail.example", "smtps://me:word@mail.example:465", "file:///var/mails"])
def test_mail_leaves_by_a_server_or_into_a_folder(mail_url, tmp_path):
    assert Settings.from_env({"STANDPOINT_INSTANCE": str(tmp_path), "MAIL_URL": mail_url}).mail_url == mail_url


def test_production_does_not_start_with_accounts_whose_password_is_known(database, session, settings):
    public = replace(settings, production=True, base_url="https://standpoint.example")
    somebody = people.account(session)
    session.commit()
    create_app(public, database)
    somebody.demo = True
    session.commit()
    with pytest.raises(WrongSettings, match="password is known"):
        create_app(public, database)
