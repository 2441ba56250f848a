"""The section of opinion groups: the figures of the page, as data that can be hashed and written anywhere."""

import json
from dataclasses import asdict

import pytest
from sqlalchemy import delete, select

from app.analysis import groups
from app.models.consultations import Membership, StakeholderGroup
from app.models.positions import Position
from app.queries import consultations, opinions
from app.queries.people import ANYBODY
from app.reports.opinions_report import gather_opinions
from tests.analysis.voters import camps, noise
from tests.factories import consultations as making
from tests.factories import opinions as crowd

pytestmark = [pytest.mark.usefixtures("stopped_clock"), pytest.mark.sqlite]


@pytest.fixture(autouse=True)
def few_shuffles(monkeypatch):
    """Whether groups stand out from chance is tested elsewhere."""
    monkeypatch.setattr(groups, "SHUFFLES", 4)


def gathered(session, votes, width, groups=()):
    """The section and the page of a consultation with these positions; people speak from these groups by turns."""
    consultation = making.opened(session, slug="faces")
    members = crowd.positions(session, consultation, crowd.published(session, consultation, width), votes)
    frame = consultations.frame(session, "faces", ANYBODY)
    keys = [frame.groups[place].id for place in groups]
    for place, key in enumerate(members if keys else ()):
        session.get_one(Membership, key).group_id = keys[place % len(keys)]
    crowd.found(session, consultation)
    return gather_opinions(session, frame), opinions.page(session, frame)


def test_it_says_what_the_page_says(session):
    votes, shape, _camp = camps(0)
    votes[2][votes[1] == 0] = 1
    report, page = gathered(session, votes, shape[1], groups=(0, 1))
    assert (report.run, report.people, report.grouped) == (1, 68, 68)
    assert report.found_at == "2026-06-10T12:00:00+00:00"
    assert [(group.letter, group.people) for group in report.groups] == [("A", 34), ("B", 21), ("C", 13)]
    assert [line.standard for line in report.all_support] == [line.number for line in page.supported] != []
    assert sum(people for _letter, people, _x, _y in report.marks) == report.grouped
    assert report.observed > report.chance
    assert sum(line.people for line in report.cross) == report.people


def test_the_cross_table_counts_people_as_they_are(session):
    votes, shape, camp = camps(0, sizes=(40, 40))
    report, _page = gathered(session, votes, shape[1], groups=(0, 1))
    assert [len(line.opinion_groups) for line in report.cross] == [3, 3]
    for place, line in enumerate(report.cross):
        counted = [int(((camp == group)[place::2]).sum()) for group in (0, 1)]
        assert line.opinion_groups[:2] in (tuple(counted), (None, None))
        assert line.people == 40


def test_the_cross_table_goes_when_a_group_in_it_is_hidden_meanwhile(session):
    """All but four of the second group left after the groups were found."""
    votes, shape, _camp = camps(0, sizes=(40, 40))
    report, _page = gathered(session, votes, shape[1], groups=(0, 1))
    second = session.scalars(select(StakeholderGroup).order_by(StakeholderGroup.rank)).all()[1]
    members = session.scalars(select(Membership).where(Membership.group_id == second.id)).all()
    gone = [member.id for member in members[4:]]
    session.execute(delete(Position).where(Position.membership_id.in_(gone)))
    again = gather_opinions(session, consultations.frame(session, "faces", ANYBODY))
    assert {line.group for line in report.cross} > {second.key}
    assert (again.groups, again.cross) == (report.groups, ())


def test_it_is_plain_data_that_stays_the_same(session):
    votes, shape, _camp = camps(0)
    report, _page = gathered(session, votes, shape[1])
    again = gather_opinions(session, consultations.frame(session, "faces", ANYBODY))
    assert json.dumps(asdict(report), sort_keys=True) == json.dumps(asdict(again), sort_keys=True)
    assert hash(report) == hash(again)


def test_where_there_are_no_groups_everybody_is_one(session):
    votes, shape = noise(0)
    report, _page = gathered(session, votes, shape[1])
    assert (report.groups, report.marks, report.cross) == ((), (), ())
    assert report.observed is None or report.observed <= report.chance


def test_without_a_run_there_is_no_section(session, count_statements):
    consultation = making.opened(session, slug="faces")
    frame = consultations.frame(session, "faces", ANYBODY)
    assert gather_opinions(session, frame) is None
    crowd.found(session, consultation)
    session.query(Position).delete()
    with count_statements() as statements:
        assert gather_opinions(session, frame) is None
    assert len(statements) <= 2
