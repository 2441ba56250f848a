"""A printed report: right by the checkers, readable in every language, the same bytes always, and nothing that runs."""

import io
import itertools
import threading
from dataclasses import replace
from datetime import UTC, datetime

import page
import pytest
import typst
from pypdf import PdfReader

from app.reports.blocks import Picture, Quotation, Section, words
from app.reports.formats import pdf, press, typesetting
from tests.factories import reports
from tests.unpacking import pages

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
# The checker takes a last byte 0D of a stream for the beginning of the line end behind it.
FALSE_ALARMS = {"PDFA2A-STREAM-LENGTH-001"}


def printed(language: str = "en", **changed) -> bytes:
    return pdf.render_report(replace(reports.report(language), **changed), created=NOON)


def read(file: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(file))


def said(file: bytes) -> str:
    """Every word of a file without the spaces, which a line end may have swallowed."""
    return "".join("".join(pages(file)).split())


def faults(file: bytes, profile: str) -> set[tuple[str, str]]:
    found = {(one.rule_id, one.message) for one in page.validate_pdf_bytes(file, profile=profile).failures}
    return {(rule, message) for rule, message in found if rule not in FALSE_ALARMS}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_kind_of_block_keeps_to_the_standards_for_accessible_and_lasting_files(language):
    file = printed(language)
    assert faults(file, "ua1") == set()
    assert faults(file, "2a") == set()
    catalog = read(file).trailer["/Root"]
    assert (catalog["/Lang"], catalog["/MarkInfo"]["/Marked"]) == (language, True)
    assert read(file).metadata.title == reports.SENTENCES[language]


def test_the_same_report_gives_the_same_bytes_in_another_process_too(monkeypatch):
    file = printed()
    assert file == printed() != printed(title="Another")
    monkeypatch.setattr(typesetting, "SMALL", 0)
    monkeypatch.setattr(typesetting, "_here", None)
    assert printed() == file


def test_a_typesetter_that_stops_says_why(monkeypatch):
    monkeypatch.setattr(typesetting, "SMALL", 0)
    monkeypatch.setattr(press, "__file__", "/nowhere.py")
    with pytest.raises(RuntimeError, match="nowhere"):
        printed()


@pytest.mark.parametrize("language", [*reports.SENTENCES, *reports.OTHERS])
def test_no_sentence_of_any_language_loses_a_letter(language):
    """Letters alone: the reader of files knows neither the order of what runs from right to left nor joined letters."""
    quotation = reports.quotation(language)
    file = printed(sections=(Section("only", "1", (quotation,)),))
    assert letters(quotation.text) <= letters(said(file))


def letters(text: str) -> set[str]:
    return {sign for sign in text if sign.isalpha()}


def test_a_sign_that_no_font_has_is_a_box():
    assert "□□" in said(printed())


def test_what_people_wrote_is_never_markup():
    text = said(printed())
    assert '#import"x";$x$*notbold*<b>' in text


def test_what_no_font_joins_is_printed_without_the_mark_of_the_standards():
    strange = Quotation("a\u0654\u0903\u3099 and é\u064b", "en", words("Somebody"))
    file = printed(sections=(Section("only", "Only this", (strange,)),))
    assert "Onlythis" in said(file)


def links(file: bytes) -> list[dict]:
    return [one.get_object() for sheet in read(file).pages for one in sheet.get("/Annots", [])]


def addresses(file: bytes) -> set[str]:
    return {str(link["/A"]["/URI"]) for link in links(file) if "/URI" in link.get("/A", {})}


def test_links_lead_to_addresses_and_places_and_never_nowhere():
    file = printed()
    assert {"https://site.example/consultations/faces", "https://example.org/a?b=1&c=2"} <= addresses(file)
    assert not [address for address in addresses(file) if "nowhere" in address]
    assert [link for link in links(file) if "/Dest" in link or link.get("/A", {}).get("/S") == "/GoTo"]
    assert addresses(printed(address="")) == {"https://example.org/a?b=1&c=2"}


def test_bookmarks_are_the_headings_and_skip_no_level():
    def depths(outline, depth=1):
        for entry in outline:
            if isinstance(entry, list):
                yield from depths(entry, depth + 1)
            else:
                yield depth, entry.title

    found = list(depths(read(printed()).outline))
    assert (1, "On one page") in found
    assert (2, "Standard 2") in found
    assert (3, "Text") in found
    assert all(after[0] <= before[0] + 1 for before, after in itertools.pairwise(found))


def test_a_table_over_two_pages_repeats_its_head_and_pages_are_numbered():
    file = pdf.render_report(reports.report(rows=60), created=NOON)
    texts = pages(file)
    with_rows = [text for text in texts if "Group 1:" in text or "Group 59:" in text]
    assert len(with_rows) == 2
    assert all("Stakeholder group" in text for text in with_rows)
    assert f"2 / {len(texts)}" in texts[1]
    assert "1 /" not in texts[0]


def test_a_picture_that_decorates_has_no_words():
    silent = Picture(reports.bar(40).svg, 220, 22)
    table = replace(reports.grid(0), heads=reports.grid(0).heads[:2], rows=((words("A"), silent),))
    file = printed(sections=(Section("only", "Only this", (table,)),))
    assert faults(file, "ua1") == set()
    assert "/Figure" not in kinds(file)
    assert "/Figure" in kinds(printed())


def kinds(file: bytes) -> set[str]:
    """What the tags of a file call its parts."""

    def named(node):
        if isinstance(node := node.get_object(), dict):
            yield str(node.get("/S"))
            inside = node.get("/K", [])
            for one in inside if isinstance(inside, list) else [inside]:
                yield from named(one)

    return set(named(read(file).trailer["/Root"]["/StructTreeRoot"]))


def test_a_press_that_fails_leaves_nothing_running():
    running = threading.active_count()
    with pytest.raises(typst.TypstError):
        press._work({"template": "pictures.typ", "dots": 96}, "not a list of pictures")
    assert threading.active_count() == running
