"""The second round: about the clauses that changed, and about objections that are still open."""

import pytest

from app.actions import comments as commenting
from app.actions import consultations as chair
from app.actions import positions
from app.actions.consultations import NewPhase
from app.models.consultations import Phase, PhaseKind
from app.models.positions import Choice
from tests.answers import invalid, refused
from tests.factories import amendments as making
from tests.factories import comments, consultations, moderation, people, standards

OTHERWISE = {"1": "A police service shall treat a match only as a hint."}


@pytest.fixture
def consultation(session, stopped_clock):
    return consultations.opened(session, running=[PhaseKind.SUBMIT, PhaseKind.DISCUSS, PhaseKind.POSITION])


@pytest.fixture
def standard(session, consultation):
    return standards.published(session, consultation)


@pytest.fixture
def objector(session, consultation, standard):
    by = people.member(session, consultation)
    standards.position(session, standard, Choice.OBJECT, by=by, reason="It stops too little.")
    return by


def begin(session, consultation, stopped_clock):
    """The first round ends, the second one runs."""
    for phase in chair.phases_of(session, consultation):
        phase.closes_at = min(phase.closes_at, stopped_clock.now)
    stopped_clock.forward(days=1)
    until = stopped_clock.now.replace(year=2027)
    second = NewPhase(PhaseKind.SECOND_ROUND, stopped_clock.now, until)
    session.add(
        Phase(consultation_id=consultation.id, kind=second.kind, opens_at=second.opens_at, closes_at=second.closes_at)
    )
    session.flush()


@pytest.fixture
def round_on_clause_1(session, consultation, standard, objector, stopped_clock):
    comments.published(session, standard, body="On the second clause.", clause="2")
    stopped_clock.forward(days=1)
    for phase in chair.phases_of(session, consultation):
        if phase.kind != PhaseKind.SUBMIT:
            phase.closes_at = stopped_clock.now
    stopped_clock.forward(days=1)
    making.version(session, standard, clauses=OTHERWISE)  # while proposals are still taken
    begin(session, consultation, stopped_clock)


@pytest.mark.usefixtures("round_on_clause_1")
def test_anybody_supports_or_abstains(session, consultation, standard):
    for choice in (Choice.SUPPORT, Choice.RESERVATIONS, Choice.ABSTAIN):
        assert standards.position(session, standard, choice).version == 2


@pytest.mark.usefixtures("round_on_clause_1")
def test_a_new_objection_names_a_changed_clause(session, consultation, standard):
    by = people.member(session, consultation)
    for clause in ("", "2", "7"):
        with invalid("clause"):
            positions.take(session, consultation, standard, by=by, choice=Choice.OBJECT, reason="No.", clause=clause)
    positions.take(session, consultation, standard, by=by, choice=Choice.OBJECT, reason="No.", clause="1")
    with invalid("clause"):
        positions.take(session, consultation, standard, by=by, choice=Choice.SUPPORT, reason="Yes.", clause="2")


@pytest.mark.usefixtures("round_on_clause_1")
def test_who_has_a_standing_objection_keeps_it_or_says_more(session, consultation, standard, objector):
    positions.confirm(session, consultation, standard, by=objector)
    positions.take(session, consultation, standard, by=objector, choice=Choice.OBJECT, reason="Still too little.")
    with invalid("clause"):
        positions.take(
            session, consultation, standard, by=objector, choice=Choice.OBJECT, reason="More.", clause="9" * 400
        )


@pytest.mark.usefixtures("round_on_clause_1")
def test_comments_are_about_a_changed_clause_or_an_open_objection(session, consultation, standard, objector):
    by = people.member(session, consultation)
    for clause in ("", "2"):
        with refused("second_round"):
            commenting.post(session, consultation, standard, by=by, body="Yes?", clause=clause)
    about = comments.published(session, standard, by=by, body="On what changed.", clause="1")
    comments.pending(session, standard, body="A reply.", reply_to=about)
    old = next(iter(session.query(type(about)).filter_by(clause="2")))
    with refused("second_round"):
        comments.pending(session, standard, body="A reply.", reply_to=old)
    objection = session.query(type(about)).filter_by(membership_id=objector.id).one()
    moderation.decide(session, objection)
    comments.pending(session, standard, body="A reply to the objection.", reply_to=objection)
    positions.take(session, consultation, standard, by=objector, choice=Choice.SUPPORT)
    with refused("second_round"):
        comments.pending(session, standard, body="Another reply.", reply_to=objection)


def test_where_nothing_changed_only_open_objections_are_left(session, consultation, standard, objector, stopped_clock):
    stopped_clock.forward(days=1)
    begin(session, consultation, stopped_clock)
    by = people.member(session, consultation)
    with invalid("reason"):
        positions.take(session, consultation, standard, by=by, choice=Choice.OBJECT, reason="No.", clause="1")
    with refused("second_round"):
        commenting.post(session, consultation, standard, by=by, body="Yes?", clause="1")
    assert standards.position(session, standard, Choice.SUPPORT, by=by).version == 1
