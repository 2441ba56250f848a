"""The moderation queue: the oldest first, late ones counted, only what one reviews."""

import pytest

from app.errors import NotFound
from app.models.consultations import Identity, Role
from app.models.moderation import Action, Cause
from app.queries import moderation as cases
from app.queries import queue as queries
from app.queries.queue_filters import Filters
from tests.factories import comments, consultations, crowds, moderation, people, standards
from tests.factories.viewers import viewer

pytestmark = pytest.mark.usefixtures("stopped_clock")


@pytest.fixture
def consultation(session):
    return consultations.opened(session, slug="faces")


@pytest.fixture
def reader(session, consultation):
    return viewer(consultations.moderators(session, consultation)[0])


def contributions(queue) -> list[int]:
    return [line.contribution.id for line in queue.lines]


def test_the_oldest_comes_first_and_late_ones_are_counted(session, consultation, reader, stopped_clock):
    standard = standards.published(session, consultation)
    made = []
    for hours in (0, 3, 46):
        stopped_clock.forward(hours=hours)
        made.append(comments.pending(session, standard).id)
    found = queries.queue(session, reader, Filters())
    assert (contributions(found), found.waiting, found.late) == (made, 3, 1)
    assert [line.late for line in found.lines] == [True, False, False]
    assert found.oldest.total_seconds() == 49 * 3600


def test_one_reviews_what_one_moderates(session, consultation, reader):
    waiting = comments.pending(session, standards.published(session, consultation))
    case = moderation.open_case(session, waiting)
    elsewhere = consultations.opened(session)
    strangers = [viewer(consultations.moderators(session, elsewhere)[0]), viewer(None)]
    strangers += [
        viewer(people.member(session, consultation, role=role)) for role in (Role.PARTICIPANT, Role.POLICYMAKER)
    ]
    for stranger in strangers:
        assert queries.queue(session, stranger, Filters()).lines == ()
        with pytest.raises(NotFound):
            cases.case_page(session, stranger, case.id)
    assert cases.case_page(session, reader, case.id).contribution.id == waiting.id
    for nowhere in (0, 2**63, 10**30):
        with pytest.raises(NotFound):
            cases.case_page(session, reader, nowhere)


def test_what_is_decided_leaves_the_queue(session, consultation, reader):
    comment = comments.pending(session, standards.published(session, consultation))
    case = moderation.open_case(session, comment)
    moderation.decide(session, comment, Action.RETURN)
    assert queries.queue(session, reader, Filters()).lines == ()
    page = cases.case_page(session, reader, case.id)
    assert page.why_not_decide.code == "case_closed"
    assert [(line.decision.action, line.moderator) for line in page.decisions] == [(Action.RETURN, "Amara N.")]


def test_filters_narrow_and_counts_stay(session, consultation, reader):
    standard = standards.published(session, consultation)
    affected = comments.pending(session, standard, by=people.member(session, consultation, group="wrongly"))
    other = comments.pending(session, standard, by=people.member(session, consultation, group="makers"))
    proposal = standards.pending(session, consultation, by=people.member(session, consultation, group="makers"))
    for wanted, expected in (
        (Filters(group="affected"), [affected.id]),
        (Filters(kind="standard_version"), [proposal.id]),
        (Filters(kind="comment"), [affected.id, other.id]),
        (Filters(cause=Cause.FIRST.value), [affected.id, other.id]),
        (Filters(consultation="elsewhere"), []),
        (Filters(kind="no such kind"), [affected.id, other.id, proposal.id]),
    ):
        found = queries.queue(session, reader, wanted)
        assert (contributions(found), found.waiting) == (expected, 3), wanted
    assert (found.affected, dict(found.kinds), dict(found.consultations)) == (
        1,
        {"comment": 2, "standard_version": 1},
        {"faces": 3},
    )


def test_a_long_queue_goes_on(session, consultation, reader):
    standard = standards.published(session, consultation)
    crowds.cases(session, standard, people.member(session, consultation), 65)
    seen, after = [], 0
    while after is not None:
        page = queries.queue(session, reader, Filters(after=after))
        seen += contributions(page)
        assert (page.waiting, page.matching) == (65, 65)
        after = page.next_after
    assert len(seen) == len(set(seen)) == 65


def test_nobody_confidential_is_named_and_ones_own_is_marked(session, consultation, reader):
    standard = standards.published(session, consultation)
    own = comments.pending(session, standard, by=consultations.moderators(session, consultation)[0])
    hidden = people.member(session, consultation, name="Zed", identity=Identity.CONFIDENTIAL)
    comments.pending(session, standard, by=hidden)
    lines = {line.contribution.id: line for line in queries.queue(session, reader, Filters()).lines}
    assert [line.own for line in lines.values()] == [key == own.id for key in lines]
    assert "Zed" not in {line.author_name for line in lines.values()}
    case = moderation.open_case(session, own)
    assert cases.case_page(session, reader, case.id).why_not_decide.code == "own_item"
    following = queries.next_case(session, reader, after=case)
    assert following not in (None, case.id)
    last = cases.case_page(session, reader, following).case
    assert queries.next_case(session, reader, after=last) is None  # the other one is the reader's own
