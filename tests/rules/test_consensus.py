"""The consensus state at every edge."""

from dataclasses import replace
from fractions import Fraction

import pytest

from app.rules.consensus import NO_NAME, Consensus, ConsensusState, Counts, GroupCounts, Thresholds, consensus_state

S = ConsensusState
DEFAULT = Thresholds()


def group(key: int, counts: Counts, *, affected: bool = False, named: bool = False) -> GroupCounts:
    return GroupCounts(key, f"Group {key}", counts, directly_affected=affected, named=named)


def decide(
    total: Counts,
    groups: list[GroupCounts] | None = None,
    thresholds: Thresholds = DEFAULT,
    *,
    withdrawn: bool = False,
    begun: bool = True,
    unanswered: int = 0,
    sustained: int = 0,
    provisional: bool = False,
) -> Consensus:
    return consensus_state(
        total,
        groups or [],
        thresholds,
        withdrawn=withdrawn,
        position_phase_begun=begun,
        unanswered_objections=unanswered,
        sustained_objections=sustained,
        provisional=provisional,
    )


HEARD = group(1, Counts(support=5), affected=True)
UNHEARD = group(1, Counts(support=4), affected=True)
UNHEARD_NAMED = group(1, Counts(support=4), named=True)
SILENT_BYSTANDER = group(1, Counts(support=4))
OBJECTING = group(2, Counts(support=2, object=3))
TIED = group(2, Counts(support=3, abstain=4, object=3))
SMALL_OBJECTING = group(2, Counts(object=4))
OBJECTING_BESIDE_ABSTAINERS = group(2, Counts(support=1, abstain=8, object=2))


@pytest.mark.parametrize(
    ("total", "groups", "expected"),
    [
        # too early: people are counted, those who abstain included
        (Counts(), [], S.TOO_EARLY),
        (Counts(support=19), [], S.TOO_EARLY),
        (Counts(support=20), [], S.CONSENSUS),
        (Counts(support=15, abstain=4), [], S.TOO_EARLY),
        (Counts(support=15, abstain=5), [], S.CONSENSUS),
        (Counts(support=19), [UNHEARD], S.TOO_EARLY),
        # not yet heard
        (Counts(support=30), [UNHEARD], S.NOT_YET_HEARD),
        (Counts(support=30), [UNHEARD_NAMED], S.NOT_YET_HEARD),
        (Counts(support=30), [group(1, Counts(), affected=True)], S.NOT_YET_HEARD),
        (Counts(support=30), [HEARD], S.CONSENSUS),
        (Counts(support=30), [group(1, Counts(support=1, abstain=4), affected=True)], S.CONSENSUS),
        (Counts(support=30), [SILENT_BYSTANDER], S.CONSENSUS),
        (Counts(abstain=20), [], S.NOT_YET_HEARD),
        (Counts(abstain=20), [HEARD], S.NOT_YET_HEARD),
        (Counts(support=30), [UNHEARD, OBJECTING], S.NOT_YET_HEARD),
        (Counts(object=30), [UNHEARD], S.NOT_YET_HEARD),
        # contested: from exactly half on, only by a group of at least the minimum, and a tie is no majority
        (Counts(support=30, object=3), [OBJECTING], S.CONTESTED),
        (Counts(support=50, object=50), [OBJECTING], S.CONTESTED),
        (Counts(support=50, object=51), [OBJECTING], S.NO_CONSENSUS),
        (Counts(support=30, object=3), [TIED], S.CONSENSUS),
        (Counts(support=30, object=4), [SMALL_OBJECTING], S.CONSENSUS),
        (Counts(support=30, abstain=8, object=2), [OBJECTING_BESIDE_ABSTAINERS], S.CONTESTED),
        (Counts(support=30, abstain=6), [group(2, Counts(abstain=6))], S.CONSENSUS),
        # by approval
        (Counts(support=75, object=25), [], S.CONSENSUS),
        (Counts(support=40, reservations=35, object=25), [], S.CONSENSUS),
        (Counts(support=749, object=251), [], S.NO_CONSENSUS),
        (Counts(support=75, abstain=900, object=25), [], S.CONSENSUS),
        (Counts(support=50, object=50), [], S.NO_CONSENSUS),
        (Counts(object=30), [], S.NO_CONSENSUS),
    ],
)
def test_the_table(total: Counts, groups: list[GroupCounts], expected: ConsensusState) -> None:
    assert decide(total, groups).state is expected


def test_withdrawn_comes_first_and_then_the_phase() -> None:
    assert decide(Counts(), withdrawn=True, begun=False).state is S.WITHDRAWN
    assert decide(Counts(support=100), withdrawn=True).state is S.WITHDRAWN
    early = decide(Counts(support=100), begun=False)
    assert (early.state, str(early.explanation)) == (S.TOO_EARLY, "Positions cannot be taken yet.")


@pytest.mark.parametrize(
    ("unanswered", "sustained", "state", "marked"),
    [
        (0, 0, S.CONSENSUS, False),
        (0, 1, S.SUPPORTED_WITH_RECORDED_OBJECTION, False),
        (1, 0, S.SUPPORTED_WITH_RECORDED_OBJECTION, True),
        (2, 3, S.SUPPORTED_WITH_RECORDED_OBJECTION, True),
    ],
)
def test_objections_are_recorded(unanswered: int, sustained: int, state: ConsensusState, *, marked: bool) -> None:
    found = decide(Counts(support=90, object=10), unanswered=unanswered, sustained=sustained)
    assert (found.state, found.unanswered) == (state, marked)


def test_objections_change_nothing_below_the_threshold() -> None:
    found = decide(Counts(support=60, object=40), unanswered=1, sustained=1)
    assert (found.state, found.unanswered) == (S.NO_CONSENSUS, False)


def test_only_a_computed_state_is_provisional() -> None:
    assert decide(Counts(support=30), provisional=True).provisional
    assert not decide(Counts(support=30)).provisional
    assert not decide(Counts(support=3), provisional=True).provisional
    assert not decide(Counts(support=30), withdrawn=True, provisional=True).provisional


def test_thresholds_are_the_consultations_own() -> None:
    strict = Thresholds(minimum_group=2, minimum_voices=3, consensus_percent=90, contested_percent=60)
    two_against = [group(2, Counts(object=2))]
    assert decide(Counts(support=3), thresholds=strict).state is S.CONSENSUS
    assert decide(Counts(support=89, object=11), thresholds=strict).state is S.NO_CONSENSUS
    assert decide(Counts(support=90, object=10), two_against, strict).state is S.CONTESTED
    assert decide(Counts(support=59, object=41), two_against, strict).state is S.NO_CONSENSUS


@pytest.mark.parametrize(
    ("total", "groups", "objections", "sentence"),
    [
        (Counts(support=1), [], (0, 0), "1 person took a position; 20 are needed."),
        (Counts(), [], (0, 0), "0 people took a position; 20 are needed."),
        (Counts(support=30), [UNHEARD], (0, 0), "Fewer than 5 voices from: Group 1."),
        (Counts(abstain=30), [], (0, 0), "Everybody who took a position abstained."),
        (Counts(support=352, object=180), [OBJECTING], (0, 0), "66% of 532 approve. Group 2 object by majority."),
        (Counts(support=12, abstain=4, object=6), [OBJECTING], (0, 0), "12 of 18 approve. Group 2 object by majority."),
        (Counts(support=749, object=251), [], (0, 0), "74% of 1,000 approve. That is below the 75% asked for here."),
        (
            Counts(support=91, object=9),
            [],
            (0, 0),
            "91% of 100 approve. No group objects by majority and no objection is open.",
        ),
        (
            Counts(support=91, object=9),
            [],
            (0, 1),
            "91% of 100 approve. No group objects by majority. 1 objection was answered and remains.",
        ),
        (
            Counts(support=91, object=9),
            [],
            (2, 1),
            "91% of 100 approve. No group objects by majority. 2 objections are still unanswered.",
        ),
    ],
)
def test_the_reason_in_words(
    total: Counts, groups: list[GroupCounts], objections: tuple[int, int], sentence: str
) -> None:
    found = decide(total, groups, unanswered=objections[0], sustained=objections[1])
    assert str(found.explanation) == sentence


def test_all_groups_concerned_are_named_in_the_order_given() -> None:
    three = [group(key, Counts(object=6)) for key in (7, 3, 5)]
    found = decide(Counts(support=100, object=18), [group(1, Counts(support=50)), *three])
    assert found.groups == (7, 3, 5)
    assert str(found.explanation) == "84% of 118 approve. Group 7, Group 3, and Group 5 object by majority."


@pytest.mark.parametrize(
    ("named", "told", "words"),
    [
        ((), (), "84% of 118 approve. A group whose figures are not shown objects by majority."),
        ((3,), (3,), "84% of 118 approve. Group 3 object by majority."),
    ],
)
def test_of_hidden_groups_it_is_told_that_one_objects_where_no_other_does(named, told, words) -> None:
    three = [group(key, Counts(object=6)) for key in (7, 3, 5)]
    hidden = [one if one.key in named else replace(one, name=NO_NAME) for one in three]
    found = decide(Counts(support=100, object=18), [group(1, Counts(support=50)), *hidden])
    assert (found.state, found.groups, str(found.explanation)) == (S.CONTESTED, told, words)


def test_approval_leaves_out_those_who_abstain() -> None:
    counts = Counts(support=1, reservations=1, abstain=5, object=2)
    assert (counts.size, counts.denominator, counts.approval) == (9, 4, Fraction(1, 2))
    assert Counts(abstain=3).approval is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"minimum_group": 0},
        {"minimum_voices": 0},
        {"consensus_percent": 101},
        {"contested_percent": -1},
        {"contested_percent": 80},
    ],
)
def test_thresholds_that_contradict_each_other_are_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"minimum|percentages"):
        replace(DEFAULT, **wrong)


def test_counts_below_zero_are_refused() -> None:
    with pytest.raises(ValueError, match="less than zero"):
        Counts(support=-1)
