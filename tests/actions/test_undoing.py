"""Undo within ten minutes: everything is exactly as it was, or a sentence says why it cannot be."""

from datetime import timedelta

import pytest

from app.actions import amendment_outcomes, comment_edits, desk
from app.models.comments import Comment
from app.models.consultations import Membership, Review
from app.models.contributions import State
from app.models.moderation import Action, Decision, Standing
from app.rules.statements import Redaction
from tests.answers import forbidden, refused
from tests.factories import amendments, comments, consultations, kinds, moderation, objections, people, standards

pytestmark = pytest.mark.usefixtures("stopped_clock")
NAME = (Redaction(kinds.WORDS, "name"),)


@pytest.fixture
def consultation(session):
    return consultations.opened(session)


@pytest.fixture
def standard(session, consultation):
    return standards.published(session, consultation)


def decide(session, item, action: Action, stopped_clock) -> Decision:
    ends = stopped_clock.now + timedelta(days=7) if action == Action.SUSPEND else None
    if action == Action.SUSPEND:
        consultation = session.get_one(consultations.Consultation, item.consultation_id)
        standard = session.get_one(standards.Standard, standards.pending(session, consultation).standard_id)
        author = session.get_one(Membership, item.membership_id)
        warned = comments.Comment(
            consultation_id=consultation.id,
            membership_id=author.id,
            state=State.HIDDEN,
            label="x",
            language="en",
            created_at=stopped_clock.now,
            standard_id=standard.id,
            body="x",
            html="x",
        )
        warned.id = warned.root_id = 12345
        session.add(warned)
        session.flush()
        moderation.open_a_case(session, warned)
        moderation.decide(session, warned, Action.WARN)
    redactions = NAME if action == Action.REDACT else ()
    return moderation.decide(session, item, action, redactions=redactions, ends_at=ends)


def undo(session, decision: Decision, *, by=None) -> None:
    case = session.get_one(moderation.Case, decision.case_id)
    consultation = session.get_one(consultations.Consultation, case.consultation_id)
    by = by or session.get_one(Membership, decision.moderator_id)
    desk.undo(session, consultation, case, by=by)


def stands(session, decision: Decision, code: str) -> None:
    with refused(code):
        undo(session, decision)
    assert decision.standing == Standing.TAKEN


@pytest.mark.parametrize("action", [action for action in Action if action not in (Action.HIDE, Action.SUSPEND)])
@pytest.mark.parametrize("what", kinds.WAITING)
def test_undoing_what_waited_brings_everything_back(session, consultation, standard, what, action, stopped_clock):
    item = kinds.WAITING[what](session, consultation, standard)
    before = kinds.everything_of(session, item)
    stopped_clock.forward(minutes=30)
    decision = decide(session, item, action, stopped_clock)
    stopped_clock.forward(minutes=10)
    publishes = action in (Action.PUBLISH, Action.NOTE, Action.REDACT)
    if what in ("proposal", "version") and publishes:
        return stands(session, decision, "in_force")
    undo(session, decision)
    after = kinds.everything_of(session, item)
    numbered = {".0.number", "standard.0.last_amendment"} if what == "amendment" and publishes else set()
    assert {key for key in before if before[key] != after[key]} <= numbered  # a number is kept for it
    assert decision.standing == Standing.UNDONE
    return None


@pytest.mark.parametrize(
    "action", [Action.RETURN, Action.REDACT, Action.HIDE, Action.WARN, Action.SUSPEND, Action.NOTE]
)
@pytest.mark.parametrize("what", [what for what in kinds.WAITING if what != "version"])
def test_undoing_what_was_read_brings_everything_back(session, consultation, standard, what, action, stopped_clock):
    item = kinds.readable(what, session, consultation, standard)
    before = kinds.everything_of(session, item)
    stopped_clock.forward(minutes=30)
    decision = decide(session, item, action, stopped_clock)
    stopped_clock.forward(minutes=10)
    undo(session, decision)
    after = kinds.everything_of(session, item)
    assert {key: (before[key], after.get(key)) for key in before if before[key] != after.get(key)} == {}
    assert before.keys() == after.keys()


def test_after_ten_minutes_a_decision_stands_and_nobody_else_undoes_it(session, standard, stopped_clock):
    item = comments.pending(session, standard)
    decision = moderation.decide(session, item, Action.DECLINE)
    other = people.moderator(session, session.get_one(consultations.Consultation, item.consultation_id))
    with forbidden("not_yours"):
        undo(session, decision, by=other)
    stopped_clock.forward(minutes=10, seconds=1)
    stands(session, decision, "undo_over")


def test_a_decision_is_undone_once(session, standard):
    decision = moderation.decide(session, comments.pending(session, standard), Action.DECLINE)
    undo(session, decision)
    with refused("moved_on"):
        undo(session, decision)


def test_what_has_been_answered_stays_published(session, consultation, standard):
    answered = comments.pending(session, standard)
    decision = moderation.decide(session, answered)
    comments.pending(session, standard, reply_to=answered)
    stands(session, decision, "built_on")


def test_an_objection_that_was_answered_stays_published(session, consultation, standard):
    objection = objections.raised(session, standard, published=False)
    decision = moderation.decide(session, session.get_one(Comment, objection.comment_id))
    chair = objections.chair(session, consultation)
    objections.answered(session, objection, by=chair)
    stands(session, decision, "built_on")


@pytest.mark.parametrize("by", ["position", "adoption"])
def test_an_amendment_that_people_took_up_stays_published(session, consultation, standard, by):
    amendment = amendments.pending(session, standard)
    decision = moderation.decide(session, amendment)
    if by == "position":
        amendments.position(session, amendment)
    else:
        chair = objections.chair(session, consultation)
        amendment_outcomes.adopt(session, consultation, amendment, by=chair)
    stands(session, decision, "built_on")


def test_a_returned_text_that_was_sent_again_is_decided_anew(session, consultation, standard):
    item = comments.pending(session, standard)
    decision = moderation.decide(session, item, Action.RETURN)
    author = session.get_one(Membership, item.membership_id)
    comment_edits.edit(session, consultation, item, by=author, body="Changed.")
    stands(session, decision, "moved_on")


def test_a_decision_on_which_another_followed_stands(session, consultation, standard):
    item = comments.pending(session, standard)
    decision = moderation.decide(session, item)
    moderation.flagged(session, item)
    second = consultations.moderators(session, consultation)[1]
    moderation.decide(session, item, by=second)
    assert item.state == State.PUBLISHED  # as the first decision left it, but a second one looked since
    stands(session, decision, "moved_on")


def test_a_decision_against_which_somebody_appealed_stands(session, standard):
    item = comments.pending(session, standard)
    decision = moderation.decide(session, item, Action.DECLINE)
    moderation.appealed(session, item)
    stands(session, decision, "moved_on")


def test_undoing_one_suspension_leaves_the_other(session, consultation, stopped_clock):
    consultation.review = Review.AFTER
    standard = standards.Standard
    shown = session.get_one(standard, standards.pending(session, consultation).standard_id)
    author = people.member(session, consultation)
    texts = [comments.pending(session, shown, by=author, body=f"Text {number}.") for number in range(3)]
    moderation.decide(session, texts[0], Action.WARN)
    week, fortnight = (stopped_clock.now + timedelta(days=days) for days in (7, 14))
    first = moderation.decide(session, texts[1], Action.SUSPEND, ends_at=week)
    moderation.decide(session, texts[2], Action.SUSPEND, ends_at=fortnight)
    undo(session, first)
    assert author.suspended_until == fortnight
    moderation.heard(session, moderation.appealed(session, texts[2]))
    assert author.suspended_until is None
