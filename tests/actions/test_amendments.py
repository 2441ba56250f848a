"""Amendments: from proposing to adopting, declining and promoting, with the positions on them."""

import pytest
from sqlalchemy import select

from app.actions import amendment_outcomes as deciding
from app.actions import amendment_positions as standing
from app.actions import amendments as actions
from app.actions import positions
from app.actions import standards as proposing
from app.events import (
    AmendmentAdopted,
    AmendmentDeclined,
    AmendmentPositionTaken,
    AmendmentPositionWithdrawn,
    AmendmentPromoted,
)
from app.models.amendments import AmendmentOutcome, AmendmentPosition
from app.models.consultations import Consultation, Membership, PhaseKind, Role
from app.models.contributions import State
from app.models.moderation import Action
from app.models.positions import Choice
from app.models.reorganisations import RelationKind, StandardRelation
from app.models.standards import ChangeClass, Draft
from tests.answers import forbidden, invalid, refused
from tests.factories import amendments as making
from tests.factories import consultations, moderation, people, standards
from tests.factories.viewers import history

pytestmark = pytest.mark.usefixtures("stopped_clock")
EDITORIAL, SUBSTANTIVE, NEW = ChangeClass
OTHER = "A police service shall never act on a match alone."


@pytest.fixture
def consultation(session):
    return consultations.opened(session)


@pytest.fixture
def standard(session, consultation):
    return standards.published(session, consultation, title="A match is a lead")


@pytest.fixture
def author(session, standard):
    return session.get_one(Membership, standard.membership_id)


def test_a_number_is_given_at_the_first_publication(session, standard):
    first, second = making.pending(session, standard), making.pending(session, standard, text=OTHER)
    moderation.decide(session, second)
    moderation.decide(session, first, Action.DECLINE)
    assert (first.number, second.number, standard.last_amendment) == (None, 1, 1)
    assert (standard.version, second.version) == (1, 1)


def test_an_amendment_changes_a_clause_that_there_is(session, standard):
    with invalid("clause"):
        making.pending(session, standard, clause="7")
    with invalid("text"):
        making.pending(session, standard, text=standards.CLAUSES[0])
    with invalid("text"):
        making.pending(session, standard, clause="", text="")
    with invalid("text"):
        making.pending(session, standard, text="x" * 1501)
    with invalid("reason"):
        making.pending(session, standard, why=" ")


def test_amending_has_its_phase_and_its_people(session, standard):
    with forbidden("not_joined"):
        actions.propose(
            session,
            session.get_one(Consultation, standard.consultation_id),
            standard,
            by=None,
            clause="1",
            text=OTHER,
            why="Because.",
        )
    standard.moved_to, standard.moved_at = PhaseKind.SECOND_ROUND, standard.created_at
    with refused("phase_over"):
        making.pending(session, standard)


def test_adopting_makes_a_version_credited_to_its_proposer(session, consultation, standard, author):
    amendment = making.published(session, standard)
    version = deciding.adopt(session, consultation, amendment, by=author, reason="Well put.")
    assert (version.number, version.membership_id, version.adopted_by_id) == (2, amendment.membership_id, author.id)
    assert (version.amendment_id, version.why, version.state) == (amendment.id, amendment.why, State.PUBLISHED)
    assert [clause["text"] for clause in version.clauses] == [making.WORDING, standards.CLAUSES[1]]
    assert (version.title, version.enforcement) == ("A match is a lead", "The trial court can exclude the result.")
    assert (standard.version, standard.counts_from) == (2, 2)
    assert (amendment.outcome, amendment.outcome_reason) == (AmendmentOutcome.ADOPTED, "Well put.")
    [event] = history(session, consultation, AmendmentAdopted)
    assert (event.amendment, event.version, event.subject) == (amendment.id, 2, "standard 1")
    with refused("already_adopted"):
        deciding.adopt(session, consultation, amendment, by=author)
    with refused("already_adopted"):
        deciding.decline(session, consultation, amendment, by=author, reason="No.")


def test_new_clauses_and_removed_ones(session, consultation, standard, author):
    more = making.published(session, standard, clause="", text="A buyer shall ask.", change_class=NEW)
    less = making.published(session, standard, clause="2", text="")
    version = deciding.adopt(session, consultation, more, by=author)
    assert [clause["number"] for clause in version.clauses] == ["1", "2", "3"]
    version = deciding.adopt(session, consultation, less, by=author)
    assert [clause["number"] for clause in version.clauses] == ["1", "3"]
    again = making.published(session, standard, clause="", text="A seller shall ask.", change_class=NEW)
    assert deciding.adopt(session, consultation, again, by=author).clauses[-1]["number"] == "4"


def test_the_class_of_a_change_is_checked_when_it_is_adopted(session, consultation, standard, author):
    amendment = making.published(session, standard, change_class=EDITORIAL)
    with invalid("change_class"):
        deciding.adopt(session, consultation, amendment, by=author)
    assert deciding.adopt(session, consultation, amendment, by=author, change_class=SUBSTANTIVE).number == 2


def test_what_was_written_for_another_wording_is_adopted_only_when_read_anew(session, consultation, standard, author):
    first, second = making.published(session, standard), making.published(session, standard, text=OTHER)
    elsewhere = making.published(session, standard, clause="2", text="It shall publish nothing.")
    deciding.adopt(session, consultation, first, by=author)
    with refused("clause_changed"):
        deciding.adopt(session, consultation, second, by=author)
    with refused("clause_changed"):
        deciding.adopt(session, consultation, second, by=author, text=OTHER, read_version=1)
    adjusted = f"{OTHER} It shall say so."
    with forbidden("not_adjusted_by_author"):  # a moderator read the wording that was proposed, and no other
        deciding.adopt(session, consultation, second, by=author, text=adjusted, read_version=2)
    chair = people.member(session, consultation, role=Role.CHAIR)
    version = deciding.adopt(session, consultation, second, by=chair, text=adjusted, read_version=2)
    assert (version.number, version.clauses[0]["text"], second.adopted_text) == (3, adjusted, adjusted)
    assert deciding.adopt(session, consultation, elsewhere, by=author).number == 4  # another clause is not touched


def test_what_the_text_says_already_makes_no_version(session, consultation, standard, author):
    first, again = making.published(session, standard), making.published(session, standard)
    deciding.adopt(session, consultation, first, by=author)
    with refused("says_it_already"):
        deciding.adopt(session, consultation, again, by=author, text=again.text, read_version=2)
    assert standard.version == 2


def test_a_change_weighs_less_than_its_proposer_said_only_with_a_reason(session, consultation, standard, author):
    amendment = making.published(session, standard, text="A police service shall treat each match only as a lead.")
    with invalid("reason"):
        deciding.adopt(session, consultation, amendment, by=author, change_class=ChangeClass.EDITORIAL)
    why = "The same duty in fewer words."
    deciding.adopt(session, consultation, amendment, by=author, change_class=ChangeClass.EDITORIAL, reason=why)
    assert (standard.counts_from, amendment.outcome_reason) == (1, why)


def test_only_those_who_answer_for_the_text_decide(session, consultation, standard):
    amendment = making.published(session, standard)
    proposer = session.get_one(Membership, amendment.membership_id)
    for act in (deciding.adopt, lambda *a, by: deciding.decline(*a, by=by, reason="No.")):
        with forbidden("not_author_or_chair"):
            act(session, consultation, amendment, by=proposer)
    chair = people.member(session, consultation, role=Role.DEPUTY)
    with invalid("reason"):
        deciding.decline(session, consultation, amendment, by=chair, reason=" ")
    deciding.decline(session, consultation, amendment, by=chair, reason="Another clause says so.")
    assert (amendment.outcome, standard.version) == (AmendmentOutcome.DECLINED, 1)
    assert len(history(session, consultation, AmendmentDeclined)) == 1
    waiting = making.pending(session, standard, text=OTHER)
    with refused("amendment_unreadable"):
        deciding.adopt(session, consultation, waiting, by=chair)


def test_a_declined_amendment_becomes_a_standard_of_its_own(session, consultation, standard, author):
    amendment = making.published(session, standard)
    proposer = session.get_one(Membership, amendment.membership_id)
    with refused("not_declined"):
        deciding.promote(session, consultation, amendment, by=proposer)
    deciding.decline(session, consultation, amendment, by=author, reason="Out of place here.")
    with forbidden("not_author"):
        deciding.promote(session, consultation, amendment, by=author)
    draft = deciding.promote(session, consultation, amendment, by=proposer)
    assert deciding.promote(session, consultation, amendment, by=proposer) is draft
    assert draft.fields["clauses-0-text"] == [making.WORDING]
    draft = proposing.save_draft(session, proposer, fields={"title": "Mine"}, title="Mine", draft=draft)
    version = proposing.propose(session, consultation, by=proposer, proposal=standards.proposal(), draft=draft)
    trail = session.scalars(select(StandardRelation)).one()
    assert (trail.from_id, trail.to_id, trail.kind) == (standard.id, version.standard_id, RelationKind.PROMOTED_TO)
    assert (amendment.outcome, session.scalars(select(Draft)).all()) == (AmendmentOutcome.PROMOTED, [])
    assert len(history(session, consultation, AmendmentPromoted)) == 1
    with refused("already_promoted"):
        deciding.promote(session, consultation, amendment, by=proposer)


def test_an_amendment_is_taken_back_until_it_is_decided(session, consultation, standard, author):
    amendment, decided = making.published(session, standard), making.published(session, standard, text=OTHER)
    with forbidden("not_author"):
        actions.withdraw(session, consultation, amendment, by=author)
    actions.withdraw(session, consultation, amendment, by=session.get_one(Membership, amendment.membership_id))
    assert amendment.state == State.WITHDRAWN
    with refused("amendment_unreadable"):
        deciding.adopt(session, consultation, amendment, by=author)
    deciding.adopt(session, consultation, decided, by=author)
    with refused("already_adopted"):
        actions.withdraw(session, consultation, decided, by=session.get_one(Membership, decided.membership_id))


def test_a_returned_amendment_is_sent_again_for_the_text_in_force(session, consultation, standard):
    amendment = making.pending(session, standard)
    moderation.decide(session, amendment, Action.RETURN)
    making.version(session, standard, clauses={"2": "It shall publish nothing."})
    by = session.get_one(Membership, amendment.membership_id)
    with refused("stale_version"):
        actions.resubmit(session, consultation, amendment, by=by, text=OTHER, why="Kinder.", read_version=1)
    actions.resubmit(session, consultation, amendment, by=by, text=OTHER, why="Kinder.", read_version=2)
    assert (amendment.state, amendment.version, amendment.text) == (State.PENDING, 2, OTHER)
    moderation.decide(session, amendment)
    with refused("published_amendment"):
        actions.resubmit(session, consultation, amendment, by=by, text=OTHER + " Ever.", why="More.")


def test_one_person_one_position_on_each_amendment(session, consultation, standard, author):
    amendment = making.published(session, standard)
    by = people.member(session, consultation)
    for choice in (Choice.SUPPORT, Choice.SUPPORT, Choice.OBJECT):
        standing.take(session, consultation, amendment, by=by, choice=choice)
    assert [one.choice for one in session.scalars(select(AmendmentPosition))] == [Choice.OBJECT]
    assert len(history(session, consultation, AmendmentPositionTaken)) == 2
    standing.withdraw(session, consultation, amendment, by=by)
    standing.withdraw(session, consultation, amendment, by=by)
    assert session.scalars(select(AmendmentPosition)).all() == []
    assert len(history(session, consultation, AmendmentPositionWithdrawn)) == 1
    deciding.adopt(session, consultation, amendment, by=author)
    with refused("already_adopted"):
        standing.take(session, consultation, amendment, by=by, choice=Choice.SUPPORT)


def test_positions_of_unproved_people_begin_to_count_with_the_proof(session, consultation, standard):
    amendment = making.published(session, standard)
    by = people.member(session, consultation, proved=False)
    position = standing.take(session, consultation, amendment, by=by, choice=Choice.SUPPORT)
    assert (position.counted, history(session, consultation, AmendmentPositionTaken)) == (False, [])
    by.counted_from = position.taken_at
    positions.begin_to_count(session, by)
    assert position.counted
    assert len(history(session, consultation, AmendmentPositionTaken)) == 1
