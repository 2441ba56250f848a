"""What was published at two moments, attacked together: a version hides what the one before hid, or is not stored."""

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
from app.queries import summaries
from app.queries.earlier_tables import tables_so_far
from app.reports import runs
from app.reports.document import as_json
from app.reports.gather import gather
from app.rules.withholding import hides_more
from tests.factories import consultations, objections, standards, summary_runs
from tests.factories.viewers import frame
from tests.reports import plain_tallies, two_moments
from tests.reports.plain_tallies import Person

SUPPORT, RESERVATIONS, ABSTAIN, OBJECT = Choice
SIZES = st.sampled_from((0, 1, 1, 2, 3, 4, 4, 5, 5, 6, 7, 8, 9, 12, 22))


@pytest.mark.sqlite
@settings(max_examples=120, deadline=None)
@given(
    seeds=st.tuples(st.integers(0, 2**32), st.integers(0, 2**32)),
    sizes=st.lists(SIZES, min_size=2, max_size=6),
    unlisted=st.sampled_from((0, 0, 0, 1, 3, 9)),
    number=st.sampled_from((1, 1, 2, 4)),
    likely=st.tuples(st.sampled_from((3, 7, 9)), st.sampled_from((0, 5, 9))),
    minimum=st.sampled_from((3, 5, 5, 10)),
    more=st.sampled_from((0, 0, 1, 3)),
    wavering=st.sampled_from((0, 0, 2)),
)
def test_nothing_of_a_small_group_follows_from_two_summaries(
    seeds, sizes, unlisted, number, likely, minimum, more, wavering
):
    """Two who wavered set a version free, less than the rule asks for: it holds even for those who know of others."""
    seen = plain_tallies.frame(len(sizes), minimum)
    everybody = plain_tallies.crowd(seeds[0], sizes, unlisted, number, *likely)
    before = plain_tallies.document(seen, everybody, number)
    changed, entries = plain_tallies.later(
        everybody, seeds[1], groups=len(sizes), standards=number, movers=minimum + more, wavering=wavering
    )
    earlier = {} if wavering else plain_tallies.tables_of(before)
    after = plain_tallies.document(replace(seen, earlier=earlier), changed, number)
    if not hides_more(earlier, plain_tallies.tables_of(after)):
        assert two_moments.leaks(before, after, entries, everybody_asked=not unlisted) == []


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
    earlier = plain_tallies.tables_of(before)
    after = plain_tallies.document(replace(seen, earlier=earlier), everybody[1], 1)
    if hides_more(earlier, plain_tallies.tables_of(after)):
        assert moment == 1
    else:
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
    """The state of the last version, what went wrong, and what it says."""
    with database.read() as session:
        run = session.scalars(select(SummaryRun).order_by(SummaryRun.number.desc())).first()
        if run.state != RunState.DONE:
            return run.error, None
        return "", as_json(runs.opened(session, frame(session, opened), run).document)


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
    error, stored = last_version(database, opened)
    assert live == EVERYBODY
    assert (error, told(stored)) == ("", ({"scanned": 7}, {"scanned": 8}))
    with database.write() as session:
        consultation = session.get_one(Consultation, opened.id)
        objections.all_answered(session, consultation)
        chair.close(session, consultation)
        session.commit()
    drain(database, Site("http://localhost"))
    jobs.make_waiting(database)
    error, final = last_version(database, opened)
    assert (error, told(final)) == ("", live)


def test_enough_that_nobody_can_see_sets_a_version_free(database, opened):
    """Five people change their minds and change them back: any of them may have been a researcher."""

    def waver(session, consultation, standard):
        grow(session, consultation, standard)
        for position in session.scalars(select(Position).limit(5)).all():
            by = session.get_one(Membership, position.membership_id)
            for choice in (ABSTAIN, SUPPORT):
                positions.take(session, consultation, standard, by=by, choice=choice)

    change(database, opened, waver)
    error, stored = last_version(database, opened)
    assert (error, told(stored)) == ("", EVERYBODY)


def test_a_version_that_hid_more_than_the_one_before_is_not_stored(database, opened):
    def leave(session, consultation, standard):
        shown = select(StakeholderGroup.id).where(StakeholderGroup.key == "scanned")
        for position in session.scalars(select(Position).where(Position.group_id.in_(shown)).limit(3)).all():
            by = session.get_one(Membership, position.membership_id)
            positions.withdraw(session, consultation, standard, by=by)
        standards.positions_of(session, standard, "public", {SUPPORT: 4})

    change(database, opened, leave)
    assert last_version(database, opened) == ("group_fell", None)
    with database.read() as session:
        assert len(summaries.numbers(session, frame(session, opened))) == 1


def test_positions_that_are_taken_anew_are_another_table(database, opened):
    def begin_anew(session, consultation, standard):
        version = standards.version_of(session, standard)
        version.number = standard.version = standard.counts_from = 2
        session.flush()
        standards.positions_of(session, standard, "researchers", {OBJECT: 6})

    with database.read() as session:
        kept = tables_so_far(session, session.get_one(Consultation, opened.id))
    assert set(kept) == {"voices", "moderation", "standard 1"}
    with database.write() as session:
        begin_anew(session, session.get_one(Consultation, opened.id), session.scalars(select(Standard)).one())
        assert set(tables_so_far(session, session.get_one(Consultation, opened.id))) == {"voices", "moderation"}
