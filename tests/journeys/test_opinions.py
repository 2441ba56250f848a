"""The opinion page has no barrier, wide and narrow, light and dark."""

import pytest

from tests.analysis.voters import camps
from tests.factories import consultations
from tests.factories import opinions as crowd

PAGE = "/consultations/faces/opinions"


@pytest.fixture
def filled(database):
    """A consultation in which people stand in five camps and agree on two things."""
    with database.write() as session:
        consultation = consultations.opened(session, slug="faces")
        votes, shape, _camp = camps(4, sizes=(60, 45, 40, 38, 30))
        votes[2][votes[1] < 2] = 1
        crowd.positions(session, consultation, crowd.published(session, consultation, shape[1]), votes)
        crowd.found(session, consultation)
        session.commit()


@pytest.mark.usefixtures("filled")
def test_the_map_has_no_barrier(browser, barriers):
    browser.goto(PAGE)
    assert browser.locator("svg.map path[class^='g-']").count() >= 2
    assert barriers(PAGE) == []
