"""Mail leaves after the commit, at worst twice as the same one, and is wiped once it has left."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from sqlalchemy import select

from app.actions import notices
from app.jobs.mailer import send_waiting
from app.mail import Letter, delivery
from app.models.notices import Mail
from tests.factories import people
from tests.threads import times

pytestmark = pytest.mark.usefixtures("stopped_clock")


class Killed(BaseException):
    """The process ends here."""


class Post:
    """A mail server that keeps what it got; it may be down, or the sender may die after handing over."""

    def __init__(self):
        self.letters: list[Letter] = []
        self.trouble: dict[str, type[BaseException]] = {}

    def __call__(self, letter: Letter) -> None:
        self.letters.append(letter)
        if letter.subject in self.trouble:
            raise self.trouble[letter.subject]


@pytest.fixture
def post():
    return Post()


def write(database, *subjects: str, email: str | None = "") -> None:
    with database.write() as session:
        account = people.account(session)
        if email is None:
            account.email = None
        for subject in subjects:
            notices.write_mail(session, account.id, subject=subject, body=f"The words of {subject}.\n")
        session.commit()


def mails(database) -> list[Mail]:
    with database.read() as session:
        return list(session.scalars(select(Mail).order_by(Mail.id)))


def test_a_mail_leaves_once_and_its_words_are_wiped(database, post, stopped_clock):
    write(database, "one", "two")
    assert send_waiting(database, post) == 2
    assert [(letter.subject, letter.body) for letter in post.letters] == [
        ("one", "The words of one.\n"),
        ("two", "The words of two.\n"),
    ]
    assert [(mail.body, mail.sent_at) for mail in mails(database)] == [("", stopped_clock.now)] * 2
    stopped_clock.forward(days=30)
    assert send_waiting(database, post) == 0
    assert len(post.letters) == 2


def test_nothing_leaves_before_the_commit(database, post):
    with database.write() as session:
        account = people.account(session)
        notices.write_mail(session, account.id, subject="early", body="Too early.")
        session.flush()
        assert send_waiting(database, post) == 0
        session.rollback()
    assert send_waiting(database, post) == 0
    assert post.letters == []


def test_who_dies_after_handing_over_sends_the_same_mail_again(database, post, stopped_clock):
    write(database, "one")
    post.trouble["one"] = Killed
    with pytest.raises(Killed):
        send_waiting(database, post)
    assert mails(database)[0].sent_at is None
    post.trouble.clear()
    assert send_waiting(database, post) == 0  # somebody may still be sending it
    stopped_clock.forward(minutes=4)
    assert send_waiting(database, post) == 1
    first, second = post.letters
    assert first == second  # the same key, hence the same Message-ID
    assert first.key


def test_a_server_that_is_down_stops_no_other_mail(database, post, stopped_clock):
    write(database, "stuck", "fine")
    post.trouble["stuck"] = ConnectionRefusedError
    assert send_waiting(database, post) == 1
    stuck, fine = mails(database)
    assert (stuck.sent_at, stuck.attempts, stuck.body) == (None, 1, "The words of stuck.\n")
    assert fine.sent_at is not None
    pauses = []
    for _ in range(10):
        stopped_clock.stand_at(mails(database)[0].due_at)
        assert send_waiting(database, post) == 0
        pauses.append(mails(database)[0].due_at - stopped_clock.now)
    assert pauses == sorted(pauses)
    assert pauses[-1] == timedelta(hours=6)
    post.trouble.clear()
    stopped_clock.forward(hours=6)
    assert send_waiting(database, post) == 1


def test_several_mailers_at_once_send_each_mail_once(database, post):
    write(database, *(f"number {n}" for n in range(25)))
    sent = times(4, lambda _number: send_waiting(database, post))
    send_waiting(database, post)
    assert sorted(letter.key for letter in post.letters) == sorted({letter.key for letter in post.letters})
    assert (len(post.letters), sum(sent) <= 25) == (25, True)
    assert {mail.body for mail in mails(database)} == {""}


def test_whoever_has_no_address_any_more_gets_nothing_and_holds_nobody_up(database, post):
    write(database, "gone", email=None)
    write(database, "here")
    send_waiting(database, post)
    assert [letter.subject for letter in post.letters] == ["here"]
    assert [mail.body for mail in mails(database)] == ["", ""]


def test_a_mail_in_a_file_has_its_id_and_no_second_header(tmp_path):
    deliver = delivery("", "Standpoint <no-reply@consult.example>", tmp_path)
    deliver(Letter("mail-7", "ada@example.org", "Decided\r\nBcc: everybody@example.org", "Grüße.\n"))
    path = tmp_path / "mail-7.eml"
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert (message["Message-ID"], message["To"], message["Bcc"]) == ("<mail-7@standpoint>", "ada@example.org", None)
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content().splitlines() == ["Grüße."]
    assert path.stat().st_mode & 0o077 == 0
