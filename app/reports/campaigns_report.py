"""What a summary says of campaigns: how many letters were the same, and whether they are shown as one."""

from dataclasses import dataclass
from enum import StrEnum

from app.language import _
from app.reports.columns import Column, Table


class CampaignsShown(StrEnum):
    """Whether the same letter counts once among the reasons for and against, or as often as it was sent."""

    GROUPED = "grouped"
    APART = "apart"


@dataclass(frozen=True, slots=True)
class CampaignFigures:
    """Confirmed campaigns, their published letters, and who sent them: people, and organisations apart."""

    shown: str
    campaigns: int
    letters: int
    people: int
    organisations: int


NO_CAMPAIGNS = CampaignFigures(CampaignsShown.GROUPED.value, 0, 0, 0, 0)


def table_of_campaigns(figures: CampaignFigures) -> Table:
    """How much of what was said are campaigns, as rows."""
    columns = (Column("figure", _("What was counted")), Column("count", _("How many"), number=True))
    names = ("campaigns", "letters", "people", "organisations")
    return Table("campaigns", _("Campaigns"), columns, tuple((name, getattr(figures, name)) for name in names))
