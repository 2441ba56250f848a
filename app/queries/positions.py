"""What positions come to: per group, in all, and the consensus state. One result, the same wherever it is shown."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import Refusal
from app.language import Message, _
from app.models.consultations import StakeholderGroup
from app.models.outcomes import Outcome
from app.models.positions import Block, Choice, PositionTally
from app.models.standards import Standard
from app.queries.consultations import Frame, position_phase_begun
from app.rules.consensus import Consensus, ConsensusState, Counts, GroupCounts, Thresholds, consensus_state
from app.rules.disclosure import percent, shown_groups
from app.rules.intervals import Interval, wilson
from app.rules.positions import why_not_see_tally
from app.rules.versions import still_counts

Cells = Mapping[tuple[str, int | None], Counts]
Ages = Mapping[str, int]
NOBODY = Counts()


@dataclass(frozen=True, slots=True)
class GroupTally:
    """One group's positions; all counts are 0 where they may not be shown."""

    group_key: str
    name: str
    family: str
    directly_affected: bool
    heard: bool
    shown: bool
    size: int = 0
    support: int = 0
    reservations: int = 0
    abstain: int = 0
    object: int = 0
    approval_percent: int | None = None
    approval_interval: Interval | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """Positions in figures, as far as this viewer may see them."""

    groups: tuple[GroupTally, ...]
    people: Counts
    approval_percent: int | None
    organisations: Counts | None
    why_hidden: Refusal | None


@dataclass(frozen=True, slots=True)
class Result:
    """What the positions on one standard come to. `why_hidden` says why this viewer does not see tallies yet.

    Of the people counted, `confirmed` took their position on the version in force and `carried_counted` on an earlier
    one from which only editorial changes lie; those of `carried` are shown apart and not counted until they confirm.
    """

    groups: tuple[GroupTally, ...]
    people: Counts
    approval_percent: int | None
    organisations: Counts | None
    confirmed: int
    carried_counted: int
    carried: int
    consensus: Consensus
    why_hidden: Refusal | None

    @property
    def not_yet_heard(self) -> tuple[GroupTally, ...]:
        """The groups without enough voices on this standard."""
        return tuple(group for group in self.groups if not group.heard)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a result needs to know of a standard beside its positions."""

    standard: Standard
    affected_groups: Sequence[str]
    unanswered: int
    sustained: int
    has_position: bool = False
    outcome: Outcome | None = None


def results(session: Session, frame: Frame, subjects: Sequence[Subject]) -> dict[int, Result]:
    """The result of each standard, by the standard's id. One statement however many there are."""
    counted, ages = _cells(session, subjects)
    return {
        subject.standard.id: _result(frame, subject, counted[subject.standard.id], ages[subject.standard.id])
        for subject in subjects
    }


def tally_of(frame: Frame, cells: Cells, *, has_position: bool) -> Tally:
    """Counts by block and group as they may be shown to this viewer."""
    by_group = {group.key: cells.get((Block.PEOPLE, group.id), NOBODY) for group in frame.groups}
    people = total([counts for (block, _group), counts in cells.items() if block == Block.PEOPLE])
    organisations = total([counts for (block, _group), counts in cells.items() if block == Block.ORGANISATIONS])
    why_hidden = why_not_see_tally(frame.consultation, closed=frame.closed, has_position=has_position)
    shown = shown_groups({key: counts.size for key, counts in by_group.items()}, frame.consultation.minimum_group)
    people = people if why_hidden is None else NOBODY
    return Tally(
        groups=tuple(
            _group_tally(frame, index, by_group, shown=why_hidden is None and group.key in shown)
            for index, group in enumerate(frame.groups)
        ),
        people=people,
        approval_percent=approval(people),
        organisations=organisations if _may_show(frame, organisations, why_hidden) else None,
        why_hidden=why_hidden,
    )


def thresholds(frame: Frame) -> Thresholds:
    """The consultation's own thresholds."""
    consultation = frame.consultation
    return Thresholds(
        minimum_group=consultation.minimum_group,
        minimum_voices=consultation.minimum_voices,
        consensus_percent=consultation.consensus_percent,
        contested_percent=consultation.contested_percent,
    )


def _cells(session: Session, subjects: Sequence[Subject]) -> tuple[dict[int, Cells], dict[int, Ages]]:
    """Counts by block and group for each standard, and on which texts people took their positions."""
    wanted = {subject.standard.id: subject.standard for subject in subjects}
    rows = session.execute(
        select(
            PositionTally.standard_id,
            PositionTally.block,
            PositionTally.group_id,
            PositionTally.version,
            PositionTally.choice,
            PositionTally.count,
        ).where(PositionTally.standard_id.in_(wanted))
    )
    numbers: dict[int, dict[tuple[str, int | None], dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    ages: dict[int, Counter[str]] = defaultdict(Counter)
    for standard_id, block, group_id, version, choice, count in rows:
        standard = wanted[standard_id]
        if block == Block.PEOPLE:
            ages[standard_id][_age(standard, version)] += count
        if still_counts(standard, version):
            cell = numbers[standard_id][(block, group_id)]
            cell[choice] = cell.get(choice, 0) + count
    counted: dict[int, Cells] = defaultdict(dict)
    for standard_id, cells in numbers.items():
        counted[standard_id] = {key: counts_of(cell) for key, cell in cells.items()}
    return counted, defaultdict(Counter, ages)


def _age(standard: Standard, version: int) -> str:
    if version == standard.version:
        return "confirmed"
    return "carried_counted" if still_counts(standard, version) else "carried"


def _result(frame: Frame, subject: Subject, cells: Cells, ages: Ages) -> Result:
    tally = tally_of(frame, cells, has_position=subject.has_position)
    consensus = _consensus(frame, subject, cells)
    if tally.why_hidden is not None:
        ages = {}
        consensus = Consensus(ConsensusState.TOO_EARLY, tally.why_hidden.message, provisional=True)
    return Result(
        groups=tally.groups,
        people=tally.people,
        approval_percent=tally.approval_percent,
        organisations=tally.organisations,
        confirmed=ages.get("confirmed", 0),
        carried_counted=ages.get("carried_counted", 0),
        carried=ages.get("carried", 0),
        consensus=_confirmed(consensus, subject.outcome),
        why_hidden=tally.why_hidden,
    )


def _consensus(frame: Frame, subject: Subject, cells: Cells) -> Consensus:
    by_group = {group.key: cells.get((Block.PEOPLE, group.id), NOBODY) for group in frame.groups}
    shown = shown_groups({key: counts.size for key, counts in by_group.items()}, frame.consultation.minimum_group)
    return consensus_state(
        total([counts for (block, _group), counts in cells.items() if block == Block.PEOPLE]),
        [
            GroupCounts(
                key=group.id,
                name=_speakable(frame, group, by_group[group.key], shown),
                counts=by_group[group.key],
                directly_affected=group.directly_affected,
                named=group.key in subject.affected_groups,
            )
            for group in frame.groups
        ],
        thresholds(frame),
        withdrawn=subject.standard.withdrawn_at is not None,
        position_phase_begun=position_phase_begun(frame, subject.standard),
        unanswered_objections=subject.unanswered,
        sustained_objections=subject.sustained,
        provisional=not frame.closed,
    )


def _confirmed(computed: Consensus, outcome: Outcome | None) -> Consensus:
    """The state that the chair confirmed, if any; its sentence in the reader's language while the figures say so."""
    if outcome is None:
        return computed
    state = ConsensusState(outcome.consensus_state)
    if computed.state == state:
        return replace(computed, provisional=False)
    return Consensus(state, Message("%(sentence)s", {"sentence": outcome.explanation}))


def _speakable(frame: Frame, group: StakeholderGroup, counts: Counts, shown: frozenset[str]) -> str | Message:
    """The name of a group in the sentence about the state; one whose figures are hidden to protect others has none."""
    if group.key in shown or counts.size < frame.consultation.minimum_group:
        return group.name
    return _("a group whose figures are not shown")


def _may_show(frame: Frame, organisations: Counts, why_hidden: Refusal | None) -> bool:
    return why_hidden is None and organisations.size >= frame.consultation.minimum_group


def _group_tally(frame: Frame, index: int, by_group: Mapping[str, Counts], *, shown: bool) -> GroupTally:
    group = frame.groups[index]
    counts = by_group[group.key]
    heard = counts.size >= frame.consultation.minimum_group
    if not shown:
        return GroupTally(group.key, group.name, group.family, group.directly_affected, heard=heard, shown=False)
    return GroupTally(
        group.key,
        group.name,
        group.family,
        group.directly_affected,
        heard=heard,
        shown=True,
        size=counts.size,
        support=counts.support,
        reservations=counts.reservations,
        abstain=counts.abstain,
        object=counts.object,
        approval_percent=approval(counts),
        approval_interval=wilson(counts.approving, counts.denominator),
    )


def total(parts: Sequence[Counts]) -> Counts:
    """Several counts together."""
    return Counts(
        support=sum(part.support for part in parts),
        reservations=sum(part.reservations for part in parts),
        abstain=sum(part.abstain for part in parts),
        object=sum(part.object for part in parts),
    )


def approval(counts: Counts) -> int | None:
    """Approval in whole percent, rounded down; None below twenty people."""
    return percent(counts.approving, counts.denominator)


def counts_of(cell: Mapping[str, int]) -> Counts:
    """A count for each choice, as one thing."""
    return Counts(
        support=cell.get(Choice.SUPPORT, 0),
        reservations=cell.get(Choice.RESERVATIONS, 0),
        abstain=cell.get(Choice.ABSTAIN, 0),
        object=cell.get(Choice.OBJECT, 0),
    )
