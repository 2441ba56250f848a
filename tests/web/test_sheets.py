"""Taking the commenting sheet away and bringing it back, at the pages."""

import io

import pytest
from sqlalchemy import func, select

from app.models.comments import Comment
from tests.factories import comments
from tests.factories import objections as making
from tests.importers.test_iso_sheet import FOREIGN, cells, workbook
from tests.web.desk import browser, words_of

pytestmark = pytest.mark.usefixtures("stopped_clock")
PAGE = "/chair/faces/comments/import"


@pytest.fixture
def desk(app, session, consultation, standard):
    return browser(app, session, making.chair(session, consultation))


def token(desk) -> str:
    return words_of(desk.get(PAGE)).split('name="csrf_token" value="')[-1].split('"')[0]


def send(desk, content: bytes, **values):
    data = {"csrf_token": token(desk), "file": (io.BytesIO(content), "ours.xlsx"), **values}
    return desk.post(PAGE, data=data, content_type="multipart/form-data")


def count(session) -> int:
    found = session.scalar(select(func.count()).select_from(Comment))
    session.commit()
    return found


def test_a_sheet_is_shown_before_anything_is_stored(session, desk):
    shown = words_of(send(desk, workbook(FOREIGN, ("DE", "", "9", "", "ge", "Lost.", "", ""))))
    assert "What ours.xlsx would do" in shown
    assert "Row 3: There is no standard 9 here." in shown
    assert count(session) == 0
    kept = shown.split('name="sheet" value="')[1].split('"')[0]
    answer = desk.post(PAGE, data={"csrf_token": token(desk), "sheet": kept, "name": "ours.xlsx", "do": "import"})
    assert "What ours.xlsx did" in words_of(answer)
    assert count(session) == 1


@pytest.mark.sqlite
def test_what_cannot_be_read_gets_a_sentence(session, desk):
    for content in (b"", b"nonsense"):
        assert "The file cannot be read as an XLSX workbook." in words_of(send(desk, content))
    for sheet in ("", "%%%", "AAAA"):
        data = {"csrf_token": token(desk), "sheet": sheet, "do": "import"}
        assert desk.post(PAGE, data=data).status_code == 422
    assert "Choose the file of the sheet." in words_of(desk.post(PAGE, data={"csrf_token": token(desk)}))
    assert count(session) == 0


def test_the_sheet_is_taken_away_whole_or_by_standard(app, session, standard, me, desk):
    comments.published(session, standard, body="Ask a judge.")
    session.commit()
    for address in ("/chair/faces/comments.xlsx", "/chair/faces/comments.xlsx?standard=1"):
        answer = desk.get(address)
        assert answer.status_code == 200
        assert cells(answer.data)[1][5].endswith("Ask a judge.")
    assert desk.get("/chair/faces/comments.xlsx?standard=7").status_code == 404
    mine = browser(app, session, me)
    for address in (PAGE, "/chair/faces/comments.xlsx"):
        assert mine.get(address).status_code == 404
