"""Storing a summary: by whom, one at a time, and never while too few people moved since the last one."""

import pytest
from sqlalchemy import delete

from app.actions import positions
from app.actions import summaries as actions
from app.actions.summary_obstacles import people_moved, why_not_ask
from app.errors import NotFound, Refused
from app.models.consultations import Membership, Role, TallyVisibility
from app.models.summaries import Asker, RunState, SummaryRun
from tests.factories import comments, consultations, people, standards, summary_runs

pytestmark = pytest.mark.usefixtures("stopped_clock")


@pytest.fixture
def consultation(session):
    return consultations.opened(session)


@pytest.fixture
def standard(session, consultation):
    return standards.published(session, consultation)


def refusal(session, consultation):
    found = why_not_ask(session, consultation, summary_runs.parameters())
    return found.code if found else None


def test_somebody_of_the_team_asks_and_the_numbers_go_up(session, consultation, standard):
    moderator = people.member(session, consultation, role=Role.MODERATOR)
    first = summary_runs.stored(session, consultation, by=moderator)
    comments.published(session, standard)
    second = summary_runs.stored(session, consultation)
    assert [(run.number, run.asked_as, run.asked_by_id) for run in (first, second)] == [
        (1, Asker.MODERATOR, moderator.id),
        (2, Asker.ADMINISTRATOR, None),
    ]
    with pytest.raises(Refused):
        summary_runs.asked(session, consultation, by=people.member(session, consultation))


def test_one_at_a_time_and_not_twice_the_same(session, consultation, standard):
    run = summary_runs.asked(session, consultation)
    assert refusal(session, consultation) == "summary_waiting"
    summary_runs.finished(session, consultation, run)
    assert refusal(session, consultation) == "summary_same"
    assert why_not_ask(session, consultation, summary_runs.parameters(language="fr")) is None
    comments.published(session, standard)
    assert refusal(session, consultation) is None


def test_people_who_moved_are_counted_once_and_those_who_withdrew_as_one(session, consultation, standard):
    other = standards.published(session, consultation)
    early = [standards.position(session, standard) for _number in range(2)]
    run = summary_runs.stored(session, consultation)
    assert people_moved(session, consultation, run.ledger_entries) == 0
    voice = people.member(session, consultation)
    for where in (standard, other):
        standards.position(session, where, by=voice)
    assert people_moved(session, consultation, run.ledger_entries) == 1
    for position in early:
        by = session.get_one(Membership, position.membership_id)
        positions.withdraw(session, consultation, standard, by=by)
    assert people_moved(session, consultation, run.ledger_entries) == 2
    assert refusal(session, consultation) == "too_few_changes"
    for _number in range(3):
        standards.position(session, standard)
    assert refusal(session, consultation) is None


def test_where_no_tallies_are_shown_nothing_can_be_told_apart(session, consultation, standard):
    consultation.tallies_visible = TallyVisibility.AFTER_CLOSING
    summary_runs.stored(session, consultation)
    standards.position(session, standard)
    assert refusal(session, consultation) is None


def test_whoever_asked_is_forgotten_with_the_membership(session, consultation, standard):
    run = summary_runs.stored(session, consultation, by=people.member(session, consultation, role=Role.CHAIR))
    session.execute(delete(Membership).where(Membership.id == run.asked_by_id))
    session.expire_all()
    assert (session.get_one(SummaryRun, run.id).asked_by_id, run.asked_as) == (None, Asker.CHAIR)


def test_only_what_failed_is_begun_anew(session, consultation, standard):
    run = summary_runs.stored(session, consultation)
    for number, error in ((run.number, Refused), (9, NotFound)):
        with pytest.raises(error):
            actions.try_again(session, consultation, number, by=None, administrator=True)
    comments.published(session, standard)
    failed = summary_runs.asked(session, consultation)
    failed.state = RunState.FAILED
    actions.try_again(session, consultation, failed.number, by=None, administrator=True)
    assert summary_runs.finished(session, consultation, failed).state == RunState.DONE
