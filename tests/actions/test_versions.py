"""New versions of a published standard: when they come into force, and what becomes of positions."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from app.actions import in_force, positions, projections, versions
from app.actions import standards as proposing
from app.events import ContributionPublished, PositionTaken
from app.models.consultations import Membership, PhaseKind, Review, Role
from app.models.contributions import State
from app.models.moderation import Action, Case
from app.models.notices import Notice
from app.models.objections import Objection, ObjectionState
from app.models.positions import Choice
from app.models.standards import ChangeClass, Standard, StandardVersion
from app.queries.positions import Subject, results
from app.queries.search import search
from tests.answers import forbidden, invalid, refused
from tests.factories import amendments as making
from tests.factories import consultations, moderation, people, standards
from tests.factories.viewers import frame, history

pytestmark = pytest.mark.usefixtures("stopped_clock")
EDITORIAL, SUBSTANTIVE, NEW = ChangeClass
OTHERWISE = {"1": "A police service shall treat a match only as a hint."}


@pytest.fixture
def consultation(session):
    return consultations.opened(session)


@pytest.fixture
def standard(session, consultation):
    return standards.published(session, consultation, title="A match is a lead")


def result(session, consultation, standard):
    subject = Subject(standard, (), 0, 0)
    return results(session, frame(session, consultation), [subject])[standard.id]


def test_the_old_text_stays_until_the_new_one_is_published(session, consultation, standard):
    version = making.waiting_version(session, standard, clauses=OTHERWISE)
    assert (version.number, version.state, standard.version, version.based_on) == (None, State.PENDING, 1, 1)
    moderation.decide(session, version)
    assert (version.number, standard.version, standard.counts_from) == (2, 2, 2)
    assert [event.subject for event in history(session, consultation, ContributionPublished)] == ["standard 1"] * 2


def test_declining_a_version_leaves_the_standard_as_it_was(session, consultation, standard):
    version = making.waiting_version(session, standard, clauses={"1": "Quokkas shall rest."})
    moderation.decide(session, version, Action.DECLINE)
    assert (version.number, standard.version, standard.counts_from) == (None, 1, 1)
    assert set(search(session, frame(session, consultation), "police")) == {standard.id}
    assert set(search(session, frame(session, consultation), "quokka")) == set()


def test_hiding_a_version_brings_back_the_one_before(session, consultation, standard):
    consultation.review = Review.AFTER
    version = making.waiting_version(session, standard, clauses={"1": "Quokkas shall rest."})
    assert (version.number, standard.version) == (2, 2)
    moderation.decide(session, version, Action.HIDE)
    assert (standard.version, standard.counts_from) == (1, 1)
    assert set(search(session, frame(session, consultation), "police")) == {standard.id}
    assert set(search(session, frame(session, consultation), "quokka")) == set()
    assert making.waiting_version(session, standard, clauses=OTHERWISE).number == 3  # no number is given twice


def test_clauses_keep_their_numbers_and_removed_ones_are_not_given_again(session, standard):
    second = making.version(session, standard, clauses={"1": ""}, added=("A buyer may ask.",))
    assert [clause["number"] for clause in second.clauses] == ["2", "3"]
    third = making.version(session, standard, clauses={"3": ""}, added=("A seller may ask.",))
    assert [clause["number"] for clause in third.clauses] == ["2", "4"]


def test_a_change_is_as_large_as_it_is(session, standard):
    for change_class, clauses, added in (
        (EDITORIAL, {"1": "A police service should treat a match only as a lead."}, ()),
        (EDITORIAL, {}, ("A buyer may ask.",)),
        (SUBSTANTIVE, {}, ("A buyer shall ask.",)),
    ):
        with invalid("change_class"):
            making.waiting_version(session, standard, change_class=change_class, clauses=clauses, added=added)


def test_a_version_that_changes_nothing_is_not_sent(session, standard):
    with invalid("title"):
        making.waiting_version(session, standard)


def test_only_the_author_and_the_chair_write_versions_and_not_in_the_second_round(session, consultation, standard):
    with forbidden("not_author_or_chair"):
        making.waiting_version(session, standard, by=people.member(session, consultation), clauses=OTHERWISE)
    chair = people.member(session, consultation, role=Role.CHAIR)
    assert making.waiting_version(session, standard, by=chair, clauses=OTHERWISE).membership_id == chair.id
    standard.moved_to, standard.moved_at = PhaseKind.SECOND_ROUND, standard.created_at
    with refused("phase_over"):
        making.waiting_version(session, standard, clauses=OTHERWISE)


def test_a_version_for_an_earlier_text_is_not_published(session, consultation, standard):
    chair = people.member(session, consultation, role=Role.CHAIR)
    slow = making.waiting_version(session, standard, by=chair, clauses={"2": "Nobody shall publish anything."})
    making.version(session, standard, clauses=OTHERWISE)
    with refused("based_on_earlier"):
        moderation.decide(session, slow)
    session.refresh(moderation.open_case(session, slow))
    moderation.decide(session, slow, Action.RETURN)
    text = making.text_of(session, standard)
    versions.resubmit(
        session,
        consultation,
        slow,
        by=chair,
        proposal=replace(text, title="Another title"),
        change_class=EDITORIAL,
        why="A clearer title.",
    )
    moderation.decide(session, slow)
    assert (slow.number, slow.based_on, standard.version, standard.counts_from) == (3, 2, 3, 2)
    assert slow.clauses[0]["text"] == OTHERWISE["1"]


def test_a_waiting_version_is_taken_back_without_touching_the_standard(session, consultation, standard):
    version = making.waiting_version(session, standard, clauses=OTHERWISE)
    with forbidden("not_author"):
        versions.withdraw(session, consultation, version, by=people.member(session, consultation))
    author = session.get_one(Membership, standard.membership_id)
    versions.withdraw(session, consultation, version, by=author)
    assert (version.state, standard.withdrawn_at, standard.version) == (State.WITHDRAWN, None, 1)
    assert session.scalars(select(Case).where(Case.closed_at.is_(None))).all() == []
    with refused("version_decided"):
        versions.withdraw(session, consultation, version, by=author)


def test_the_chair_cannot_withdraw_a_standard_by_its_version(session, consultation, standard):
    chair = people.member(session, consultation, role=Role.CHAIR)
    version = making.waiting_version(session, standard, by=chair, clauses=OTHERWISE)
    moderation.decide(session, version)
    with forbidden("not_author"):
        proposing.withdraw(session, consultation, version, by=chair)
    assert standard.withdrawn_at is None


def test_tallies_tell_confirmed_carried_and_counted_apart(session, consultation, standard):
    early = [standards.position(session, standard) for _ in range(6)]
    making.version(
        session,
        standard,
        change_class=EDITORIAL,
        clauses={"2": "The police service should publish the number of searches each year."},
    )
    standards.position(session, standard)
    found = result(session, consultation, standard)
    assert (found.people.size, found.confirmed, found.carried_counted, found.carried) == (7, 1, 6, 0)
    making.version(session, standard, clauses=OTHERWISE)
    found = result(session, consultation, standard)
    assert (found.people.size, found.confirmed, found.carried_counted, found.carried) == (0, 0, 0, 7)
    holder = session.get_one(Membership, early[0].membership_id)
    positions.confirm(session, consultation, standard, by=holder, read_version=3)
    found = result(session, consultation, standard)
    assert (found.people.size, found.confirmed, found.carried) == (1, 1, 6)
    assert projections.differences(session) == []


def test_confirming_keeps_choice_and_objection(session, consultation, standard):
    by = people.member(session, consultation)
    position = standards.position(session, standard, Choice.OBJECT, by=by, reason="It stops too little.")
    making.version(session, standard, clauses=OTHERWISE)
    with refused("stale_version"):
        positions.confirm(session, consultation, standard, by=by, read_version=1)
    before = len(history(session, consultation, PositionTaken))
    positions.confirm(session, consultation, standard, by=by, read_version=2)
    assert (position.choice, position.version) == (Choice.OBJECT, 2)
    assert [one.state for one in session.scalars(select(Objection))] == [ObjectionState.RAISED]
    assert len(history(session, consultation, PositionTaken)) == before + 1
    positions.confirm(session, consultation, standard, by=by)
    assert len(history(session, consultation, PositionTaken)) == before + 1  # nothing to say twice
    nobody = people.member(session, consultation)
    assert positions.confirm(session, consultation, standard, by=nobody) is None


def test_the_version_in_force_is_chosen_from_what_can_be_read(session, standard):
    making.version(session, standard, clauses=OTHERWISE)
    first = session.scalars(select(StandardVersion).filter_by(number=1)).one()
    first.state = State.HIDDEN
    in_force.settle(session, first, State.PUBLISHED)  # an old text given back does not come into force again
    assert session.get_one(Standard, standard.id).version == 2
    assert session.scalars(select(Notice)).all() == []
