"""What happens to stored summaries."""

from dataclasses import dataclass

from app.events.kinds import Event


@dataclass(frozen=True, kw_only=True)
class SummaryMade(Event):
    """A version of the summary was stored under `number`; its fingerprint is in the record from now on.

    It rests on the first `through` entries of the record.
    """

    number: int
    fingerprint: str
    through: int
    parameters: dict[str, object]
