"""Several cases in one go: each with its entry, what fails is left as it was and named."""

import pytest
from sqlalchemy import select

from app.actions import comments as commenting
from app.actions import desk, together
from app.events import DecisionsTakenTogether, DecisionTaken
from app.models.consultations import Identity, Membership
from app.models.contributions import State
from app.models.moderation import Action, Decision, Reason, Standing
from app.rules.moderation import Chosen
from app.rules.statements import Statement
from tests.answers import invalid
from tests.factories import comments, consultations, kinds, moderation, people, standards
from tests.factories.viewers import counts, history

pytestmark = pytest.mark.usefixtures("stopped_clock")


@pytest.fixture
def consultation(session):
    return consultations.opened(session)


@pytest.fixture
def standard(session, consultation):
    return standards.published(session, consultation)


@pytest.fixture
def readers(session, consultation):
    return consultations.moderators(session, consultation)


def chosen(session, items, *, stale=()) -> list[Chosen]:
    return [
        Chosen(moderation.open_case(session, item).id, item.revision + (1 if item in stale else 0)) for item in items
    ]


def decide(session, consultation, selected, statement, readers):
    return together.decide(session, consultation, selected, statement, by=readers[0])


@pytest.mark.parametrize("action", together.OFFERED)
def test_each_has_an_entry_of_its_own_and_the_group_has_one(session, consultation, standard, readers, action):
    if action == Action.DECLINE:  # what readers see is hidden, not declined
        items = [comments.pending(session, standard, body="Park here.") for _ in range(4)]
    else:
        items = [kinds.readable("comment", session, consultation, standard) for _ in range(4)]
    before = counts(session, consultation)
    outcome = decide(session, consultation, chosen(session, items), moderation.statement(action), readers)
    after = counts(session, consultation)
    assert after["DecisionTaken"] - before["DecisionTaken"] == 4
    assert after["DecisionsTakenTogether"] - before.get("DecisionsTakenTogether", 0) == 1
    [group] = history(session, consultation, DecisionsTakenTogether)
    assert (group.action, group.decisions) == (action.value, 4)
    first = outcome.decisions[0].id
    assert [made.together_id for made in outcome.decisions] == [first] * 4
    assert {event.contribution_id for event in history(session, consultation, DecisionTaken)[-4:]} == {
        item.id for item in items
    }
    assert len({made.original for made in outcome.decisions}) == 1
    assert all(made.explanation == moderation.statement(action).explanation for made in outcome.decisions)


def test_one_alone_is_no_group(session, consultation, standard, readers):
    items = [comments.pending(session, standard)]
    decide(session, consultation, chosen(session, items), Statement(Action.PUBLISH), readers)
    assert history(session, consultation, DecisionsTakenTogether) == []


def test_what_cannot_be_decided_is_left_as_it_was_and_named(session, consultation, standard, readers):
    """Own, of one's own organisation, held by somebody else, changed since, withdrawn, confidential, asked twice."""
    readers[0].organisation = "Example Org"
    own = comments.pending(session, standard, by=readers[0], body="Mine.")
    colleague = people.member(session, consultation, organisation="Example Org")
    colleagues = comments.pending(session, standard, by=colleague, body="Ours.")
    held, stale, gone = (comments.pending(session, standard, body=body) for body in ("Held.", "Stale.", "Gone."))
    hidden = people.member(session, consultation, identity=Identity.CONFIDENTIAL)
    confided = comments.pending(session, standard, by=hidden, body="Confided.")
    good = [comments.pending(session, standard, body=f"Good {number}.") for number in range(2)]
    desk.claim(session, consultation, moderation.open_case(session, held), by=readers[1])
    selected = chosen(session, [good[0], own, colleagues, held, stale, gone, confided, good[1]], stale=[stale])
    commenting.withdraw(session, consultation, gone, by=session.get_one(Membership, gone.membership_id))
    untouched = [own, colleagues, held, stale, gone, confided]
    before = [kinds.everything_of(session, item) for item in untouched]
    outcome = decide(session, consultation, [*selected, selected[0]], Statement(Action.PUBLISH), readers)
    assert [made.contribution_id for made in outcome.decisions] == [item.id for item in good]
    assert [label for label, _why in outcome.left] == [
        *("Mine.", "Ours.", "Held.", "Stale.", "Gone.", "Confided.", "Good 0.")
    ]
    assert all(str(why) for _label, why in outcome.left)
    assert [kinds.everything_of(session, item) for item in untouched] == before
    taken = select(Decision).where(Decision.contribution_id.in_([item.id for item in untouched]))
    assert session.scalars(taken).all() == []
    [group] = history(session, consultation, DecisionsTakenTogether)
    assert group.decisions == 2


def test_proposals_are_counted_in_no_group(session, consultation, standard, readers):
    items = [kinds.readable("comment", session, consultation, standard) for _ in range(3)]
    for item in items[:2]:
        item.lived = True
    outcome = decide(session, consultation, chosen(session, items), moderation.statement(Action.HIDE), readers)
    assert [made.standing for made in outcome.decisions] == [Standing.PROPOSED, Standing.PROPOSED, Standing.TAKEN]
    assert [item.state for item in items] == [State.PUBLISHED, State.PUBLISHED, State.HIDDEN]
    assert history(session, consultation, DecisionsTakenTogether) == []


def test_an_incomplete_statement_decides_nothing(session, consultation, standard, readers):
    items = [comments.pending(session, standard) for _ in range(3)]
    selected = chosen(session, items)
    for statement, field in (
        (Statement(Action.DECLINE, explanation="No."), "reason"),
        (Statement(Action.DECLINE, Reason.OFF_TOPIC), "explanation"),
        (Statement(Action.DECLINE, Reason.INCITEMENT, "Because."), "context"),
        (Statement(Action.HIDE, Reason.OFF_TOPIC, "Because."), "action"),
    ):
        with invalid(field):
            decide(session, consultation, selected, statement, readers)
    assert {item.state for item in items} == {State.PENDING}
    assert history(session, consultation, DecisionTaken)[1:] == []


@pytest.mark.parametrize("action", [action for action in Action if action not in together.OFFERED])
def test_what_needs_a_look_of_its_own_is_not_offered(session, consultation, standard, readers, action):
    selected = chosen(session, [comments.pending(session, standard)])
    with invalid("action"):
        decide(session, consultation, selected, moderation.statement(action), readers)


def test_nothing_and_too_much_are_refused_and_what_is_elsewhere_is_left_out(session, consultation, standard, readers):
    item = comments.pending(session, standard)
    selected = chosen(session, [item])
    with invalid("case"):
        decide(session, consultation, [], Statement(Action.PUBLISH), readers)
    with invalid("case"):
        decide(session, consultation, selected * (together.MOST + 1), Statement(Action.PUBLISH), readers)
    elsewhere = consultations.opened(session)
    strange = comments.pending(session, standards.published(session, elsewhere))
    outcome = decide(session, consultation, chosen(session, [strange]), Statement(Action.PUBLISH), readers)
    assert (outcome.decisions, outcome.left, strange.state) == ((), (), State.PENDING)


def test_nobody_but_a_reviewer_decides_together(session, consultation, standard):
    item, somebody = comments.pending(session, standard), people.member(session, consultation)
    outcome = together.decide(session, consultation, chosen(session, [item]), Statement(Action.PUBLISH), by=somebody)
    assert (outcome.decisions, len(outcome.left)) == ((), 1)
    assert item.state == State.PENDING


@pytest.mark.parametrize("number", [2, 5])
def test_each_of_a_group_is_undone_alone(session, consultation, standard, readers, number):
    items = [comments.pending(session, standard) for _ in range(number)]
    outcome = decide(session, consultation, chosen(session, items), moderation.statement(Action.DECLINE), readers)
    case = session.get_one(moderation.Case, outcome.decisions[0].case_id)
    desk.undo(session, consultation, case, by=readers[0])
    assert [item.state for item in items] == [State.PENDING, *[State.DECLINED] * (number - 1)]
