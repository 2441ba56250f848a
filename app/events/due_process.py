"""What happens between a complaint and the last word on it. Which text it is about, and who acted, stays sealed."""

from dataclasses import dataclass
from typing import ClassVar

from app.events.kinds import Event

Seals = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, kw_only=True)
class DecisionProposed(Event):
    """A first reader proposed a decision, sealed: somebody else reads the text before anything is done."""

    SEALS: ClassVar[Seals] = (("action", "reason", "decision_id", "contribution_id"),)

    action: str
    reason: str | None
    decision_id: int
    contribution_id: int


@dataclass(frozen=True, kw_only=True)
class DecisionUndone(Event):
    """Whoever decided, or proposed to, took it back within ten minutes; of a proposal `action` says only that."""

    SEALS: ClassVar[Seals] = (("decision_id", "contribution_id"),)

    action: str
    decision_id: int
    contribution_id: int


@dataclass(frozen=True, kw_only=True)
class DecisionsTakenTogether(Event):
    """Several cases were decided in one go; each also has an entry of its own."""

    action: str
    reason: str | None
    decisions: int


@dataclass(frozen=True, kw_only=True)
class ContributionHeld(Event):
    """A moderator keeps a text from readers at once; it is decided within a day."""

    SEALS: ClassVar[Seals] = (("case_id", "contribution_id"),)

    reason: str
    case_id: int
    contribution_id: int


@dataclass(frozen=True, kw_only=True)
class ContributionFlagged(Event):
    """Somebody complained about a text."""

    SEALS: ClassVar[Seals] = (("flag_id", "contribution_id"),)

    reason: str | None
    flag_id: int
    contribution_id: int


@dataclass(frozen=True, kw_only=True)
class AppealSent(Event):
    """An author appealed against a decision."""

    SEALS: ClassVar[Seals] = (("appeal_id", "contribution_id"),)

    action: str
    appeal_id: int
    contribution_id: int


@dataclass(frozen=True, kw_only=True)
class AppealDecided(Event):
    """Another person heard an appeal; `replacement` is the action that took the place of the first."""

    SEALS: ClassVar[Seals] = (("appeal_id", "contribution_id"),)

    outcome: str
    replacement: str | None
    appeal_id: int
    contribution_id: int


@dataclass(frozen=True, kw_only=True)
class CaseLate(Event):
    """A case was not decided in the time that was promised; the team was told."""

    SEALS: ClassVar[Seals] = (("case_id",),)

    case_id: int


@dataclass(frozen=True, kw_only=True)
class AppealLate(Event):
    """An appeal was not decided in time; it was passed on to the chairs and the administrators."""

    SEALS: ClassVar[Seals] = (("appeal_id",),)

    appeal_id: int


@dataclass(frozen=True, kw_only=True)
class OriginalDeleted(Event):
    """The time to appeal against a redaction is over; the original words were deleted for good."""

    SEALS: ClassVar[Seals] = (("decision_id",),)

    decision_id: int
