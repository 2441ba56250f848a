"""The register: entering, rewording, findings of a panel, updates through moderation, reminders."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.actions import commitment_updates as updates
from app.actions import commitments as actions
from app.actions.commitments import NewWording
from app.events import (
    CommitmentEnding,
    CommitmentFound,
    CommitmentRegistered,
    CommitmentReworded,
    ContributionPublished,
)
from app.jobs.handlers import Site
from app.jobs.relay import drain
from app.jobs.schedule import carry_out_due
from app.models.commitments import CommitmentState, CommitmentWording, Ending
from app.models.consultations import Consultation, Identity, Review, Role
from app.models.contributions import State
from app.models.moderation import Action
from app.models.notices import Notice
from app.queries import commitments as reading
from app.rules.differences import Mark
from tests.answers import forbidden, invalid, refused
from tests.factories import commitments, consultations, moderation, people
from tests.factories.commitments import PROMISE, UPDATE
from tests.factories.viewers import frame, history

pytestmark = pytest.mark.usefixtures("stopped_clock")
NARROWER = NewWording(
    promise="No direct sales of live face search to any police service.",
    scope="Live search, all police services",
    source="https://example.org/narrower",
)


@pytest.fixture
def opened(session):
    return consultations.opened(session, slug="faces")


@pytest.fixture
def chair(session, opened):
    return people.member(session, opened, name="Ruth", role=Role.CHAIR)


@pytest.fixture
def promise(session, opened):
    return commitments.registered(session, opened)


def panel(session, consultation, *groups):
    return [people.member(session, consultation, group=group).display_name for group in groups]


def test_the_chair_enters_a_promise_once(session, opened, chair):
    made = actions.register(session, opened, PROMISE, by=chair)
    assert (made.state, made.flags) == (CommitmentState.UNDER_REVIEW, [])
    [entered] = history(session, opened, CommitmentRegistered)
    assert entered.commitment == PROMISE.reference
    with invalid("reference"):
        actions.register(session, opened, PROMISE, by=chair)
    with forbidden("not_chair"):
        actions.register(session, opened, replace(PROMISE, reference="mine"), by=people.moderator(session, opened))
    with invalid("promise", "source"):
        actions.register(session, opened, replace(PROMISE, reference="b", promise="", source=""), by=chair)


def test_another_wording_keeps_the_earlier_one_beside_it(session, opened, chair, promise):
    with invalid("why"):
        actions.reword(session, opened, promise, by=chair, new=NARROWER, why=" ")
    actions.reword(session, opened, promise, by=chair, new=NARROWER, why="The company changed its page.")
    kept = session.scalars(select(CommitmentWording)).one()
    assert (kept.promise, promise.promise) == (PROMISE.promise, NARROWER.promise)
    page = reading.page(session, frame(session, opened), promise.reference)
    [change] = page.rewordings
    assert [piece.text.strip() for piece in change.promise if piece.mark == Mark.ADDED] == ["direct"]
    assert page.line.reworded == 1
    assert len(history(session, opened, CommitmentReworded)) == 1
    with forbidden("not_chair"):
        actions.reword(session, opened, promise, by=people.member(session, opened), new=NARROWER, why="Mine.")


def test_a_state_is_set_by_a_panel_of_three_groups_with_affected_people(session, opened, chair, promise):
    narrow = panel(session, opened, "wrongly", "public", "public")
    found = {"by": chair, "state": CommitmentState.PARTLY_KEPT, "reasons": "A reseller acted.", "company_answer": "No."}
    with invalid("panel"):
        actions.find(session, opened, promise, panel=narrow, **found)
    with invalid("panel"):
        actions.find(session, opened, promise, panel=panel(session, opened, "public", "makers", "researchers"), **found)
    with invalid("panel"):
        actions.find(session, opened, promise, panel=[*narrow, "Somebody unknown"], **found)
    with invalid("panel"):
        actions.find(session, opened, promise, panel=[*narrow, narrow[0].upper(), ""], **found)
    assert promise.state == CommitmentState.UNDER_REVIEW
    actions.find(session, opened, promise, panel=[*narrow, *panel(session, opened, "makers")], **found)
    line = reading.page(session, frame(session, opened), promise.reference).line
    assert (line.commitment.state, line.found.members, line.found.affected) == (CommitmentState.PARTLY_KEPT, 4, 1)
    assert len(line.found.groups) == 3
    assert [event.state for event in history(session, opened, CommitmentFound)] == ["partly_kept"]
    with forbidden("not_chair"):
        actions.find(session, opened, promise, panel=narrow, **{**found, "by": people.moderator(session, opened)})


def test_an_update_is_read_before_it_shows_even_where_comments_show_at_once(session, opened, promise):
    opened.review = Review.AFTER
    ada = people.member(session, opened)
    sent = commitments.sent(session, promise, by=ada, what="A sale was reported.")
    assert sent.state == State.PENDING
    assert commitments.sent(session, promise, by=ada, what="A sale was reported.").id == sent.id
    moderation.decide(session, sent)
    [told] = [e for e in history(session, opened, ContributionPublished) if e.contribution == sent.id]
    assert (told.subject, told.contribution_kind) == ("commitment c-example-2024", "commitment_update")
    with refused("published_update"):
        updates.resend(session, opened, sent, by=ada, update=UPDATE)
    updates.withdraw(session, opened, sent, by=ada)
    assert reading.page(session, frame(session, opened), promise.reference).line.happenings == ()


def test_a_returned_update_is_changed_by_its_author_and_read_again(session, opened, promise):
    ada = people.member(session, opened)
    sent = commitments.sent(session, promise, by=ada)
    decision = moderation.decide(session, sent, Action.RETURN)
    assert UPDATE.source in decision.original
    with forbidden("not_author"):
        updates.resend(session, opened, sent, by=people.member(session, opened), update=UPDATE)
    with invalid("source"):
        updates.resend(session, opened, sent, by=ada, update=replace(UPDATE, source=""))
    updates.resend(session, opened, sent, by=ada, update=UPDATE)
    assert (sent.state, sent.what) == (State.PENDING, UPDATE.what)
    moderation.decide(session, sent)
    assert sent.state == State.PUBLISHED
    with forbidden("not_joined"):
        updates.send(session, opened, promise, by=None, update=UPDATE)


def test_of_confidential_people_the_gist_shows(session, opened, promise):
    hidden = people.member(session, opened, identity=Identity.CONFIDENTIAL)
    commitments.published(session, promise, by=hidden, what="I saw the secretword.", gist="A sale was seen.")
    [one] = reading.page(session, frame(session, opened), promise.reference).line.happenings
    assert one.text == "A sale was seen."


def test_the_team_is_reminded_sixty_and_fourteen_days_before_once_each(database, stopped_clock):
    with database.write() as session:
        made = consultations.opened(session)
        people.member(session, made, role=Role.CHAIR)
        people.member(session, made)
        ends = (clock.now() + timedelta(days=61)).date()
        commitments.registered(session, made, promise=replace(PROMISE, ending=Ending.DATE, ends_on=ends))
        made.closes_at = None
        session.commit()
        key = made.id
    done = []
    for _ in range(62):
        done.append(carry_out_due(database) + carry_out_due(database))
        stopped_clock.forward(days=1)
    assert [day for day, count in enumerate(done) if count] == [1, 47]
    drain(database, Site("http://localhost"))
    with database.read() as session:
        days = [event.days for event in history(session, session.get_one(Consultation, key), CommitmentEnding)]
        notices = session.scalars(select(Notice).where(Notice.code == "commitment_ending")).all()
    assert days == [60, 14]
    assert len(notices) == 2 * 3  # two moderators and the chair
    assert {notice.values["reference"] for notice in notices} == {PROMISE.reference}
