"""How often one person may do what costs others something. Counted in memory, by account, else by network address."""

from flask import Flask, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from app.actions.people import normal_email
from app.errors import Invalid
from app.web.session import viewer

JOINING = "300 per hour"
SIGNING_IN = "300 per 5 minutes"
SIGNING_IN_AS_ONE = "20 per 5 minutes"
SIGNING_IN_AS_ONE_FROM_ANYWHERE = "200 per hour"
MAILING = "10 per hour"
INVITING = "30 per hour"
WRITING = "120 per 10 minutes"
TYPING = "1200 per 10 minutes"
EXPORTING = "60 per 10 minutes"
FLAGGING = "30 per hour"


def whose() -> str:
    """The account, or the network address of somebody without one; it is kept in memory only."""
    account_id = viewer().account_id
    return f"account {account_id}" if account_id is not None else get_remote_address()


def address_tried() -> str:
    """The e-mail address that somebody tries to sign in with or asks a new password for, however it is spelt."""
    written = request.form.get("email", "")
    try:
        return f"address {normal_email(written)}"
    except Invalid:
        return f"address {written.strip().casefold()}"


def address_tried_from_here() -> str:
    """The same, from one network, so that wrong tries elsewhere do not keep its owner out."""
    return f"{address_tried()} from {get_remote_address()}"


limiter = Limiter(whose, storage_uri="memory://", strategy="moving-window", headers_enabled=False)


def init_limits(app: Flask) -> None:
    """Count requests of this application."""
    limiter.init_app(app)
