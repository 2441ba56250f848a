"""Decisions: what each one does, who takes it, and what stays on record."""

import pytest
from sqlalchemy import select

from app.actions import comment_edits
from app.actions import comments as commenting
from app.actions import moderation as actions
from app.events import DecisionTaken
from app.models.consultations import Identity, Membership, Review, Role
from app.models.contributions import State
from app.models.moderation import Action, Decision, Reason
from app.rules.statements import Statement
from tests.answers import forbidden, invalid, refused
from tests.factories import comments, consultations, moderation, people, standards
from tests.factories.viewers import entries, history

pytestmark = pytest.mark.usefixtures("stopped_clock")


@pytest.fixture
def consultation(session):
    return consultations.opened(session)


@pytest.fixture
def standard(session, consultation):
    return standards.published(session, consultation)


def decide(session, consultation, contribution, action: Action, *, by=None, **statement) -> Decision:
    """Decide with exactly this statement of reasons."""
    by = by or consultations.moderators(session, consultation)[0]
    case = moderation.open_case(session, contribution)
    read = statement.pop("read_revision", None)
    return actions.decide(session, consultation, case, Statement(action, **statement), by=by, read_revision=read)


WHY = {"reason": Reason.OFF_TOPIC, "explanation": "It is about parking."}


@pytest.mark.parametrize(
    ("action", "statement", "state"),
    [
        (Action.PUBLISH, {}, State.PUBLISHED),
        (Action.NOTE, {"explanation": "The figure is disputed."}, State.PUBLISHED),
        (Action.RETURN, WHY, State.RETURNED),
        (Action.DECLINE, WHY, State.DECLINED),
    ],
)
@pytest.mark.parametrize("thing", ["comment", "proposal"])
def test_what_each_decision_does_to_what_waits(
    session, consultation, standard, stopped_clock, thing, action, statement, state
):
    if thing == "comment":
        item = comments.pending(session, standard, body="Park here.")
    else:
        item = standards.pending(session, consultation, title="Park here.")
    stopped_clock.forward(hours=5)
    decision = decide(session, consultation, item, action, **statement)
    assert (item.state, item.settled_at, item.published_at is not None) == (
        state,
        stopped_clock.now,
        state == State.PUBLISHED,
    )
    assert (decision.action, decision.decided_at) == (action, stopped_clock.now)
    assert decision.original.startswith("Park here.")
    assert decision.explanation == statement.get("explanation", "")
    assert item.reason == (WHY["reason"].value if "reason" in statement else None)
    assert item.note == ("The figure is disputed." if action == Action.NOTE else "")
    event = history(session, consultation, DecisionTaken)[-1]
    assert (event.action, event.reason, event.contribution_id) == (action.value, item.reason, item.id)


@pytest.mark.parametrize("action", [Action.HIDE, Action.RETURN, Action.DECLINE])
def test_what_was_published_can_be_taken_down(session, action):
    consultation = consultations.opened(session, review=Review.AFTER)
    comment = comments.pending(session, standards.published(session, consultation))
    first_published = comment.published_at
    decide(session, consultation, comment, action, **WHY)
    assert comment.state not in (State.PUBLISHED, State.REDACTED)
    assert comment.published_at == first_published  # its place in the thread stays, with a line that says why


def test_waiting_text_is_never_hidden_nor_decided_by_what_is_not_offered(session, consultation, standard):
    comment = comments.pending(session, standard)
    for action, field in ((Action.HIDE, "action"), (Action.REDACT, "redactions"), (Action.SUSPEND, "action")):
        with invalid(field):
            decide(session, consultation, comment, action, **WHY)
    assert (comment.state, session.scalars(select(Decision)).all()[1:]) == (State.PENDING, [])


@pytest.mark.parametrize(
    ("action", "statement", "field"),
    [
        (Action.NOTE, {}, "explanation"),
        (Action.NOTE, {"explanation": " \n"}, "explanation"),
        (Action.RETURN, {"explanation": "Please."}, "reason"),
        (Action.RETURN, {"reason": Reason.OFF_TOPIC}, "explanation"),
        (Action.DECLINE, {"explanation": "No."}, "reason"),
        (Action.DECLINE, {"reason": Reason.OFF_TOPIC, "explanation": " "}, "explanation"),
        (Action.DECLINE, {"reason": Reason.OFF_TOPIC, "explanation": "x" * 2001}, "explanation"),
    ],
)
def test_an_incomplete_statement_of_reasons_is_refused(session, consultation, standard, action, statement, field):
    comment = comments.pending(session, standard)
    with invalid(field):
        decide(session, consultation, comment, action, **statement)
    assert (comment.state, moderation.open_case(session, comment).closed_at) == (State.PENDING, None)


def test_nobody_decides_on_their_own_item_or_their_organisation(session, consultation, standard):
    own = people.moderator(session, consultation)
    colleague = people.member(session, consultation, organisation="Example Rights Society")
    moderator = people.moderator(session, consultation)
    moderator.organisation = "Example Rights Society"
    mine, theirs = comments.pending(session, standard, by=own), comments.pending(session, standard, by=colleague)
    with forbidden("own_item"):
        decide(session, consultation, mine, Action.PUBLISH, by=own)
    with forbidden("own_organisation"):
        decide(session, consultation, theirs, Action.PUBLISH, by=moderator)
    for item in (mine, theirs):
        assert decide(session, consultation, item, Action.PUBLISH).action == Action.PUBLISH


@pytest.mark.parametrize("role", [Role.PARTICIPANT, Role.POLICYMAKER])
def test_only_reviewers_decide(session, consultation, standard, role):
    comment = comments.pending(session, standard)
    somebody = people.member(session, consultation, role=role)
    with forbidden("not_moderator"):
        decide(session, consultation, comment, Action.PUBLISH, by=somebody)
    chair = people.member(session, consultation, role=Role.CHAIR)
    decide(session, consultation, comment, Action.PUBLISH, by=chair)


def test_a_case_is_decided_once(session, consultation, standard):
    comment = comments.pending(session, standard)
    case = moderation.open_case(session, comment)
    first, second = consultations.moderators(session, consultation)
    actions.decide(session, consultation, case, Statement(Action.PUBLISH), by=first)
    with refused("case_closed"):
        actions.decide(session, consultation, case, Statement(Action.DECLINE, **WHY), by=second)
    assert comment.state == State.PUBLISHED
    withdrawn = comments.pending(session, standard)
    case = moderation.open_case(session, withdrawn)
    author = session.get_one(Membership, withdrawn.membership_id)
    commenting.withdraw(session, consultation, withdrawn, by=author)
    with refused("case_closed"):
        actions.decide(session, consultation, case, Statement(Action.PUBLISH), by=first)


def test_a_decision_is_about_the_text_that_was_read(session, consultation, standard):
    comment = comments.pending(session, standard)
    read = comment.revision
    author = session.get_one(Membership, comment.membership_id)
    comment_edits.edit(session, consultation, comment, by=author, body="Now with a threat.")
    with refused("text_changed"):
        decide(session, consultation, comment, Action.PUBLISH, read_revision=read)
    decide(session, consultation, comment, Action.PUBLISH, read_revision=comment.revision)


def test_the_original_is_kept_as_the_author_wrote_it(session, consultation, standard):
    comment = comments.pending(session, standard, body="First *draft*.")
    author = session.get_one(Membership, comment.membership_id)
    returned = decide(session, consultation, comment, Action.RETURN, **WHY)
    comment_edits.edit(session, consultation, comment, by=author, body="Second draft.")
    declined = decide(session, consultation, comment, Action.DECLINE, **WHY)
    assert (returned.original, declined.original) == ("First *draft*.", "Second draft.")


def test_the_whole_proposal_is_kept_not_its_title_alone(session, consultation):
    version = standards.pending(session, consultation, title="Parking")
    decision = decide(session, consultation, version, Action.RETURN, **WHY)
    for part in ("Parking", version.summary, *standards.CLAUSES):
        assert part in decision.original


def test_a_gist_replaces_only_the_words_of_confidential_people(session, consultation, standard):
    open_one = comments.pending(session, standard, body="In my own words.")
    decide(session, consultation, open_one, Action.PUBLISH, gist="In words of the moderator.")
    assert open_one.gist == ""
    author = people.member(session, consultation, identity=Identity.CONFIDENTIAL)
    hidden = comments.pending(session, standard, by=author, body="In my own words.")
    for action in (Action.PUBLISH, Action.NOTE):
        with invalid("gist"):
            decide(session, consultation, hidden, action, explanation="Noted.")
    with invalid("gist"):
        decide(session, consultation, hidden, Action.PUBLISH, gist="x" * 2001)
    decide(session, consultation, hidden, Action.PUBLISH, gist="A tenant was filmed.")
    assert (hidden.gist, hidden.state) == ("A tenant was filmed.", State.PUBLISHED)


def test_who_decided_and_on_what_stays_sealed(session, consultation, standard):
    comment = comments.declined(session, standard, body="Park here.")
    entry = entries(session, consultation)[-1]
    assert set(entry.payload) == {"action", "reason", "contribution_kind", "readers", "hour", "seals"}
    assert str(comment.id) not in str(entry.payload)
