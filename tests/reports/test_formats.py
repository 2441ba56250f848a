"""One document, the same figures in every format, the same bytes for the same data, and nothing that runs."""

import csv
import hashlib
import io
import json
import re
import zipfile
from dataclasses import replace

import openpyxl
import pytest

from app import clock, language
from app.reports.document import Document, fingerprint_of
from app.reports.formats import FORMATS
from app.reports.gather import gather
from tests.factories import summaries
from tests.factories.viewers import frame
from tests.gauges import NOON

pytestmark = [pytest.mark.sqlite, pytest.mark.usefixtures("stopped_clock")]
NAMES = {"wrongly": "People wrongly identified", "scanned": "People scanned or watched"}
SMALL_NAMES = ("Researchers", "Makers and vendors")
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "\r=1+1", "  =1+1", "=cmd|'/c calc'!A0")


@pytest.fixture(scope="module")
def document(sqlite) -> Document:
    """Gathered once: it is immutable, and nobody looks at the database behind it."""
    with clock.stop_at(NOON), sqlite.undone() as session:
        return gather(session, frame(session, summaries.told(session)))


def rendered(document: Document, name: str) -> bytes:
    return FORMATS[name].render(document)


def from_json(document) -> dict:
    return json.loads(rendered(document, "json"))


def from_csv(document, table: str) -> list[dict[str, str]]:
    with zipfile.ZipFile(io.BytesIO(rendered(document, "csv"))) as archive:
        return list(csv.DictReader(io.StringIO(archive.read(f"{table}.csv").decode("utf-8-sig"), newline="")))


def from_xlsx(document, number: int) -> list[dict[str, object]]:
    """The rows of the sheet with this number, in the order of the tables."""
    sheet = openpyxl.load_workbook(io.BytesIO(rendered(document, "xlsx"))).worksheets[number]
    header, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def from_html(document) -> dict[str, str]:
    """The first table of positions by group: the words beside each bar, by the name of the group."""
    page = rendered(document, "html").decode()
    table = page.split("Positions of people on standard 1 by group, version 1</caption>")[1].split("</table>")[0]
    rows = re.findall(r'<th scope="row">(.*?)</th>.*?<small>(.*?)</small></td></tr>', table, re.DOTALL)
    return {re.sub(r"<.*?>|[(].*", "", name).strip(): words for name, words in rows}


def test_the_same_positions_stand_in_every_format(document):
    in_json = {line["group"]: line for line in from_json(document)["standards"][0]["by_group"]}
    in_csv = {line["group"]: line for line in from_csv(document, "positions") if line["standard"] == "1"}
    in_xlsx = {line["group"]: line for line in from_xlsx(document, 3) if line["standard"] == 1}
    in_html = from_html(document)
    names = ("support", "support_with_reservations", "abstain", "object")
    for key, counts in summaries.SHOWN.items():
        expected = dict(zip(names, counts, strict=True))
        assert in_json[key]["positions"] == {**expected, "n": sum(counts)}
        assert {name: int(in_csv[NAMES[key]][name]) for name in names} == expected
        assert {name: in_xlsx[NAMES[key]][name] for name in names} == expected
        told = "{} support, {} with reservations, {} abstain, {} object.".format(*counts)
        assert in_html[NAMES[key]].startswith(f"{sum(counts)} positions. {told}")


def test_the_same_totals_stand_in_every_format(document):
    first = from_json(document)["standards"][0]
    totals = {"support": 13, "support_with_reservations": 3, "abstain": 5, "object": 3, "n": 24}
    assert first["positions"] == totals
    for rows in (from_csv(document, "standards"), from_xlsx(document, 2)):
        assert {name: int(rows[0][name]) for name in totals} == totals
    everybody = [line for line in from_csv(document, "positions") if line["group"] == "All people"]
    assert [int(everybody[0][name]) for name in totals] == list(totals.values())
    assert "13 support, 3 with reservations, 5 abstain, 3 object." in rendered(document, "html").decode()


def test_the_same_state_and_moderation_stand_in_every_format(document):
    data = from_json(document)
    for number in (0, 1):
        state = data["standards"][number]["consensus_state"]
        assert from_csv(document, "standards")[number]["consensus_state"] == state
        assert from_xlsx(document, 2)[number]["consensus_state"] == state
    in_csv = {line["figure"]: int(line["count"]) for line in from_csv(document, "moderation")}
    assert in_csv == {line["figure"]: line["count"] for line in from_xlsx(document, 7)} == data["moderation"]


def test_a_small_group_has_no_number_in_any_format(document):
    data = from_json(document)
    hidden = [line for line in data["standards"][0]["by_group"] if line["group"] in summaries.SMALL]
    assert hidden == [{"group": key, "heard": False, "suppressed": True} for key in summaries.SMALL]
    voices = {line["group"]: line for line in data["participation"]}
    assert all(voices[key].get("suppressed") and "people" not in voices[key] for key in summaries.SMALL)
    for rows in (from_csv(document, "positions"), from_xlsx(document, 3)):
        for line in (line for line in rows if line["group"] in SMALL_NAMES):
            assert line["shown"] == "no"
            assert not [value for name, value in line.items() if name not in ("standard", "group", "shown") and value]
    unheard = "Not yet heard. Fewer than 5 voices so far."
    assert [from_html(document)[name] for name in SMALL_NAMES] == [unheard] * 2
    for rows in (from_csv(document, "participation"), from_xlsx(document, 1)):
        assert not [line["people"] for line in rows if line["group"] in SMALL_NAMES and line["people"]]


def test_one_organisation_is_in_no_table(document):
    assert from_json(document)["standards"][0]["organisations"] is None
    assert "Organisations" not in {line["group"] for line in from_csv(document, "positions")}
    assert "counted apart" not in rendered(document, "html").decode()


def test_a_minority_of_one_is_printed_without_its_group(document):
    [lone] = [line for line in from_json(document)["standards"][0]["minority"] if line["text"] == summaries.LONE_REASON]
    assert (lone["group"], lone["would_change"]) == ("", "An audit by somebody else.")
    for rows in (from_csv(document, "minority"), from_xlsx(document, 4)):
        assert [line["group"] or "" for line in rows if line["text"] == summaries.LONE_REASON] == [""]
    assert f"<p>{summaries.LONE_REASON}</p>" in rendered(document, "html").decode()


@pytest.mark.parametrize("name", ["csv", "xlsx"])
def test_no_archive_knows_when_it_was_made(document, name):
    with zipfile.ZipFile(io.BytesIO(rendered(document, name))) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}


def test_the_fingerprint_is_recomputed_without_the_application(document):
    data = from_json(document)
    claimed = data.pop("fingerprint")
    written = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    assert hashlib.sha256(written).hexdigest() == claimed == document.fingerprint
    assert fingerprint_of({**data, "fingerprint": "whatever it claims"}) == claimed
    assert claimed in rendered(document, "html").decode()
    assert {line["fact"]: line["value"] for line in from_csv(document, "about")}["fingerprint"] == claimed


def test_any_change_changes_the_fingerprint(document):
    data = from_json(document)
    data["standards"][0]["positions"]["support"] += 1
    assert fingerprint_of(data) != document.fingerprint


def test_the_fingerprint_knows_no_language(session):
    consultation = summaries.told(session)
    english = gather(session, frame(session, consultation))
    before = language._current.set("fr")
    try:
        french = gather(session, frame(session, consultation))
        assert french.fingerprint == english.fingerprint
        assert rendered(french, "json") == rendered(english, "json")
    finally:
        language._current.reset(before)


def dangerous(document: Document, written: str) -> Document:
    """The document with this text wherever somebody may have typed it."""
    standard = document.standards[0]
    comments = tuple(replace(comment, text=written, author=written) for comment in standard.comments)
    minority = tuple(replace(lone, text=written, would_change=written) for lone in standard.minority)
    reasons = tuple(replace(argument, text=written, author=written) for argument in standard.arguments_for)
    typed = replace(
        standard, title=written, enforcement=written, comments=comments, minority=minority, arguments_for=reasons
    )
    about = replace(document.consultation, title=written, asked_by=written)
    return replace(document, standards=(typed,), consultation=about)


@pytest.mark.parametrize("written", FORMULAS)
def test_no_cell_is_a_formula(document, written):
    changed = dangerous(document, written)
    with zipfile.ZipFile(io.BytesIO(rendered(changed, "csv"))) as archive:
        for name in archive.namelist():
            rows = list(csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig"), newline="")))
            cells = [cell for row in rows for cell in row]
            assert not [cell for cell in cells if cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))]
    workbook = openpyxl.load_workbook(io.BytesIO(rendered(changed, "xlsx")))
    kinds = {cell.data_type for sheet in workbook for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    assert workbook.worksheets[2]["B2"].value.endswith(written.strip())


def test_a_page_shows_markup_as_it_was_typed(document):
    page = rendered(dangerous(document, "<script>alert(1)</script>"), "html").decode()
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_text_longer_than_a_cell_is_split_and_lost_nowhere(document):
    long = "x" * 40_000
    rows = from_xlsx(dangerous(document, long), 2)
    assert "".join(row["title"] for row in rows if row["title"]) == long
