"""Hiding at once: only by a moderator, only on a case, only where somebody is in danger, and for a day."""

from datetime import timedelta

import pytest

from app.actions import comment_edits, desk
from app.actions import moderation as actions
from app.events import ContributionHeld, DecisionTaken
from app.models.consultations import Membership, Role
from app.models.contributions import READABLE, State
from app.models.moderation import Action, Reason
from app.rules.moderation import URGENT
from app.rules.statements import Statement
from tests.answers import forbidden, refused
from tests.factories import comments, consultations, kinds, moderation, people, standards
from tests.factories.viewers import history

pytestmark = pytest.mark.usefixtures("stopped_clock")


@pytest.fixture
def consultation(session):
    return consultations.opened(session)


@pytest.fixture
def standard(session, consultation):
    return standards.published(session, consultation)


@pytest.fixture
def reader(session, consultation):
    return consultations.moderators(session, consultation)[0]


def hold(session, consultation, item, *, by, reason=Reason.THREAT):
    case = moderation.open_case(session, item)
    desk.hold(session, consultation, case, by=by, reason=reason)
    return case


@pytest.mark.parametrize("what", [what for what in kinds.WAITING if what != "version"])
def test_a_moderator_hides_at_once_and_it_is_due_in_a_day(session, consultation, standard, reader, what, stopped_clock):
    item = kinds.readable(what, session, consultation, standard)
    published = item.published_at
    stopped_clock.forward(hours=1)
    case = hold(session, consultation, item, by=reader)
    assert (item.state, item.reason, item.published_at) == (State.HIDDEN, "threat", published)
    assert (case.held_at, case.due_at) == (stopped_clock.now, stopped_clock.now + timedelta(hours=24))
    assert case.closed_at is None
    [event] = history(session, consultation, ContributionHeld)
    assert (event.reason, event.case_id) == ("threat", case.id)
    stopped_clock.forward(hours=3)
    actions.decide(session, consultation, case, Statement(Action.PUBLISH), by=reader)
    assert (item.state, item.reason, item.published_at) == (State.PUBLISHED, None, published)


@pytest.mark.parametrize("reason", [*Reason, None])
def test_only_danger_is_a_reason(session, consultation, standard, reader, reason):
    item = kinds.readable("comment", session, consultation, standard)
    if reason in URGENT:
        hold(session, consultation, item, by=reader, reason=reason)
        return
    with forbidden("not_urgent"):
        hold(session, consultation, item, by=reader, reason=reason)
    assert item.state == State.PUBLISHED


def test_only_a_moderator_who_may_decide_hides(session, consultation, standard, reader):
    item = kinds.readable("comment", session, consultation, standard)
    author = session.get_one(Membership, item.membership_id)
    with forbidden("not_moderator"):
        hold(session, consultation, item, by=people.member(session, consultation))
    with forbidden("not_moderator"):
        hold(session, consultation, item, by=people.member(session, consultation, role=Role.POLICYMAKER))
    author.role = Role.CHAIR
    with forbidden("own_item"):
        hold(session, consultation, item, by=author)
    author.organisation = reader.organisation = "Example Org"
    with forbidden("own_organisation"):
        hold(session, consultation, item, by=reader)
    assert item.state == State.PUBLISHED


def test_there_is_no_hiding_without_an_open_case(session, consultation, standard, reader):
    item = comments.pending(session, standard)
    case = moderation.open_case(session, item)
    moderation.decide(session, item)
    with refused("case_closed"):
        desk.hold(session, consultation, case, by=reader, reason=Reason.THREAT)
    assert item.state == State.PUBLISHED


def test_what_nobody_reads_or_is_held_already_is_not_hidden(session, consultation, standard, reader):
    waiting = comments.pending(session, standard)
    with refused("not_readable"):
        hold(session, consultation, waiting, by=reader)
    held = kinds.readable("comment", session, consultation, standard)
    hold(session, consultation, held, by=reader)
    with refused("not_readable"):
        hold(session, consultation, held, by=reader)


def test_a_case_that_is_due_sooner_stays_due_then(session, consultation, standard, reader, stopped_clock):
    item = kinds.readable("comment", session, consultation, standard)
    due = moderation.open_case(session, item).due_at
    stopped_clock.forward(hours=40)
    assert hold(session, consultation, item, by=reader).due_at == due


def test_what_is_held_is_decided_in_every_way_and_undoing_holds_it_again(session, consultation, standard, reader):
    item = kinds.readable("comment", session, consultation, standard)
    case = hold(session, consultation, item, by=reader)
    before = kinds.everything_of(session, item)
    for action in (Action.PUBLISH, Action.NOTE, Action.RETURN, Action.DECLINE, Action.HIDE, Action.WARN):
        moderation.decide(session, item, action, by=reader)
        assert (item.state in READABLE) == (action in (Action.PUBLISH, Action.NOTE))
        desk.undo(session, consultation, case, by=reader)
        assert kinds.everything_of(session, item) == before
    assert len(history(session, consultation, DecisionTaken)) >= 6


def test_a_change_that_waits_keeps_waiting_while_its_text_is_held(session, consultation, standard, reader):
    item = kinds.WAITING["change"](session, consultation, standard)
    stands, waits = item.body, item.next_body
    hold(session, consultation, item, by=reader)
    assert (item.state, item.body, item.next_body) == (State.HIDDEN, stands, waits)
    author = session.get_one(Membership, item.membership_id)
    with refused("not_editable"):
        comment_edits.edit(session, consultation, item, by=author, body="A third one.")
    moderation.decide(session, item)
    assert (item.state, item.body, item.next_body) == (State.PUBLISHED, waits, None)
