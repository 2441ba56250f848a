"""Changing one's own comment: free at first, visible later, and never past review."""

import pytest
from sqlalchemy import select

from app.actions import comment_edits
from app.actions.moderation import decide
from app.events import ContributionEdited, text_hash
from app.models.comments import CommentText
from app.models.consultations import Consultation, Identity, Membership, Review
from app.models.contributions import State
from app.models.moderation import Action, Case, Cause
from app.models.standards import Standard
from app.rules.statements import Statement
from tests.answers import forbidden, invalid, refused
from tests.factories import comments, consultations, moderation, people, standards
from tests.factories.viewers import history

pytestmark = pytest.mark.usefixtures("stopped_clock")


def published(session, review: Review, **about):
    """A published comment of its author, in a consultation with this kind of review."""
    consultation = consultations.opened(session, review=review)
    author = people.member(session, consultation, **about)
    standard = standards.published(session, consultation)
    gist = "The gist." if author.identity == Identity.CONFIDENTIAL else ""
    return comments.published(session, standard, by=author, body="First text.", gist=gist)


def edit(session, comment, body: str, **more):
    consultation = session.get_one(Consultation, comment.consultation_id)
    author = session.get_one(Membership, comment.membership_id)
    return comment_edits.edit(session, consultation, comment, **{"by": author, "body": body, **more})


def reply_to(session, comment):
    return comments.published(session, session.get_one(Standard, comment.standard_id), reply_to=comment)


def earlier(session, comment) -> list[str]:
    kept = select(CommentText).where(CommentText.comment_id == comment.id).order_by(CommentText.id)
    return [text.body for text in session.scalars(kept)]


def causes(session, comment) -> list[Cause]:
    waiting = select(Case).where(Case.contribution_id == comment.id, Case.closed_at.is_(None))
    return [case.cause for case in session.scalars(waiting)]


def test_a_slip_is_mended_without_a_trace_but_is_still_reviewed(session):
    comment = published(session, Review.AFTER)
    edit(session, comment, "Second text.")
    assert (comment.body, comment.edits, earlier(session, comment)) == ("Second text.", 0, [])
    assert "Second text." in comment.html
    assert comment.label == "Second text."
    assert causes(session, comment) == [Cause.EDITED]
    consultation = session.get_one(Consultation, comment.consultation_id)
    assert [e.text_hash for e in history(session, consultation, ContributionEdited)] == [text_hash("Second text.")]


def test_after_a_day_the_earlier_text_stays_readable(session, stopped_clock):
    comment = published(session, Review.AFTER)
    stopped_clock.forward(hours=24)
    edit(session, comment, "Second text.")
    edit(session, comment, "Third text.")
    assert (comment.body, comment.edits) == ("Third text.", 2)
    assert earlier(session, comment) == ["First text.", "Second text."]


def test_after_the_first_reply_the_earlier_text_stays_readable(session):
    comment = published(session, Review.AFTER)
    reply_to(session, comment)
    edit(session, comment, "The opposite.")
    assert earlier(session, comment) == ["First text."]


def test_a_reply_that_nobody_has_seen_does_not_count(session):
    comment = published(session, Review.BEFORE)
    comments.pending(session, session.get_one(Standard, comment.standard_id), reply_to=comment)
    edit(session, comment, "Second text.")
    moderation.decide(session, comment)
    assert (comment.body, earlier(session, comment)) == ("Second text.", [])


def test_under_review_the_old_text_stays_until_the_new_one_passes(session, stopped_clock):
    comment = published(session, Review.BEFORE)
    stopped_clock.forward(hours=25)
    edit(session, comment, "Second text.", proposed_change="shall not")
    assert (comment.state, comment.body, comment.proposed_change) == (State.PUBLISHED, "First text.", "")
    assert "Second" not in comment.html + comment.label
    assert causes(session, comment) == [Cause.EDITED]
    decision = moderation.decide(session, comment)
    assert decision.original == "Second text.\n\nshall not"
    assert (comment.body, comment.proposed_change, comment.next_body) == ("Second text.", "shall not", None)
    assert earlier(session, comment) == ["First text."]


@pytest.mark.parametrize("action", [Action.RETURN, Action.DECLINE])
def test_an_edit_that_does_not_pass_leaves_the_old_text_standing(session, action):
    comment = published(session, Review.BEFORE)
    edit(session, comment, "Second text.")
    moderation.decide(session, comment, action)
    assert (comment.state, comment.body, comment.next_body) == (State.PUBLISHED, "First text.", None)
    assert (earlier(session, comment), causes(session, comment)) == ([], [])


def test_hiding_takes_the_old_text_away_with_the_new_one(session):
    comment = published(session, Review.BEFORE)
    edit(session, comment, "Second text.")
    moderation.decide(session, comment, Action.HIDE)
    assert (comment.state, comment.body, comment.next_body) == (State.HIDDEN, "First text.", None)


def test_only_the_last_of_several_waiting_edits_is_published(session):
    comment = published(session, Review.BEFORE)
    edit(session, comment, "Second text.")
    edit(session, comment, "Third text.")
    assert causes(session, comment) == [Cause.EDITED]
    moderation.decide(session, comment)
    assert (comment.body, comment.edits) == ("Third text.", 0)


def test_going_back_to_the_published_text_takes_a_waiting_edit_back(session):
    comment = published(session, Review.BEFORE)
    edit(session, comment, "Second text.")
    edit(session, comment, "First text.")
    assert (comment.body, comment.next_body, causes(session, comment)) == ("First text.", None, [])


def test_a_moderator_never_publishes_a_text_that_changed_meanwhile(session):
    comment = published(session, Review.BEFORE)
    edit(session, comment, "Second text.")
    case, read = moderation.open_case(session, comment), comment.revision
    edit(session, comment, "Something terrible.")
    consultation = session.get_one(Consultation, comment.consultation_id)
    reader = consultations.moderators(session, consultation)[0]
    with refused("text_changed"):
        decide(session, consultation, case, Statement(Action.PUBLISH), by=reader, read_revision=read)
    assert comment.body == "First text."


def test_a_returned_comment_is_sent_again(session):
    consultation = consultations.opened(session)
    author = people.member(session, consultation)
    comment = comments.returned(session, standards.published(session, consultation), by=author, body="First text.")
    assert (comment.state, causes(session, comment)) == (State.RETURNED, [])
    edit(session, comment, "Kinder text.")
    assert (comment.state, causes(session, comment)) == (State.PENDING, [Cause.RESUBMITTED])
    moderation.decide(session, comment)
    assert (comment.state, comment.body, earlier(session, comment)) == (State.PUBLISHED, "Kinder text.", [])
    assert comment.reason is None


def test_a_returned_comment_may_be_sent_again_as_it_is(session):
    consultation = consultations.opened(session)
    author = people.member(session, consultation)
    comment = comments.returned(session, standards.published(session, consultation), by=author, body="First text.")
    edit(session, comment, "First text.")
    assert comment.state == State.PENDING


def test_a_waiting_comment_is_changed_and_stays_in_its_place_in_the_queue(session, stopped_clock):
    consultation = consultations.opened(session)
    author = people.member(session, consultation)
    comment = comments.pending(session, standards.published(session, consultation), by=author)
    opened_at = moderation.open_case(session, comment).opened_at
    stopped_clock.forward(hours=1)
    edit(session, comment, "Second text.")
    assert (comment.body, comment.state) == ("Second text.", State.PENDING)
    assert moderation.open_case(session, comment).opened_at == opened_at


def test_an_edit_of_a_confidential_text_stays_out_of_the_record(session, stopped_clock):
    comment = published(session, Review.AFTER, identity=Identity.CONFIDENTIAL)
    stopped_clock.forward(hours=30)
    edit(session, comment, "My address is 1 Elm Street.")
    assert comment.body == "First text."
    with invalid("gist"):
        moderation.decide(session, comment)
    moderation.decide(session, comment, gist="Another gist.")
    consultation = session.get_one(Consultation, comment.consultation_id)
    assert [e.text_hash for e in history(session, consultation, ContributionEdited)] == [text_hash("Another gist.")]


def test_a_text_edited_in_two_windows_is_not_overwritten(session):
    comment = published(session, Review.AFTER)
    read = comment.revision
    edit(session, comment, "From the phone.", read_revision=read)
    with invalid("body"):
        edit(session, comment, "From the desk.", read_revision=read)
    assert comment.body == "From the phone."


def test_sending_the_same_text_again_changes_nothing(session):
    comment = published(session, Review.AFTER)
    before = comment.revision
    edit(session, comment, " First text. ")
    assert (comment.revision, causes(session, comment)) == (before, [])


def test_who_may_not_edit(session):
    comment = published(session, Review.AFTER)
    consultation = session.get_one(Consultation, comment.consultation_id)
    with forbidden("not_author"):
        edit(session, comment, "I was never here.", by=people.member(session, consultation))
    with invalid("body"):
        edit(session, comment, " ")
    edit(session, comment, "Second text.")
    moderation.decide(session, comment, Action.HIDE)
    with refused("not_editable"):
        edit(session, comment, "Third text.")
