"""Hashing of passwords and invitation codes, bounded in memory."""

import secrets
import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.errors import Invalid
from app.language import _

SHORTEST = 10
LONGEST = 200
HASHER = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
HASHING = threading.Semaphore(4)  # 19 MB each: a burst of joining must not exhaust the memory


def check(password: str, field: str = "password") -> None:
    """Length is the only demand.

    Raises:
        Invalid: too short or too long.
    """
    if len(password) < SHORTEST:
        raise Invalid(
            field, _("Use at least %(count)s characters. A few words in a row are easy to remember.", count=SHORTEST)
        )
    if len(password) > LONGEST:
        raise Invalid(field, _("Use at most %(count)s characters.", count=LONGEST))


def hashed(password: str) -> str:
    """Argon2id with the parameters of the OWASP minimum (19 MiB, two passes)."""
    with HASHING:
        return HASHER.hash(password)


def fits(known: str, password: str) -> bool:
    """Whether a password belongs to a hash."""
    with HASHING:
        try:
            return HASHER.verify(known, password[:LONGEST])
        except (VerificationError, InvalidHashError):
            return False


UNKNOWN = hashed(secrets.token_urlsafe())
"""The hash of no password: checking against it takes as long as checking a real one."""
