"""Stating an outcome: what has to be done first, and what everybody reads afterwards."""

import pytest

from app import events
from app.actions import blockers, objections, outcomes
from app.actions import consultations as chairing
from app.models.comments import CommentType
from app.models.consultations import Role, TallyVisibility
from app.models.objections import StepKind
from app.models.outcomes import OutcomeKind
from app.models.positions import Choice
from app.queries import listings
from app.queries import outcomes as queries
from app.queries import standards as pages
from app.queries.listings import Wanted
from app.queries.threads import Asked
from app.rules.outcomes import NOTHING
from tests.answers import forbidden, invalid, refused
from tests.factories import comments, consultations, people, standards
from tests.factories import objections as making
from tests.factories import outcomes as stating
from tests.factories.viewers import frame, history

pytestmark = pytest.mark.usefixtures("stopped_clock")


@pytest.fixture
def consultation(session):
    return consultations.opened(session)


@pytest.fixture
def standard(session, consultation):
    found = standards.published(session, consultation)
    for group in ("wrongly", "scanned"):
        standards.positions_of(session, found, group, {Choice.SUPPORT: 10})
    return found


@pytest.fixture
def chair(session, consultation):
    return making.chair(session, consultation)


def open_items(session, standard):
    return blockers.of_standards(session, standard.consultation_id).get(standard.id, NOTHING)


def test_the_outcome_is_stated_once_with_the_state_that_was_computed(session, consultation, standard, chair):
    outcome = stating.stated(session, standard, by=chair, kind=OutcomeKind.ADOPTED_IN_PART)
    assert (outcome.consensus_state, outcome.version) == ("consensus", 1)
    assert outcome.explanation == "100% of 20 approve. No group objects by majority and no objection is open."
    [event] = history(session, consultation, events.OutcomeStated)
    assert (event.outcome, event.consensus_state, event.subject) == ("adopted_in_part", "consensus", "standard 1")
    assert event.text_hash == events.text_hash(stating.REASONS)
    with refused("outcome_stated"):
        stating.stated(session, standard, by=chair)


def test_what_was_confirmed_is_shown_everywhere_and_no_longer_provisional(session, consultation, standard, chair):
    before = pages.page(session, frame(session, consultation), 1, Asked())
    assert before.result.consensus.provisional
    stating.stated(session, standard, by=chair)
    page = pages.page(session, frame(session, consultation), 1, Asked())
    [line] = listings.listing(session, frame(session, consultation), Wanted()).lines
    for result in (page.result, line.result):
        assert (result.consensus.state.value, result.consensus.provisional) == ("consensus", False)
    assert (page.facts.outcome.reasons, page.facts.stated_by) == (stating.REASONS, chair.display_name)
    assert line.outcome.kind == OutcomeKind.ADOPTED


def test_a_confirmed_state_stays_whatever_is_computed_later(session, consultation, standard, chair):
    stating.stated(session, standard, by=chair)
    consultation.consensus_percent = 100
    consultation.minimum_voices = 50
    session.flush()
    page = pages.page(session, frame(session, consultation), 1, Asked())
    assert page.result.consensus.state.value == "consensus"
    assert "100% of 20 approve." in str(page.result.consensus.explanation)


def test_objections_stand_in_the_way_until_they_are_answered(session, consultation, standard, chair):
    objector = people.member(session, consultation)
    objection = making.raised(session, standard, by=objector)
    assert open_items(session, standard).unanswered == 1
    with refused("outcome_blocked"):
        stating.stated(session, standard, by=chair)
    standard.moved_to = standard.moved_at = None
    making.sustained(session, objection, answered_by=chair)
    assert open_items(session, standard) == NOTHING
    deputy = making.chair(session, consultation, role=Role.DEPUTY)
    making.decided(session, objection, by=deputy)
    objections.appeal(session, consultation, objection, by=objector, words="Nobody asked us.")
    assert open_items(session, standard).appealed == 1
    other = making.chair(session, consultation, role=Role.DEPUTY)
    making.decided(session, objection, by=other, kind=StepKind.UPHELD)
    assert open_items(session, standard).upheld == 1
    with refused("outcome_blocked"):
        stating.stated(session, standard, by=chair)


def test_comments_that_suggest_a_change_stand_in_the_way_unless_only_the_wording_changes(
    session, consultation, standard, chair
):
    comment = comments.published(session, standard, proposed_change="shall ask a judge")
    comments.published(session, standard, body="No change is asked for here.")
    comments.pending(session, standard, proposed_change="shall wait")
    assert open_items(session, standard).undisposed == 1
    assert (
        pages.page(session, frame(session, consultation), 1, Asked()).facts.open_changes == 1
    )  # the same for everybody
    with refused("outcome_blocked"):
        stating.stated(session, standard, by=chair)
    comment.type = CommentType.EDITORIAL
    session.flush()
    assert open_items(session, standard) == NOTHING
    assert pages.page(session, frame(session, consultation), 1, Asked()).facts.open_changes == 0
    assert stating.stated(session, standard, by=chair)


def test_nobody_states_the_outcome_of_their_own_standard(session, consultation, chair):
    own = standards.published(session, consultation, by=chair)
    with forbidden("own_standard"):
        stating.stated(session, own, by=chair)
    with forbidden("not_chair"):
        stating.stated(session, own, by=people.member(session, consultation, role=Role.POLICYMAKER))


def test_reasons_are_needed_and_nothing_is_stated_too_early(session, consultation, standard, chair):
    found = stating.consensus(session, standard)
    asked = {"by": chair, "kind": OutcomeKind.ADOPTED, "found": found}
    with refused("outcome_too_early"):
        outcomes.state(session, consultation, standard, reasons=stating.REASONS, **asked)
    stating.move_to_outcome(session, standard)
    for reasons in ("", "Fine.", "x y z " * 800):
        with invalid("reasons"):
            outcomes.state(session, consultation, standard, reasons=reasons, **asked)


def test_where_nobody_sees_tallies_before_the_closing_no_outcome_is_stated(session, consultation, standard, chair):
    consultation.tallies_visible = TallyVisibility.AFTER_CLOSING
    stating.move_to_outcome(session, standard)
    [line] = queries.lines(session, frame(session, consultation, chair), {})
    assert line.why_not_state.code == "tally_after_closing"
    consultation.tallies_visible = TallyVisibility.AFTER_POSITION
    [line] = queries.lines(session, frame(session, consultation, chair), {})
    assert line.why_not_state is None
    assert line.result.consensus.state.value == "consensus"


def test_what_was_upheld_keeps_the_consultation_open_and_the_outcome_back(session, consultation, standard, chair):
    objection = making.sustained(session, making.raised(session, standard), answered_by=chair)
    deputy = making.chair(session, consultation, role=Role.DEPUTY)
    making.decided(session, objection, by=deputy, kind=StepKind.UPHELD)
    with refused("objections_unanswered"):
        chairing.close(session, consultation)
    with refused("outcome_blocked"):
        stating.stated(session, standard, by=chair)


def test_upheld_after_closing_a_standard_is_not_adopted_whole(session, consultation, standard, chair):
    objection = making.sustained(session, making.raised(session, standard), answered_by=chair)
    deputy = making.chair(session, consultation, role=Role.DEPUTY)
    chairing.close(session, consultation)
    making.decided(session, objection, by=deputy, kind=StepKind.UPHELD)
    with refused("upheld_objection"):
        stating.stated(session, standard, by=chair)
    assert stating.stated(session, standard, by=chair, kind=OutcomeKind.ADOPTED_IN_PART)


def test_after_the_outcome_nothing_is_decided_on_its_objections(session, consultation, standard, chair):
    objection = making.sustained(session, making.raised(session, standard), answered_by=chair)
    stating.stated(session, standard, by=chair)
    deputy = making.chair(session, consultation, role=Role.DEPUTY)
    with refused("outcome_already_stated"):
        making.decided(session, objection, by=deputy, kind=StepKind.UPHELD)
