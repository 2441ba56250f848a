"""What happens on the way to an outcome. `subject` says of what in words for people, such as "standard 3"."""

from dataclasses import dataclass
from typing import ClassVar

from app.events.kinds import Event


@dataclass(frozen=True, kw_only=True)
class SettingsChanged(Event):
    """The chair changed settings of a consultation that is open; each change has `setting`, `before` and `after`."""

    changes: list[dict[str, str]]
    reason: str


@dataclass(frozen=True, kw_only=True)
class StandardMoved(Event):
    """The chair moved a standard ahead of or behind the others, or back among them (`phase` is empty)."""

    standard: int
    subject: str
    phase: str
    until: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class MemberInvited(Event):
    """Somebody was invited to a role."""

    SEALS: ClassVar[tuple[tuple[str, ...], ...]] = (("invitation_id",),)

    role: str
    invitation_id: int


@dataclass(frozen=True, kw_only=True)
class InvitationWithdrawn(Event):
    """An invitation was taken back."""

    SEALS: ClassVar[tuple[tuple[str, ...], ...]] = (("invitation_id",),)

    role: str
    invitation_id: int


@dataclass(frozen=True, kw_only=True)
class AmendmentPositionTaken(Event):
    """A position on an amendment was taken or changed; choice and group are sealed apart."""

    SEALS: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("position", "amendment", "choice", "block"),
        ("group",),
        ("membership_id",),
    )

    position: int
    amendment: int
    choice: str
    block: str
    group: str
    membership_id: int


@dataclass(frozen=True, kw_only=True)
class AmendmentPositionWithdrawn(Event):
    """A position on an amendment was taken back."""

    SEALS: ClassVar[tuple[tuple[str, ...], ...]] = (("position", "amendment"),)

    position: int
    amendment: int


@dataclass(frozen=True, kw_only=True)
class AmendmentAdopted(Event):
    """An amendment became part of the text, as `version`."""

    amendment: int
    subject: str
    version: int
    text_hash: str


@dataclass(frozen=True, kw_only=True)
class AmendmentDeclined(Event):
    """An amendment was declined; the hash is that of the reason."""

    amendment: int
    subject: str
    text_hash: str


@dataclass(frozen=True, kw_only=True)
class AmendmentPromoted(Event):
    """A declined amendment was proposed as a standard of its own."""

    amendment: int
    subject: str


@dataclass(frozen=True, kw_only=True)
class ReorganisationProposed(Event):
    """A merger, a split or a withdrawal was proposed; its supporters are asked."""

    reorganisation: int
    reorganisation_kind: str
    subject: str
    target: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class ReorganisationAnswered(Event):
    """A supporter answered."""

    SEALS: ClassVar[tuple[tuple[str, ...], ...]] = (("reorganisation", "membership_id", "agrees", "moves_along"),)

    reorganisation: int
    membership_id: int
    agrees: bool
    moves_along: bool


@dataclass(frozen=True, kw_only=True)
class ReorganisationEnded(Event):
    """A merger, a split or a withdrawal was carried out or called off."""

    reorganisation: int
    reorganisation_kind: str
    subject: str
    state: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class ObjectionMoved(Event):
    """An objection took a step: its kind, the state it led to, and the hash of the words. Who took it is sealed."""

    SEALS: ClassVar[tuple[tuple[str, ...], ...]] = (("membership_id",),)

    objection: int
    subject: str
    step: str
    step_id: int
    state: str
    text_hash: str
    membership_id: int | None


@dataclass(frozen=True, kw_only=True)
class DispositionGiven(Event):
    """It was said what was done with a comment; the hash is that of the reason. Which comment is public."""

    contribution: int
    subject: str
    disposition: str
    version: int | None
    text_hash: str


@dataclass(frozen=True, kw_only=True)
class OutcomeStated(Event):
    """The chair stated the outcome of a standard; the hash is that of the reasons."""

    standard: int
    subject: str
    version: int
    outcome: str
    consensus_state: str
    text_hash: str


@dataclass(frozen=True, kw_only=True)
class ResponsePublished(Event):
    """The authority answered to a standard, or said what it has done; `promised_on` is a day or empty."""

    standard: int
    subject: str
    response: str
    promised_on: str
    text: str


@dataclass(frozen=True, kw_only=True)
class ResponseOverdue(Event):
    """The promised date passed without a response."""

    due: str


@dataclass(frozen=True, kw_only=True)
class ConsultationAnswered(Event):
    """Every outcome has its response."""

    slug: str


@dataclass(frozen=True, kw_only=True)
class ImpactScored(Event):
    """Somebody said how grave the harm is that a standard answers to; the scores are sealed."""

    SEALS: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("standard", "scale", "scope", "reversibility", "probability"),
        ("membership_id",),
    )

    standard: int
    scale: int
    scope: int
    reversibility: int
    probability: int | None
    membership_id: int


@dataclass(frozen=True, kw_only=True)
class CommitmentRegistered(Event):
    """A promise was entered in the register; the hash is that of its words."""

    commitment: str
    text_hash: str


@dataclass(frozen=True, kw_only=True)
class CommitmentReworded(Event):
    """A promise is worded differently from now on."""

    commitment: str
    text_hash: str


@dataclass(frozen=True, kw_only=True)
class CommitmentFound(Event):
    """A panel found how a promise stands; the hash is that of its reasons."""

    commitment: str
    state: str
    text_hash: str


@dataclass(frozen=True, kw_only=True)
class CommitmentEnding(Event):
    """A promise ends in so many days."""

    commitment: str
    days: int
