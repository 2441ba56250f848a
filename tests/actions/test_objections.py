"""An objection from being raised to being final, with what the ledger keeps of it."""

import pytest
from sqlalchemy import select

from app import events
from app.actions import blockers, objections, positions
from app.actions import consultations as chairing
from app.models.consultations import Role
from app.models.contributions import State
from app.models.dispositions import DispositionKind
from app.models.moderation import Action
from app.models.objections import Objection, ObjectionState, ObjectionStep, StepKind
from app.models.positions import Choice
from app.models.standards import StandardVersion
from app.queries import listings
from app.queries import objections as queries
from tests.answers import forbidden, invalid, refused
from tests.factories import comments, consultations, moderation, people, standards
from tests.factories import objections as making
from tests.factories.viewers import frame, history

pytestmark = pytest.mark.usefixtures("stopped_clock")
D = DispositionKind


@pytest.fixture
def consultation(session):
    return consultations.opened(session)


@pytest.fixture
def standard(session, consultation):
    return standards.published(session, consultation)


@pytest.fixture
def chair(session, consultation):
    return making.chair(session, consultation)


@pytest.fixture
def deputy(session, consultation):
    return making.chair(session, consultation, role=Role.DEPUTY)


@pytest.fixture
def objector(session, consultation):
    return people.member(session, consultation)


def new_version(session, standard, clock):
    """A later version of the text that everybody can read."""
    old = standards.version_of(session, standard)
    version = StandardVersion(
        standard_id=standard.id,
        number=old.number + 1,
        consultation_id=old.consultation_id,
        membership_id=old.membership_id,
        state=State.PUBLISHED,
        label=old.label,
        language="en",
        created_at=clock.now,
        published_at=clock.now,
        title=old.title,
        clauses=old.clauses,
    )
    session.add(version)
    standard.version = version.number
    session.flush()
    return version.number


def counted(session, consultation):
    """Unanswered and remaining objections, as every page counts them."""
    [row] = listings.readable_versions(session, frame(session, consultation))
    return row[2], row[3]


def test_the_long_way_to_a_final_decision(session, consultation, standard, chair, deputy, objector):
    objection = making.raised(session, standard, by=objector)
    assert (objection.state, counted(session, consultation)) == (ObjectionState.RAISED, (1, 0))
    making.sustained(session, objection, answered_by=chair)
    with forbidden("own_answer"):
        making.decided(session, objection, by=chair)
    making.decided(session, objection, by=deputy)
    objections.appeal(session, consultation, objection, by=objector, words="The vote was never shown to us.")
    with forbidden("own_decision"):
        making.decided(session, objection, by=deputy)
    administrator = people.member(session, consultation, owner=people.account(session, administrator=True))
    making.decided(session, objection, by=administrator)
    with refused("appealed_before"):
        objections.appeal(session, consultation, objection, by=objector, words="Once more, please.")
    assert (objection.state, counted(session, consultation)) == (ObjectionState.OVERRULED, (0, 1))
    moved = history(session, consultation, events.ObjectionMoved)
    assert [event.step for event in moved] == ["answer", "not_satisfied", "overruled", "appeal", "overruled"]
    assert [event.state for event in moved] == ["answered", "sustained", "overruled", "appealed", "overruled"]
    assert moved[0].text_hash == events.text_hash(making.WHY_NOT)
    assert moved[3].text_hash == events.text_hash("")  # what is confided cannot be guessed from its hash


def test_what_is_upheld_is_answered_with_the_version_that_changes_the_text(
    session, consultation, standard, chair, deputy, objector, stopped_clock
):
    objection = making.sustained(session, making.raised(session, standard, by=objector), answered_by=chair)
    stopped_clock.forward(days=1)
    making.decided(session, objection, by=deputy, kind=StepKind.UPHELD)
    answer = {"by": chair, "reason": "The second clause says so now."}
    with invalid("disposition"):
        objections.answer(session, consultation, objection, disposition=D.NOTED, **answer)
    with invalid("version"):
        objections.answer(session, consultation, objection, disposition=D.MODIFIED, version=1, **answer)
    stopped_clock.forward(days=1)
    newer = new_version(session, standard, stopped_clock)
    step = objections.answer(session, consultation, objection, disposition=D.MODIFIED, version=newer, **answer)
    assert (objection.state, step.version) == (ObjectionState.ANSWERED, newer)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"disposition": D.NOT_ACCEPTED, "reason": ""}, "reason"),
        ({"disposition": D.NOTED, "reason": "No."}, "reason"),
        ({"disposition": D.ACCEPTED}, "version"),
        ({"disposition": D.ACCEPTED, "version": 2}, "version"),
        ({"disposition": D.MODIFIED, "version": 1}, "reason"),
        ({"disposition": D.NOT_ACCEPTED, "reason": "a b c " * 400}, "reason"),
    ],
)
def test_an_answer_says_why_and_names_its_version(session, consultation, standard, chair, values, field):
    objection = making.raised(session, standard)
    with invalid(field):
        objections.answer(session, consultation, objection, by=chair, **values)
    assert objection.state == ObjectionState.RAISED


def test_a_satisfied_objector_withdraws_and_keeps_the_position(session, consultation, standard, chair, objector):
    objection = making.answered(session, making.raised(session, standard, by=objector), by=chair)
    objections.reply(session, consultation, objection, by=objector, kind=StepKind.SATISFIED, words="Thank you.")
    assert (objection.state, counted(session, consultation)) == (ObjectionState.WITHDRAWN, (0, 0))
    assert positions._position(session, standard, objector).choice == Choice.OBJECT


def test_silence_lets_an_answer_lapse_once(session, consultation, standard, chair, objector, stopped_clock):
    objection = making.answered(session, making.raised(session, standard, by=objector), by=chair)
    other = making.raised(session, standard)
    stopped_clock.forward(days=13, hours=23)
    assert not objections.lapse_unreplied(session, consultation.id)
    stopped_clock.forward(hours=1)
    assert [objections.lapse_unreplied(session, consultation.id) for _ in range(2)] == [True, False]
    assert (objection.state, other.state) == (ObjectionState.LAPSED, ObjectionState.RAISED)
    step = session.scalars(select(ObjectionStep).where(ObjectionStep.kind == StepKind.NO_REPLY)).one()
    assert step.membership_id is None
    with refused("reply_too_late"):
        objections.reply(session, consultation, objection, by=objector, kind=StepKind.NOT_SATISFIED)


def test_changing_the_position_withdraws_an_answered_objection(session, consultation, standard, chair, objector):
    objection = making.answered(session, making.raised(session, standard, by=objector), by=chair)
    positions.take(session, consultation, standard, by=objector, choice=Choice.SUPPORT)
    session.refresh(objection)
    assert objection.state == ObjectionState.WITHDRAWN
    with refused("nothing_to_reply_to"):
        objections.reply(session, consultation, objection, by=objector, kind=StepKind.NOT_SATISFIED)


def test_the_same_reason_sent_again_keeps_the_answer(session, consultation, standard, chair, objector):
    objection = making.answered(session, making.raised(session, standard, by=objector), by=chair)
    again = {"choice": Choice.OBJECT, "reason": "It stops too little of what happens."}
    positions.take(session, consultation, standard, by=objector, **again)
    session.refresh(objection)
    assert objection.state == ObjectionState.ANSWERED


@pytest.mark.parametrize("action", [Action.DECLINE, Action.RETURN])
def test_nothing_waits_for_a_reason_that_is_not_published(session, consultation, standard, chair, action):
    objection = making.raised(session, standard, published=False)
    assert (counted(session, consultation), blockers.unanswered(session, consultation.id)) == ((1, 0), {1: 1})
    with refused("reason_pending"):
        making.answered(session, objection, by=chair)
    moderation.decide(session, session.get_one(comments.Comment, objection.comment_id), action)
    assert (counted(session, consultation), blockers.unanswered(session, consultation.id)) == ((0, 0), {})
    with refused("reason_not_published"):
        making.answered(session, objection, by=chair)


def test_a_consultation_does_not_close_over_an_unanswered_objection(session, consultation, standard, chair):
    objection = making.raised(session, standard)
    with refused("objections_unanswered"):
        chairing.close(session, consultation)
    making.answered(session, objection, by=chair)
    chairing.close(session, consultation)
    assert frame(session, consultation).closed


def test_what_does_not_count_blocks_nothing(session, consultation, standard):
    stranger = people.member(session, consultation, proved=False)
    making.raised(session, standard, by=stranger)
    assert (counted(session, consultation), blockers.unanswered(session, consultation.id)) == ((0, 0), {})
    chairing.close(session, consultation)


def test_the_desk_says_who_may_decide(session, consultation, standard, chair, deputy):
    making.raised(session, standard, published=False)
    oldest = making.sustained(session, making.raised(session, standard), answered_by=chair)
    making.raised(session, standard)
    making.answered(session, making.raised(session, standard), by=chair)
    desk = queries.desk(session, frame(session, consultation, chair))
    first = desk.lines[0]
    assert (first.view.id, first.deciders) == (oldest.id, (deputy.display_name,))
    assert (len(desk.lines), desk.waiting_for_reply, desk.pending) == (2, 1, 1)


def test_every_objection_is_of_its_consultation(session, consultation, standard):
    objection = making.raised(session, standard)
    other = consultations.opened(session)
    with pytest.raises(objections.NotFound):
        objections.get(session, other.id, objection.id)
    assert objections.get(session, consultation.id, objection.id) == objection
    assert session.scalars(select(Objection)).all() == [objection]
