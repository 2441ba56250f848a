"""Who looks after the whole installation."""

from app.models.people import Account


def appoint(account: Account, *, yes: bool) -> None:
    """Make somebody an administrator, or an ordinary account again."""
    account.administrator = yes
