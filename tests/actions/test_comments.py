"""Posting comments and replies, and taking them back."""

import pytest
from sqlalchemy import select

from app.actions import comments as actions
from app.actions import consultations as chair
from app.db import PUBLIC_ID_BITS
from app.errors import NotFound
from app.events import ContributionPublished, ContributionReceived, ContributionWithdrawn, text_hash
from app.models.comments import Comment
from app.models.consultations import Consultation, Identity, PhaseKind, Review
from app.models.contributions import State
from app.models.moderation import Action, Case, Cause
from tests.answers import forbidden, invalid, refused
from tests.factories import comments, consultations, moderation, objections, people, standards
from tests.factories.viewers import history

pytestmark = pytest.mark.usefixtures("stopped_clock")


@pytest.fixture
def consultation(session):
    return consultations.opened(session)


@pytest.fixture
def standard(session, consultation):
    return standards.published(session, consultation)


def open_cases(session, comment) -> list[Cause]:
    waiting = select(Case).where(Case.contribution_id == comment.id, Case.closed_at.is_(None))
    return [case.cause for case in session.scalars(waiting)]


def published_events(session, comment) -> list[ContributionPublished]:
    found = history(session, session.get_one(Consultation, comment.consultation_id), ContributionPublished)
    return [event for event in found if event.contribution == comment.id]


def test_where_review_comes_first_a_comment_waits(session, consultation, standard):
    comment = comments.pending(session, standard)
    assert (comment.state, comment.published_at) == (State.PENDING, None)
    assert open_cases(session, comment) == [Cause.FIRST]
    assert published_events(session, comment) == []
    received = history(session, consultation, ContributionReceived)[-1]
    assert (received.contribution_id, received.membership_id) == (comment.id, comment.membership_id)


def test_where_review_comes_afterwards_it_is_read_at_once_and_still_reviewed(session, stopped_clock):
    standard = standards.published(session, consultations.opened(session, review=Review.AFTER))
    before = standard.revision
    comment = comments.pending(session, standard, body="Who pays?")
    assert (comment.state, comment.published_at) == (State.PUBLISHED, stopped_clock.now)
    assert open_cases(session, comment) == [Cause.FIRST]
    [event] = published_events(session, comment)
    assert (event.text_hash, event.subject) == (text_hash("Who pays?"), f"standard {standard.number}")
    assert standard.revision > before


@pytest.mark.parametrize("review", Review)
def test_of_confidential_people_only_the_gist_is_published(session, review):
    consultation = consultations.opened(session, review=review)
    standard = standards.published(session, consultation)
    author = people.member(session, consultation, identity=Identity.CONFIDENTIAL)
    comment = comments.pending(session, standard, by=author, body="My landlord Mr X filmed me.")
    assert comment.state == State.PENDING
    with invalid("gist"):
        moderation.decide(session, comment)
    moderation.decide(session, comment, gist="A tenant was filmed.")
    assert (comment.state, comment.gist) == (State.PUBLISHED, "A tenant was filmed.")
    assert published_events(session, comment)[0].text_hash == text_hash("A tenant was filmed.")


def test_the_same_text_sent_twice_is_one_comment(session, consultation, standard, stopped_clock):
    author = people.member(session, consultation)
    first = comments.pending(session, standard, by=author, body="Who pays?")
    stopped_clock.forward(minutes=9, seconds=59)
    assert comments.pending(session, standard, by=author, body="  Who pays?\r\n") is first
    assert comments.pending(session, standard, by=author, body="Who decides?") is not first
    assert comments.pending(session, standard, body="Who pays?") is not first  # another person
    assert comments.pending(session, standards.published(session, consultation), by=author, body="Who pays?") != first
    assert len([e for e in history(session, consultation, ContributionReceived) if e.contribution_id == first.id]) == 1
    stopped_clock.forward(seconds=1)
    assert comments.pending(session, standard, by=author, body="Who pays?") is not first


def test_the_same_words_in_another_place_are_another_comment(session, consultation, standard):
    author = people.member(session, consultation)
    first, second = (comments.published(session, standard) for _ in range(2))
    replies = [comments.pending(session, standard, by=author, body="I agree.", reply_to=to) for to in (first, second)]
    assert replies[0] is not replies[1]
    assert comments.pending(session, standard, by=author, body="I agree.", reply_to=second) is replies[1]
    withdrawn = comments.pending(session, standard, by=author, body="Sorry.")
    actions.withdraw(session, consultation, withdrawn, by=author)
    assert comments.pending(session, standard, by=author, body="Sorry.") is not withdrawn


@pytest.mark.parametrize("body", ["", "  \n\t ", "\u200b\u0007", "x" * 4001])
def test_a_comment_has_one_to_four_thousand_characters(session, consultation, standard, body):
    author = people.member(session, consultation)
    with invalid("body"):
        actions.post(session, consultation, standard, by=author, body=body)
    with invalid("proposed_change"):
        actions.post(session, consultation, standard, by=author, body="Yes.", proposed_change="x" * 4001)
    assert len(comments.pending(session, standard, body="x" * 4000).body) == 4000


def test_ids_give_nothing_away(session, standard):
    ids = [comments.pending(session, standard).id for _ in range(8)]
    assert sorted(ids) != ids
    assert all(0 < made < 2**PUBLIC_ID_BITS for made in ids)
    assert min(b - a for a, b in zip(sorted(ids), sorted(ids)[1:], strict=False)) > 1000


def test_replies_know_their_branch_and_are_counted_when_they_can_be_read(session, standard):
    root = comments.published(session, standard)
    reply = comments.published(session, standard, reply_to=root)
    waiting = comments.pending(session, standard, reply_to=reply)
    session.refresh(root)
    assert (reply.depth, waiting.depth, waiting.root_id, waiting.parent_id) == (1, 2, root.id, reply.id)
    assert root.replies == 1
    moderation.decide(session, waiting)
    session.refresh(root)
    assert root.replies == 2


def test_a_branch_grows_no_deeper_than_can_be_shown(session, standard):
    last = comments.published(session, standard)
    for _ in range(10):
        last = comments.published(session, standard, reply_to=last)
    assert last.depth == 8


def test_nobody_replies_to_what_they_cannot_read(session, consultation, standard):
    elsewhere = comments.published(session, standards.published(session, consultation))
    never = [comments.pending(session, standard), comments.returned(session, standard), elsewhere]
    for parent in (*never, comments.declined(session, standard)):
        with pytest.raises(NotFound):
            comments.pending(session, standard, reply_to=parent)
    author = people.member(session, consultation)
    with pytest.raises(NotFound):
        actions.post(session, consultation, standard, by=author, body="To whom?", reply_to=12345)


def test_replying_to_what_is_gone_says_so(session):
    consultation = consultations.opened(session, review=Review.AFTER)
    standard = standards.published(session, consultation)
    hidden, returned = (comments.pending(session, standard) for _ in range(2))
    moderation.decide(session, hidden, Action.HIDE)
    moderation.decide(session, returned, Action.RETURN)
    author = people.member(session, consultation)
    withdrawn = comments.pending(session, standard, by=author)
    actions.withdraw(session, consultation, withdrawn, by=author)
    for parent in (hidden, returned, withdrawn):
        with refused("parent_gone"):
            comments.pending(session, standard, reply_to=parent)


def test_discussion_has_its_phases(session, consultation, standard):
    member = people.member(session, consultation)
    with forbidden("not_joined"):
        actions.post(session, consultation, standard, by=None, body="May I?")
    objections.all_answered(session, consultation)
    chair.close(session, consultation)
    with refused("consultation_closed"):
        actions.post(session, consultation, standard, by=member, body="Too late?")
    early = consultations.opened(session, running=[PhaseKind.SUBMIT])
    with refused("phase_absent"):
        comments.pending(session, standards.published(session, early))


def test_taking_back_leaves_a_tombstone_and_closes_the_case(session, consultation, standard, stopped_clock):
    author = people.member(session, consultation)
    root = comments.published(session, standard)
    comment = comments.published(session, standard, by=author, reply_to=root)
    answer = comments.published(session, standard, reply_to=comment)
    waiting = comments.pending(session, standard, by=author)
    stopped_clock.forward(hours=30)
    for mine in (comment, waiting):
        actions.withdraw(session, consultation, mine, by=author)
        assert (mine.state, mine.settled_at, open_cases(session, mine)) == (State.WITHDRAWN, stopped_clock.now, [])
        with refused("already_withdrawn"):
            actions.withdraw(session, consultation, mine, by=author)
    session.refresh(root)
    assert root.replies == 1  # the answer stays, and stays readable
    assert answer.state == State.PUBLISHED
    assert [e.contribution_id for e in history(session, consultation, ContributionWithdrawn)] == [
        comment.id,
        waiting.id,
    ]
    with forbidden("not_author"):
        actions.withdraw(session, consultation, answer, by=author)


def test_what_was_refused_leaves_no_row(session, consultation, standard):
    with invalid("body"):
        comments.pending(session, standard, body=" \n")
    assert session.scalars(select(Comment)).all() == []
