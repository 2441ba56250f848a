"""What a summary says of outcomes, objections and resolved comments, the same in every format."""

import pytest

from app.actions import dispositions, objections
from app.models.consultations import Role
from app.models.dispositions import DispositionKind
from app.models.objections import StepKind
from app.reports.gather import gather
from tests.factories import comments, consultations, people, standards
from tests.factories import objections as making
from tests.factories import outcomes as stating
from tests.factories.viewers import frame
from tests.reports.test_objections import TELLING, saying

pytestmark = pytest.mark.usefixtures("stopped_clock")


@pytest.fixture
def consultation(session):
    return consultations.opened(session)


@pytest.fixture
def standard(session, consultation):
    return standards.published(session, consultation)


def test_the_whole_way_is_in_every_format_but_not_what_was_confided(session, consultation, standard):
    chair = making.chair(session, consultation)
    objector = people.member(session, consultation)
    objection = making.answered(session, making.raised(session, standard, by=objector), by=chair)
    reply = {"by": objector, "kind": StepKind.NOT_SATISFIED, "words": "A confidedreply."}
    objections.reply(session, consultation, objection, **reply)
    making.decided(session, objection, by=making.chair(session, consultation, role=Role.DEPUTY))
    comment = comments.published(session, standard)
    comments.published(session, standard)
    given = {"by": chair, "kind": DispositionKind.NOTED, "reason": "Nothing was asked for."}
    dispositions.give(session, consultation, comment, **given)
    stating.stated(session, standard, by=chair)
    report = gather(session, frame(session, consultation)).standards[0]
    assert (report.outcome, report.stated_by, report.outcome_reasons) == (
        "adopted",
        chair.display_name,
        stating.REASONS,
    )
    [line] = report.objections
    assert [step.step for step in line.steps] == ["answer", "not_satisfied", "overruled"]
    assert (line.steps[0].text, line.steps[1].text, line.steps[1].by) == (making.WHY_NOT, "", "")
    assert report.dispositions == {"noted": 1, "open": 1}
    assert {line.id: line.disposition for line in report.comments}[comment.id] == "noted"
    for word in (stating.REASONS, making.WHY_NOT, "Both sides were weighed here."):
        assert saying(word, session, consultation) == TELLING, word
    assert saying("confidedreply", session, consultation) == set()


def test_an_objection_whose_reason_is_not_published_has_no_way(session, consultation, standard):
    making.raised(session, standard, published=False)
    report = gather(session, frame(session, consultation)).standards[0]
    assert report.objections == ()
    assert report.outcome == ""
