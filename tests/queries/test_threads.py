"""The thread: what comes first, what is shown of long branches, where a permalink leads, what a tombstone says."""

import pytest
from sqlalchemy import select

from app.actions import comments as commenting
from app.actions import endorsements
from app.models.comments import Comment
from app.models.consultations import Identity, Membership, Review
from app.models.moderation import Action, Reason
from app.models.objections import Objection, ObjectionState
from app.models.positions import Choice
from app.queries import comments as places
from app.queries.threads import BRANCHES, REPLIES, Asked, Order, thread
from tests.factories import comments, consultations, crowds, moderation, people, standards
from tests.factories.viewers import frame, viewer

pytestmark = pytest.mark.usefixtures("stopped_clock")


@pytest.fixture
def consultation(session):
    return consultations.opened(session)


@pytest.fixture
def standard(session, consultation):
    return standards.published(session, consultation)


def shown(session, consultation, standard, somebody=None, **asked):
    return thread(session, frame(session, consultation, somebody), standard.id, Asked(**asked))


def ids(page) -> list[int]:
    return [branch.id for branch in page.branches]


def everything(views) -> list[int]:
    return [found for view in views for found in (view.id, *everything(view.replies))]


def test_what_different_groups_stand_behind_comes_first(session, consultation, standard, stopped_clock):
    made = []
    for groups in ([], ["public"] * 3, ["public", "makers"], ["public"]):
        stopped_clock.forward(minutes=1)
        comment = comments.published(session, standard, by=people.member(session, consultation, group="wrongly"))
        for group in groups:
            comments.endorsed(session, comment, group=group)
        made.append(comment.id)
    none, loud, bridge, one = made
    assert ids(shown(session, consultation, standard)) == [bridge, loud, one, none]
    assert ids(shown(session, consultation, standard, order=Order.OLDEST)) == made
    assert ids(shown(session, consultation, standard, order=Order.NEWEST)) == made[::-1]


def test_an_unanswered_objection_is_pinned_as_long_as_it_can_be_read(session, consultation, standard, stopped_clock):
    objector = people.member(session, consultation)
    standards.position(session, standard, Choice.OBJECT, by=objector)
    objection = session.scalars(select(Objection)).one()
    reason = session.get_one(Comment, objection.comment_id)
    stopped_clock.forward(minutes=1)
    popular = comments.published(session, standard)
    comments.endorsed(session, popular, group="makers")
    assert ids(shown(session, consultation, standard, objector)) == [popular.id, reason.id]
    moderation.decide(session, reason)
    assert ids(shown(session, consultation, standard)) == [reason.id, popular.id]
    objection.state = ObjectionState.ANSWERED
    session.flush()
    assert ids(shown(session, consultation, standard)) == [popular.id, reason.id]
    standards.position(session, standard, Choice.SUPPORT, by=objector)
    assert shown(session, consultation, standard).branches[1].objection_state is None


def test_a_long_branch_shows_its_first_replies_and_says_how_many_follow(session, consultation, standard):
    author = people.member(session, consultation)
    root = comments.published(session, standard)
    for _ in range(REPLIES + 3):
        comments.published(session, standard, by=author, reply_to=root)
    [branch] = shown(session, consultation, standard).branches
    assert (len(branch.replies), branch.more_replies, branch.reply_count) == (REPLIES, 3, REPLIES + 3)
    [whole] = shown(session, consultation, standard, branch=root.id).branches
    assert (len(whole.replies), whole.more_replies) == (REPLIES + 3, 0)


def test_replies_hang_under_what_they_answer(session, consultation, standard):
    """All are written in the same second, as in an import, where the one answered may come later in the list."""
    root = comments.published(session, standard)
    replies = [comments.published(session, standard, reply_to=root) for _ in range(3)]
    deeper = {reply.id: comments.published(session, standard, reply_to=reply).id for reply in replies}
    [branch] = shown(session, consultation, standard).branches
    assert {view.id: [below.id for below in view.replies] for view in branch.replies} == {
        above: [below] for above, below in deeper.items()
    }


@pytest.mark.parametrize("place", [0, 19, 20, 45])
def test_a_permalink_leads_to_the_page_and_branch_that_hold_it(session, consultation, standard, place):
    made = crowds.comments(session, standard, people.member(session, consultation), 46)
    root, reply = made[2 * place : 2 * place + 2]
    for comment in (root, reply):
        asked = places.place(session, viewer(None), comment.id).asked
        page = thread(session, frame(session, consultation), standard.id, asked)
        assert comment.id in everything(page.branches)
        assert len(page.branches) <= BRANCHES


def test_a_tombstone_says_who_removed_it_and_keeps_no_word(session):
    consultation = consultations.opened(session, review=Review.AFTER)
    standard = standards.published(session, consultation)
    author = people.member(session, consultation)
    withdrawn = comments.pending(session, standard, by=author, body="Quokka one.")
    hidden = comments.pending(session, standard, body="Quokka two.", proposed_change="Quokka shall.")
    answer = comments.pending(session, standard, reply_to=hidden)
    commenting.withdraw(session, consultation, withdrawn, by=author)
    moderation.decide(session, hidden, Action.HIDE, reason=Reason.THREAT)
    views = {view.id: view for view in shown(session, consultation, standard).branches}
    assert str(views[withdrawn.id].tombstone) == "Withdrawn by its author on 10 June 2026."
    assert str(views[hidden.id].tombstone).startswith("Removed by moderation on 10 June 2026. Reason: ")
    assert [str(view.html) + str(view.proposed_change_html or "") for view in views.values()] == ["", ""]
    assert [view.id for view in views[hidden.id].replies] == [answer.id]
    mine = {view.id: view for view in shown(session, consultation, standard, author).branches}
    assert str(mine[withdrawn.id].tombstone)


def test_of_confidential_people_there_is_neither_name_nor_word(session, consultation, standard):
    author = people.member(session, consultation, name="Zed", identity=Identity.CONFIDENTIAL)
    comments.published(session, standard, by=author, body="My own words.", gist="A *gist*.")
    [view] = shown(session, consultation, standard).branches
    assert (view.author_name, view.gist) == ("", True)
    assert "<em>gist</em>" in view.html
    [mine] = shown(session, consultation, standard, author).branches
    assert "My own words." in mine.html


def test_one_clause_or_one_language_alone(session, consultation, standard):
    comments.published(session, standard, clause="1", language="en")
    second = comments.published(session, standard, clause="2", language="ar")
    assert ids(shown(session, consultation, standard, clause="2")) == [second.id]
    assert ids(shown(session, consultation, standard, language="ar")) == [second.id]
    [view] = shown(session, consultation, standard, language="ar").branches
    assert (view.language, view.direction) == ("ar", "rtl")


def test_a_viewer_sees_what_is_theirs(session, consultation, standard):
    ada = people.member(session, consultation)
    mine, other = comments.published(session, standard, by=ada), comments.published(session, standard)
    endorsements.toggle(session, consultation, other, by=ada)
    views = {view.id: view for view in shown(session, consultation, standard, ada).branches}
    assert (views[mine.id].mine, views[mine.id].may_edit, views[mine.id].endorsed_by_me) == (True, True, False)
    assert (views[other.id].mine, views[other.id].may_edit, views[other.id].endorsed_by_me) == (False, False, True)
    anybody = shown(session, consultation, standard).branches
    assert not any(view.mine or view.may_edit or view.endorsed_by_me for view in anybody)
    assert session.get_one(Membership, ada.id).display_name == views[mine.id].author_name
