"""The commenting sheet as a form of the summary: what it says, and that it comes back."""

import pytest

from app.reports import iso_sheet as desk
from app.reports.formats import FORMATS, iso
from app.reports.gather import gather
from app.rules.sheets import HEADER
from tests.factories import consultations, standards
from tests.factories import objections as making
from tests.factories.viewers import frame
from tests.importers.test_iso_sheet import FOREIGN, bring, cells, filled, workbook

pytestmark = pytest.mark.usefixtures("stopped_clock")


@pytest.fixture
def consultation(session):
    return consultations.opened(session)


@pytest.fixture
def standard(session, consultation):
    return standards.published(session, consultation)


@pytest.fixture
def chair(session, consultation):
    return making.chair(session, consultation)


def exported(session, consultation) -> bytes:
    return FORMATS["iso"].render(gather(session, frame(session, consultation)))


def test_it_says_what_the_sheet_at_the_desk_says(session, consultation, standard, chair):
    filled(session, consultation, standard, chair)
    bring(session, consultation, workbook(FOREIGN), chair)
    found = iso.lines(gather(session, frame(session, consultation)))
    [plain] = [line for line in found if line.comment.endswith("] Ask a judge\nfirst.")]
    assert plain.observation == "Accepted with modification (version 1): Clause 1: it says so."
    ours, theirs = (
        cells(exported(session, consultation)),
        cells(desk.render(desk.lines(session, frame(session, consultation)))),
    )
    assert ours[0] == HEADER
    assert [row[:5] + row[6:] for row in ours] == [row[:5] + row[6:] for row in theirs]
    different = [row[5] for row, other in zip(ours, theirs, strict=True) if row != other]
    assert different == [plain.comment]  # the only one with marks of Markdown


def test_it_comes_back_and_doubles_nothing(session, consultation, standard, chair):
    filled(session, consultation, standard, chair)
    file = exported(session, consultation)
    again = bring(session, consultation, file, chair)
    assert (again.added, again.known, again.resolved, again.skipped) == (0, 5, 0, [])
    copy = consultations.opened(session)
    standards.published(session, copy)
    done = bring(session, copy, file, making.chair(session, copy))
    assert (done.added, done.resolved, done.skipped, done.kept) == (5, 3, [], [])
    assert cells(exported(session, copy)) == cells(file)


def test_nothing_that_is_not_published_is_on_it(session, consultation, standard, chair):
    filled(session, consultation, standard, chair)
    text = str(cells(exported(session, consultation)))
    assert "The gist." in text
    for word in ("hushed", "pendingword"):
        assert word not in text
