"""What people are told, and when: links that work, decisions with the words they are about, replies."""

import re
import threading

import pytest
from sqlalchemy import select

from app.actions import comment_edits
from app.actions import people as accounts
from app.jobs import worker
from app.jobs.handlers import Site
from app.jobs.relay import drain
from app.models.consultations import Membership
from app.models.moderation import Action, Reason
from app.models.notices import Mail, Notice
from tests.factories import comments, consultations, moderation, people, standards

pytestmark = pytest.mark.usefixtures("stopped_clock")
BASE = "https://consult.example"


def follow(database) -> list[Mail]:
    """Let everything follow; returns the mails that wait."""
    drain(database, Site(BASE))
    with database.read() as session:
        return list(session.scalars(select(Mail).order_by(Mail.id)))


def notices(database, member: Membership) -> list[Notice]:
    with database.read() as session:
        mine = select(Notice).where(Notice.account_id == member.account_id).order_by(Notice.id)
        return list(session.scalars(mine))


def link(mail: Mail, place: str) -> str:
    found = re.search(rf"{re.escape(BASE)}/{place}/(\S+)", mail.body)
    assert found, mail.body
    return found[1]


def test_the_link_that_is_mailed_proves_the_address(database):
    with database.write() as session:
        account = people.account(session, proved=False)
        session.commit()
    [mail] = follow(database)
    assert mail.account_id == account.id
    with database.write() as session:
        assert accounts.prove_address(session, token=link(mail, "prove-address")).id == account.id


def test_the_link_that_is_mailed_sets_a_new_password_and_the_owner_hears_of_it(database):
    with database.write() as session:
        people.account(session, email="ada@example.org")
        accounts.ask_for_reset(session, email="ada@example.org")
        accounts.ask_for_reset(session, email="nobody@example.org")
        session.commit()
    [mail] = follow(database)
    with database.write() as session:
        accounts.set_new_password(session, token=link(mail, "reset-password"), password="new plain words")
        session.commit()
    told = follow(database)[1:]
    assert [f"{BASE}/reset-password" in mail.body for mail in told] == [True]


@pytest.mark.parametrize("action", [Action.PUBLISH, Action.RETURN, Action.DECLINE])
def test_a_decision_goes_to_its_author_with_the_words_and_the_reasons(database, action):
    with database.write() as session:
        consultation = consultations.opened(session)
        author = people.member(session, consultation)
        comment = comments.pending(
            session, standards.published(session, consultation), by=author, body="<b>Wörds</b> & all"
        )
        reason = None if action == Action.PUBLISH else Reason.PERSONAL_ATTACK
        moderation.decide(session, comment, action, reason=reason, explanation="" if reason is None else "Line two.")
        session.commit()
    mail = follow(database)[-1]
    assert mail.account_id == author.account_id
    assert "<b>Wörds</b> & all" in mail.body  # as it was written, not escaped
    assert f"{BASE}/me/contributions#item-{comment.id}" in mail.body
    notice = notices(database, author)[-1]
    assert (notice.code, notice.contribution_id, notice.values["action"]) == ("decision", comment.id, action.value)
    if reason is not None:
        assert "personal attack" in mail.body.lower()
        assert "Line two." in mail.body
        assert (notice.values["reason"], notice.values["explanation"]) == ("personal_attack", "Line two.")


def test_the_mail_holds_the_text_that_was_decided_on_not_a_later_one(database):
    with database.write() as session:
        consultation = consultations.opened(session)
        author = people.member(session, consultation)
        comment = comments.returned(
            session, standards.published(session, consultation), by=author, body="The first text."
        )
        comment_edits.edit(session, consultation, comment, by=author, body="The second text.")
        session.commit()
    body = follow(database)[-1].body
    assert "The first text." in body
    assert "The second text." not in body


def test_a_reply_is_told_once_it_can_be_read_and_never_to_oneself(database):
    with database.write() as session:
        consultation = consultations.opened(session)
        standard = standards.published(session, consultation)
        author = people.member(session, consultation)
        comment = comments.published(session, standard, by=author, body="My text.")
        comments.published(session, standard, by=author, reply_to=comment, body="And more.")
        reply = comments.pending(session, standard, reply_to=comment, body="A secretanswer.")
        session.commit()
    follow(database)
    assert [notice.code for notice in notices(database, author) if notice.code == "reply"] == []
    with database.write() as session:
        moderation.decide(session, session.get_one(type(reply), reply.id))
        session.commit()
    follow(database)
    [notice] = [notice for notice in notices(database, author) if notice.code == "reply"]
    assert (notice.contribution_id, notice.values) == (reply.id, {"label": "My text."})


def test_one_round_of_the_worker_does_it_all(database, settings):
    with database.write() as session:
        people.account(session, email="ada@example.org", proved=False)
        session.commit()
    assert worker.run_once(database, settings) == 2
    [letter] = (settings.instance / "mail").glob("*.eml")
    assert b"ada@example.org" in letter.read_bytes()
    assert worker.run_once(database, settings) == 0


@pytest.mark.sqlite
def test_the_worker_outlives_a_database_that_is_away(database, settings, monkeypatch):
    stop, rounds = threading.Event(), []

    def away_at_first(_database, _settings):
        rounds.append(1)
        if len(rounds) == 1:
            raise ConnectionError
        stop.set()
        return 1

    monkeypatch.setattr(worker, "run_once", away_at_first)
    monkeypatch.setattr(worker, "PAUSE", 0)
    worker.run(database, settings, stop)
    assert len(rounds) == 2
