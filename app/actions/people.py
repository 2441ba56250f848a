"""Joining, signing in and out, and what people set for themselves."""

import hashlib
import secrets
import unicodedata
from datetime import timedelta

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app import clock
from app.actions import passwords, positions
from app.errors import Invalid, NotFound
from app.events import AccountCreated, PasswordChanged, PasswordResetAsked, ProofAsked, record
from app.language import _
from app.models.consultations import Membership
from app.models.people import Account, MailedLink, Purpose, SignIn

STAYS_SIGNED_IN = timedelta(days=14)
LINK_WORKS = timedelta(hours=2)
PROOF_WORKS = timedelta(days=7)


def normal_email(email: str) -> str:
    """The address in the one form that is stored and compared.

    Raises:
        Invalid: it is not an address.
    """
    try:
        checked = validate_email(email.strip(), check_deliverability=False)
    except EmailNotValidError as error:
        raise Invalid("email", _("Enter an e-mail address, such as name@example.org")) from error
    return unicodedata.normalize("NFKC", checked.normalized).casefold()


def create_account(
    session: Session, *, email: str, password: str, display_name: str, language: str = "", proved: bool = False
) -> Account:
    """A new account; unless its address is proved already, a link to prove it is mailed.

    Raises:
        Invalid: the address or the password cannot be used.
    """
    address = normal_email(email)
    passwords.check(password)
    hashed = passwords.hashed(password)
    if session.scalar(select(Account.id).where(Account.email == address)) is not None:
        raise Invalid(
            "email",
            _("You cannot join with this address. If you have joined before, sign in or ask for a new password."),
        )
    now = clock.now()
    account = Account(
        email=address,
        password_hash=hashed,
        display_name=display_name,
        joined_on=now.date(),
        proved_at=now if proved else None,
        language=language,
    )
    session.add(account)
    session.flush()
    if not proved:
        record(session, AccountCreated(consultation_id=None, account_id=account.id))
    return account


def sign_in(session: Session, *, email: str, password: str) -> tuple[Account, str]:
    """The account and a fresh token for this browser. Unknown addresses take as long as wrong passwords.

    Raises:
        Invalid: address and password do not belong together.
    """
    try:
        address = normal_email(email)
    except Invalid:
        address = ""
    account = session.scalars(select(Account).where(Account.email == address)).one_or_none()
    known = account.password_hash if account is not None else passwords.UNKNOWN
    if not passwords.fits(known, password) or account is None:
        raise Invalid(
            "email", _("This address and password do not belong together. Try again, or ask for a new password.")
        )
    return account, start_sign_in(session, account)


def start_sign_in(session: Session, account: Account) -> str:
    """A token that keeps one browser signed in; only its hash is stored."""
    token = secrets.token_urlsafe(32)
    session.add(SignIn(token_hash=token_hash(token), account_id=account.id, expires_at=clock.now() + STAYS_SIGNED_IN))
    session.execute(delete(SignIn).where(SignIn.account_id == account.id, SignIn.expires_at < clock.now()))
    session.flush()
    return token


def sign_out(session: Session, token: str) -> None:
    """End one signed-in browser."""
    session.execute(delete(SignIn).where(SignIn.token_hash == token_hash(token)))


def sign_out_everywhere(session: Session, account_id: int) -> None:
    """End every signed-in browser of an account."""
    session.execute(delete(SignIn).where(SignIn.account_id == account_id))


def ask_for_proof(session: Session, account: Account) -> None:
    """Mail the link that proves an address once more, unless it is proved already."""
    if account.proved_at is None:
        record(session, ProofAsked(consultation_id=None, account_id=account.id))


def ask_for_reset(session: Session, *, email: str) -> None:
    """Mail a link for a new password, if there is such an account; the caller says the same either way."""
    try:
        address = normal_email(email)
    except Invalid:
        return
    account_id = session.scalar(select(Account.id).where(Account.email == address))
    if account_id is not None:
        record(session, PasswordResetAsked(consultation_id=None, account_id=account_id))


def make_link(session: Session, account_id: int, purpose: Purpose) -> str:
    """A token to be mailed; earlier ones for the same purpose stop working."""
    session.execute(delete(MailedLink).where(MailedLink.account_id == account_id, MailedLink.purpose == purpose))
    token = secrets.token_urlsafe(32)
    works = PROOF_WORKS if purpose == Purpose.PROVE_ADDRESS else LINK_WORKS
    session.add(
        MailedLink(token_hash=token_hash(token), account_id=account_id, purpose=purpose, expires_at=clock.now() + works)
    )
    session.flush()
    return token


def set_new_password(session: Session, *, token: str, password: str) -> Account:
    """Use a mailed link: the new password counts, all browsers are signed out, the address is proved by the way.

    Raises:
        NotFound: the link is unknown, used or too old.
        Invalid: the password cannot be used.
    """
    passwords.check(password)
    account = _use_link(session, token, Purpose.RESET_PASSWORD)
    account.password_hash = passwords.hashed(password)
    sign_out_everywhere(session, account.id)
    record(session, PasswordChanged(consultation_id=None, account_id=account.id))
    _prove(session, account)
    return account


def prove_address(session: Session, *, token: str) -> Account:
    """Use a mailed link: from now on the person's positions count.

    Raises:
        NotFound: the link is unknown, used or too old.
    """
    account = _use_link(session, token, Purpose.PROVE_ADDRESS)
    _prove(session, account)
    return account


def change_password(session: Session, account: Account, *, current: str, password: str) -> None:
    """Change the password and sign out every browser.

    Raises:
        Invalid: the current one is wrong, or the new one cannot be used.
    """
    if not passwords.fits(account.password_hash, current):
        raise Invalid("current", _("This is not your current password."))
    passwords.check(password)
    account.password_hash = passwords.hashed(password)
    sign_out_everywhere(session, account.id)
    record(session, PasswordChanged(consultation_id=None, account_id=account.id))


def change_preferences(
    session: Session, account: Account, *, display_name: str, language: str, appearance: str
) -> None:
    """Keep how somebody is greeted, in which language, light or dark."""
    account.display_name, account.language, account.appearance = display_name, language, appearance
    session.flush()


def token_hash(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _use_link(session: Session, token: str, purpose: Purpose) -> Account:
    link = session.scalars(
        select(MailedLink)
        .where(MailedLink.token_hash == token_hash(token), MailedLink.purpose == purpose)
        .with_for_update()
    ).one_or_none()
    if link is None or link.expires_at < clock.now():
        raise NotFound
    account = session.get_one(Account, link.account_id)
    session.delete(link)
    session.flush()
    return account


def _prove(session: Session, account: Account) -> None:
    if account.proved_at is not None:
        return
    account.proved_at = clock.now()
    uncounted = select(Membership).where(Membership.account_id == account.id, Membership.counted_from.is_(None))
    # Locks are taken in one order: the site's ledger first (joining does the same), then consultations by their id.
    for membership in session.scalars(uncounted.order_by(Membership.consultation_id)).all():
        membership.counted_from = account.proved_at
        positions.begin_to_count(session, membership)
