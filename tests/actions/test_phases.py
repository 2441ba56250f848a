"""Planning phases, opening and ending one by hand, and one standard ahead of the others."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.actions import phases as actions
from app.actions import positions
from app.actions.progress import facts_of
from app.events import SettingsChanged, StandardMoved
from app.models.comments import Comment
from app.models.consultations import Phase, PhaseKind, Role
from app.models.contributions import State
from app.models.positions import Choice
from app.queries import consultations as reading
from app.queries import contributions, desk
from app.rules.phasing import Facts, Span, spans_of
from tests.answers import forbidden, invalid, refused
from tests.factories import comments, consultations, moderation, people, standards
from tests.factories.viewers import frame, history

pytestmark = pytest.mark.usefixtures("stopped_clock")
POSITION, RESOLVE, SECOND, OUTCOME = (
    PhaseKind.POSITION,
    PhaseKind.RESOLVE,
    PhaseKind.SECOND_ROUND,
    PhaseKind.OUTCOME,
)


@pytest.fixture
def opened(session):
    return consultations.opened(session)


@pytest.fixture
def chair(session, opened):
    return people.member(session, opened, role=Role.CHAIR)


@pytest.fixture
def standard(session, opened):
    return standards.published(session, opened)


def stored(session, consultation) -> dict[PhaseKind, Phase]:
    return {p.kind: p for p in session.scalars(select(Phase).where(Phase.consultation_id == consultation.id))}


def test_phases_of_a_draft_are_planned_freely(session):
    draft = consultations.draft(session)
    chair = people.member(session, draft, role=Role.CHAIR)
    start = clock.now() - timedelta(days=9)
    actions.reschedule(session, draft, by=chair, spans=[Span(POSITION, start, start + timedelta(days=90))])
    assert list(stored(session, draft)) == [POSITION]
    assert history(session, draft, SettingsChanged) == []
    with invalid("position-closes_at"):
        actions.reschedule(session, draft, by=chair, spans=[Span(POSITION, start, start)])


def test_extending_is_public_and_needs_its_reason(session, opened, chair):
    longer = [
        Span(s.kind, s.opens_at, s.closes_at + timedelta(days=7) if s.kind == POSITION else s.closes_at)
        for s in spans_of(list(stored(session, opened).values()))
    ]
    with invalid("reason"):
        actions.reschedule(session, opened, by=chair, spans=longer)
    actions.reschedule(session, opened, by=chair, spans=longer, reason="Two groups asked for time.")
    [told] = history(session, opened, SettingsChanged)
    [change] = told.changes
    assert (change["setting"], change["phase"], told.reason) == (
        "phase_moved",
        "position",
        "Two groups asked for time.",
    )
    assert stored(session, opened)[POSITION].closes_at == clock.now() + timedelta(days=37)
    with forbidden("not_chair"):
        actions.reschedule(session, opened, by=people.member(session, opened), spans=longer)


def test_ending_a_phase_says_why_wherever_it_is_closed(session, opened, chair, standard):
    ada = people.member(session, opened)
    with invalid("reason"):
        actions.end(session, opened, POSITION, by=chair, reason=" ")
    actions.end(session, opened, POSITION, by=chair, reason="A court decided")
    with refused("phase_over"):
        positions.take(session, opened, standard, by=ada, choice=Choice.SUPPORT)
    page = frame(session, opened, ada)
    line = next(line for line in reading.timeline(page) if line.phase.kind == POSITION)
    assert (line.done, line.phase.ended_why) == (True, "A court decided")
    with refused("phase_not_running"):
        actions.end(session, opened, POSITION, by=chair, reason="Again.")
    actions.begin(session, opened, POSITION, by=chair, reason="It did not.", until=clock.now() + timedelta(days=3))
    assert positions.take(session, opened, standard, by=ada, choice=Choice.SUPPORT).id
    assert stored(session, opened)[POSITION].ended_why == ""
    assert [event.changes[0]["setting"] for event in history(session, opened, SettingsChanged)] == [
        "phase_ended",
        "phase_opened",
    ]


def test_what_was_sent_in_time_counts_though_it_is_reviewed_later(session, opened, chair, standard, stopped_clock):
    comment = comments.pending(session, standard)
    for kind in (PhaseKind.DISCUSS, POSITION):
        actions.end(session, opened, kind, by=chair, reason="Time is up.")
    stopped_clock.forward(days=2)
    moderation.decide(session, comment)
    assert comment.state == State.PUBLISHED
    with refused("phase_over"):
        comments.pending(session, standard)


def test_an_outcome_waits_for_what_is_open(session, opened, chair, standard):
    standards.position(session, standard, Choice.OBJECT, reason="It stops too little.")
    comments.published(session, standard, proposed_change="A police service shall never.")
    comments.published(session, standard)
    objection_comment = session.scalars(select(Comment).where(Comment.body == "It stops too little.")).one()
    assert facts_of(session, opened) == Facts(unanswered=1, unanswered_in=(1,), unresolved=1, waiting=1)
    assert facts_of(session, opened, standard) == Facts(unanswered=1, unanswered_in=(1,), unresolved=1, waiting=1)
    assert facts_of(session, opened, standards.published(session, opened)) == Facts()
    moderation.decide(session, objection_comment)
    assert facts_of(session, opened) == Facts(unanswered=1, unanswered_in=(1,), unresolved=1)
    actions.end(session, opened, POSITION, by=chair, reason="Enough.")
    with refused("unanswered_objections"):
        actions.begin(session, opened, OUTCOME, by=chair, reason="Now.", until=clock.now() + timedelta(days=9))
    page = desk.desk(session, frame(session, opened, chair), facts_of(session, opened))
    assert (page.facts.unanswered, page.facts.unresolved) == (1, 1)
    assert page.facts.not_heard


def test_a_standard_moves_ahead_and_back(session, opened, chair, standard, stopped_clock):
    ada = people.member(session, opened)
    other = standards.published(session, opened)
    positions.take(session, opened, standard, by=ada, choice=Choice.SUPPORT)
    until = clock.now() + timedelta(days=5)
    revision = opened.revision
    actions.move(session, opened, standard, RESOLVE, by=chair, reason="It is agreed.")
    assert (standard.first_round_ended_at, opened.revision) == (clock.now(), revision + 1)
    with refused("phase_over"):
        positions.take(session, opened, standard, by=ada, choice=Choice.ABSTAIN)
    assert positions.take(session, opened, other, by=ada, choice=Choice.SUPPORT).id
    mine = {line.number: line.changeable for line in contributions.mine(session, ada.account_id).positions}
    assert mine == {standard.number: False, other.number: True}
    actions.move(session, opened, standard, SECOND, by=chair, reason="Clause 2 changed.", until=until)
    assert positions.take(session, opened, standard, by=ada, choice=Choice.ABSTAIN).id
    moved = reading.moved(frame(session, opened), standard)
    assert moved is not None
    assert (moved.ahead, [line.phase.kind for line in moved.lines if line.now]) == (True, [SECOND])
    stopped_clock.forward(days=5)
    assert frame(session, opened).last_move_ended == until
    with refused("phase_over"):
        positions.take(session, opened, standard, by=ada, choice=Choice.OBJECT, reason="No.")
    actions.move_back(session, opened, standard, by=chair, reason="Once more with the others.")
    assert standard.first_round_ended_at is None
    assert positions.take(session, opened, standard, by=ada, choice=Choice.SUPPORT).id
    assert [event.phase for event in history(session, opened, StandardMoved)] == ["resolve", "second_round", ""]
    with refused("not_moved"):
        actions.move_back(session, opened, standard, by=chair, reason="Again.")


def test_a_standard_with_an_unanswered_objection_does_not_leave_resolution(session, opened, chair, standard):
    standards.position(session, standard, Choice.OBJECT)
    actions.move(session, opened, standard, RESOLVE, by=chair, reason="To be settled.")
    for kind in (SECOND, OUTCOME):
        with refused("unanswered_objections"):
            actions.move(session, opened, standard, kind, by=chair, reason="On.")
    with forbidden("not_chair"):
        actions.move(session, opened, standard, RESOLVE, by=people.member(session, opened), reason="Mine.")
    with invalid("reason"):
        actions.move(session, opened, standard, PhaseKind.DISCUSS, by=chair, reason="")
