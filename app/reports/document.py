"""What a summary says, free of format. Every renderer prints these figures and no others.

The fingerprint is the SHA-256 of the canonical JSON of the document without its fingerprint.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace

from app.events import digest
from app.language import SOURCE, Message
from app.queries.positions import GroupTally
from app.reports.campaigns_report import NO_CAMPAIGNS, CampaignFigures
from app.reports.credits import BalanceLine, CreditLine
from app.reports.objections_report import ObjectionLine
from app.reports.promises_report import PromiseReport

SCHEMA = "standpoint-summary-1"


@dataclass(frozen=True, slots=True)
class About:
    """Which consultation this is, and when it took place. Times are ISO 8601 in UTC."""

    slug: str
    title: str
    state: str
    opens_at: str | None
    closes_at: str | None
    language: str
    asked_by: str
    answered_by: str
    answer_due: str | None
    source: str
    source_note: str
    demonstration: bool
    minimum_group: int


@dataclass(frozen=True, slots=True)
class GroupVoices:
    """How many people of a group took part; None where that may not be shown."""

    group: str
    name: str
    family: str
    directly_affected: bool
    heard: bool
    people: int | None


@dataclass(frozen=True, slots=True)
class Positions:
    """Positions in numbers. `n` is all of them, abstentions included."""

    support: int
    support_with_reservations: int
    abstain: int
    object: int
    n: int


@dataclass(frozen=True, slots=True)
class Argument:
    """A reason for or against in somebody's words; `id` is the comment it rests on, `senders` who sent the same."""

    id: int
    author: str
    group: str
    text: str
    endorsements: int
    endorsing_groups: int
    senders: int = 0


@dataclass(frozen=True, slots=True)
class MinorityPosition:
    """A position that most do not share. `group` is empty where naming it would single somebody out."""

    position: str
    group: str
    text: str
    state: str
    would_change: str
    id: int | None


@dataclass(frozen=True, slots=True)
class CommentLine:
    """One published comment."""

    id: int
    reply_to: int | None
    author: str
    group: str
    stance: str
    clause: str
    text: str
    proposed_change: str
    created_at: str
    endorsements: int
    endorsing_groups: int
    channel: str
    language: str
    disposition: str = ""
    campaign: int | None = None


@dataclass(frozen=True, slots=True)
class ClauseLine:
    """A numbered sentence."""

    number: str
    text: str


@dataclass(frozen=True, slots=True)
class Source:
    """A piece of evidence with its authors."""

    authors: tuple[str, ...]
    year: int | None
    title: str
    venue: str
    url: str
    finding: str


@dataclass(frozen=True, slots=True)
class StandardReport:
    """One standard: its text, what it rests on, where people stand, and what they said.

    Of the people counted, `confirmed` took their position on this very version, and `carried_over_counted` on an
    earlier one that differs by its wording alone; those in `carried_over` are not counted until they confirm.
    """

    number: int
    title: str
    version: int
    summary: str
    measure: str
    context: str
    clauses: tuple[ClauseLine, ...]
    grounding: tuple[str, ...]
    duty_bearers: tuple[str, ...]
    enforcement: str
    missing: tuple[str, ...]
    evidence: tuple[Source, ...]
    positions: Positions
    approval_percent: int | None
    by_group: tuple[GroupTally, ...]
    organisations: Positions | None
    confirmed: int
    carried_over_counted: int
    carried_over: int
    consensus_state: str
    provisional: bool
    explanation: Message
    minority: tuple[MinorityPosition, ...]
    arguments_for: tuple[Argument, ...]
    arguments_against: tuple[Argument, ...]
    imported_supports: int | None
    response: str
    response_text: str
    comments: tuple[CommentLine, ...]
    outcome: str = ""
    outcome_reasons: str = ""
    stated_by: str = ""
    stated_on: str = ""
    objections: tuple[ObjectionLine, ...] = ()
    dispositions: Mapping[str, int] = field(default_factory=dict)
    versions: tuple[CreditLine, ...] = ()


@dataclass(frozen=True, slots=True)
class TrailLine:
    """A standard that was merged or split (`became`), and the numbers of those that took its place."""

    number: int
    title: str
    became: str
    into: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Moderation:
    """What moderation did."""

    received: int
    published: int
    redacted: int
    returned: int
    declined: int
    hidden: int
    appeals: int
    overturned: int


@dataclass(frozen=True, slots=True)
class Document:
    """A whole summary. `as_of` is the hour of the last entry of the ledger that it rests on."""

    schema: str
    fingerprint: str
    as_of: str | None
    ledger_entries: int
    consultation: About
    people: int
    organisations: int
    participation: tuple[GroupVoices, ...]
    standards: tuple[StandardReport, ...]
    trails: tuple[TrailLine, ...]
    moderation: Moderation
    commitments: tuple[PromiseReport, ...] = ()
    balance: tuple[BalanceLine, ...] = ()
    campaigns: CampaignFigures = NO_CAMPAIGNS

    @property
    def not_yet_heard(self) -> list[str]:
        """The names of the groups with too few voices."""
        return [group.name for group in self.participation if not group.heard]


def sealed(document: Document) -> Document:
    """The document with its fingerprint."""
    return replace(document, fingerprint=fingerprint_of(as_json(document)))


def fingerprint_of(data: dict[str, object]) -> str:
    """The fingerprint of exported JSON, whatever it claims itself."""
    return digest({key: value for key, value in data.items() if key != "fingerprint"})


def as_json(document: Document) -> dict[str, object]:
    """The document as it is published in JSON (shape: /consultations/<slug>/summary.schema.json)."""
    data = _plain(document)
    assert isinstance(data, dict)
    data["participation"] = [_voices(group) for group in document.participation]
    data["standards"] = [_standard(standard) for standard in document.standards]
    return data


def _standard(standard: StandardReport) -> dict[str, object]:
    data = _plain(standard)
    assert isinstance(data, dict)
    data["by_group"] = [_group(tally) for tally in standard.by_group]
    data["arguments"] = {"for": data.pop("arguments_for"), "against": data.pop("arguments_against")}
    return data


def _voices(group: GroupVoices) -> dict[str, object]:
    about: dict[str, object] = {
        "group": group.group,
        "name": group.name,
        "directly_affected": group.directly_affected,
        "heard": group.heard,
    }
    return {**about, "suppressed": True} if group.people is None else {**about, "people": group.people}


def _group(tally: GroupTally) -> dict[str, object]:
    about: dict[str, object] = {"group": tally.group_key, "heard": tally.heard}
    if not tally.shown:
        return {**about, "suppressed": True}
    positions = {
        "support": tally.support,
        "support_with_reservations": tally.reservations,
        "abstain": tally.abstain,
        "object": tally.object,
        "n": tally.size,
    }
    interval = tally.approval_interval
    return {
        **about,
        "positions": positions,
        "approval_percent": tally.approval_percent,
        "approval_interval": [interval.low, interval.high] if interval else None,
    }


def _plain(value: object) -> object:
    """Dataclasses as dictionaries, tuples as lists; messages in English, because a fingerprint knows no language."""
    if isinstance(value, Message):
        return value.text(SOURCE)
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Sequence):
        return [_plain(item) for item in value]
    return value


def states(document: Document) -> Iterator[tuple[str, list[int]]]:
    """Each consensus state that occurs, with the numbers of its standards."""
    found: dict[str, list[int]] = {}
    for standard in document.standards:
        found.setdefault(standard.consensus_state, []).append(standard.number)
    yield from found.items()
