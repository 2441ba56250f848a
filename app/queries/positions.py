"""What positions come to: per group, in all, and the consensus state. One result, the same wherever it is shown."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from app.errors import Refusal
from app.language import Message
from app.models.consultations import StakeholderGroup
from app.models.outcomes import Outcome
from app.models.positions import Block
from app.models.standards import Standard
from app.queries.consultations import Frame, position_phase_begun
from app.queries.tally_cells import NOBODY, Ages, Cells, cells_of, total
from app.rules.consensus import NO_NAME, Consensus, ConsensusState, Counts, GroupCounts, Thresholds, consensus_state
from app.rules.disclosure import percent
from app.rules.intervals import Interval, wilson
from app.rules.positions import why_not_see_tally
from app.rules.tallies import Opened, opened_of_tally, shown_of_tally
from app.rules.withholding import NO_TABLE, Table, of_standard, table_in


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
    counted, ages = cells_of(session, [subject.standard for subject in subjects])
    return {
        subject.standard.id: result_of(frame, subject, counted[subject.standard.id], ages[subject.standard.id])
        for subject in subjects
    }


def tally_of(frame: Frame, cells: Cells, *, has_position: bool, earlier: Table = NO_TABLE) -> Tally:
    """Counts by block and group as they may be shown to this viewer beside an `earlier` table."""
    by_group, people, organisations = _by_group(frame, cells), people_of(cells), _organisations(cells)
    why_hidden = why_not_see_tally(frame.consultation, closed=frame.closed, has_position=has_position)
    shown = _shown(frame, cells, earlier)
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


def result_of(frame: Frame, subject: Subject, cells: Cells, ages: Ages) -> Result:
    """What the positions on one standard come to, from its cells."""
    standard = subject.standard
    earlier = table_in(frame.earlier, of_standard(standard.number or 0, standard.counts_from))
    tally = tally_of(frame, cells, has_position=subject.has_position, earlier=earlier)
    consensus = _consensus(frame, subject, cells, _shown(frame, cells, earlier))
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


def _consensus(frame: Frame, subject: Subject, cells: Cells, shown: AbstractSet[str]) -> Consensus:
    by_group = _by_group(frame, cells)
    return consensus_state(
        people_of(cells),
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


def opened(frame: Frame, cells: Cells) -> Opened:
    """Whose positions the record may open once the consultation has closed."""
    unlisted = cells.get((Block.PEOPLE, None), NOBODY)
    return opened_of_tally(_by_group(frame, cells), unlisted, _organisations(cells), frame.consultation.minimum_group)


def _by_group(frame: Frame, cells: Cells) -> dict[str, Counts]:
    return {group.key: cells.get((Block.PEOPLE, group.id), NOBODY) for group in frame.groups}


def _organisations(cells: Cells) -> Counts:
    return total([counts for (block, _group), counts in cells.items() if block == Block.ORGANISATIONS])


def people_of(cells: Cells) -> Counts:
    """All people together, organisations apart."""
    return total([counts for (block, _group), counts in cells.items() if block == Block.PEOPLE])


def _shown(frame: Frame, cells: Cells, earlier: Table) -> frozenset[str]:
    """The groups whose figures may be shown beside those of all people."""
    unlisted = cells.get((Block.PEOPLE, None), NOBODY)
    return shown_of_tally(_by_group(frame, cells), unlisted, frame.consultation.minimum_group, earlier)


def _confirmed(computed: Consensus, outcome: Outcome | None) -> Consensus:
    """The state that the chair confirmed, if any; its sentence in the reader's language while the figures say so."""
    if outcome is None:
        return computed
    state = ConsensusState(outcome.consensus_state)
    if computed.state == state:
        return replace(computed, provisional=False)
    return Consensus(state, Message("%(sentence)s", {"sentence": outcome.explanation}))


def _speakable(frame: Frame, group: StakeholderGroup, counts: Counts, shown: AbstractSet[str]) -> str:
    """The name of a group in the sentence about the state; one whose figures are hidden to protect others has none."""
    return group.name if group.key in shown or counts.size < frame.consultation.minimum_group else NO_NAME


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


def approval(counts: Counts) -> int | None:
    """Approval in whole percent, rounded down; None below twenty people."""
    return percent(counts.approving, counts.denominator)
