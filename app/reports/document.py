"""What a summary says, free of format. Every renderer prints these figures and no others.

The fingerprint is the SHA-256 of the canonical JSON of the document without its fingerprint.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache

from app.events import digest
from app.language import SOURCE, Message
from app.queries.positions import GroupTally
from app.reports.campaigns_report import NO_CAMPAIGNS, CampaignFigures
from app.reports.credits import BalanceLine
from app.reports.due_process_report import NO_DECISIONS, DueProcess
from app.reports.opinions_report import OpinionReport
from app.reports.process_report import ProcessReport
from app.reports.promises_report import PromiseReport
from app.reports.standard_report import StandardReport, TrailLine

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
    purpose: str = ""


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
class BodyLine:
    """Where a right can be claimed that a standard of this summary rests on: a court, a committee, an authority."""

    instrument: str
    name: str
    kind: str
    route: str


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
    process: ProcessReport | None = None
    due_process: DueProcess = NO_DECISIONS
    bodies: tuple[BodyLine, ...] = ()
    opinions: OpinionReport | None = None

    @property
    def not_yet_heard(self) -> list[str]:
        """The names of the groups with too few voices."""
        return unheard(self.participation)


def unheard(participation: Sequence[GroupVoices]) -> list[str]:
    """The names of the groups with too few voices."""
    return [group.name for group in participation if not group.heard]


def fingerprint_of(data: dict[str, object]) -> str:
    """The fingerprint of exported JSON, whatever it claims itself."""
    return digest({key: value for key, value in data.items() if key != "fingerprint"})


def as_json(document: Document) -> dict[str, object]:
    """The document as it is published in JSON (shape: /consultations/<slug>/summary.schema.json)."""
    data = plain(replace(document, standards=(), participation=()))
    assert isinstance(data, dict)
    data["participation"] = [_voices(group) for group in document.participation]
    data["standards"] = [standard_as_json(standard) for standard in document.standards]
    return data


def standard_as_json(standard: StandardReport) -> dict[str, object]:
    """One standard of it."""
    data = plain(standard)
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


_PLAIN = frozenset((str, int))


@cache
def _names(kind: type) -> tuple[str, ...]:
    """The fields of a dataclass: there are as many comments as people write, and a field of each is asked for."""
    return tuple(field.name for field in fields(kind))


def plain(value: object) -> object:
    """Dataclasses as dictionaries, tuples as lists; messages in English, because a fingerprint knows no language."""
    if value is None or type(value) in _PLAIN:
        return value
    if isinstance(value, Message):
        return value.text(SOURCE)
    if is_dataclass(value) and not isinstance(value, type):
        parts = ((name, getattr(value, name)) for name in _names(type(value)))
        return {name: part if type(part) in _PLAIN else plain(part) for name, part in parts}
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, Sequence):
        return [plain(item) for item in value]
    return value


def states(document: Document) -> Iterator[tuple[str, list[int]]]:
    """Each consensus state that occurs, with the numbers of its standards."""
    found: dict[str, list[int]] = {}
    for standard in document.standards:
        found.setdefault(standard.consensus_state, []).append(standard.number)
    yield from found.items()
