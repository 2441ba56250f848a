"""Whether an exported summary agrees with itself: its fingerprint, sums, states by the rules, references."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.language import Message, _
from app.reports.document import Document, GroupVoices, fingerprint_of
from app.reports.reading import Unreadable, document_from
from app.reports.resolution import OPEN
from app.reports.standard_report import Positions, StandardReport
from app.rules.consensus import Consensus, ConsensusState, Counts, GroupCounts, Thresholds, consensus_state
from app.rules.disclosure import percent
from app.rules.intervals import wilson
from app.rules.objections import REMAINING, UNANSWERED

COMPUTED = (
    ConsensusState.CONSENSUS,
    ConsensusState.SUPPORTED_WITH_RECORDED_OBJECTION,
    ConsensusState.CONTESTED,
    ConsensusState.NO_CONSENSUS,
)
"""The states that follow from figures which a summary shows."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something that does not agree, and where."""

    place: str
    what: Message


def flaws(data: Mapping[str, Any]) -> list[Flaw]:
    """Everything in the exported JSON of a summary that does not agree with the rest of it."""
    try:
        document = document_from(data)
    except Unreadable as error:
        return [Flaw(error.place, _("This is not what the schema says."))]
    found = [] if is_part(data) else list(_fingerprint(data))
    try:
        return [*found, *disagreements(document)]
    except ValueError:  # the rules count nobody less than zero times
        return [*found, Flaw("positions", _("There is a figure that cannot be."))]


def is_part(data: Mapping[str, Any]) -> bool:
    """Whether a file holds a part of a summary: it carries the fingerprint of the whole, which cannot be recomputed."""
    return data.get("part") is not None


def disagreements(document: Document) -> list[Flaw]:
    """Figures and references of a document that do not follow from the others."""
    found = [*_participation(document), *_moderation(document)]
    for standard in document.standards:
        found += _standard(document, standard)
    return found


def _fingerprint(data: Mapping[str, Any]) -> Iterator[Flaw]:
    computed = fingerprint_of(dict(data))
    if computed != data.get("fingerprint"):
        yield Flaw("fingerprint", _("It should be %(computed)s.", computed=computed))


def _participation(document: Document) -> Iterator[Flaw]:
    minimum = document.consultation.minimum_group
    known = [(group, group.people) for group in document.participation if group.people is not None]
    if sum(people for _group, people in known) > document.people:
        yield Flaw("participation", _("The groups have more people than there are altogether."))
    for group, people in known:
        yield from _group_size(group, people, minimum)


def _group_size(group: GroupVoices, people: int, minimum: int) -> Iterator[Flaw]:
    place = f"participation.{group.group}"
    if people < minimum:
        yield Flaw(place, _("A group below %(minimum)s people is shown.", minimum=minimum))
    if group.heard != (people >= minimum):
        yield Flaw(place, _("Whether it is heard does not follow from its size."))


def _moderation(document: Document) -> Iterator[Flaw]:
    figures = document.moderation
    if figures.published + figures.redacted + figures.declined + figures.hidden > figures.received:
        yield Flaw("moderation", _("More was decided on than was received."))
    if figures.overturned > figures.appeals:
        yield Flaw("moderation.overturned", _("More was overturned than was appealed against."))


def _standard(document: Document, standard: StandardReport) -> Iterator[Flaw]:
    place = f"standards.{standard.number}"
    yield from _totals(standard, place)
    yield from _groups(document, standard, place)
    yield from _state(document, standard, place)
    yield from _references(standard, place)


def _totals(standard: StandardReport, place: str) -> Iterator[Flaw]:
    cells = counts_of(standard.positions)
    for name, positions in (("positions", standard.positions), ("organisations", standard.organisations)):
        if positions is not None and positions.n != counts_of(positions).size:
            yield Flaw(f"{place}.{name}.n", _("It is not the sum of the positions."))
    if standard.approval_percent != percent(cells.approving, cells.denominator):
        yield Flaw(f"{place}.approval_percent", _("It does not follow from the positions."))
    if standard.confirmed + standard.carried_over_counted != cells.size:
        yield Flaw(f"{place}.confirmed", _("Confirmed and carried-over positions are not all that are counted."))


def _groups(document: Document, standard: StandardReport, place: str) -> Iterator[Flaw]:
    minimum = document.consultation.minimum_group
    shown = [tally for tally in standard.by_group if tally.shown]
    for tally in shown:
        here, cells = f"{place}.by_group.{tally.group_key}", _of_tally(tally)
        if tally.size != cells.size:
            yield Flaw(f"{here}.n", _("It is not the sum of the positions."))
        if tally.size < minimum:
            yield Flaw(here, _("A group below %(minimum)s people is shown.", minimum=minimum))
        if tally.approval_percent != percent(cells.approving, cells.denominator):
            yield Flaw(f"{here}.approval_percent", _("It does not follow from the positions."))
        if tally.approval_interval != wilson(cells.approving, cells.denominator):
            yield Flaw(f"{here}.approval_interval", _("It does not follow from the positions."))
    total = counts_of(standard.positions)
    for cell in ("support", "reservations", "abstain", "object"):
        if sum(getattr(tally, cell) for tally in shown) > getattr(total, cell):
            yield Flaw(f"{place}.by_group", _("The groups have more positions than there are altogether."))
            return


def _state(document: Document, standard: StandardReport, place: str) -> Iterator[Flaw]:
    """The state by the rules, as far as its inputs are shown; one that the chair has confirmed is that of its day."""
    thresholds = thresholds_of(document)
    if standard.outcome or thresholds is None or standard.consensus_state not in COMPUTED:
        return
    unheard = [tally for tally in standard.by_group if tally.directly_affected and not tally.heard]
    if unheard:
        yield Flaw(f"{place}.consensus_state", _("A directly affected group has too few voices for any state."))
        return
    expected = _expected(standard, thresholds)
    if not _agrees(standard, expected):
        yield Flaw(f"{place}.consensus_state", _("By the rules it should be %(state)s.", state=expected.state.value))
    elif expected.state == standard.consensus_state and not _same_words(standard, expected):
        yield Flaw(f"{place}.explanation", _("By the rules it should say: %(sentence)s", sentence=expected.explanation))


def _expected(standard: StandardReport, thresholds: Thresholds) -> Consensus:
    certain = [one for one in standard.minority if one.id is not None]
    return consensus_state(
        counts_of(standard.positions),
        [
            GroupCounts(index, tally.name, _of_tally(tally), directly_affected=False, named=False)
            for index, tally in enumerate(standard.by_group)
            if tally.shown
        ],
        thresholds,
        withdrawn=False,
        position_phase_begun=True,
        unanswered_objections=sum(one.state in UNANSWERED for one in certain),
        sustained_objections=sum(one.state in REMAINING for one in standard.minority),
        provisional=standard.provisional,
    )


def _agrees(standard: StandardReport, expected: Consensus) -> bool:
    """The same, unless a group whose figures are hidden, or an objection without a reason, may make the difference."""
    if expected.state == standard.consensus_state:
        return True
    if standard.consensus_state == ConsensusState.CONTESTED and any(
        tally.heard and not tally.shown for tally in standard.by_group
    ):
        return expected.state != ConsensusState.TOO_EARLY
    recorded = ConsensusState.SUPPORTED_WITH_RECORDED_OBJECTION
    return (expected.state, standard.consensus_state) == (ConsensusState.CONSENSUS, recorded) and any(
        one.id is None for one in standard.minority
    )


def _same_words(standard: StandardReport, expected: Consensus) -> bool:
    """The sentence is compared where no hidden group or unread objection can be part of it."""
    if standard.consensus_state not in (ConsensusState.CONSENSUS, ConsensusState.NO_CONSENSUS):
        return True
    return standard.explanation.text("en") == expected.explanation.text("en")


def _references(standard: StandardReport, place: str) -> Iterator[Flaw]:
    said = {line.id: line for line in standard.comments}
    if len(said) != len(standard.comments):
        yield Flaw(f"{place}.comments", _("A comment is there twice."))
    quoted = {"for": standard.arguments_for, "against": standard.arguments_against}
    quoted |= {"from_affected": standard.from_affected, "from_others": standard.from_others}
    for name, arguments in quoted.items():
        for argument in arguments:
            line = said.get(argument.id)
            if line is None or line.text != argument.text:
                yield Flaw(f"{place}.{name}.{argument.id}", _("It is not what the comment says."))
    for minority in standard.minority:
        line = said.get(minority.id) if minority.id is not None else None
        if minority.id is not None and (line is None or line.text != minority.text):
            yield Flaw(f"{place}.minority.{minority.id}", _("It is not what the comment says."))
    resolved = Counter(line.disposition for line in standard.comments if line.disposition)
    if resolved != Counter({kind: count for kind, count in standard.dispositions.items() if kind != OPEN and count}):
        yield Flaw(f"{place}.dispositions", _("They are not those of the comments."))


def thresholds_of(document: Document) -> Thresholds | None:
    """The thresholds of the consultation, where the summary states them."""
    process = document.process
    if process is None:
        return None
    return Thresholds(
        minimum_group=document.consultation.minimum_group,
        minimum_voices=process.minimum_voices,
        consensus_percent=process.consensus_percent,
        contested_percent=process.contested_percent,
    )


def counts_of(positions: Positions) -> Counts:
    """Published positions as the rules count them."""
    return Counts(positions.support, positions.support_with_reservations, positions.abstain, positions.object)


def _of_tally(tally: Any) -> Counts:
    return Counts(tally.support, tally.reservations, tally.abstain, tally.object)
