"""Appeals: another person looks again; what falls returns to its place and its time."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.actions import comment_edits
from app.actions import comments as commenting
from app.actions import consultations as chairing
from app.events import AppealDecided, AppealSent
from app.models.appeals import Appeal, AppealOutcome
from app.models.consultations import Identity, Membership, Role
from app.models.contributions import READABLE, State
from app.models.moderation import Action, Case, Decision, Reason, Standing
from app.models.standards import Standard
from app.queries import own_decisions
from app.queries import standards as pages
from app.queries.threads import Asked, Order
from app.rules.appeals import open_until
from app.rules.statements import Redaction
from tests.answers import forbidden, invalid, refused
from tests.factories import amendments, comments, consultations, kinds, moderation, people, standards
from tests.factories.viewers import entries, frame, history

pytestmark = pytest.mark.usefixtures("stopped_clock")
OVERTURNED, PARTLY, STANDS = AppealOutcome.OVERTURNED, AppealOutcome.PARTLY, AppealOutcome.STANDS


@pytest.fixture
def consultation(session):
    return consultations.opened(session)


@pytest.fixture
def standard(session, consultation):
    return standards.published(session, consultation)


def author_of(session, item) -> Membership:
    return session.get_one(Membership, item.membership_id)


def order_of(session, consultation, standard) -> list[int]:
    asked = Asked(order=Order.OLDEST)
    thread = pages.page(session, frame(session, consultation), standard.number, asked).thread
    return [branch.id for branch in thread.branches]


@pytest.mark.parametrize("what", kinds.WAITING)
@pytest.mark.parametrize("action", [Action.DECLINE, Action.RETURN, Action.WARN])
def test_what_was_never_published_returns_with_the_time_of_the_decision(
    session, consultation, standard, what, action, stopped_clock
):
    item = kinds.WAITING[what](session, consultation, standard)
    published = item.published_at  # of a changed comment, the text that stands
    stopped_clock.forward(hours=5)
    decided = stopped_clock.now
    moderation.decide(session, item, action)
    stopped_clock.forward(days=9)
    appeal = moderation.heard(session, moderation.appealed(session, item))
    assert (item.state, item.published_at) == (State.PUBLISHED, published or decided)
    replacement = session.get_one(Decision, appeal.replacement_id)
    assert (replacement.action, replacement.standing) == (Action.PUBLISH, Standing.TAKEN)
    if what == "change":
        assert item.body.startswith("Then")


@pytest.mark.parametrize("what", [what for what in kinds.WAITING if what != "version"])
def test_what_was_hidden_returns_to_its_place_and_its_time(session, consultation, standard, what, stopped_clock):
    item = kinds.readable(what, session, consultation, standard)
    before = kinds.everything_of(session, item)
    stopped_clock.forward(days=1)
    moderation.decide(session, item, Action.HIDE)
    assert item.state == State.HIDDEN
    stopped_clock.forward(days=100)
    moderation.heard(session, moderation.appealed(session, item))
    after = kinds.everything_of(session, item)
    changed = {key for key in before if before[key] != after[key]}
    assert {key for key in changed if not key.startswith(("Case.", "Flag."))} <= {".0.settled_at"}


def test_a_comment_returns_between_its_neighbours(session, consultation, standard, stopped_clock):
    made = []
    for _ in range(3):
        made.append(comments.published(session, standard))
        stopped_clock.forward(hours=1)
    reply = comments.published(session, standard, reply_to=made[1])
    moderation.flagged(session, made[1])
    moderation.decide(session, made[1], Action.HIDE)
    stopped_clock.forward(days=2)
    moderation.heard(session, moderation.appealed(session, made[1]))
    assert order_of(session, consultation, standard) == [item.id for item in made]
    assert (made[1].replies, reply.state) == (1, State.PUBLISHED)


@pytest.mark.parametrize(
    ("action", "milder", "state"),
    [
        (Action.DECLINE, Action.NOTE, State.PUBLISHED),
        (Action.DECLINE, Action.RETURN, State.RETURNED),
        (Action.DECLINE, Action.REDACT, State.REDACTED),
        (Action.WARN, Action.DECLINE, State.DECLINED),
        (Action.RETURN, Action.NOTE, State.PUBLISHED),
        (Action.NOTE, Action.PUBLISH, State.PUBLISHED),
    ],
)
def test_something_milder_takes_the_place_of_a_decision(session, consultation, standard, action, milder, state):
    item = comments.pending(session, standard, body="Ask Ingrid Sample.")
    first = moderation.decide(session, item, action)
    redactions = (Redaction("Ingrid Sample"),) if milder == Action.REDACT else ()
    appeal = moderation.appealed(session, item)
    statement = moderation.statement(milder, redactions=redactions)
    moderation.heard(session, appeal, outcome=PARTLY, instead=statement)
    made = session.get_one(Decision, appeal.replacement_id)
    assert (item.state, made.action, first.standing) == (state, milder, Standing.REPLACED)
    assert (item.note != "") == (milder == Action.NOTE)
    assert own_decisions.last_taken(session, item) is made
    event = history(session, consultation, AppealDecided)[-1]
    assert (event.outcome, event.replacement) == ("partly", milder.value)


@pytest.mark.parametrize("milder", [Action.DECLINE, Action.HIDE, Action.SUSPEND])
def test_nothing_harsher_or_equal_takes_its_place(session, standard, milder):
    item = comments.pending(session, standard)
    moderation.decide(session, item, Action.DECLINE)
    appeal = moderation.appealed(session, item)
    with invalid("action"):
        moderation.heard(session, appeal, outcome=PARTLY, instead=moderation.statement(milder))
    with invalid("action"):
        moderation.heard(session, appeal, outcome=PARTLY)


def test_where_a_decision_stands_nothing_changes(session, consultation, standard):
    item = comments.pending(session, standard)
    decision = moderation.decide(session, item, Action.DECLINE)
    before = kinds.everything_of(session, item)
    appeal = moderation.heard(session, moderation.appealed(session, item), outcome=STANDS)
    assert kinds.everything_of(session, item) == before
    assert (appeal.outcome, appeal.replacement_id, decision.standing) == (STANDS, None, Standing.TAKEN)
    with refused("appealed_before"):
        moderation.appealed(session, item)
    with refused("appeal_decided"):
        moderation.heard(session, appeal)


def test_who_appeals_when_and_about_what(session, consultation, standard, stopped_clock):
    item = comments.pending(session, standard)
    with refused("nothing_to_appeal"):
        moderation.appealed(session, item)
    decision = moderation.decide(session, item, Action.DECLINE)
    stranger = people.member(session, consultation, role=Role.CHAIR)
    for by in (stranger, None):
        with forbidden("not_author"):
            moderation.appeals.appeal(session, consultation, item, by=by, text="It is not mine.")
    with invalid("text"):
        moderation.appealed(session, item, text=" ")
    with invalid("text"):
        moderation.appealed(session, item, text="x" * 4001)
    stopped_clock.stand_at(open_until(decision.decided_at) + timedelta(seconds=1))
    with refused("appeal_over"):
        moderation.appealed(session, item)
    stopped_clock.stand_at(open_until(decision.decided_at))
    appeal = moderation.appealed(session, item)
    assert appeal.due_at == stopped_clock.now + timedelta(days=14)
    [event] = history(session, consultation, AppealSent)
    assert (event.action, event.appeal_id) == ("decline", appeal.id)
    assert str(item.id) not in str(entries(session, consultation)[-1].payload)


def test_nobody_with_a_part_in_it_answers(session, consultation, standard):
    item = comments.pending(session, standard)
    decision = moderation.decide(session, item, Action.DECLINE)
    appeal, author = moderation.appealed(session, item), author_of(session, item)
    deciding = session.get_one(Membership, decision.moderator_id)
    with forbidden("took_part"):
        moderation.heard(session, appeal, by=deciding)
    deciding.role = Role.CHAIR  # whatever role they have by then
    with forbidden("took_part"):
        moderation.heard(session, appeal, by=deciding)
    author.role = Role.MODERATOR
    with forbidden("own_item"):
        moderation.heard(session, appeal, by=author)
    colleague = people.moderator(session, consultation)
    colleague.organisation, author.organisation = "Example Org", "example  org"
    with forbidden("own_organisation"):
        moderation.heard(session, appeal, by=colleague)
    assert appeal.decided_at is None


@pytest.mark.parametrize("outcome", [OVERTURNED, STANDS])
def test_an_answer_has_words(session, consultation, standard, outcome):
    item = comments.pending(session, standard)
    moderation.decide(session, item, Action.DECLINE)
    appeal, by = moderation.appealed(session, item), people.moderator(session, consultation)
    for words in ("", "  ", "x" * 4001):
        with invalid("answer"):
            moderation.appeals.decide(session, consultation, appeal, by=by, outcome=outcome, answer=words)


@pytest.mark.parametrize("outcome", [OVERTURNED, STANDS])
def test_a_text_that_was_sent_again_or_taken_back_is_read_as_a_case(session, consultation, standard, outcome):
    returned, gone = comments.returned(session, standard), comments.returned(session, standard)
    appeals = [moderation.appealed(session, item) for item in (returned, gone)]
    comment_edits.edit(session, consultation, returned, by=author_of(session, returned), body="Changed.")
    commenting.withdraw(session, consultation, gone, by=author_of(session, gone))
    for appeal in appeals:
        if outcome == STANDS:
            moderation.heard(session, appeal, outcome=STANDS)
        else:
            with refused("moved_on"):
                moderation.heard(session, appeal)
    assert (returned.state, gone.state) == (State.PENDING, State.WITHDRAWN)


@pytest.mark.parametrize("what", ["comment", "update"])
def test_of_a_confidential_person_only_a_gist_returns(session, consultation, standard, what):
    item = kinds.WAITING[what](session, consultation, standard)
    author_of(session, item).identity = Identity.CONFIDENTIAL
    moderation.decide(session, item, Action.DECLINE)
    appeal = moderation.appealed(session, item)
    with invalid("gist"), session.begin_nested():
        moderation.heard(session, appeal)
    moderation.heard(session, appeal, gist="Somebody was asked.")
    assert (item.state, item.gist) == (State.PUBLISHED, "Somebody was asked.")


def test_a_version_written_for_an_earlier_text_does_not_return_over_the_one_in_force(session, consultation, standard):
    waiting = amendments.waiting_version(session, standard, clauses={"1": "They shall not."})
    moderation.decide(session, waiting, Action.DECLINE)
    amendments.version(session, standard, clauses={"2": "They shall publish all of it."})
    in_force = standard.version
    appeal = moderation.appealed(session, waiting)
    with refused("based_on_earlier"), session.begin_nested():
        moderation.heard(session, appeal)
    outcome, milder = PARTLY, moderation.statement(Action.RETURN)
    moderation.heard(session, appeal, outcome=outcome, instead=milder)
    assert (waiting.state, session.get_one(Standard, standard.id).version) == (State.RETURNED, in_force)


def test_what_came_in_time_returns_after_the_closing_too(session, consultation, standard):
    item = comments.pending(session, standard)
    moderation.decide(session, item, Action.DECLINE)
    chairing.close(session, consultation)
    second = consultations.moderators(session, consultation)[1]
    moderation.heard(session, moderation.appealed(session, item), by=second)
    assert item.state in READABLE


def test_an_appeal_leaves_no_case_open_and_none_behind(session, consultation, standard):
    item = comments.pending(session, standard)
    moderation.decide(session, item, Action.DECLINE, reason=Reason.OFF_TOPIC)
    moderation.heard(session, moderation.appealed(session, item))
    assert session.scalars(select(Case).where(Case.contribution_id == item.id, Case.closed_at.is_(None))).all() == []
    assert len(session.scalars(select(Appeal)).all()) == 1
