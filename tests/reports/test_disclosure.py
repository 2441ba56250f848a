"""What is published, attacked by somebody who reads all of it at once and can subtract."""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.actions import consultations as chair
from app.actions import positions
from app.models.consultations import Consultation
from app.models.positions import Choice
from app.queries import record
from app.reports.document import as_json
from app.reports.gather import gather
from app.rules.disclosure import shown_groups
from tests.factories import consultations, objections, people, standards
from tests.factories.viewers import frame
from tests.reports import attacker, opened_record, plain_tallies

pytestmark = pytest.mark.sqlite  # tallies and the record are held on both elsewhere
NOTHING = {"cells": [], "sizes": [], "voices": []}
SUPPORT, RESERVATIONS, ABSTAIN, OBJECT = Choice


@settings(max_examples=max(120, settings.default.max_examples))
@given(
    seed=st.integers(0, 2**32),
    sizes=st.lists(st.sampled_from((0, 1, 1, 2, 3, 4, 4, 5, 5, 6, 7, 8, 9, 12, 22)), min_size=1, max_size=6),
    unlisted=st.sampled_from((0, 0, 0, 1, 3, 9)),
    number=st.integers(1, 4),
    likely=st.tuples(st.sampled_from((3, 7, 9)), st.sampled_from((0, 5, 9))),
    minimum=st.sampled_from((3, 5, 5, 10)),
)
def test_nothing_of_a_small_group_follows_from_a_summary(seed, sizes, unlisted, number, likely, minimum):
    seen = plain_tallies.frame(len(sizes), minimum)
    everybody = plain_tallies.crowd(seed, sizes, unlisted, number, *likely)
    document = plain_tallies.document(seen, everybody, number)
    assert attacker.leaks(document, everybody_asked=plain_tallies.all_stated(everybody)) == NOTHING


@pytest.mark.parametrize(("minimum", "groups", "most"), [(3, 3, 9), (3, 4, 7), (5, 3, 12)])
def test_no_table_by_itself_has_only_one_solution(minimum, groups, most):
    """All tables there are, by trying: what is shown of each must fit at least two sizes of each small group.

    The attacker knows the total, which groups are small, and that somebody is in these where others are hidden.
    """
    everything, fitting = [], defaultdict(list)
    for sizes in product(range(most + 1), repeat=groups):
        small = tuple(size < minimum for size in sizes)
        everything.append((sizes, small))
        fitting[sum(sizes), small].append(sizes)
    for sizes, small in everything:
        shown = shown_groups(dict(enumerate(sizes)), minimum)
        if sum(sizes[place] for place in shown) == sum(sizes):
            continue
        somebody = [
            one for one in fitting[sum(sizes), small] if any(one[place] for place in range(groups) if small[place])
        ]
        left = [one for one in somebody if all(one[place] == sizes[place] for place in shown)]
        for place in range(groups):
            if small[place] and len({one[place] for one in somebody}) > 1:
                assert len({one[place] for one in left}) > 1, (sizes, shown)


def naive(sizes, minimum, **_more):
    return frozenset(key for key, size in sizes.items() if size >= minimum)


def apart(sizes, minimum, **_more):
    """What each table by itself would allow, were there no others and no sentence about the consensus state."""
    return shown_groups(sizes, minimum, unlisted=_more.get("unlisted", 0))


def at(place, **answers):
    """So many people of one group that answered the first standard in one way, the second in another."""
    first, second = answers["first"], answers.get("second")
    choices = {number: choice for number, choice in enumerate((first, second)) if choice is not None}
    return [plain_tallies.Person(place, choices) for _ in range(answers["count"])]


LARGE = [*at(0, first=SUPPORT, count=22), *at(1, first=OBJECT, count=9)]
SUBTRACTED = [*LARGE, *at(2, first=SUPPORT, count=1), *at(2, first=OBJECT, count=1)]
FULL = [*LARGE, *at(2, first=OBJECT, count=4), *at(3, first=SUPPORT, count=4)]
# Both of the small group object: otherwise the hidden group of five would have a majority of objections.
MAJORITY = [
    *at(0, first=SUPPORT, count=22),
    *at(1, first=OBJECT, count=2),
    *at(1, first=SUPPORT, count=2),
    *at(1, first=ABSTAIN, count=1),
    *at(2, first=OBJECT, count=2),
]
# A group of five that objects by majority needs all three objections, so that none of the four can object.
FEW = [
    *at(0, first=SUPPORT, count=22),
    *at(1, first=SUPPORT, count=6),
    *at(2, first=OBJECT, count=3),
    *at(2, first=SUPPORT, count=2),
    *at(3, first=SUPPORT, count=4),
]
# The first standard shows all of the second group, the second covers the last one by it: who took part says the rest.
RELATED = [
    *at(0, first=SUPPORT, second=SUPPORT, count=22),
    *at(1, first=OBJECT, second=SUPPORT, count=7),
    *at(2, first=SUPPORT, second=SUPPORT, count=7),
    *at(2, first=SUPPORT, count=1),
    *at(2, first=None, second=ABSTAIN, count=1),
    *at(3, first=None, second=OBJECT, count=1),
]


@pytest.mark.parametrize(
    ("rule", "everybody", "leak"),
    [
        (naive, SUBTRACTED, "cells"),
        (naive, FULL, "sizes"),
        (apart, MAJORITY, "cells"),
        (apart, FEW, "cells"),
        (apart, RELATED, "voices"),
    ],
)
def test_the_attacker_finds_what_simpler_rules_give_away(monkeypatch, rule, everybody, leak):
    seen = plain_tallies.frame(1 + max(person.group for person in everybody), 5)
    assert attacker.leaks(plain_tallies.document(seen, everybody, 2), everybody_asked=True) == NOTHING
    for place in ("tallies", "related_tables"):
        monkeypatch.setattr(f"app.rules.{place}.shown_groups", rule)
    assert attacker.leaks(plain_tallies.document(seen, everybody, 2), everybody_asked=True)[leak]


def everything(session, consultation):
    """The summary and the record, as they are published."""
    seen = frame(session, consultation)
    document = as_json(gather(session, seen))
    return document, opened_record.published(record.exported(session, seen), record.header(session, seen))


@pytest.fixture
def consultation(session, stopped_clock):
    return consultations.opened(session, slug="faces")


@pytest.mark.parametrize("unlisted", [0, 1])
def test_nothing_follows_from_summary_and_record_together(session, consultation, unlisted):
    key = consultation.id
    first, second = (standards.published(session, consultation) for _ in range(2))
    standards.positions_of(session, first, "wrongly", {SUPPORT: 5, OBJECT: 2})
    standards.positions_of(session, first, "scanned", {SUPPORT: 6, OBJECT: 3})
    for choice in (SUPPORT, OBJECT, OBJECT):
        member = people.member(session, consultation, group="researchers")
        for standard in (first, second):
            standards.position(session, standard, choice, by=member)
        positions.withdraw(session, consultation, second, by=member)
    standards.positions_of(session, second, "wrongly", {SUPPORT: 4, ABSTAIN: 2})
    for _ in range(unlisted):
        member = people.member(session, consultation)
        member.group_id = None
        standards.position(session, second, RESERVATIONS, by=member)
    organisation = people.member(session, consultation, group="makers", organisation="Example Cameras Ltd")
    standards.position(session, first, ABSTAIN, by=organisation)
    before, closed = everything(session, consultation)
    assert attacker.leaks(before, record=closed) == NOTHING
    consultation = session.get_one(Consultation, key)  # reading the record lets go of everything
    objections.all_answered(session, consultation)
    chair.close(session, consultation)
    after, opened = everything(session, consultation)
    assert attacker.leaks(after, record=opened) == NOTHING
    assert opened_record.left_alone(opened) == []
    assert sum(week["positions"] for week in after["process"]["weeks"]) == 25 + unlisted  # organisations are apart


def test_what_the_only_one_of_a_small_group_took_back_stays_closed(session, consultation):
    standard = standards.published(session, consultation)
    standards.positions_of(session, standard, "wrongly", {SUPPORT: 6})
    leaving = people.member(session, consultation, group="researchers")
    taken = standards.position(session, standard, OBJECT, by=leaving).id
    positions.withdraw(session, consultation, standard, by=leaving)
    objections.all_answered(session, consultation)
    chair.close(session, consultation)
    document, opened = everything(session, consultation)
    assert document["standards"][0]["by_group"][0]["positions"]["n"] == 6
    assert str(taken) not in str(opened)


def test_the_only_person_without_a_group_is_not_told_apart(session, consultation):
    standard = standards.published(session, consultation)
    standards.positions_of(session, standard, "wrongly", {SUPPORT: 6})
    standards.positions_of(session, standard, "scanned", {SUPPORT: 7})
    alone = people.member(session, consultation)
    alone.group_id = None
    standards.position(session, standard, OBJECT, by=alone)
    objections.all_answered(session, consultation)
    chair.close(session, consultation)
    document, opened = everything(session, consultation)
    cells = {line["group"]: line.get("positions", {}).get("n") for line in document["standards"][0]["by_group"]}
    assert (cells["wrongly"], cells["scanned"]) == (None, 7)
    assert "not_stated" not in str([entry.get("openings") for entry in opened])
