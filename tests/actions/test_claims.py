"""One person at a time reads a case, for ten minutes; a stale decision is refused."""

from datetime import timedelta

import pytest

from app.actions import comment_edits, desk
from app.actions import moderation as actions
from app.models.consultations import Membership, Role
from app.models.moderation import Action
from app.queries import moderation as pages
from app.queries import queue
from app.queries.queue import Filters
from app.rules.moderation import CLAIM
from app.rules.statements import Statement
from tests.answers import forbidden, refused
from tests.factories import comments, consultations, moderation, people, standards
from tests.factories.viewers import viewer

pytestmark = pytest.mark.usefixtures("stopped_clock")


@pytest.fixture
def consultation(session):
    return consultations.opened(session)


@pytest.fixture
def readers(session, consultation):
    return consultations.moderators(session, consultation)


@pytest.fixture
def case(session, consultation):
    return moderation.open_case(session, comments.pending(session, standards.published(session, consultation)))


def test_whoever_opens_a_case_holds_it_for_ten_minutes(session, consultation, case, readers, stopped_clock):
    desk.claim(session, consultation, case, by=readers[0])
    assert (case.claimed_by_id, case.claimed_until) == (readers[0].id, stopped_clock.now + timedelta(minutes=10))
    for act in (desk.claim, lambda *args, by: actions.decide(*args, Statement(Action.PUBLISH), by=by)):
        with refused("claimed"):
            act(session, consultation, case, by=readers[1])
    seen = queue.queue(session, viewer(readers[1]), Filters()).lines[0]
    assert (seen.held_by, seen.minutes, seen.free) == (readers[0].display_name, 10, False)
    mine = queue.queue(session, viewer(readers[0]), Filters()).lines[0]
    assert (mine.claimed_by_me, mine.free) == (True, True)
    assert pages.case_page(session, viewer(readers[1]), case.id).held_by == readers[0].display_name
    stopped_clock.forward(minutes=9, seconds=59)
    with refused("claimed"):
        desk.claim(session, consultation, case, by=readers[1])
    stopped_clock.forward(seconds=1)
    desk.claim(session, consultation, case, by=readers[1])
    assert case.claimed_by_id == readers[1].id


def test_opening_it_again_holds_it_longer_and_letting_go_lets_go(session, consultation, case, readers, stopped_clock):
    desk.claim(session, consultation, case, by=readers[0])
    stopped_clock.forward(minutes=8)
    desk.claim(session, consultation, case, by=readers[0])
    assert case.claimed_until == stopped_clock.now + CLAIM
    desk.release(session, consultation, case, by=readers[1])  # nobody lets go what another holds
    assert case.claimed_by_id == readers[0].id
    desk.release(session, consultation, case, by=readers[0])
    assert (case.claimed_by_id, case.claimed_until) == (None, None)
    desk.claim(session, consultation, case, by=readers[1])


def test_after_a_claim_ran_out_whoever_held_it_still_decides_unless_somebody_else_took_it(
    session, consultation, case, readers, stopped_clock
):
    desk.claim(session, consultation, case, by=readers[0])
    stopped_clock.forward(minutes=11)
    desk.claim(session, consultation, case, by=readers[1])
    with refused("claimed"):
        actions.decide(session, consultation, case, Statement(Action.PUBLISH), by=readers[0])
    stopped_clock.forward(minutes=11)
    actions.decide(session, consultation, case, Statement(Action.PUBLISH), by=readers[0])
    assert (case.claimed_by_id, case.claimed_until) == (None, None)
    with refused("case_closed"):
        desk.claim(session, consultation, case, by=readers[1])


def test_nobody_takes_what_is_theirs_or_not_for_them(session, consultation, case, readers):
    author = session.get_one(Membership, pages.case_page(session, viewer(readers[0]), case.id).author.id)
    with forbidden("not_moderator"):
        desk.claim(session, consultation, case, by=author)
    author.role = Role.MODERATOR
    with forbidden("own_item"):
        desk.claim(session, consultation, case, by=author)
    author.organisation, readers[0].organisation = "Example Org", "example org"
    with forbidden("own_organisation"):
        desk.claim(session, consultation, case, by=readers[0])
    with forbidden("not_moderator"):
        desk.release(session, consultation, case, by=people.member(session, consultation))
    assert case.claimed_by_id is None


def test_the_author_may_change_or_withdraw_what_somebody_reads(session, consultation, case, readers):
    item = pages.case_page(session, viewer(readers[0]), case.id).contribution
    author = session.get_one(Membership, item.membership_id)
    desk.claim(session, consultation, case, by=readers[0])
    read = item.revision
    comment_edits.edit(session, consultation, item, by=author, body="Changed while it was read.")
    with refused("text_changed"):
        actions.decide(session, consultation, case, Statement(Action.PUBLISH), by=readers[0], read_revision=read)
    assert case.claimed_by_id == readers[0].id


def test_the_next_case_is_one_that_nobody_holds(session, consultation, case, readers):
    standard = standards.published(session, consultation)
    second, third = (moderation.open_case(session, comments.pending(session, standard)) for _ in range(2))
    desk.claim(session, consultation, second, by=readers[1])
    assert queue.next_case(session, viewer(readers[0]), after=case) == third.id
    assert queue.next_case(session, viewer(readers[1]), after=case) == second.id
