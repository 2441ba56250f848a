"""Suspended people write nothing new; they take positions, appeal, and mend what was returned to them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.actions import amendments as amending
from app.actions import comment_edits, commitment_updates, objections, positions, versions
from app.actions import comments as commenting
from app.actions import standards as proposing
from app.models.appeals import AppealOutcome
from app.models.comments import Comment
from app.models.commitments import Commitment
from app.models.consultations import Membership, Review, Role
from app.models.contributions import State
from app.models.moderation import Action
from app.models.objections import StepKind
from app.models.people import Account
from app.models.positions import Choice
from app.models.standards import ChangeClass, Standard
from tests.answers import forbidden
from tests.factories import amendments, comments, commitments, consultations, moderation, people, standards
from tests.factories import objections as raising

pytestmark = pytest.mark.usefixtures("stopped_clock")


@pytest.fixture
def consultation(session):
    return consultations.opened(session, review=Review.AFTER)


@pytest.fixture
def standard(session, consultation):
    return session.get_one(Standard, standards.pending(session, consultation).standard_id)


@pytest.fixture
def until(stopped_clock):
    return stopped_clock.now + timedelta(days=7)


def suspend(session, standard, author, until) -> Comment:
    """Warned, then suspended for another text."""
    texts = [comments.pending(session, standard, by=author, body=f"Text {number}.") for number in range(2)]
    moderation.decide(session, texts[0], Action.WARN)
    moderation.decide(session, texts[1], Action.SUSPEND, ends_at=until)
    return texts[1]


@pytest.fixture
def suspended(session, consultation, standard, until):
    author = people.member(session, consultation)
    suspend(session, standard, author, until)
    assert author.suspended_until == until
    return author


def promise(session, consultation):
    kept = session.query(Commitment).filter_by(consultation_id=consultation.id).first()
    return kept or commitments.registered(session, consultation)


def new_version(session, consultation, standard, by):
    text = replace(amendments.text_of(session, standard), title="Another title")
    return versions.write(
        session, consultation, standard, by=by, proposal=text, change_class=ChangeClass.SUBSTANTIVE, why="Because."
    )


WRITING = {
    "comment": lambda s, c, t, by: commenting.post(s, c, t, by=by, body="New."),
    "proposal": lambda s, c, _t, by: proposing.propose(s, c, by=by, proposal=standards.proposal()),
    "version": new_version,
    "amendment": lambda s, c, t, by: amending.propose(s, c, t, by=by, clause="1", text="They shall.", why="So."),
    "update": lambda s, c, _t, by: commitment_updates.send(s, c, promise(s, c), by=by, update=commitments.UPDATE),
}


@pytest.mark.parametrize("what", WRITING)
def test_nothing_new_is_written_until_the_day_that_was_set(session, consultation, standard, until, what, stopped_clock):
    author = session.get_one(Membership, standard.membership_id)
    suspend(session, standard, author, until)
    with forbidden("suspended"):
        WRITING[what](session, consultation, standard, author)
    stopped_clock.stand_at(until - timedelta(seconds=1))
    with forbidden("suspended"):
        WRITING[what](session, consultation, standard, author)
    stopped_clock.stand_at(until)
    assert WRITING[what](session, consultation, standard, author).membership_id == author.id


def test_a_reply_is_new_too_and_so_is_another_text_in_place_of_a_published_one(session, consultation, standard, until):
    author = people.member(session, consultation)
    mine, theirs = comments.pending(session, standard, by=author), comments.pending(session, standard)
    suspend(session, standard, author, until)
    with forbidden("suspended"):
        commenting.post(session, consultation, standard, by=author, body="And you?", reply_to=theirs.id)
    with forbidden("suspended"):
        comment_edits.edit(session, consultation, mine, by=author, body="Something else.")
    assert mine.state == State.PUBLISHED


def test_positions_are_taken_and_count_and_their_reasons_wait(session, consultation, standard, suspended):
    position = positions.take(
        session, consultation, standard, by=suspended, choice=Choice.OBJECT, reason="It stops too little."
    )
    reason = session.query(Comment).filter_by(membership_id=suspended.id, body="It stops too little.").one()
    assert (position.counted, reason.state) == (True, State.PENDING)
    positions.take(session, consultation, standard, by=suspended, choice=Choice.SUPPORT)
    positions.withdraw(session, consultation, standard, by=suspended)


def test_an_objection_goes_on_while_its_author_is_suspended(session, consultation, standard, until):
    objector = people.member(session, consultation)
    objection = raising.raised(session, standard, by=objector)
    raising.answered(session, objection, by=people.member(session, consultation, role=Role.CHAIR))
    suspend(session, standard, objector, until)
    objections.reply(session, consultation, objection, by=objector, kind=StepKind.NOT_SATISFIED)


def test_what_was_returned_is_mended_and_sent_again(session, consultation, standard, until):
    author = people.member(session, consultation)
    returned = comments.pending(session, standard, by=author)
    moderation.decide(session, returned, Action.RETURN)
    suspend(session, standard, author, until)
    comment_edits.edit(session, consultation, returned, by=author, body="Mended.")
    assert (returned.state, returned.body) == (State.PENDING, "Mended.")


def test_a_suspension_is_appealed_and_ends_with_it(session, consultation, standard, until):
    author = people.member(session, consultation)
    text = suspend(session, standard, author, until)
    moderation.heard(session, moderation.appealed(session, text))
    assert (author.suspended_until, text.state) == (None, State.PUBLISHED)
    comments.pending(session, standard, by=author)


def test_a_milder_decision_ends_a_suspension_too(session, consultation, standard, until):
    author = people.member(session, consultation)
    text = suspend(session, standard, author, until)
    outcome, milder = AppealOutcome.PARTLY, moderation.statement(Action.WARN)
    moderation.heard(session, moderation.appealed(session, text), outcome=outcome, instead=milder)
    assert (author.suspended_until, text.state) == (None, State.HIDDEN)


def test_it_holds_in_one_consultation(session, suspended):
    elsewhere = consultations.opened(session, review=Review.AFTER)
    there = session.get_one(Standard, standards.pending(session, elsewhere).standard_id)
    account = session.get_one(Account, suspended.account_id)
    comments.pending(session, there, by=people.member(session, elsewhere, owner=account))
