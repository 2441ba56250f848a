"""Somebody who reads everything that is published about a consultation, and can subtract.

Unknown are, for each stakeholder group and for those who stated none: voices, people with a position on anything, and
on each standard people and people by choice. What is published says that sums of these lie between two numbers. From
that follows the lowest and the highest possible number of each, found by narrowing until nothing changes. Nothing here
is taken from the code that decides what is shown.
"""

from collections.abc import Iterable, Mapping
from math import inf

from tests.reports.opened_record import opened_in
from tests.reports.unknowns import Cases, Unknowns

CHOICES = ("support", "support_with_reservations", "abstain", "object")
NO_GROUP = "not_stated"
EVERYBODY = "everybody"
NOT_NAMED = "A group whose figures are not shown objects"
DECIDED = ("consensus", "supported_with_recorded_objection", "contested")


def leaks(document: Mapping, *, record=None, everybody_asked=False) -> dict[str, list]:
    """What follows of groups that are said to be small, beyond that: `cells`, `sizes` and `voices`.

    `document` is the summary in JSON with the rows of stakeholder groups against opinion groups, if any, as `cross`,
    `record` the entries of the exported record after its header. `everybody_asked`: everybody is known to have stated a
    group.

    Totals are public, also those of fewer people than a small group has; what a table says beyond these is a leak. A
    cell is known when only one number of a small group's people can have made that choice although of all hidden
    people on that standard some did and some did not, and it does not follow from totals alone. A size is known when it
    follows from the table of that standard and not from its total; voices when they follow from all tables together
    with who took part, and not from the tables without that. That nobody is in a group gives nobody away.
    """
    groups = [line["group"] for line in document["participation"]]
    minimum = document["consultation"]["minimum_group"]
    everything = _everything(document, groups, minimum, record, everybody_asked)
    without = _without_voices(document)
    rest = _everything(without, groups, minimum, record, everybody_asked)
    totals = _everything(only_totals(without), groups, minimum, None, everybody_asked)
    counted = [standard for standard in document["standards"] if standard["positions"]["n"] >= minimum]
    return {
        "cells": [
            found
            for standard in counted
            for found in cells(_in_each_case(everything, document, standard, record, everybody_asked), totals, standard)
        ],
        "sizes": [
            (standard["number"], key)
            for standard in document["standards"]
            for key in _sizes(standard, groups, minimum, everybody_asked)
        ],
        "voices": [
            term
            for term in sorted(everything.bounds, key=str)
            if term[0] in ("voices", "answered", "size") and term[-1] in _small(document, term)
            if everything.known(term) and everything.bounds[term][0] > 0 and not rest.known(term)
        ],
    }


def _without_voices(document: Mapping) -> dict:
    """Without the size of any group among those who took part, or among those with a position."""
    answered = sum(row["people"] for row in document.get("cross", ()))
    return dict(
        document,
        participation=[_covered(line) for line in document["participation"]],
        cross=[{"group": EVERYBODY, "people": answered}] if answered else [],
    )


def _covered(line: Mapping) -> dict:
    return {key: value for key, value in line.items() if key != "people"} | {"suppressed": True}


def only_totals(document: Mapping) -> dict:
    """Totals, and which groups are small: all of this is always public."""
    return dict(document, standards=[_only_total(standard) for standard in document["standards"]])


def _only_total(standard: Mapping) -> dict:
    lines = [_covered(line) for line in standard["by_group"]]
    return dict(standard, by_group=lines, consensus_state="too_early", covers=_covers(standard))


def _covers(standard: Mapping) -> bool:
    """Whether a group is hidden for the sake of others, so that somebody is in these."""
    hidden = (line["heard"] and line.get("suppressed", False) for line in standard["by_group"])
    return standard.get("covers", any(hidden))


def _small(document: Mapping, term) -> set[str]:
    """The groups that are said to be small where a number stands."""
    lines = document["participation"]
    if term[0] == "size":
        lines = next(one for one in document["standards"] if one["number"] == term[1])["by_group"]
    return {line["group"] for line in lines if not line["heard"]}


def _everything(document, groups, minimum, record, everybody_asked, objecting=None) -> Unknowns:
    known = Unknowns()
    write_down(known, document, groups, minimum, record, everybody_asked, objecting or {})
    known.narrow()
    return known


def _in_each_case(everything, document, standard, record, everybody_asked):
    """What follows whichever of its hidden groups it is that objects by majority, where it is said that one does."""
    suspects = suspected(standard)
    if len(suspects) < 2:
        return everything
    groups, minimum = [line["group"] for line in document["participation"]], document["consultation"]["minimum_group"]
    return Cases(
        lambda suspect: _everything(document, groups, minimum, record, everybody_asked, {standard["number"]: suspect}),
        suspects,
    )


def suspected(standard) -> list[str]:
    """The large hidden groups, where it is said that one of them objects by majority."""
    told = NOT_NAMED in standard["explanation"] and any(not line.get("suppressed") for line in standard["by_group"])
    return [line["group"] for line in standard["by_group"] if line["heard"] and line.get("suppressed") and told]


def write_down(known, document, groups, minimum, record, everybody_asked, objecting):
    _people(known, document, groups, minimum, everybody_asked)
    _crossed(known, groups, document.get("cross", ()))
    for standard in document["standards"]:
        number = standard["number"]
        _tally(known, standard, groups, minimum, everybody_asked, objecting.get(number))
        for key in (*groups, NO_GROUP):
            known.between(0, inf, ("answered", key), less=[("size", number, key)])
    if record is not None:
        for number, opened in opened_in(record).items():
            _opened(known, number, opened, groups)


def _people(known, document, groups, minimum, everybody_asked):
    everybody = [("voices", key) for key in (*groups, NO_GROUP)]
    known.between(document["people"], document["people"], *everybody)
    if everybody_asked:
        known.between(0, 0, ("voices", NO_GROUP))
    _said(known, document["participation"], minimum, lambda key: ("voices", key), lambda line: line["people"])
    for key in (*groups, NO_GROUP):
        known.between(0, inf, ("voices", key), less=[("answered", key)])


def _said(known, lines, minimum, term, size):
    """Each group by itself: its size, or whether it is small; the lines of the small ones."""
    small = [line for line in lines if not line["heard"]]
    for line in lines:
        if not line.get("suppressed"):
            known.between(size(line), size(line), term(line["group"]))
        elif line["heard"]:
            known.between(minimum, inf, term(line["group"]))
        else:
            known.between(0, minimum - 1, term(line["group"]))
    return small


def _crossed(known, groups, cross):
    named = {row["group"] for row in cross}
    for row in cross:
        if row["group"] == EVERYBODY:
            some = [*groups, NO_GROUP]
        elif row["group"] == "*":
            some = [key for key in groups if key not in named] + ([] if "" in named else [NO_GROUP])
        else:
            some = [row["group"] or NO_GROUP]
        known.between(row["people"], row["people"], *(("answered", key) for key in some))


def _tally(known, standard, groups, minimum, everybody_asked, objecting=None):
    number = standard["number"]
    for key in (*groups, NO_GROUP):
        cells = [("cell", number, key, choice) for choice in CHOICES]
        known.between(0, 0, *cells, less=[("size", number, key)])
    for choice in CHOICES:
        count = standard["positions"][choice]
        known.between(count, count, *(("cell", number, key, choice) for key in (*groups, NO_GROUP)))
    n = standard["positions"]["n"]
    known.between(n, n, *(("size", number, key) for key in (*groups, NO_GROUP)))
    small = _said(
        known, standard["by_group"], minimum, lambda key: ("size", number, key), lambda g: g["positions"]["n"]
    )
    for line in standard["by_group"]:
        if not line.get("suppressed"):
            for choice in CHOICES:
                count = line["positions"][choice]
                known.between(count, count, ("cell", number, line["group"], choice))
    if everybody_asked:
        known.between(0, 0, ("size", number, NO_GROUP))
        if _covers(standard):
            known.between(1, inf, *(("size", number, line["group"]) for line in small))
    _state(known, standard, objecting)


def _state(known, standard, objecting):
    """What the state and its sentence say of the majority in each group that is hidden and large.

    Where a shown group objects they say nothing of the others; else that none does, or that one does, which may be
    supposed to be the `objecting` one.
    """
    large = [line["group"] for line in standard["by_group"] if line["heard"] and line.get("suppressed")]
    shown = [line for line in standard["by_group"] if not line.get("suppressed")]
    if not shown or not _decided(standard) or any(_objects(line["positions"]) for line in shown):
        return  # beside totals alone the state is as public as they are
    suspects = suspected(standard)
    for key in large:
        approve = [("cell", standard["number"], key, choice) for choice in CHOICES[:2]]
        objects = ("cell", standard["number"], key, "object")
        if not suspects:
            known.between(0, inf, *approve, less=[objects])
        elif key == objecting or len(suspects) == 1:
            known.between(1, inf, objects, less=approve)


def _decided(standard) -> bool:
    """Whether the state follows from the majorities in groups; half of those who approve or object is asked for."""
    approving = sum(standard["positions"][choice] for choice in CHOICES[:2])
    by_approval = standard["consensus_state"] == "no_consensus" and approving >= standard["positions"]["object"]
    return standard["consensus_state"] in DECIDED or by_approval


def _objects(positions) -> bool:
    return positions["object"] > sum(positions[choice] for choice in CHOICES[:2])


def cells(known, totals, standard) -> Iterable:
    number, n = standard["number"], standard["positions"]["n"]
    shown = [line["positions"] for line in standard["by_group"] if not line.get("suppressed")]
    hidden = n - sum(line["n"] for line in shown)
    for line in standard["by_group"]:
        if line["heard"] or known.bounds_of(("size", number, line["group"]))[1] == 0:
            continue
        for choice in CHOICES:
            left = standard["positions"][choice] - sum(one[choice] for one in shown)
            cell = ("cell", number, line["group"], choice)
            if 0 < left < hidden and known.known(cell) and not totals.known(cell):
                yield (number, line["group"], choice, *known.bounds_of(cell))


def _sizes(standard, groups, minimum, everybody_asked) -> Iterable:
    """Small groups whose size follows from the table by itself, and not from the total alone."""
    shown = [line for line in standard["by_group"] if not line.get("suppressed")]
    if standard["positions"]["n"] == sum(line["positions"]["n"] for line in shown):
        return
    found = []
    for told in (standard, _only_total(standard)):
        known = Unknowns()
        _tally(known, told, groups, minimum, everybody_asked)
        known.narrow()
        small = (line["group"] for line in told["by_group"] if not line["heard"])
        found.append({key for key in small if known.known(("size", standard["number"], key))})
    yield from sorted(found[0] - found[1])


def _opened(known, number, opened, groups):
    named = {group for group, _choice, _counts in opened} - {"suppressed"}
    for choice in CHOICES:
        for key in named:
            count = opened[key, choice, True]
            known.between(count, count, ("cell", number, key, choice))
        others = [("cell", number, key, choice) for key in (*groups, NO_GROUP) if key not in named]
        count = opened["suppressed", choice, True]
        known.between(count, count, *others)
