"""Standards merged, split and withdrawn: nobody is moved unasked, and the trail stays."""

import pytest
from sqlalchemy import select

from app.actions import projections
from app.actions import reorganisations as actions
from app.actions import standards as proposing
from app.events import PositionTaken, ReorganisationAnswered, ReorganisationEnded, ReorganisationProposed
from app.models.consultations import Membership
from app.models.positions import Choice, Position
from app.models.reorganisations import RelationKind, ReorganisationKind, ReorganisationState, StandardRelation
from app.models.standards import Standard, StandardVersion
from app.queries import listings
from app.reports.gather import gather
from tests.answers import forbidden, invalid, refused
from tests.factories import consultations, standards
from tests.factories.viewers import frame, history

MERGE, SPLIT, WITHDRAW = ReorganisationKind


@pytest.fixture
def consultation(session, stopped_clock):
    return consultations.opened(session)


@pytest.fixture
def source(session, consultation):
    return standards.published(session, consultation, title="The source")


@pytest.fixture
def target(session, consultation):
    return standards.published(session, consultation, title="The target")


@pytest.fixture
def author(session, source):
    return session.get_one(Membership, source.membership_id)


def supporters(session, standard, count, choice=Choice.SUPPORT):
    held = [standards.position(session, standard, choice) for _ in range(count)]
    return [session.get_one(Membership, one.membership_id) for one in held]


def on(session, standard) -> dict[int, Choice]:
    found = session.scalars(select(Position).where(Position.standard_id == standard.id))
    return {position.membership_id: position.choice for position in found}


def test_only_those_who_say_so_go_along(session, consultation, source, target, author):
    willing, staying, silent, both = supporters(session, source, 4)
    standards.position(session, target, Choice.ABSTAIN, by=both)
    [objector] = supporters(session, source, 1, Choice.OBJECT)
    found = actions.propose(
        session, consultation, source, by=author, kind=MERGE, reason="They say the same.", target=target
    )
    with forbidden("no_supporter"):
        actions.answer(session, consultation, found, by=objector, agrees=True)
    actions.answer(session, consultation, found, by=willing, agrees=False)
    actions.answer(session, consultation, found, by=willing, agrees=True, moves_along=True)
    actions.answer(session, consultation, found, by=staying, agrees=True)
    actions.answer(session, consultation, found, by=both, agrees=True, moves_along=True)
    with refused("answers_awaited"):
        actions.carry_out(session, consultation, found, by=author)
    actions.answer(session, consultation, found, by=silent, agrees=False, moves_along=True)
    taken = len(history(session, consultation, PositionTaken))
    actions.carry_out(session, consultation, found, by=author)
    assert on(session, target) == {willing.id: Choice.SUPPORT, both.id: Choice.ABSTAIN}
    assert len(history(session, consultation, PositionTaken)) == taken + 1
    assert (source.withdrawn_at is not None, found.state) == (True, ReorganisationState.DONE)
    trail = session.scalars(select(StandardRelation)).one()
    assert (trail.from_id, trail.to_id, trail.kind) == (source.id, target.id, RelationKind.MERGED_INTO)
    assert len(history(session, consultation, ReorganisationAnswered)) == 5
    assert [e.state for e in history(session, consultation, ReorganisationEnded)] == ["done"]
    assert projections.differences(session) == []
    with refused("standard_withdrawn"):
        standards.position(session, source)
    with refused("reorganisation_over"):
        actions.carry_out(session, consultation, found, by=author)


def test_a_merged_standard_is_listed_and_summed_up_no_more(session, consultation, source, target, author):
    found = actions.propose(session, consultation, source, by=author, kind=MERGE, reason="Same.", target=target)
    actions.carry_out(session, consultation, found, by=author)
    seen = frame(session, consultation)
    assert [row[0].number for row in listings.readable_versions(session, seen)] == [2]
    document = gather(session, seen)
    assert [standard.number for standard in document.standards] == [2]
    assert [(one.number, one.became, one.into) for one in document.trails] == [(1, "merged_into", (2,))]


def test_a_split_makes_standards_with_clauses_of_their_own(session, consultation, source, author, stopped_clock):
    willing, silent = supporters(session, source, 2)
    parts = [{"title": "A lead", "clauses": ["1"]}, {"title": "Figures", "clauses": ["2"]}]
    with invalid("titles"):
        actions.propose(session, consultation, source, by=author, kind=SPLIT, reason="Two.", parts=parts[:1])
    found = actions.propose(session, consultation, source, by=author, kind=SPLIT, reason="Two things.", parts=parts)
    actions.answer(session, consultation, found, by=willing, agrees=True, moves_along=True)
    stopped_clock.forward(days=15)
    actions.carry_out(session, consultation, found, by=author)
    made = session.scalars(select(Standard).where(Standard.number > 1).order_by(Standard.number)).all()
    texts = [session.scalars(select(StandardVersion).filter_by(standard_id=one.id)).one() for one in made]
    assert [(one.title, one.clauses) for one in texts] == [
        ("A lead", [{"number": "1", "text": standards.CLAUSES[0]}]),
        ("Figures", [{"number": "1", "text": standards.CLAUSES[1]}]),
    ]
    assert {one.membership_id for one in made} == {author.id}
    assert all(on(session, one) == {willing.id: Choice.SUPPORT} for one in made)
    assert silent.id in on(session, source)


def test_more_who_disagree_stop_it_and_it_is_called_off(session, consultation, source, author, stopped_clock):
    one, two, three = supporters(session, source, 3)
    found = actions.propose(session, consultation, source, by=author, kind=WITHDRAW, reason="Out of date.")
    with refused("already_asked"):
        actions.propose(session, consultation, source, by=author, kind=WITHDRAW, reason="Again.")
    for by, agrees in ((one, False), (two, False), (three, True)):
        actions.answer(session, consultation, found, by=by, agrees=agrees)
    with refused("supporters_disagree"):
        actions.carry_out(session, consultation, found, by=author)
    with forbidden("not_proposer_or_chair"):
        actions.call_off(session, consultation, found, by=one, reason="No.")
    with invalid("end_reason"):
        actions.call_off(session, consultation, found, by=author, reason=" ")
    actions.call_off(session, consultation, found, by=author, reason="Its supporters want it.")
    assert (source.withdrawn_at, found.state) == (None, ReorganisationState.CALLED_OFF)
    assert len(history(session, consultation, ReorganisationProposed)) == 1


def test_what_others_support_is_not_withdrawn_at_once(session, consultation, source, author):
    standards.position(session, source, by=author)
    standards.position(session, source, Choice.OBJECT)
    [other] = supporters(session, source, 1)
    version = standards.version_of(session, source)
    with refused("supporters_to_ask"):
        proposing.withdraw(session, consultation, version, by=author)
    found = actions.propose(session, consultation, source, by=author, kind=WITHDRAW, reason="Out of date.")
    actions.answer(session, consultation, found, by=other, agrees=True, moves_along=True)
    actions.carry_out(session, consultation, found, by=author)
    assert source.withdrawn_at is not None
    assert session.scalars(select(StandardRelation)).all() == []


def test_the_target_has_to_stand_until_the_end(session, consultation, source, target, author):
    elsewhere = standards.published(session, consultations.opened(session))
    for wrong in (None, source, elsewhere):
        with invalid("target"):
            actions.propose(session, consultation, source, by=author, kind=MERGE, reason="Same.", target=wrong)
    found = actions.propose(session, consultation, source, by=author, kind=MERGE, reason="Same.", target=target)
    by = session.get_one(Membership, target.membership_id)
    proposing.withdraw(session, consultation, standards.version_of(session, target), by=by)
    with invalid("target"):
        actions.carry_out(session, consultation, found, by=author)
    assert source.withdrawn_at is None
