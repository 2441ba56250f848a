"""The only clock. Called as `clock.now()` so that a test can stop it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

_stopped: list[datetime] = []


def now() -> datetime:
    """The present moment in UTC."""
    return _stopped[-1] if _stopped else datetime.now(UTC)


@contextmanager
def stop_at(moment: datetime) -> Iterator[None]:
    """Stand still at `moment` (with a time zone) inside the block."""
    _stopped.append(moment.astimezone(UTC))
    try:
        yield
    finally:
        _stopped.pop()
