"""Impact cards: severity is never an average, and the spread is what people said."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.impacts import Scores, Spread, card

SCORE = st.integers(1, 4)
SCORES = st.builds(Scores, SCORE, SCORE, SCORE, st.none() | SCORE)


@pytest.mark.parametrize(("scale", "scope", "reversibility"), list(product(range(1, 5), repeat=3)))
def test_severity_of_every_answer(scale, scope, reversibility):
    graver = max(reversibility, scale)
    assert Scores(scale, scope, reversibility).severity == (graver + 1 if scope == 4 else graver)


@pytest.mark.parametrize("wrong", [(0, 1, 1, 1), (1, 5, 1, 1), (1, 1, -1, 1), (1, 1, 1, 0), (1, 1, 1, 5)])
def test_there_are_no_other_scores(wrong):
    with pytest.raises(ValueError, match="between 1 and 4"):
        Scores(*wrong)


def test_a_card_of_three():
    found = card([Scores(1, 4, 2, None), Scores(4, 1, 1, 3), Scores(2, 2, 2, 1)])
    assert (found.people, found.unknown) == (3, 1)
    assert found.severity == Spread(2, 3, 4)
    assert found.scale == Spread(1, 2, 4)
    assert found.probability == Spread(1, 1, 3)


def test_where_nobody_can_tell_there_is_no_probability():
    assert card([Scores(1, 1, 1)]).probability is None


def test_a_card_needs_somebody():
    with pytest.raises(ValueError, match="somebody"):
        card([])


@given(st.lists(SCORES, min_size=1), SCORES)
def test_probability_never_changes_severity_and_order_changes_nothing(scores, more):
    without = [Scores(one.scale, one.scope, one.reversibility) for one in scores]
    assert card(without).severity == card(scores).severity
    assert card([*scores, more]) == card([more, *reversed(scores)])
    assert card([*scores, more]).severity.high >= card(scores).severity.high
