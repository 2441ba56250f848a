"""What is late is passed on once, by the calendar, and only while it waits."""

from datetime import timedelta

import pytest

from app.actions import limits
from app.events import AppealLate, CaseLate
from app.models.appeals import AppealOutcome
from app.models.moderation import Action
from app.rules.moderation import PROMISED
from tests.factories import comments, consultations, moderation, standards
from tests.factories.viewers import history

pytestmark = pytest.mark.usefixtures("stopped_clock")


@pytest.fixture
def consultation(session):
    return consultations.opened(session)


@pytest.fixture
def standard(session, consultation):
    return standards.published(session, consultation)


def test_a_case_is_passed_on_once_when_its_time_is_over(session, consultation, standard, stopped_clock):
    case = moderation.open_case(session, comments.pending(session, standard))
    stopped_clock.forward(seconds=PROMISED.total_seconds())
    assert limits.late_cases(session, stopped_clock.now) == []
    assert not limits.pass_on_case(session, case.id)
    stopped_clock.forward(seconds=1)
    assert limits.late_cases(session, stopped_clock.now) == [case.id]
    assert [limits.pass_on_case(session, case.id) for _ in range(3)] == [True, False, False]
    assert (limits.late_cases(session, stopped_clock.now), case.late_at) == ([], stopped_clock.now)
    assert [event.case_id for event in history(session, consultation, CaseLate)] == [case.id]


def test_a_case_that_was_decided_meanwhile_is_not_passed_on(session, consultation, standard, stopped_clock):
    item = comments.pending(session, standard)
    case = moderation.open_case(session, item)
    stopped_clock.forward(days=3)
    moderation.decide(session, item)
    assert limits.late_cases(session, stopped_clock.now) == []
    assert not limits.pass_on_case(session, case.id)
    assert history(session, consultation, CaseLate) == []


def test_an_appeal_is_passed_on_once_after_fourteen_days(session, consultation, standard, stopped_clock):
    item = comments.pending(session, standard)
    moderation.decide(session, item, Action.DECLINE)
    appeal = moderation.appealed(session, item)
    stopped_clock.forward(days=14)
    assert (limits.late_appeals(session, stopped_clock.now), limits.pass_on_appeal(session, appeal.id)) == ([], False)
    stopped_clock.forward(seconds=1)
    assert limits.late_appeals(session, stopped_clock.now) == [appeal.id]
    assert [limits.pass_on_appeal(session, appeal.id) for _ in range(3)] == [True, False, False]
    assert [event.appeal_id for event in history(session, consultation, AppealLate)] == [appeal.id]
    moderation.heard(session, appeal)  # late, but heard


def test_an_appeal_that_was_answered_is_not_passed_on(session, standard, stopped_clock):
    item = comments.pending(session, standard)
    moderation.decide(session, item, Action.DECLINE)
    appeal = moderation.heard(session, moderation.appealed(session, item), outcome=AppealOutcome.STANDS)
    stopped_clock.forward(days=15)
    assert (limits.late_appeals(session, stopped_clock.now), limits.pass_on_appeal(session, appeal.id)) == ([], False)


def test_only_redactions_have_an_original_to_delete(session, standard, stopped_clock):
    for action in (Action.DECLINE, Action.RETURN, Action.NOTE):
        moderation.decide(session, comments.pending(session, standard), action)
    assert limits.originals_to_delete(session, stopped_clock.now + timedelta(days=400)) == []
