"""Telling the person before the page what has just happened, on the next page that they see."""

from flask import flash

from app.language import Message, _

SENT = _(
    "Sent. A moderator reads it, usually within a day and within 48 hours at most."
    " You get a message either way, with the reason."
)


def tell(message: Message) -> None:
    """Show a sentence once, in the reader's language."""
    flash(str(message))
