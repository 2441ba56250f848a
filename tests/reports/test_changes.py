"""What changed between two summaries is told, and never one person's position."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.reports.changes import Told, changes, differs
from tests.factories.documents import cells, comment, document, standard, tally


def test_nothing_changed():
    same = document(standard(positions=cells(9, 0, 0, 3)), people=12)
    assert not changes(same, same).anything
    assert differs(same, same) == []


def test_what_changed_is_named():
    before = document(
        standard(1, consensus_state="contested", comments=[comment(1), comment(2)]), standard(2), people=20
    )
    after = document(
        standard(
            1, consensus_state="consensus", version=2, outcome="adopted", response="accepted", comments=[comment(2)]
        ),
        standard(3, title="New one"),
        people=31,
    )
    found = changes(before, after)
    assert (found.added, found.gone) == (((3, "New one"),), ((2, "Standard 2"),))
    (one,) = found.standards
    assert (one.states, one.versions) == (("contested", "consensus"), (1, 2))
    assert (one.outcomes, one.responses) == (("", "adopted"), ("", "accepted"))
    assert [count.after for count in one.comments] == [0, 1]
    assert [(count.name, count.by) for count in found.participation] == [("people", 11), ("organisations", 0)]
    assert differs(before, after) == ["people", "standards"]


def test_objections_that_stand_are_counted():
    before = document(standard(objections=[{"id": 1, "state": "raised", "steps": []}]))
    after = document(standard(objections=[{"id": 1, "state": "withdrawn", "steps": []}]))
    (one,) = changes(before, after).standards
    assert (one.objections.before, one.objections.after) == (1, 0)


def test_an_objection_stands_though_its_reason_is_withheld():
    before = document(standard(objections=[{"id": 1, "state": "raised", "steps": []}]))
    withheld = {"position": "object", "group": "", "text": "", "state": "raised", "would_change": "", "id": None}
    after = document(standard(minority=[withheld]))
    assert not changes(before, after).standards


@pytest.mark.parametrize(
    ("after", "told"),
    [((9, 0, 0, 3), Told.SAME), ((9, 0, 0, 4), Told.TOO_FEW), ((8, 0, 0, 4), Told.TOO_FEW), ((14, 0, 0, 3), Told.TOLD)],
)
def test_positions_are_told_of_enough_people_alone(after, told):
    found = changes(document(standard(positions=cells(9, 0, 0, 3))), document(standard(positions=cells(*after))))
    moves = found.standards[0].people if found.standards else None
    assert (moves.told if moves else Told.SAME) == told
    assert bool(moves and moves.counts) == (told == Told.TOLD)


def test_a_group_is_told_neither_alone_nor_by_what_it_leaves():
    def talked(first: int, second: int, rest: int):
        total = cells(first + second + rest)
        return document(standard(positions=total, by_group=[tally("a", first), tally("b", second), tally("c")]))

    told = changes(talked(10, 10, 3), talked(16, 10, 3)).standards[0]
    assert [(one.name, one.told) for one in told.groups] == [("a", Told.TOLD)]
    for after in ((16, 11, 3), (16, 10, 4)):  # one of a shown group; one of the hidden ones
        hidden = changes(talked(10, 10, 3), talked(*after)).standards[0]
        assert {one.told for one in hidden.groups} == {Told.TOO_FEW}
        assert all(not one.counts for one in hidden.groups)


def test_a_group_that_one_of_both_hides_is_left_out():
    before = document(standard(positions=cells(20), by_group=[tally("a")]))
    after = document(standard(positions=cells(30), by_group=[tally("a", 10)]))
    assert changes(before, after).standards[0].groups == ()


def test_people_of_a_group_are_told_when_enough_came():
    before, after = document(people=20, a=10, b=10), document(people=31, a=21, b=10)
    assert [count.name for count in changes(before, after).participation] == ["people", "organisations", "A"]
    few = document(people=32, a=21, b=11)
    assert [count.name for count in changes(before, few).participation] == ["people", "organisations"]


counts = st.tuples(*(st.integers(0, 12) for _cell in range(4)))


@given(st.lists(counts, min_size=3, max_size=3), st.lists(counts, min_size=3, max_size=3))
def test_no_told_cell_has_fewer_people_behind_it_than_the_smallest_group(before, after):
    """Groups a and b are shown in both, c in neither; whatever is told, the rest of the total counts enough people."""

    def told(groups):
        total = [sum(cell) for cell in zip(*groups, strict=True)]
        shown = [tally(key, *group) for key, group in zip("ab", groups, strict=False)]
        return document(standard(positions=cells(*total), by_group=[*shown, tally("c")]))

    for one in changes(told(before), told(after)).standards:
        groups = [moves for moves in one.groups if moves.told == Told.TOLD]
        for moves in [one.people] if one.people.told == Told.TOLD else []:
            assert enough([count.by for count in moves.counts[:4]])
        for moves in groups:
            assert enough([count.by for count in moves.counts[:4]])
        if groups:
            rest = [new - old for old, new in zip(before[2], after[2], strict=True)]
            assert enough(rest) or not any(rest)


def enough(changed):
    return max(sum(by for by in changed if by > 0), -sum(by for by in changed if by < 0)) >= 5
