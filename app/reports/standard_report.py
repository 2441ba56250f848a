"""What a summary says of one standard: its text, where people stand, what they said, and what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.language import Message
from app.queries.positions import GroupTally
from app.reports.credits import CreditLine
from app.reports.objections_report import ObjectionLine


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
    """What somebody said, in their words; `id` is the comment it rests on, `senders` who sent the same.

    `bridging` is the score by which it was chosen (rules/bridging), `appears` how its author chose to be published.
    """

    id: int
    author: str
    group: str
    text: str
    endorsements: int
    endorsing_groups: int
    senders: int = 0
    bridging: str = ""
    stance: str = ""
    language: str = ""
    channel: str = ""
    appears: str = ""


@dataclass(frozen=True, slots=True)
class MinorityPosition:
    """A position that most do not share. `group` is empty where naming it would single somebody out."""

    position: str
    group: str
    text: str
    state: str
    would_change: str
    id: int | None
    language: str = ""


@dataclass(frozen=True, slots=True)
class SheetPlace:
    """Where a comment stood on the commenting sheet that it came with, and the number that it goes by in sheets."""

    number: int | None
    member_body: str = ""
    line: str = ""
    clause: str = ""
    paragraph: str = ""


@dataclass(frozen=True, slots=True)
class CommentLine:
    """One published comment. `observation` is what was done with it, in the words of a commenting sheet."""

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
    type: str = ""
    observation: str = ""
    sheet: SheetPlace | None = None


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
    `response` and what follows it are the authority's answer: when it came, what it promises, and what was done.
    `from_affected` and `from_others` are what members of groups said, at most one of each group. While tallies are not
    to be seen yet, `positions_hidden` is true and every count of positions is nought, whatever people took.
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
    comments: Sequence[CommentLine]
    outcome: str = ""
    outcome_reasons: str = ""
    stated_by: str = ""
    stated_on: str = ""
    objections: tuple[ObjectionLine, ...] = ()
    dispositions: Mapping[str, int] = field(default_factory=dict)
    versions: tuple[CreditLine, ...] = ()
    language: str = ""
    promised_on: str | None = None
    done: str = ""
    done_on: str | None = None
    answered_on: str | None = None
    from_affected: tuple[Argument, ...] = ()
    from_others: tuple[Argument, ...] = ()
    positions_hidden: bool = False


@dataclass(frozen=True, slots=True)
class TrailLine:
    """A standard that was merged or split (`became`), and the numbers of those that took its place."""

    number: int
    title: str
    became: str
    into: tuple[int, ...]
