"""Sending what waits: a mail is leased, sent outside any transaction, then marked; at worst it leaves twice."""

from datetime import timedelta

import structlog
from sqlalchemy import select

from app import clock
from app.actions import notices
from app.db import Database
from app.mail import Deliver, Letter
from app.models.notices import Mail
from app.models.people import Account

LEASE = timedelta(minutes=2)
LONGEST_PAUSE = timedelta(hours=6)

log = structlog.get_logger()


def send_waiting(database: Database, deliver: Deliver) -> int:
    """Send every mail that is due; returns how many left."""
    sent = 0
    while (leased := _lease(database)) is not None:
        mail_id, letter = leased
        if letter is None:
            continue
        try:
            deliver(letter)
        except Exception as error:  # noqa: BLE001 - a server that is down must not stop the rest; the lease runs out
            log.warning("mail not sent", mail=mail_id, error=type(error).__name__)
            continue
        _mark_sent(database, mail_id)
        sent += 1
    return sent


def _lease(database: Database) -> tuple[int, Letter | None] | None:
    """The next mail that is due and what to send; nothing to send where there is no address any more."""
    with database.read() as session:
        due = select(Mail.id).where(Mail.sent_at.is_(None), Mail.due_at <= clock.now())
        if session.scalar(due.limit(1)) is None:
            return None
    with database.write() as session:
        mail = notices.waiting_mail(session)
        if mail is None:
            return None
        mail.attempts += 1
        mail.due_at = clock.now() + min(LEASE * 2**mail.attempts, LONGEST_PAUSE)
        address = session.get_one(Account, mail.account_id).email if mail.account_id else mail.address
        letter = None
        if address is None:
            mail.sent_at, mail.body, mail.address = clock.now(), "", None
        else:
            letter = Letter(key=f"mail-{mail.id}", to=address, subject=mail.subject, body=mail.body)
        session.commit()
    return mail.id, letter


def _mark_sent(database: Database, mail_id: int) -> None:
    with database.write() as session:
        mail = session.get_one(Mail, mail_id)
        mail.sent_at, mail.body, mail.address = clock.now(), "", None
        session.commit()
