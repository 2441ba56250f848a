"""What a complaint weighs, when it brings a case forward, and when complaints come from one side."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import CONFLICT, FORBIDDEN
from app.models.comments import Comment
from app.models.contributions import READABLE, State
from app.models.moderation import Reason
from app.rules.flags import ALERT, WITHOUT_ACCOUNT, alarming, one_sided, urgent, weight, why_not_flag
from app.rules.moderation import URGENT

COUNTS = st.integers(0, 10_000)
LOW = weight(shared=0, misused=2)


@pytest.mark.parametrize(
    ("shared", "misused", "expected"),
    [(0, 0, 1 / 2), (1, 0, 2 / 3), (0, 1, 1 / 3), (0, 2, 1 / 4), (8, 0, 9 / 10), (3, 3, 1 / 2)],
)
def test_what_a_complaint_weighs(shared: int, misused: int, expected: float) -> None:
    assert weight(shared=shared, misused=misused) == pytest.approx(expected)


@given(COUNTS, COUNTS)
def test_a_weight_grows_with_accuracy_and_is_never_nothing_nor_certainty(shared: int, misused: int) -> None:
    here = weight(shared=shared, misused=misused)
    assert 0 < here < 1
    assert weight(shared=shared + 1, misused=misused) > here > weight(shared=shared, misused=misused + 1)


@pytest.mark.parametrize("reason", [*Reason, None])
def test_one_urgent_complaint_brings_a_case_forward_unless_its_sender_misuses_them(reason: Reason | None) -> None:
    assert urgent([reason], [0.5]) == (reason in URGENT)
    assert urgent([reason], [LOW + 0.001]) == (reason in URGENT)
    assert not urgent([reason], [LOW])


def test_a_hundred_misused_complaints_bring_nothing_forward() -> None:
    assert not urgent([Reason.THREAT] * 100, [LOW] * 100)
    assert urgent([Reason.OFF_TOPIC, Reason.THREAT], [0.9, 0.5])
    assert not urgent([Reason.THREAT, Reason.OFF_TOPIC], [LOW, 0.9])  # the heavy one says nothing of danger


def test_complaints_and_weights_belong_together() -> None:
    with pytest.raises(ValueError):
        urgent([Reason.THREAT], [])
    with pytest.raises(ValueError):
        alarming([Reason.THREAT, None], [0.5])


@pytest.mark.parametrize(
    ("reasons", "weights", "expected"),
    [
        ([], [], False),
        ([Reason.THREAT], [0.99], False),
        ([Reason.THREAT, Reason.HARASSMENT], [0.5, 0.5], True),
        ([Reason.THREAT, Reason.HARASSMENT], [0.5, 0.49], False),
        ([Reason.THREAT, Reason.OFF_TOPIC], [0.6, 0.9], False),
        ([Reason.THREAT, None], [0.6, 0.9], False),
    ],
)
def test_the_team_is_told_when_urgent_complaints_weigh_enough_together(reasons, weights, expected) -> None:
    assert ALERT == 1.0
    assert alarming(reasons, weights) == expected


@pytest.mark.parametrize(
    ("flags", "flagged", "expected"),
    [
        ({2: 5}, 1, True),
        ({2: 4}, 1, False),  # too few to say
        ({2: 4, 3: 1}, 1, True),  # exactly four fifths
        ({2: 7, 3: 2}, 1, False),
        ({1: 5}, 1, False),  # the group itself
        ({None: 9}, 1, False),  # nobody knows from which side
        ({2: 4, None: 1}, 1, True),
        ({2: 5}, None, False),
        ({2: 3, 3: 3}, 1, False),
        ({}, 1, False),
    ],
)
def test_complaints_from_one_side(flags, flagged, expected) -> None:
    assert one_sided(flags, flagged_group=flagged) == expected


@given(st.dictionaries(st.none() | st.integers(1, 6), st.integers(0, 50)), st.integers(1, 6))
def test_where_complaints_are_one_sided_one_other_group_sent_most(flags, flagged) -> None:
    if one_sided(flags, flagged_group=flagged):
        leading = max((g for g in flags if g not in (None, flagged)), key=lambda g: flags[g])
        assert flags[leading] * 2 > sum(flags.values()) >= 5


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("signed_in", [True, False])
@pytest.mark.parametrize("reason", [*Reason, None])
def test_what_can_be_read_can_be_flagged_and_two_reasons_need_no_account(state, signed_in, reason) -> None:
    found = why_not_flag(Comment(state=state), own=False, flagged_before=False, signed_in=signed_in, reason=reason)
    if state not in READABLE:
        assert (found.code, found.status) == ("not_readable", CONFLICT)
    elif not signed_in and reason not in WITHOUT_ACCOUNT:
        assert (found.code, found.status) == ("account_needed", FORBIDDEN)
    else:
        assert found is None


def test_nobody_flags_their_own_text_or_the_same_one_twice() -> None:
    readable, reason = Comment(state=State.PUBLISHED), Reason.THREAT
    own = why_not_flag(readable, own=True, flagged_before=True, signed_in=True, reason=reason)
    again = why_not_flag(readable, own=False, flagged_before=True, signed_in=True, reason=reason)
    assert ((own.code, own.status), (again.code, again.status)) == (
        ("own_contribution", FORBIDDEN),
        ("flagged_before", CONFLICT),
    )
