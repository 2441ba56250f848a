"""The consensus state of one standard, computed from what people answered.

The yardstick is the definition in ISO/IEC Guide 2: no sustained opposition on substantial issues by any important part
of the concerned interests. A majority alone is therefore never called consensus. All comparisons are exact: a
percentage is compared by multiplying, never by dividing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from app.language import Message, _, ngettext
from app.rules.disclosure import SMALLEST_GROUP, percent

ALL = 100
NO_NAME = ""


class ConsensusState(StrEnum):
    """What may be said about a standard; the values are those of every export."""

    TOO_EARLY = "too_early"
    NOT_YET_HEARD = "not_yet_heard"
    CONSENSUS = "consensus"
    SUPPORTED_WITH_RECORDED_OBJECTION = "supported_with_recorded_objection"
    CONTESTED = "contested"
    NO_CONSENSUS = "no_consensus"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Counts:
    """People by the position they take now; carried-over positions that do not count are left out by the caller."""

    support: int = 0
    reservations: int = 0
    abstain: int = 0
    object: int = 0

    def __post_init__(self) -> None:
        """Refuse impossible counts."""
        if min(self.support, self.reservations, self.abstain, self.object) < 0:
            message = "nobody can be counted less than zero times"
            raise ValueError(message)

    @property
    def size(self) -> int:
        """Everybody with a position, those who abstain included."""
        return self.approving + self.abstain + self.object

    @property
    def approving(self) -> int:
        """Support, with or without reservations."""
        return self.support + self.reservations

    @property
    def denominator(self) -> int:
        """Those who approve or object: what a share of approval is a share of."""
        return self.approving + self.object

    @property
    def approval(self) -> Fraction | None:
        """The share who approve among those who approve or object; None when everybody abstains."""
        return Fraction(self.approving, self.denominator) if self.denominator else None

    @property
    def majority_objects(self) -> bool:
        """More than half of those who approve or object do object; a tie is no majority."""
        return 2 * self.object > self.denominator

    def approved_by(self, share: int) -> bool:
        """At least `share` percent approve, among at least one who approves or objects."""
        return self.denominator > 0 and ALL * self.approving >= share * self.denominator


@dataclass(frozen=True, slots=True)
class GroupCounts:
    """One stakeholder group's positions. `named`: the standard links to this group as one that it affects.

    A group whose figures are hidden has `NO_NAME`.
    """

    key: int
    name: str
    counts: Counts
    directly_affected: bool
    named: bool

    @property
    def must_be_heard(self) -> bool:
        """Without this group's voices nothing can be concluded."""
        return self.directly_affected or self.named


@dataclass(frozen=True, slots=True)
class Thresholds:
    """A consultation's own thresholds: people in a group, people altogether, and percent of approval."""

    minimum_group: int = SMALLEST_GROUP
    minimum_voices: int = 20
    consensus_percent: int = 75
    contested_percent: int = 50

    def __post_init__(self) -> None:
        """Refuse thresholds that contradict each other."""
        if self.minimum_group < 1 or self.minimum_voices < 1:
            message = "a minimum is at least one person"
            raise ValueError(message)
        if not 0 <= self.contested_percent <= self.consensus_percent <= ALL:
            message = "percentages lie between 0 and 100, and consensus asks for no less than contested"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class Consensus:
    """The state, its reason in words, and the keys of the groups that the reason names, in the order they came in.

    `unanswered`: an objection still waits for its answer, which closing will not allow. `provisional`: computed while
    positions may still change.
    """

    state: ConsensusState
    explanation: Message
    groups: tuple[int, ...] = ()
    unanswered: bool = False
    provisional: bool = False


def consensus_state(
    total: Counts,
    groups: Sequence[GroupCounts],
    thresholds: Thresholds,
    *,
    withdrawn: bool,
    position_phase_begun: bool,
    unanswered_objections: int,
    sustained_objections: int,
    provisional: bool,
) -> Consensus:
    """The state of one standard: withdrawn, too early, not yet heard, contested, then by approval, in this order.

    `total` counts all people, also those who did not state a group; `groups` has the stated groups only; organisations
    are in neither. `sustained_objections` were answered and remain; `unanswered_objections` have no answer yet.
    """
    if withdrawn:
        return Consensus(ConsensusState.WITHDRAWN, _("This standard was withdrawn."))
    if not position_phase_begun:
        return Consensus(ConsensusState.TOO_EARLY, _("Positions cannot be taken yet."))
    if total.size < thresholds.minimum_voices:
        return Consensus(ConsensusState.TOO_EARLY, _few_voices(total.size, thresholds.minimum_voices))
    return (
        _unheard(total, groups, thresholds, provisional=provisional)
        or _contested(total, groups, thresholds, provisional=provisional)
        or _by_approval(total, thresholds, unanswered_objections, sustained_objections, provisional=provisional)
    )


def _unheard(
    total: Counts, groups: Sequence[GroupCounts], thresholds: Thresholds, *, provisional: bool
) -> Consensus | None:
    """Not yet heard: too few voices of a group that must be heard, or nobody who approves or objects."""
    missing = [group for group in groups if group.must_be_heard and group.counts.size < thresholds.minimum_group]
    if not missing and total.denominator:
        return None
    if missing:
        explanation = _(
            "Fewer than %(minimum)s voices from: %(groups)s.", minimum=thresholds.minimum_group, groups=_names(missing)
        )
    else:
        explanation = _("Everybody who took a position abstained.")
    return Consensus(ConsensusState.NOT_YET_HEARD, explanation, _keys(missing), provisional=provisional)


def _contested(
    total: Counts, groups: Sequence[GroupCounts], thresholds: Thresholds, *, provisional: bool
) -> Consensus | None:
    """Contested: enough approve, but a group large enough to be shown objects by majority.

    Of groups that are hidden to protect others it is told that one does, where no other group does.
    """
    objecting = [
        group for group in groups if group.counts.size >= thresholds.minimum_group and group.counts.majority_objects
    ]
    if not objecting or not total.approved_by(thresholds.contested_percent):
        return None
    told = [group for group in objecting if group.name != NO_NAME]
    if not told:
        hidden = _("%(approval)s A group whose figures are not shown objects by majority.", approval=_approval(total))
        return Consensus(ConsensusState.CONTESTED, hidden, provisional=provisional)
    explanation = ngettext(
        "%(approval)s %(groups)s object by majority.",
        "%(approval)s %(groups)s object by majority.",
        len(told),
        approval=_approval(total),
        groups=_names(told),
    )
    return Consensus(ConsensusState.CONTESTED, explanation, _keys(told), provisional=provisional)


def _by_approval(
    total: Counts, thresholds: Thresholds, unanswered: int, sustained: int, *, provisional: bool
) -> Consensus:
    """The last step: no group stands in the way unless too few approve anyway."""
    approval = _approval(total)
    recorded = ConsensusState.SUPPORTED_WITH_RECORDED_OBJECTION
    if not total.approved_by(thresholds.consensus_percent):
        explanation = _(
            "%(approval)s That is below the %(percent)s%% asked for here.",
            approval=approval,
            percent=thresholds.consensus_percent,
        )
        return Consensus(ConsensusState.NO_CONSENSUS, explanation, provisional=provisional)
    if unanswered:
        explanation = ngettext(
            "%(approval)s No group objects by majority. 1 objection is still unanswered.",
            "%(approval)s No group objects by majority. %(num)s objections are still unanswered.",
            unanswered,
            approval=approval,
        )
        return Consensus(recorded, explanation, unanswered=True, provisional=provisional)
    if sustained:
        explanation = ngettext(
            "%(approval)s No group objects by majority. 1 objection was answered and remains.",
            "%(approval)s No group objects by majority. %(num)s objections were answered and remain.",
            sustained,
            approval=approval,
        )
        return Consensus(recorded, explanation, provisional=provisional)
    explanation = _("%(approval)s No group objects by majority and no objection is open.", approval=approval)
    return Consensus(ConsensusState.CONSENSUS, explanation, provisional=provisional)


def _few_voices(people: int, needed: int) -> Message:
    return ngettext(
        "1 person took a position; %(needed)s are needed.",
        "%(num)s people took a position; %(needed)s are needed.",
        people,
        needed=needed,
    )


def _approval(total: Counts) -> Message:
    """How many approve, as a sentence of its own: in percent from twenty people on, in numbers below."""
    share = percent(total.approving, total.denominator)
    if share is None:
        return _("%(approving)s of %(count)s approve.", approving=total.approving, count=total.denominator)
    return _("%(percent)s%% of %(count)s approve.", percent=share, count=total.denominator)


def _names(groups: Sequence[GroupCounts]) -> tuple[str, ...]:
    """The names, which the sentence joins in its own language."""
    return tuple(group.name for group in groups)


def _keys(groups: Sequence[GroupCounts]) -> tuple[int, ...]:
    return tuple(group.key for group in groups)
