"""The geometry of the design's reference pages comes out exactly."""

from dataclasses import dataclass

import pytest

from app.reports.pictures import shapes as figures


@dataclass(frozen=True)
class Tally:
    name: str = "Group"
    family: str = ""
    directly_affected: bool = False
    heard: bool = True
    shown: bool = True
    support: int = 0
    reservations: int = 0
    abstain: int = 0
    object: int = 0


SILENT = Tally("Silent", directly_affected=True, heard=False, shown=False)


def test_a_column_is_cut_inside_its_round_corner():
    column = figures.column_of(Tally(support=46, reservations=3, abstain=3, object=2))
    assert column.reservations == "M0 101v-68.7q0-22 22-22h28q22 0 22 22v68.7z"
    assert column.support == "M0 101V32.3Q0 21.3 5.4 15.8H66.6Q72 21.3 72 32.3V101z"
    assert column.objection == "M0 103h72v3.7H0z"


def test_a_column_is_cut_below_its_corner():
    column = figures.column_of(Tally(support=8, reservations=6, abstain=3, object=7))
    assert column.reservations == "M0 101v-36.3q0-22 22-22h28q22 0 22 22v36.3z"
    assert column.support == "M0 101v-33.3h72v33.3z"


@pytest.mark.parametrize(
    ("tally", "shapes"),
    [
        (Tally(), ("", "", "")),
        (Tally(abstain=5), ("", "", "")),
        (Tally(object=5), ("", "", "M0 103h72v100H0z")),
        (Tally(support=5), ("", "M0 101v-78q0-22 22-22h28q22 0 22 22v78z", "")),
        (Tally(reservations=5), ("M0 101v-78q0-22 22-22h28q22 0 22 22v78z", "", "")),
    ],
)
def test_columns_at_the_edges(tally, shapes):
    column = figures.column_of(tally)
    assert (column.reservations, column.support, column.objection) == shapes


def test_every_column_leaves_room_for_the_longest_objection():
    assert figures.chorus_height([Tally(support=1)]) == 184
    assert figures.chorus_height([Tally(support=1), Tally(object=5)]) == 204
    assert figures.chorus_height([]) == 184


def test_a_strip():
    groups = [SILENT, Tally("A", directly_affected=True, support=2, object=2), Tally("B", support=5)]
    strip = figures.strip_of(groups)
    assert strip.width == 10 + 3 + 10 + 8 + 10
    assert strip.open == "M0.75 8.75h8.5v30.5h-8.5z"
    assert strip.support == "M13 23v-11h10v11zM31 23v-22h10v22z"
    assert strip.objection == "M13 25v11h10v-11z"
    assert (strip.affected, strip.families) == ("M0 52H23", "M31 52H41")
    assert (strip.shown, strip.in_favour, strip.missing) == (2, 1, ("Silent",))


def test_a_strip_of_nothing():
    assert figures.strip_of([]).width == 10


def test_families_keep_the_order_of_the_groups():
    groups = [Tally("A", "X"), Tally("B", "Y", directly_affected=True), Tally("C", "X")]
    assert [(f.name, [g.name for g in f.groups], f.directly_affected) for f in figures.families(groups)] == [
        ("X", ["A", "C"], False),
        ("Y", ["B"], True),
    ]


def test_without_families_there_are_the_affected_and_everybody_else():
    groups = [SILENT, Tally("A"), Tally("B")]
    assert [len(f.groups) for f in figures.families(groups)] == [1, 2]


def test_a_bar_adds_up_and_leaves_out_what_is_not_there():
    parts = list(figures.bars_of(Tally(support=8, reservations=6, object=7)))
    assert [(p.position, p.start, p.width) for p in parts] == [
        ("support", "0", "38.1"),
        ("reservations", "38.1", "28.6"),
        ("object", "66.7", "33.3"),
    ]
