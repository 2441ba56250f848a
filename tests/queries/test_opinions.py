"""The opinion page: groups from positions alone, and nothing that gives somebody away."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.one_thread import np
from app.analysis.opinions import opinions as found_in
from app.models.consultations import TallyVisibility
from app.models.contributions import State
from app.models.positions import Block
from app.models.standards import StandardVersion
from app.queries import consultations, opinions
from app.queries.opinion_lines import Telling
from app.queries.people import ANYBODY
from tests.analysis.voters import camps, listed, noise
from tests.factories import consultations as making
from tests.factories import opinions as crowd

FOUND = found_in(np.array([0]), np.array([0]), np.array([1]), shape=(1, 1))
pytestmark = pytest.mark.usefixtures("stopped_clock")


@pytest.fixture
def consultation(session):
    return making.opened(session, slug="faces")


def page(session):
    return opinions.page(session, consultations.frame(session, "faces", ANYBODY))


def filled(session, consultation, votes, width, **more):
    standards = crowd.published(session, consultation, width)
    crowd.positions(session, consultation, standards, votes, **more)
    return standards


def test_groups_and_what_sets_them_apart(session, consultation):
    votes, shape, _camp = camps(0)
    standards = filled(session, consultation, votes, shape[1])
    shown = page(session)
    assert shown.stage == "groups"
    assert [(group.letter, group.size) for group in shown.groups] == [("A", 34), ("B", 21), ("C", 13)]
    numbers = {standard.number for standard in standards}
    for group in shown.groups:
        assert group.apart
        for line in group.apart:
            assert line.number in numbers
            assert line.here.letter == group.letter
            assert line.here.said <= line.here.seen
    assert shown.grouped == 68
    assert all(mark.people >= 5 for marks in shown.marks for mark in marks)
    assert sum(mark.people for marks in shown.marks for mark in marks) == 68


def test_what_is_shared_has_figures_of_each_group(session, consultation):
    votes, shape, camp = camps(1)
    agreed = votes[1] == 0
    votes[2][agreed] = 1
    standards = filled(session, consultation, votes, shape[1])
    lines = {line.number: line for line in page(session).supported}
    cells = lines[standards[0].number].cells
    assert [cell.letter for cell in cells] == ["A", "B", "C"]
    for number, cell in enumerate(cells):
        voted = int((agreed & (camp[votes[0]] == number)).sum())
        assert (cell.said, cell.seen) == (voted, voted)
        assert cell.percent == (100 if voted >= 20 else None)


def test_noise_is_one_group(session, consultation):
    votes, shape = noise(0)
    filled(session, consultation, votes, shape[1])
    shown = page(session)
    assert (shown.stage, shown.groups) == ("one_group", ())


def test_few_people_are_too_early(session, consultation):
    votes, shape = listed([[1] * 8] * 9 + [[-1] * 8] * 10)
    filled(session, consultation, votes, shape[1])
    assert page(session).stage == "too_early"


def test_large_consultations_are_not_reckoned_while_somebody_waits(session, consultation, monkeypatch):
    monkeypatch.setattr(opinions, "MOST_PEOPLE", 60)
    votes, shape, _camp = camps(0)
    filled(session, consultation, votes, shape[1])
    assert page(session).stage == "coming"


def test_organisations_are_in_no_group(session, consultation):
    votes, shape, _camp = camps(0)
    standards = filled(session, consultation, votes, shape[1])
    before = page(session)
    crowd.positions(session, consultation, standards, votes, block=Block.ORGANISATIONS)
    assert page(session) == before


def test_tallies_that_are_hidden_hide_the_groups(session, consultation):
    votes, shape, _camp = camps(0)
    filled(session, consultation, votes, shape[1])
    consultation.tallies_visible = TallyVisibility.AFTER_CLOSING
    session.flush()
    shown = page(session)
    assert (shown.stage, shown.groups, shown.marks) == ("hidden", (), ())
    assert shown.why_hidden.code == "tally_after_closing"


def test_a_standard_that_nobody_may_read_is_named_nowhere(session, consultation):
    votes, shape, _camp = camps(0)
    standards = filled(session, consultation, votes, shape[1])
    number = page(session).groups[0].apart[0].number
    hidden = next(standard for standard in standards if standard.number == number)
    version = session.query(StandardVersion).filter_by(standard_id=hidden.id).one()
    version.state = State.HIDDEN
    session.flush()
    shown = page(session)
    assert shown.stage == "groups"
    told = {line.number for group in shown.groups for line in group.apart}
    assert number not in told | {line.number for line in shown.supported + shown.objected}


def test_one_person_outside_the_groups_hides_a_group_with_them(session, consultation):
    votes, shape, _camp = camps(0, seen=1.0)
    standards = filled(session, consultation, votes, shape[1])
    line = page(session).groups[0].apart[0]
    assert line.elsewhere.shown
    place = next(number for number, standard in enumerate(standards) if standard.number == line.number)
    crowd.positions(session, consultation, standards, ([0], [place], [-1]))
    again = {line.number: line for group in page(session).groups for line in group.apart}[line.number]
    assert not again.elsewhere.shown


@given(st.lists(st.integers(0, 12), min_size=3, max_size=3), st.integers(0, 12), st.integers(1, 8))
def test_what_is_shown_beside_the_total_leaves_nobody_alone(seen, outside, minimum):
    counts = np.array([[[0, 0, count]] for count in seen])
    found = replace(FOUND, numbers=(0, 1, 2), statements=np.array([0]), counts=counts, shared=(0,))
    standard = SimpleNamespace(number=1), SimpleNamespace(title="A match is a lead", language="en")
    cells = Telling(found, [sum(seen) + outside], [standard], minimum).shared(supported=True)[0].cells
    left = sum(seen) + outside - sum(cell.seen for cell in cells)
    assert all(cell.seen >= minimum for cell in cells if cell.shown)
    assert left == 0 or left >= min(minimum, sum(seen) + outside)


def test_as_many_statements_for_many_as_for_few(session, consultation, count_statements):
    votes, shape, _camp = camps(0, sizes=(14, 12))
    standards = filled(session, consultation, votes, shape[1])
    needed = []
    for sizes in ((14, 12), (120, 90)):
        votes, shape, _camp = camps(0, sizes=sizes)
        crowd.positions(session, consultation, standards, votes)
        frame = consultations.frame(session, "faces", ANYBODY)
        with count_statements() as statements:
            opinions.page(session, frame)
        needed.append(len(statements))
    assert needed == [3, 3]
