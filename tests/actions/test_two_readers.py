"""Two people read before hate, lived experience and opposition are removed: every door is tried."""

import pytest
from sqlalchemy import select

from app.actions import comment_edits, desk, moderation, together
from app.actions import comments as commenting
from app.events import DecisionProposed, DecisionTaken, DecisionUndone
from app.models.appeals import AppealOutcome
from app.models.comments import Stance
from app.models.consultations import Membership, Review, Role
from app.models.contributions import READABLE, State
from app.models.moderation import Action, Case, Decision, Reason, Standing
from app.models.people import Account
from app.queries import own_decisions
from app.rules.moderation import REMOVING, Chosen
from app.rules.statements import Statement
from tests.answers import forbidden, refused
from tests.factories import comments, consultations, people, standards
from tests.factories import moderation as making
from tests.factories.viewers import entries, history

pytestmark = pytest.mark.usefixtures("stopped_clock")
WHY = ("hate", "lived", "opposes")


@pytest.fixture
def consultation(session):
    return consultations.opened(session, review=Review.AFTER)


@pytest.fixture
def standard(session, consultation):
    return session.get_one(standards.Standard, standards.pending(session, consultation).standard_id)


@pytest.fixture
def readers(session, consultation):
    return consultations.moderators(session, consultation)


def sensitive(session, standard, readers, why: str):
    """A text that may be removed by two people only, and the reason for which it would be."""
    if why == "opposes":
        readers[0].organisation = "Example Vision Ltd"
        item = comments.pending(session, standard, stance=Stance.OBJECTS, body="Example Vision Ltd wrote this itself.")
        return item, Reason.OFF_TOPIC
    item = comments.pending(session, standard, body="They are all like that.")
    item.lived = why == "lived"
    session.flush()
    return item, Reason.HATE if why == "hate" else Reason.OFF_TOPIC


def decide(session, consultation, item, statement, *, by):
    case = making.open_case(session, item)
    return moderation.decide(session, consultation, case, statement, by=by, read_revision=item.revision)


def removals_by_one(session) -> list[Decision]:
    removed = select(Decision).where(Decision.standing == Standing.TAKEN, Decision.action.in_(REMOVING))
    return [decision for decision in session.scalars(removed) if decision.first_reader_id is None]


@pytest.mark.parametrize("why", WHY)
@pytest.mark.parametrize("action", [Action.DECLINE, Action.HIDE, Action.WARN])
def test_a_first_reader_only_proposes_and_a_second_one_decides(session, consultation, standard, readers, action, why):
    item, reason = sensitive(session, standard, readers, why)
    statement = making.statement(action, reason)
    proposed = decide(session, consultation, item, statement, by=readers[0])
    assert (proposed.standing, item.state, item.reason) == (Standing.PROPOSED, State.PUBLISHED, None)
    with forbidden("first_reader"):
        decide(session, consultation, item, statement, by=readers[0])
    with forbidden("first_reader"):
        desk.claim(session, consultation, making.open_case(session, item), by=readers[0])
    taken = decide(session, consultation, item, statement, by=readers[1])
    assert (taken.standing, taken.first_reader_id, proposed.standing) == (
        Standing.TAKEN,
        readers[0].id,
        Standing.SHARED,
    )
    assert item.state not in READABLE
    assert history(session, consultation, DecisionTaken)[-1].readers == 2


@pytest.mark.parametrize("why", WHY)
def test_in_bulk_the_same_two_have_to_read(session, consultation, standard, readers, why):
    item, reason = sensitive(session, standard, readers, why)
    case, statement = making.open_case(session, item), making.statement(Action.HIDE, reason)
    chosen = [Chosen(case.id, item.revision)] * 3  # the same one ticked three times
    outcome = together.decide(session, consultation, chosen, statement, by=readers[0])
    assert [made.standing for made in outcome.decisions] == [Standing.PROPOSED]
    assert len(outcome.left) == 2
    again = together.decide(session, consultation, chosen[:1], statement, by=readers[0])
    assert (again.decisions, item.state) == ((), State.PUBLISHED)
    outcome = together.decide(session, consultation, chosen[:1], statement, by=readers[1])
    assert [made.first_reader_id for made in outcome.decisions] == [readers[0].id]


def test_what_a_first_reader_proposed_about_an_earlier_text_counts_no_more(session, consultation, standard, readers):
    item, reason = sensitive(session, standard, readers, "hate")
    author = session.get_one(Membership, item.membership_id)
    statement = making.statement(Action.HIDE, reason)
    first = decide(session, consultation, item, statement, by=readers[0])
    comment_edits.edit(session, consultation, item, by=author, body="Some of them are like that.")
    second = decide(session, consultation, item, statement, by=readers[1])
    assert (first.standing, second.standing, item.state) == (Standing.NOT_SHARED, Standing.PROPOSED, State.PUBLISHED)
    assert decide(session, consultation, item, statement, by=readers[0]).first_reader_id == readers[1].id


def test_taking_a_proposal_back_makes_nobody_a_second_reader(session, consultation, standard, readers):
    item, reason = sensitive(session, standard, readers, "hate")
    case, statement = making.open_case(session, item), making.statement(Action.HIDE, reason)
    decide(session, consultation, item, statement, by=readers[0])
    desk.undo(session, consultation, case, by=readers[0])
    assert decide(session, consultation, item, statement, by=readers[0]).standing == Standing.PROPOSED
    with refused("not_yours", 403):
        desk.undo(session, consultation, case, by=readers[1])


def test_after_a_second_reader_undoes_the_proposal_waits_again(session, consultation, standard, readers):
    item, reason = sensitive(session, standard, readers, "hate")
    case, statement = making.open_case(session, item), making.statement(Action.HIDE, reason)
    proposed = decide(session, consultation, item, statement, by=readers[0])
    for second in (statement, Statement(Action.PUBLISH)):
        decide(session, consultation, item, second, by=readers[1])
        desk.undo(session, consultation, case, by=readers[1])
        assert (proposed.standing, item.state) == (Standing.PROPOSED, State.PUBLISHED)
        with forbidden("first_reader"):
            decide(session, consultation, item, statement, by=readers[0])
    assert removals_by_one(session) == []


@pytest.mark.parametrize("proposed", [Action.RETURN, Action.REDACT])
def test_wanting_less_is_no_first_reading_of_a_removal(session, consultation, standard, readers, proposed):
    item, reason = sensitive(session, standard, readers, "hate")
    redactions = (making.Redaction("all"),) if proposed == Action.REDACT else ()
    asked = making.statement(proposed, Reason.PERSONAL_ATTACK, redactions=redactions, second_reader=True)
    assert decide(session, consultation, item, asked, by=readers[0]).standing == Standing.PROPOSED
    removal = decide(session, consultation, item, making.statement(Action.HIDE, reason), by=readers[1])
    assert (removal.standing, item.state) == (Standing.PROPOSED, State.PUBLISHED)


def test_a_second_reader_who_does_not_agree_publishes_alone(session, consultation, standard, readers):
    item, reason = sensitive(session, standard, readers, "lived")
    proposed = decide(session, consultation, item, making.statement(Action.HIDE, reason), by=readers[0])
    taken = decide(session, consultation, item, Statement(Action.PUBLISH), by=readers[1])
    assert (taken.standing, taken.first_reader_id, proposed.standing) == (Standing.TAKEN, None, Standing.NOT_SHARED)


def test_on_appeal_a_removal_for_hate_still_has_two_readers(session, consultation, standard, readers):
    item = comments.pending(session, standard, body="They are all like that.")
    making.decide(session, item, Action.WARN, reason=Reason.PERSONAL_ATTACK, by=readers[0])
    appeal = making.appealed(session, item)
    with forbidden("took_part"):
        making.heard(session, appeal, by=readers[0])
    milder = making.statement(Action.HIDE, Reason.HATE)
    making.heard(session, appeal, by=readers[1], outcome=AppealOutcome.PARTLY, instead=milder)
    replaced = session.get_one(Decision, appeal.replacement_id)
    assert (replaced.moderator_id, replaced.first_reader_id, item.state) == (readers[1].id, readers[0].id, State.HIDDEN)
    assert removals_by_one(session) == []
    again = making.appealed(session, item)
    for earlier in readers:
        with forbidden("took_part"):
            making.heard(session, again, by=earlier)


def test_the_first_reader_hears_no_appeal(session, consultation, standard, readers):
    item, reason = sensitive(session, standard, readers, "hate")
    making.decide(session, item, Action.HIDE, reason=reason)
    appeal = making.appealed(session, item)
    for hand in readers:
        with forbidden("took_part"):
            making.heard(session, appeal, by=hand)
    making.heard(session, appeal)
    assert item.state == State.PUBLISHED


def test_the_author_withdraws_what_was_proposed_about_it_with_it(session, consultation, standard, readers):
    item, reason = sensitive(session, standard, readers, "hate")
    author = session.get_one(Membership, item.membership_id)
    proposed = decide(session, consultation, item, making.statement(Action.HIDE, reason), by=readers[0])
    commenting.withdraw(session, consultation, item, by=author)
    assert (proposed.standing, item.state, item.reason) == (Standing.NOT_SHARED, State.WITHDRAWN, None)


def test_the_chair_is_second_and_an_administrator_only_where_there_is_nobody_else(
    session, consultation, standard, readers
):
    item, reason = sensitive(session, standard, readers, "hate")
    case, statement = making.open_case(session, item), making.statement(Action.HIDE, reason)
    admin = people.account(session, administrator=True)
    decide(session, consultation, item, statement, by=readers[0])
    with refused("not_needed"):
        desk.step_in(session, consultation, case, account=admin)
    readers[1].role = Role.PARTICIPANT
    chair = people.member(session, consultation, role=Role.CHAIR)
    with refused("not_needed"):
        desk.step_in(session, consultation, case, account=admin)
    chair.role = Role.PARTICIPANT
    with forbidden("not_administrator"):
        desk.step_in(session, consultation, case, account=session.get_one(Account, chair.account_id))
    joined = desk.step_in(session, consultation, case, account=admin)
    assert decide(session, consultation, item, statement, by=joined).first_reader_id == readers[0].id


@pytest.mark.parametrize("who", ["author", "colleague", "first reader"])
def test_an_administrator_with_a_part_in_it_does_not_step_in(session, consultation, standard, readers, who):
    item, reason = sensitive(session, standard, readers, "hate")
    author = session.get_one(Membership, item.membership_id)
    readers[1].role = Role.PARTICIPANT
    mine = readers[0] if who == "first reader" else author
    if who == "colleague":
        author.organisation = "Example Org"
        mine = people.member(session, consultation, organisation="example org")
    role = mine.role = Role.CHAIR if who == "first reader" else Role.PARTICIPANT
    account = session.get_one(Account, mine.account_id)
    account.administrator = True
    decide(session, consultation, item, making.statement(Action.HIDE, reason), by=readers[0])
    code = {"author": "own_item", "colleague": "own_organisation", "first reader": "first_reader"}[who]
    with forbidden(code):
        desk.step_in(session, consultation, making.open_case(session, item), account=account)
    assert mine.role == role  # nobody loses a role by it


def test_a_proposal_is_known_to_nobody_but_the_team(session, consultation, standard, readers):
    item, reason = sensitive(session, standard, readers, "hate")
    author = session.get_one(Membership, item.membership_id)
    case = making.open_case(session, item)
    proposed = decide(session, consultation, item, making.statement(Action.HIDE, reason), by=readers[0])
    seen = [entry.payload for entry in entries(session, consultation)]
    assert not [payload for payload in seen if reason.value in str(payload) or "hide" in str(payload)]
    event = history(session, consultation, DecisionProposed)[-1]
    assert (event.action, event.reason, event.decision_id) == ("hide", reason.value, proposed.id)
    assert own_decisions.processes_of(session, author.account_id) == {}
    desk.undo(session, consultation, case, by=readers[0])
    assert own_decisions.processes_of(session, author.account_id) == {}
    assert history(session, consultation, DecisionUndone)[-1].action == "proposal"
    with refused("nothing_to_appeal"):
        making.appealed(session, item)


def test_whoever_asks_for_a_second_reader_gets_one(session, consultation, standard, readers):
    item = comments.pending(session, standard)
    asked = making.statement(Action.RETURN, second_reader=True)
    assert decide(session, consultation, item, asked, by=readers[0]).standing == Standing.PROPOSED
    assert decide(session, consultation, item, asked, by=readers[1]).standing == Standing.TAKEN
    assert item.state == State.RETURNED


def test_no_open_case_is_lost_while_it_waits_for_a_second_reader(session, consultation, standard, readers):
    item, reason = sensitive(session, standard, readers, "hate")
    case = making.open_case(session, item)
    desk.claim(session, consultation, case, by=readers[0])
    decide(session, consultation, item, making.statement(Action.HIDE, reason), by=readers[0])
    still = session.scalars(select(Case).where(Case.id == case.id)).one()
    assert (still.closed_at, still.claimed_by_id, still.claimed_until) == (None, None, None)
