"""Somebody who keeps what was published at two moments, and knows how often a position was taken in between."""

from collections.abc import Iterable, Mapping, Sequence

from tests.reports import attacker
from tests.reports.attacker import CHOICES, NO_GROUP
from tests.reports.unknowns import Cases, Unknowns


def leaks(before: Mapping, after: Mapping, entries: int, *, everybody_asked: bool) -> list:
    """Cells of small groups at either moment that follow from both summaries, and not from totals alone.

    `entries` is how many positions were taken, changed or withdrawn in between, on all standards together: the record
    shows so many. For what a leak is, see `attacker.leaks`.
    """
    documents = (before, dict(after, standards=[*map(_covered_anew, before["standards"], after["standards"])]))
    totals = _both([attacker.only_totals(one) for one in documents], entries, everybody_asked)
    told = _both(documents, entries, everybody_asked)
    found = []
    for when, document in enumerate(documents):
        minimum = document["consultation"]["minimum_group"]
        for standard in document["standards"]:
            if standard["positions"]["n"] >= minimum:
                cases = _in_each_case(told, documents, when, standard, entries, everybody_asked)
                found += [(when, *cell) for cell in attacker.cells(At(cases, when), At(totals, when), standard)]
    return found


def _in_each_case(told, documents, when, standard, entries, everybody_asked):
    """What follows whichever hidden group it is that objects by majority at this moment."""
    suspects = attacker.suspected(standard)
    if len(suspects) < 2:
        return told
    return Cases(
        lambda suspect: _both(documents, entries, everybody_asked, {when: {standard["number"]: suspect}}), suspects
    )


def _covered_anew(before: Mapping, after: Mapping) -> dict:
    """A large group that is hidden says that somebody is in a small one only where it was not hidden already."""
    already = {line["group"] for line in before["by_group"] if line.get("suppressed")}
    hidden = (line["group"] for line in after["by_group"] if line["heard"] and line.get("suppressed"))
    return dict(after, covers=any(group not in already for group in hidden))


class At:
    """The numbers of one of two moments."""

    def __init__(self, known: Unknowns | Cases, when: int):
        self.known_of_both, self.when = known, when

    def between(self, low, high, *terms, less=()):
        of = [(self.when, *term) for term in terms], [(self.when, *term) for term in less]
        self.known_of_both.between(low, high, *of[0], less=of[1])

    def known(self, term) -> bool:
        return self.known_of_both.known((self.when, *term))

    def bounds_of(self, term):
        return self.known_of_both.bounds_of((self.when, *term))


def _both(documents: Sequence[Mapping], entries: int, everybody_asked: bool, objecting=None) -> Unknowns:
    known = Unknowns()
    groups = [line["group"] for line in documents[0]["participation"]]
    for when, document in enumerate(documents):
        minimum = document["consultation"]["minimum_group"]
        attacker.write_down(
            At(known, when), document, groups, minimum, None, everybody_asked, (objecting or {}).get(when, {})
        )
    _moved(known, [standard["number"] for standard in documents[0]["standards"]], (*groups, NO_GROUP), entries)
    known.narrow()
    return known


def _moved(known: Unknowns, standards: Iterable[int], groups: Sequence[str], entries: int):
    """Each entry takes somebody into a cell, out of one, or from one into another.

    Those who go into a cell come anew to the standard or change. So with those who leave it they are all the entries.
    """
    cells = [("cell", number, key, choice) for number in standards for key in groups for choice in CHOICES]
    sizes = [("size", number, key) for number in standards for key in groups]
    for term in (*cells, *sizes):
        known.between(0, 0, (1, *term), ("out", *term), less=[(0, *term), ("in", *term)])
    for way, back in (("in", "out"), ("out", "in")):
        known.between(0, entries, *((way, *term) for term in cells), *((back, *term) for term in sizes))
