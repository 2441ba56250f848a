"""When new opinion groups are shown: never so that one person's positions are the difference."""

from hypothesis import given
from hypothesis import strategies as st

from app.rules.opinion_runs import changed_people, may_replace

people = st.integers(1, 8)
steps = st.lists(st.tuples(people, st.integers(0, 3)), max_size=40)


@given(steps, st.integers(1, 6))
def test_two_runs_in_a_row_differ_by_a_smallest_group_or_not_at_all(steps, minimum):
    """Somebody takes, changes or (0) withdraws a position, one after the other; each time the rule is asked."""
    now, shown = {}, None
    for person, mark in steps:
        now = {**now, person: mark} if mark else {key: kept for key, kept in now.items() if key != person}
        if shown is None or may_replace(changed_people(shown, now), minimum, closed=False):
            if shown is not None:
                differing = {key for key in range(1, 9) if shown.get(key) != now.get(key)}
                assert len(differing) >= minimum
            shown = dict(now)


@given(st.dictionaries(people, st.integers(1, 3)), st.dictionaries(people, st.integers(1, 3)))
def test_changes_are_counted_by_person_whoever_comes_and_goes(before, now):
    assert changed_people(before, now) == changed_people(now, before)
    assert changed_people(before, before) == 0
    assert changed_people({}, now) == len(now)


def test_the_last_figures_are_shown_whatever_they_differ_by():
    assert may_replace(1, 5, closed=True)
    assert not may_replace(4, 5, closed=False)
