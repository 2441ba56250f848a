"""What is published, attacked by somebody who reads all of it at once and can subtract."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reports import attacker, plain_tallies

NOTHING = {"cells": [], "sizes": [], "voices": []}


@settings(max_examples=120, deadline=None)
@given(
    seed=st.integers(0, 2**32),
    sizes=st.lists(st.sampled_from((0, 1, 1, 2, 3, 4, 4, 5, 5, 6, 7, 8, 9, 12, 22)), min_size=1, max_size=6),
    unlisted=st.sampled_from((0, 0, 0, 1, 3, 9)),
    standards=st.integers(1, 4),
    answering=st.sampled_from((3, 7, 9)),
    leaning=st.sampled_from((0, 5, 9)),
    minimum=st.sampled_from((3, 5, 5, 10)),
)
def test_nothing_of_a_small_group_follows_from_a_summary(seed, sizes, unlisted, standards, answering, leaning, minimum):
    seen = plain_tallies.frame(len(sizes), minimum)
    everybody = plain_tallies.crowd(seed, sizes, unlisted, standards, answering, leaning)
    document = plain_tallies.document(seen, everybody, standards)
    assert attacker.leaks(document, everybody_asked=not unlisted) == NOTHING
