"""A clock that stands still, and a count of SQL statements."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

NOON = datetime(2026, 6, 10, 12, 0, tzinfo=UTC)  # six years to the day after one company stopped for a year
HOUSEKEEPING = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA", "SET ")


class StoppedClock:
    """The application's clock, standing still until it is put forward."""

    def __init__(self, stack: ExitStack, moment: datetime = NOON) -> None:
        self.stack = stack
        self.stand_at(moment)

    def stand_at(self, moment: datetime) -> datetime:
        from app import clock

        self.now = moment
        self.stack.enter_context(clock.stop_at(moment))
        return moment

    def forward(self, **by: float) -> datetime:
        """Put it forward: `stopped_clock.forward(days=2, hours=1)`; returns the new moment."""
        return self.stand_at(self.now + timedelta(**by))


@contextmanager
def count_statements() -> Iterator[list[str]]:
    """Collect the SQL of every engine in the block, without what only begins or ends a transaction."""
    statements: list[str] = []

    def note(_connection, _cursor, statement, _parameters, _context, _many) -> None:
        if not statement.lstrip().upper().startswith(HOUSEKEEPING):
            statements.append(statement)

    sa.event.listen(sa.Engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", note)
