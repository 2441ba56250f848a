"""What must hold of the consensus state for all positions that there could be."""

from collections import Counter
from dataclasses import replace
from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from app.rules.consensus import Consensus, ConsensusState, Counts, GroupCounts, Thresholds, consensus_state

S = ConsensusState
DEFAULT = Thresholds()


def group(key: int, counts: Counts, *, affected: bool = False, named: bool = False) -> GroupCounts:
    return GroupCounts(key, f"Group {key}", counts, directly_affected=affected, named=named)


def decide(total: Counts, groups: list[GroupCounts], *, unanswered: int = 0, sustained: int = 0) -> Consensus:
    return consensus_state(
        total,
        groups,
        DEFAULT,
        withdrawn=False,
        position_phase_begun=True,
        unanswered_objections=unanswered,
        sustained_objections=sustained,
        provisional=False,
    )


COUNTS = st.builds(Counts, *[st.integers(0, 12)] * 4)
FEW = st.lists(st.sampled_from(["support", "reservations", "abstain", "object"]), max_size=4).map(
    lambda choices: Counts(**Counter(choices))
)
GROUPS = st.lists(st.tuples(COUNTS, st.booleans(), st.booleans()), max_size=5).map(
    lambda rows: [
        group(key, counts, affected=affected, named=named) for key, (counts, affected, named) in enumerate(rows)
    ]
)
OBJECTIONS = st.integers(0, 2)
RANK = {S.NO_CONSENSUS: 0, S.CONTESTED: 0, S.SUPPORTED_WITH_RECORDED_OBJECTION: 1, S.CONSENSUS: 2}


def summed(groups: list[GroupCounts], unstated: Counts) -> Counts:
    everybody = [unstated, *(found.counts for found in groups)]
    return Counts(
        sum(counts.support for counts in everybody),
        sum(counts.reservations for counts in everybody),
        sum(counts.abstain for counts in everybody),
        sum(counts.object for counts in everybody),
    )


def supported(counts: Counts) -> Counts:
    return replace(counts, support=counts.support + 1)


@given(GROUPS, COUNTS, OBJECTIONS, OBJECTIONS, st.data())
def test_one_more_supporter_never_makes_it_worse(
    groups: list[GroupCounts], unstated: Counts, unanswered: int, sustained: int, data: st.DataObject
) -> None:
    before = decide(summed(groups, unstated), groups, unanswered=unanswered, sustained=sustained)
    assume(before.state in RANK)
    # Neither is better: contested (a group objects, 74 % approve) and no consensus (the same once it no longer does).
    # A group that only now reaches the minimum may begin to count as objecting, so the supporter joins a larger one.
    large = [place for place, found in enumerate(groups) if found.counts.size >= DEFAULT.minimum_group]
    place = data.draw(st.sampled_from([None, *large]))
    more = list(groups)
    if place is None:
        unstated = supported(unstated)
    else:
        more[place] = replace(groups[place], counts=supported(groups[place].counts))
    after = decide(summed(more, unstated), more, unanswered=unanswered, sustained=sustained)
    assert RANK[after.state] >= RANK[before.state]


@given(GROUPS, COUNTS, OBJECTIONS, OBJECTIONS, st.data())
def test_order_and_names_of_groups_change_nothing(
    groups: list[GroupCounts], unstated: Counts, unanswered: int, sustained: int, data: st.DataObject
) -> None:
    total = summed(groups, unstated)
    found = decide(total, groups, unanswered=unanswered, sustained=sustained)
    others = [replace(one, name=f"Renamed {one.key}") for one in data.draw(st.permutations(groups))]
    again = decide(total, others, unanswered=unanswered, sustained=sustained)
    assert (again.state, set(again.groups), again.unanswered) == (found.state, set(found.groups), found.unanswered)


@given(GROUPS, COUNTS, FEW)
def test_an_unheard_affected_group_rules_out_consensus(
    groups: list[GroupCounts], unstated: Counts, few: Counts
) -> None:
    with_them = [*groups, group(99, few, affected=True)]
    found = decide(summed(with_them, unstated), with_them)
    assert found.state in {S.TOO_EARLY, S.NOT_YET_HEARD}
    if found.state is S.NOT_YET_HEARD:
        assert 99 in found.groups


@given(GROUPS, COUNTS, FEW)
def test_a_group_below_the_minimum_never_blocks(groups: list[GroupCounts], unstated: Counts, few: Counts) -> None:
    total = summed(groups, unstated)
    assert decide(total, [*groups, group(99, few)]) == decide(total, groups)


@given(GROUPS, COUNTS, OBJECTIONS, OBJECTIONS)
def test_consensus_means_what_it_says(
    groups: list[GroupCounts], unstated: Counts, unanswered: int, sustained: int
) -> None:
    total = summed(groups, unstated)
    found = decide(total, groups, unanswered=unanswered, sustained=sustained)
    if found.state in {S.CONSENSUS, S.SUPPORTED_WITH_RECORDED_OBJECTION}:
        assert total.approval is not None
        assert total.approval >= Fraction(3, 4)
        assert (found.state is S.CONSENSUS) == (not unanswered and not sustained)
        for one in groups:
            if one.counts.size >= DEFAULT.minimum_group:
                assert one.counts.object <= one.counts.approving
            else:
                assert not one.must_be_heard


@given(COUNTS, st.integers(0, 100))
def test_thresholds_are_compared_exactly(counts: Counts, share: int) -> None:
    expected = counts.approval is not None and counts.approval >= Fraction(share, 100)
    assert counts.approved_by(share) == expected
