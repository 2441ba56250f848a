"""Taking, changing and withdrawing positions; the objection follows the position."""

import pytest
from sqlalchemy import select

from app.actions import comments as commenting
from app.actions import consultations as chair
from app.actions import people as accounts
from app.actions import positions as actions
from app.actions import projections
from app.actions import standards as proposing
from app.events import ConsultationClosed, PositionTaken, PositionWithdrawn
from app.models.comments import Comment, Stance
from app.models.consultations import PhaseKind
from app.models.objections import Objection, ObjectionState
from app.models.people import Purpose
from app.models.positions import Block, Choice, Position, PositionTally
from tests.answers import forbidden, invalid, refused
from tests.factories import consultations, people, standards
from tests.factories.objections import all_answered
from tests.factories.viewers import history

pytestmark = pytest.mark.usefixtures("stopped_clock")
TAKEN = (PositionTaken, PositionWithdrawn)


@pytest.fixture
def consultation(session):
    return consultations.opened(session)


@pytest.fixture
def standard(session, consultation):
    return standards.published(session, consultation)


@pytest.fixture
def ada(session, consultation):
    return people.member(session, consultation, name="Ada", group="wrongly")


def take(session, consultation, standard, by, choice: Choice, **more) -> Position:
    return actions.take(session, consultation, standard, by=by, choice=choice, **more)


def tally(session) -> dict[tuple[str, int, str], int]:
    """Block, version and choice of every cell that is not empty."""
    kept = session.scalars(select(PositionTally).where(PositionTally.count != 0))
    return {(cell.block.value, cell.version, cell.choice.value): cell.count for cell in kept}


def objections(session) -> list[ObjectionState]:
    return [objection.state for objection in session.scalars(select(Objection).order_by(Objection.id))]


def test_one_person_has_one_position_that_can_change(session, consultation, standard, ada, stopped_clock):
    first = take(session, consultation, standard, ada, Choice.SUPPORT)
    stopped_clock.forward(hours=2)
    second = take(session, consultation, standard, ada, Choice.ABSTAIN)
    assert (second.id, second.choice, second.taken_at) == (first.id, Choice.ABSTAIN, stopped_clock.now)
    assert tally(session) == {("people", 1, "abstain"): 1}
    assert [event.choice for event in history(session, consultation, *TAKEN)] == ["support", "abstain"]


def test_taking_the_same_position_again_is_no_change(session, consultation, standard, ada):
    take(session, consultation, standard, ada, Choice.SUPPORT)
    before = standard.revision
    take(session, consultation, standard, ada, Choice.SUPPORT)
    assert standard.revision == before
    assert len(history(session, consultation, *TAKEN)) == 1
    assert tally(session) == {("people", 1, "support"): 1}


def test_a_position_keeps_the_group_spoken_from_and_the_text_read(session, consultation, standard, ada):
    position = take(session, consultation, standard, ada, Choice.RESERVATIONS, read_version=1)
    assert (position.group_id, position.version, position.block) == (ada.group_id, 1, Block.PEOPLE)
    [event] = history(session, consultation, *TAKEN)
    assert (event.group, event.version, event.choice, event.membership_id) == (
        "wrongly",
        1,
        "support_with_reservations",
        ada.id,
    )


def test_withdrawing_leaves_nothing_but_the_record(session, consultation, standard, ada):
    taken = take(session, consultation, standard, ada, Choice.SUPPORT)
    actions.withdraw(session, consultation, standard, by=ada)
    assert (session.scalars(select(Position)).all(), tally(session)) == ([], {})
    assert history(session, consultation, PositionWithdrawn) == [
        PositionWithdrawn(consultation_id=consultation.id, position=taken.id, standard=standard.id)
    ]
    actions.withdraw(session, consultation, standard, by=ada)  # nothing is left to withdraw
    assert len(history(session, consultation, PositionWithdrawn)) == 1
    again = take(session, consultation, standard, ada, Choice.SUPPORT)
    assert again.id != taken.id  # so that the record does not link the two


@pytest.mark.parametrize("reason", ["", " \n "])
def test_an_objection_needs_its_reason(session, consultation, standard, ada, reason):
    with invalid("reason"):
        take(session, consultation, standard, ada, Choice.OBJECT, reason=reason)
    assert session.scalars(select(Position)).all() == []


def test_too_long_a_reason_loses_nothing(session, consultation, standard, ada):
    take(session, consultation, standard, ada, Choice.SUPPORT)
    with invalid("reason"):
        take(session, consultation, standard, ada, Choice.OBJECT, reason="x" * 2001)
    with invalid("would_change"):
        take(session, consultation, standard, ada, Choice.OBJECT, reason="No.", would_change="x" * 2001)
    assert tally(session) == {("people", 1, "support"): 1}


def test_the_reason_joins_the_thread_and_opens_an_objection(session, consultation, standard, ada, stopped_clock):
    take(session, consultation, standard, ada, Choice.OBJECT, reason="It stops too little.", would_change="A ban.")
    objection = session.scalars(select(Objection)).one()
    comment = session.get_one(Comment, objection.comment_id)
    assert (comment.body, comment.stance, comment.membership_id) == ("It stops too little.", Stance.OBJECTS, ada.id)
    assert (objection.state, objection.would_change) == (ObjectionState.RAISED, "A ban.")
    assert objection.raised_at == stopped_clock.now


@pytest.mark.parametrize("choice", [Choice.SUPPORT, Choice.RESERVATIONS, Choice.ABSTAIN])
def test_a_reason_for_another_position_is_a_comment_and_no_objection(session, consultation, standard, ada, choice):
    take(session, consultation, standard, ada, choice, reason="Because.")
    comment = session.scalars(select(Comment)).one()
    assert comment.stance == (Stance.NEUTRAL if choice == Choice.ABSTAIN else Stance.SUPPORTS)
    assert objections(session) == []


@pytest.mark.parametrize("choice", [Choice.SUPPORT, Choice.RESERVATIONS, Choice.ABSTAIN, None])
def test_changing_or_withdrawing_withdraws_the_objection_and_keeps_the_text(
    session, consultation, standard, ada, choice
):
    take(session, consultation, standard, ada, Choice.OBJECT, reason="It stops too little.")
    if choice is None:
        actions.withdraw(session, consultation, standard, by=ada)
    else:
        take(session, consultation, standard, ada, choice)
    assert objections(session) == [ObjectionState.WITHDRAWN]
    assert session.scalars(select(Comment)).one().body == "It stops too little."


def test_objecting_again_needs_a_reason_again(session, consultation, standard, ada):
    take(session, consultation, standard, ada, Choice.OBJECT, reason="One.")
    take(session, consultation, standard, ada, Choice.OBJECT)  # it stands, with its reason
    assert objections(session) == [ObjectionState.RAISED]
    take(session, consultation, standard, ada, Choice.OBJECT, reason="Two.")
    assert objections(session) == [ObjectionState.WITHDRAWN, ObjectionState.RAISED]
    take(session, consultation, standard, ada, Choice.SUPPORT)
    with invalid("reason"):
        take(session, consultation, standard, ada, Choice.OBJECT)
    take(session, consultation, standard, ada, Choice.OBJECT, reason="Two.")  # sent twice: the same comment
    assert objections(session) == [ObjectionState.WITHDRAWN, ObjectionState.RAISED]


def test_an_objection_whose_reason_was_taken_back_can_be_given_another(session, consultation, standard, ada):
    take(session, consultation, standard, ada, Choice.OBJECT, reason="One.")
    comment = session.scalars(select(Comment)).one()
    commenting.withdraw(session, consultation, comment, by=ada)
    take(session, consultation, standard, ada, Choice.OBJECT, reason="One.")
    states = {o.comment_id == comment.id: o.state for o in session.scalars(select(Objection))}
    assert states == {True: ObjectionState.WITHDRAWN, False: ObjectionState.RAISED}


def test_a_stale_page_is_refused(session, consultation, standard, ada):
    standard.version = 2
    session.flush()
    with refused("stale_version"):
        take(session, consultation, standard, ada, Choice.SUPPORT, read_version=1)
    take(session, consultation, standard, ada, Choice.SUPPORT, read_version=2)
    assert tally(session) == {("people", 2, "support"): 1}


def test_the_same_choice_on_a_new_text_is_a_confirmation(session, consultation, standard, ada):
    take(session, consultation, standard, ada, Choice.SUPPORT)
    standard.version = 2
    session.flush()
    take(session, consultation, standard, ada, Choice.SUPPORT)
    assert tally(session) == {("people", 2, "support"): 1}
    assert [event.version for event in history(session, consultation, *TAKEN)] == [1, 2]


def test_when_nobody_takes_a_position(session, consultation, standard, ada):
    with forbidden("not_joined"):
        take(session, consultation, standard, None, Choice.SUPPORT)
    early = consultations.opened(session, running=[PhaseKind.SUBMIT, PhaseKind.DISCUSS])
    with refused("phase_absent"):
        standards.position(session, standards.published(session, early))
    withdrawn = standards.published(session, consultation, by=ada)
    proposing.withdraw(session, consultation, standards.version_of(session, withdrawn), by=ada)
    with refused("standard_withdrawn"):
        take(session, consultation, withdrawn, ada, Choice.SUPPORT)
    take(session, consultation, standard, ada, Choice.SUPPORT)
    all_answered(session, consultation)
    chair.close(session, consultation)
    with refused("consultation_closed"):
        take(session, consultation, standard, ada, Choice.OBJECT, reason="Too late.")
    with refused("consultation_closed"):
        actions.withdraw(session, consultation, standard, by=ada)
    assert tally(session) == {("people", 1, "support"): 1}


def test_positions_end_with_their_phase(session, consultation, standard, ada, stopped_clock):
    stopped_clock.forward(days=30)
    with refused("phase_over"):
        take(session, consultation, standard, ada, Choice.SUPPORT)


def test_people_and_organisations_are_never_added_together(session, consultation, standard, ada):
    organisation = people.member(session, consultation, organisation="Example Rights Society", group="wrongly")
    take(session, consultation, standard, ada, Choice.SUPPORT)
    position = take(session, consultation, standard, organisation, Choice.SUPPORT)
    assert position.block == Block.ORGANISATIONS
    assert tally(session) == {("people", 1, "support"): 1, ("organisations", 1, "support"): 1}


def test_an_unproved_position_counts_from_the_proof_on(session, consultation, standard, stopped_clock):
    account = people.account(session, proved=False)
    member = people.member(session, consultation, owner=account)
    take(session, consultation, standard, member, Choice.OBJECT, reason="No.")
    position = take(session, consultation, standard, member, Choice.SUPPORT)
    assert (position.counted, tally(session), history(session, consultation, *TAKEN)) == (False, {}, [])
    taken_at = position.taken_at
    stopped_clock.forward(days=1)
    token = accounts.make_link(session, account.id, Purpose.PROVE_ADDRESS)
    accounts.prove_address(session, token=token)
    assert (position.counted, position.taken_at) == (True, taken_at)
    assert tally(session) == {("people", 1, "support"): 1}
    assert [event.choice for event in history(session, consultation, *TAKEN)] == ["support"]
    take(session, consultation, standard, member, Choice.ABSTAIN)
    assert tally(session) == {("people", 1, "abstain"): 1}
    assert projections.differences(session) == []


def test_an_unproved_position_that_was_withdrawn_was_never_there(session, consultation, standard):
    member = people.member(session, consultation, proved=False)
    take(session, consultation, standard, member, Choice.SUPPORT)
    actions.withdraw(session, consultation, standard, by=member)
    assert (tally(session), history(session, consultation, *TAKEN)) == ({}, [])


def test_proving_once_counts_everywhere(session, consultation, standard):
    account = people.account(session, proved=False)
    other = consultations.opened(session)
    for place, text in ((consultation, standard), (other, standards.published(session, other))):
        member = people.member(session, place, owner=account)
        take(session, place, text, member, Choice.SUPPORT)
    accounts.set_new_password(
        session, token=accounts.make_link(session, account.id, Purpose.RESET_PASSWORD), password="plain new words"
    )
    assert [position.counted for position in session.scalars(select(Position))] == [True, True]
    assert [len(history(session, place, *TAKEN)) for place in (consultation, other)] == [1, 1]
    assert projections.differences(session) == []


def test_nothing_counts_that_is_proved_after_the_closing(session, consultation, standard):
    account = people.account(session, proved=False)
    take(session, consultation, standard, people.member(session, consultation, owner=account), Choice.SUPPORT)
    all_answered(session, consultation)
    chair.close(session, consultation)
    accounts.prove_address(session, token=accounts.make_link(session, account.id, Purpose.PROVE_ADDRESS))
    assert isinstance(history(session, consultation)[-1], ConsultationClosed)
    assert tally(session) == {}
