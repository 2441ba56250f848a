"""Telling the demonstration in the order of time: every step happens with the clock stopped at its moment."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app import clock
from app.models.amendments import Amendment
from app.models.comments import Comment
from app.models.consultations import Consultation, Membership, StakeholderGroup
from app.models.standards import Standard


@dataclass(frozen=True, slots=True)
class Days:
    """Moments relative to the day of loading."""

    loaded_at: datetime

    def day(self, number: float, hour: float = 0) -> datetime:
        """An hour of a day: -1 is yesterday."""
        midnight = self.loaded_at.replace(hour=0, minute=0, second=0, microsecond=0)
        return midnight + timedelta(days=number, hours=hour)

    def of(self, content: Mapping[str, Any]) -> datetime:
        """When something in the content happens: on a `day`, or so many `hours` before the loading."""
        return self.hours_ago(content["hours"]) if "hours" in content else self.day(content["day"])

    def hours_ago(self, hours: float) -> datetime:
        """So many hours before the loading."""
        return self.loaded_at - timedelta(hours=hours)


@dataclass
class Story:
    """The consultation that is being told, who and what is in it by the keys of the content, and the steps to come."""

    session: Session
    consultation: Consultation
    days: Days
    groups: dict[str, StakeholderGroup] = field(default_factory=dict)
    members: dict[str, Membership] = field(default_factory=dict)
    crowd: dict[str, list[Membership]] = field(default_factory=dict)
    organisations: list[Membership] = field(default_factory=list)
    standards: dict[str, Standard] = field(default_factory=dict)
    comments: dict[int, Comment] = field(default_factory=dict)
    amendments: dict[int, Amendment] = field(default_factory=dict)
    steps: list[tuple[datetime, Callable[[], None]]] = field(default_factory=list)

    def at(self, moment: datetime, do: Callable[[], None]) -> None:
        """Let something happen at a moment."""
        self.steps.append((moment, do))

    def tell(self) -> None:
        """Everything in the order of time."""
        for moment, do in sorted(self.steps, key=lambda step: step[0]):
            with clock.stop_at(moment):
                do()
        self.steps.clear()
