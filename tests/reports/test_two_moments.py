"""What was published at two moments, attacked together: a version hides what the one before hid until enough moved."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.actions import consultations as chair
from app.actions import positions
from app.jobs import summaries as jobs
from app.jobs.handlers import Site
from app.jobs.relay import drain
from app.models.consultations import Consultation, Membership, StakeholderGroup
from app.models.positions import Choice, Position
from app.models.standards import Standard
from app.models.summaries import RunState, SummaryRun
from app.queries.earlier_tables import last_tables
from app.reports import runs
from app.reports.document import as_json
from app.reports.gather import gather
from tests.factories import consultations, objections, standards, summary_runs
from tests.factories.viewers import frame
from tests.reports import plain_tallies, two_moments
from tests.reports.plain_tallies import Person

SUPPORT, RESERVATIONS, ABSTAIN, OBJECT = Choice
THERE_AND_BACK = 2
"""Entries of somebody who may have changed their mind and back: who knows that nobody did is a limit that is stated."""
SIZES = st.sampled_from((0, 1, 1, 2, 3, 4, 4, 5, 5, 6, 7, 8, 9, 12, 22))


@pytest.mark.sqlite
@settings(max_examples=max(120, settings.default.max_examples))
@given(
    seeds=st.tuples(st.integers(0, 2**32), st.integers(0, 2**32)),
    sizes=st.lists(SIZES, min_size=2, max_size=6),
    unlisted=st.sampled_from((0, 0, 0, 1, 3, 9)),
    number=st.sampled_from((1, 1, 2, 4)),
    likely=st.tuples(st.sampled_from((3, 7, 9)), st.sampled_from((0, 5, 9))),
    minimum=st.sampled_from((3, 5, 5, 10)),
    times=st.sampled_from((1, 1, 4, 8)),
)
def test_nothing_of_a_small_group_follows_from_two_summaries(seeds, sizes, unlisted, number, likely, minimum, times):
    seen = plain_tallies.frame(len(sizes), minimum)
    everybody = plain_tallies.crowd(seeds[0], sizes, unlisted, number, *likely)
    before = plain_tallies.document(seen, everybody, number)
    changed, entries = plain_tallies.later(
        everybody, seeds[1], groups=len(sizes), standards=number, movers=minimum * times
    )
    earlier = plain_tallies.held_to(before, everybody, changed)
    after = plain_tallies.document(replace(seen, earlier=earlier), changed, number)
    asked = plain_tallies.all_stated(changed)
    assert two_moments.leaks(before, after, entries + THERE_AND_BACK, everybody_asked=asked) == []


def crowd(*choices: str):
    """One group for each word, and in it somebody for each letter: s(upport) or o(bject) on the only standard."""
    return [
        Person(place, {0: SUPPORT if letter == "s" else OBJECT})
        for place, word in enumerate(choices)
        for letter in word
    ]


GROWN = (crowd("s" * 22, "o" * 9, "ssso"), crowd("s" * 26, "o" * 9, "sssso"))
FALLEN = (crowd("s" * 22, "o" * 9, "sssoo"), crowd("s" * 26, "o" * 9, "ssso"))


@pytest.mark.sqlite
@pytest.mark.parametrize(("everybody", "moment"), [(GROWN, 0), (FALLEN, 1)])
def test_the_attacker_finds_what_two_careless_summaries_give_away(everybody, moment):
    """Four new people in the largest group and one in the smallest, by which it becomes large enough, or small."""
    seen = plain_tallies.frame(3, 5)
    before, careless = (plain_tallies.document(seen, some, 1) for some in everybody)
    found = two_moments.leaks(before, careless, 5, everybody_asked=True)
    assert {(when, number, group) for when, number, group, *_cell in found} == {(moment, 1, "g2")}
    earlier = plain_tallies.held_to(before, *everybody)
    after = plain_tallies.document(replace(seen, earlier=earlier), everybody[1], 1)
    assert two_moments.leaks(before, after, 5, everybody_asked=True) == []


@pytest.fixture
def opened(database, stopped_clock):
    """Two groups of seven and four researchers on one standard, and its first version."""
    with database.write() as session:
        consultation = consultations.opened(session, slug="faces")
        standard = standards.published(session, consultation)
        for group, count in (("wrongly", 7), ("scanned", 7), ("researchers", 4)):
            standards.positions_of(session, standard, group, {SUPPORT: count})
        summary_runs.asked(session, consultation)
        session.commit()
    jobs.make_waiting(database)
    return consultation


def change(database, opened, step):
    """Do something to the consultation and its standard, ask for a version, and make it."""
    with database.write() as session:
        consultation = session.get_one(Consultation, opened.id)
        step(session, consultation, session.scalars(select(Standard)).one())
        summary_runs.asked(session, consultation)
        session.commit()
    jobs.make_waiting(database)


def last_version(database, opened):
    """What the last version says."""
    with database.read() as session:
        run = session.scalars(select(SummaryRun).order_by(SummaryRun.number.desc())).first()
        assert run.state == RunState.DONE
        return as_json(runs.opened(session, frame(session, opened), run).document)


def told(document):
    """People by group, on the standard and in all, as far as they are shown."""
    (standard,) = document["standards"]
    on_it = {line["group"]: line["positions"]["n"] for line in standard["by_group"] if not line.get("suppressed")}
    return on_it, {line["group"]: line["people"] for line in document["participation"] if not line.get("suppressed")}


EVERYBODY = ({"wrongly": 7, "scanned": 7, "researchers": 9}, {"wrongly": 7, "scanned": 8, "researchers": 9})
"""After `grow`; the author of the standard is one of those scanned."""


def grow(session, consultation, standard):
    standards.positions_of(session, standard, "researchers", {OBJECT: 5})


def test_a_version_hides_what_the_one_before_hid_until_all_is_in(database, opened):
    change(database, opened, grow)
    with database.read() as session:
        live = told(as_json(gather(session, frame(session, opened))))
    assert live == EVERYBODY
    assert told(last_version(database, opened)) == ({"scanned": 7}, {"scanned": 8})
    with database.write() as session:
        consultation = session.get_one(Consultation, opened.id)
        objections.all_answered(session, consultation)
        chair.close(session, consultation)
        session.commit()
    drain(database, Site("http://localhost"))
    jobs.make_waiting(database)
    assert told(last_version(database, opened)) == live


def test_a_group_in_which_enough_people_moved_is_shown_again(database, opened, stopped_clock):
    """Ten researchers, and ten of the group that was hidden with the four, which stays behind."""

    def grow_much(session, consultation, standard):
        stopped_clock.forward(minutes=1)
        standards.positions_of(session, standard, "researchers", {OBJECT: 10})
        standards.positions_of(session, standard, "wrongly", {SUPPORT: 9})

    change(database, opened, grow_much)
    assert told(last_version(database, opened)) == ({"scanned": 7}, {"scanned": 8})
    change(database, opened, lambda *of: (grow_much(*of), grow_much(*of)))
    shown = {"scanned": 7, "researchers": 34}
    assert told(last_version(database, opened)) == (shown, shown | {"scanned": 8})


def test_a_table_that_would_hide_more_than_before_shows_no_group(database, opened):
    def leave(session, consultation, standard):
        shown = select(StakeholderGroup.id).where(StakeholderGroup.key == "scanned")
        for position in session.scalars(select(Position).where(Position.group_id.in_(shown)).limit(3)).all():
            by = session.get_one(Membership, position.membership_id)
            positions.withdraw(session, consultation, standard, by=by)
        standards.positions_of(session, standard, "wrongly", {SUPPORT: 4})

    change(database, opened, leave)
    assert told(last_version(database, opened)) == ({}, {"scanned": 5})


def test_what_came_between_does_not_make_a_table_forgotten(database, opened):
    """Another text, a version on it, and the first text again."""

    def on_text(number):
        def take_up(session, consultation, standard):
            version = standards.version_of(session, standard)
            standard.version = standard.counts_from = version.number = number
            session.flush()
            standards.positions_of(session, standard, "public", {SUPPORT: 5})

        return take_up

    change(database, opened, on_text(2))
    assert told(last_version(database, opened))[0] == {"public": 5}
    change(database, opened, on_text(1))
    with database.read() as session:
        kept = last_tables(session, session.get_one(Consultation, opened.id))
    assert {"standard 1 from 1", "standard 1 from 2"} < set(kept)
    assert "researchers" not in told(last_version(database, opened))[0]
