"""What happens to campaigns. Only letters that everybody can read are counted, so that nothing waiting is."""

from dataclasses import dataclass
from typing import ClassVar

from app.events.kinds import Event


@dataclass(frozen=True, kw_only=True)
class CampaignMoved(Event):
    """A person confirmed, dissolved or restored a campaign, joined letters to it or took one out.

    Who did it and which texts it is about are sealed. `campaign` is its number, or None where it was never confirmed.
    """

    SEALS: ClassVar[tuple[tuple[str, ...], ...]] = (("campaign_id", "contributions", "membership_id"),)

    campaign: int | None
    step: str
    letters: int
    people: int
    campaign_id: int
    contributions: list[int]
    membership_id: int
