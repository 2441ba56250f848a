"""Telling people: a notice in the app, and a mail that leaves after the commit."""

from sqlalchemy import and_, or_, select, update
from sqlalchemy.orm import Session

from app import clock
from app.models.comments import Comment
from app.models.contributions import Contribution
from app.models.notices import Mail, Notice, named_by

REPLY, DECISION = "reply", "decision"


def tell(
    session: Session, account_id: int, *, code: str, values: dict[str, str], contribution: Contribution | None = None
) -> Notice:
    """Put a notice before a person."""
    notice = Notice(
        account_id=account_id,
        contribution_id=contribution.id if contribution else None,
        code=code,
        values=values,
        created_at=clock.now(),
    )
    session.add(notice)
    session.flush()
    return notice


def write_mail(session: Session, account_id: int, *, subject: str, body: str) -> Mail:
    """Put a mail where the mailer finds it."""
    mail = Mail(account_id=account_id, subject=subject, body=body, created_at=clock.now(), due_at=clock.now())
    session.add(mail)
    session.flush()
    return mail


def write_mail_to(session: Session, address: str, *, subject: str, body: str) -> Mail:
    """Put a mail to somebody who may have no account where the mailer finds it; the address is wiped with the text."""
    mail = Mail(address=address, subject=subject, body=body, created_at=clock.now(), due_at=clock.now())
    session.add(mail)
    session.flush()
    return mail


def relabel(session: Session, contribution: Contribution) -> None:
    """Let what people were told of a text name it by its present words, not by some that were taken out.

    A reply is told under the name of what it replies to.
    """
    replies = select(Comment.id).where(Comment.parent_id == contribution.id)
    about = or_(
        and_(Notice.contribution_id == contribution.id, Notice.code != REPLY),
        and_(Notice.contribution_id.in_(replies), Notice.code == REPLY),
    )
    for notice in session.scalars(select(Notice).where(about)):
        if (name := named_by(notice.values)) in notice.values:
            notice.values = {**notice.values, name: contribution.label}


def forget_passage(session: Session, contribution: Contribution) -> None:
    """Take the passage that a decision named out of what its author was told."""
    told = select(Notice).where(Notice.contribution_id == contribution.id, Notice.code == DECISION)
    for notice in session.scalars(told):
        notice.values = {**notice.values, "passage": ""}


def mark_read(session: Session, account_id: int) -> None:
    """Everything on the page of notices has been seen."""
    session.execute(
        update(Notice).where(Notice.account_id == account_id, Notice.read_at.is_(None)).values(read_at=clock.now())
    )


def waiting_mail(session: Session) -> Mail | None:
    """The next mail that is due, held for this transaction so that no other worker sends it too."""
    due = (
        select(Mail)
        .where(Mail.sent_at.is_(None), Mail.due_at <= clock.now())
        .order_by(Mail.due_at, Mail.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    return session.scalars(due).one_or_none()
