"""What happens to people, contributions and positions, in the past tense. A field is public unless it is sealed."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, kw_only=True)
class Event:
    """The parent of all events. `SEALS` lists the fields that are committed to, in groups that are opened together."""

    SEALS: ClassVar[tuple[tuple[str, ...], ...]] = ()

    consultation_id: int | None


@dataclass(frozen=True, kw_only=True)
class AccountCreated(Event):
    """Somebody joined and has to prove an address."""

    SEALS: ClassVar[tuple[tuple[str, ...], ...]] = (("account_id",),)

    account_id: int


@dataclass(frozen=True, kw_only=True)
class ProofAsked(Event):
    """Somebody wants the link that proves an address once more."""

    SEALS: ClassVar[tuple[tuple[str, ...], ...]] = (("account_id",),)

    account_id: int


@dataclass(frozen=True, kw_only=True)
class PasswordResetAsked(Event):
    """Somebody asked for a new password."""

    SEALS: ClassVar[tuple[tuple[str, ...], ...]] = (("account_id",),)

    account_id: int


@dataclass(frozen=True, kw_only=True)
class PasswordChanged(Event):
    """A password was changed; the owner is told, in case it was somebody else."""

    SEALS: ClassVar[tuple[tuple[str, ...], ...]] = (("account_id",),)

    account_id: int


@dataclass(frozen=True, kw_only=True)
class ConsultationCreated(Event):
    """A consultation was set up."""

    slug: str
    title: str


@dataclass(frozen=True, kw_only=True)
class ConsultationOpened(Event):
    """A consultation was opened."""

    slug: str


@dataclass(frozen=True, kw_only=True)
class ConsultationClosed(Event):
    """A consultation was closed; its sealed positions may be opened from now on. By hand, it has a reason."""

    slug: str
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class MemberJoined(Event):
    """A person or organisation takes part, speaking from a group."""

    SEALS: ClassVar[tuple[tuple[str, ...], ...]] = (("membership_id", "group"),)

    membership_id: int
    group: str


@dataclass(frozen=True, kw_only=True)
class RoleGiven(Event):
    """Somebody was given a role."""

    SEALS: ClassVar[tuple[tuple[str, ...], ...]] = (("membership_id",),)

    membership_id: int
    role: str


@dataclass(frozen=True, kw_only=True)
class ContributionReceived(Event):
    """Something was submitted. Which one stays sealed until it is published."""

    SEALS: ClassVar[tuple[tuple[str, ...], ...]] = (("contribution_id", "membership_id"),)

    contribution_id: int
    membership_id: int


@dataclass(frozen=True, kw_only=True)
class ContributionPublished(Event):
    """A contribution can be read by everybody from now on. `subject` says where, such as "standard 3"."""

    contribution: int
    contribution_kind: str
    subject: str
    text_hash: str


@dataclass(frozen=True, kw_only=True)
class ContributionEdited(Event):
    """The text of a published contribution changed; the earlier one stays readable."""

    contribution: int
    text_hash: str


@dataclass(frozen=True, kw_only=True)
class ContributionWithdrawn(Event):
    """An author took a contribution back."""

    SEALS: ClassVar[tuple[tuple[str, ...], ...]] = (("contribution_id",),)

    contribution_id: int


@dataclass(frozen=True, kw_only=True)
class ContributionEndorsed(Event):
    """Somebody stands behind a contribution of another."""

    SEALS: ClassVar[tuple[tuple[str, ...], ...]] = (("membership_id",),)

    contribution: int
    membership_id: int


@dataclass(frozen=True, kw_only=True)
class EndorsementTakenBack(Event):
    """Somebody no longer stands behind a contribution."""

    SEALS: ClassVar[tuple[tuple[str, ...], ...]] = (("membership_id",),)

    contribution: int
    membership_id: int


@dataclass(frozen=True, kw_only=True)
class DecisionTaken(Event):
    """A moderator decided on a contribution; which one is sealed; action, reason, number of readers are public."""

    SEALS: ClassVar[tuple[tuple[str, ...], ...]] = (("decision_id", "contribution_id"),)

    action: str
    reason: str | None
    contribution_kind: str
    readers: int = 1
    decision_id: int
    contribution_id: int


@dataclass(frozen=True, kw_only=True)
class PositionTaken(Event):
    """A position was taken or changed; choice and group are sealed apart, so that a small group stays closed."""

    SEALS: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("position", "standard", "version", "choice", "block"),
        ("group",),
        ("membership_id",),
    )

    position: int
    standard: int
    version: int
    choice: str
    block: str
    group: str
    membership_id: int


@dataclass(frozen=True, kw_only=True)
class PositionWithdrawn(Event):
    """A position was taken back."""

    SEALS: ClassVar[tuple[tuple[str, ...], ...]] = (("position", "standard"),)

    position: int
    standard: int
