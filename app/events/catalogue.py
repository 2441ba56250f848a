"""Every event by its name, as the ledger stores it."""

from collections.abc import Mapping

from app.events import (  # noqa: F401 - imported so that their events are known
    campaigns,
    deliberation,
    due_process,
    summaries,
)
from app.events.kinds import Event

EVENTS: Mapping[str, type[Event]] = {event.__name__: event for event in Event.__subclasses__()}
