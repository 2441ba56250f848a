"""A report for word processors: real styles, captions, fields and links, in both directions, the same bytes always."""

import io
import itertools
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import docx
import pytest
from docx.oxml.ns import qn

from app.reports.blocks import Paragraph, Section, words
from app.reports.formats import docx as form
from app.reports.formats import typesetting
from app.reports.pictures import svg
from tests.factories import reports

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


def written(language: str = "en", **changed) -> bytes:
    return form.render_report(replace(reports.report(language), **changed), created=NOON)


def opened(file: bytes):
    return docx.Document(io.BytesIO(file))


@pytest.fixture(scope="module")
def english():
    return opened(written())


def all_of(document, name: str) -> list:
    return list(document.element.body.iter(qn(name)))


def test_the_same_report_gives_the_same_bytes():
    file = written()
    assert file == written() != written(title="Another")
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in archive.namelist() if "thumbnail" in name or "customXml" in name]


def test_it_says_what_it_is_and_names_nobody(english):
    about = english.core_properties
    assert (about.author, about.last_modified_by, about.language) == ("Standpoint", "Standpoint", "en")
    assert (about.title, about.subject) == (reports.SENTENCES["en"], "Summary for policymakers")
    assert about.created == about.modified == NOON
    assert about.comments == ""


def test_headings_are_headings_and_skip_no_level(english):
    levels = [int(one.style.name[-1]) for one in english.paragraphs if one.style.name.startswith("Heading")]
    assert levels[0] == 1
    assert {1, 2, 3} == set(levels)
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    names = {one.style.name for one in english.paragraphs}
    assert {"Title", "Subtitle", "Caption", "Quote", "Quote Source", "List Bullet", "Clause", "Notice"} <= names


def test_tables_repeat_their_head_and_have_row_heads_and_captions(english):
    tables = [table for table in english.tables if table.style.name == "Figures"]
    assert len(tables) == 4
    for table in tables:
        head, *rows = table._tbl.tr_lst
        assert head.trPr.find(qn("w:tblHeader")) is not None
        assert not [row for row in rows if row.trPr.find(qn("w:tblHeader")) is not None]
        assert table._tbl.tblPr.find(qn("w:tblLook")).get(qn("w:firstColumn")) == "1"
    captions = [one for one in english.paragraphs if one.style.name == "Caption"]
    texts = ["".join(text.text for text in one._p.iter(qn("w:t"))) for one in captions]
    assert texts[:2] == ["Table 1. Positions by group", "Figure 1. Support"]
    fields = [one.get(qn("w:instr")).split()[0] for caption in captions for one in caption._p.iter(qn("w:fldSimple"))]
    assert fields == ["SEQ"] * len(captions)


def test_between_two_tables_there_is_always_a_paragraph(english):
    kinds = [element.tag for element in english.element.body]
    assert (qn("w:tbl"), qn("w:tbl")) not in list(itertools.pairwise(kinds))


def test_every_link_leads_somewhere(english):
    names = {one.get(qn("w:name")) for one in all_of(english, "w:bookmarkStart")}
    numbers = [one.get(qn("w:id")) for one in all_of(english, "w:bookmarkStart")]
    links = all_of(english, "w:hyperlink")
    inside = {one.get(qn("w:anchor")) for one in links if one.get(qn("w:anchor"))}
    outside = {english.part.rels[one.get(qn("r:id"))].target_ref for one in links if one.get(qn("r:id"))}
    assert inside <= names
    assert len(numbers) == len(set(numbers))
    assert {"https://site.example/consultations/faces", "https://example.org/a?b=1&c=2"} <= outside
    assert not [address for address in outside if "nowhere" in address]


def test_the_contents_are_a_field_that_is_filled(english):
    instructions = [one.text.strip() for one in all_of(english, "w:instrText")]
    assert instructions == ['TOC \\o "1-2" \\h \\z']
    listed = [one.text.strip() for one in english.paragraphs if one.style.name.lower().startswith("toc ")]
    headings = [one.text for one in english.paragraphs if one.style.name in ("Heading 1", "Heading 2")]
    assert listed[1:] == headings
    kinds = [one.get(qn("w:fldCharType")) for one in all_of(english, "w:fldChar")]
    assert kinds == ["begin", "separate", "end"]


def test_pages_are_numbered_but_the_first(english):
    section = english.sections[0]
    fields = [one.get(qn("w:instr")).strip() for one in section.footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert section.footer.paragraphs[0].text.startswith("Summary for policymakers: facial recognition")
    assert section.different_first_page_header_footer


def test_pictures_have_their_words_are_kept_once_and_say_when_they_decorate(english):
    pictures = all_of(english, "wp:docPr")
    described = {one.get("descr") for one in pictures}
    assert {"0 of 100 approve", "40 of 100 approve"} <= described
    decorative = [one for one in pictures if "decorative" in "".join(child.tag for child in one.iter())]
    assert {one.get("descr") for one in decorative} == {""}
    assert len(pictures) > len({one.get(qn("r:embed")) for one in all_of(english, "a:blip")})


def test_a_report_from_right_to_left_runs_that_way():
    arabic = opened(written("ar"))
    assert arabic.styles["Normal"].element.pPr.find(qn("w:bidi")) is not None
    assert all(table._tbl.tblPr.find(qn("w:bidiVisual")) is not None for table in arabic.tables)
    quotes = {one.text: one for one in arabic.paragraphs if one.style.name == "Quote"}
    french = quotes[reports.SENTENCES["fr"]]
    assert french._p.pPr.find(qn("w:bidi")).get(qn("w:val")) == "0"
    [run] = french.runs
    assert run._r.rPr.find(qn("w:lang")).get(qn("w:val")) == "fr"
    assert run._r.rPr.find(qn("w:rtl")) is None
    assert quotes[reports.SENTENCES["ar"]].runs[0]._r.rPr.find(qn("w:rtl")) is not None


def test_what_xml_cannot_hold_is_left_out_and_markup_stays_text():
    odd = "a\x00\x0b<w:p/>&amp;\ud800b"
    document = opened(
        written(sections=(Section("only", odd, (Paragraph(words(odd)),)),), title=odd.replace("\ud800", ""))
    )
    assert "a<w:p/>&amp;b" in [one.text for one in document.paragraphs]


def test_many_pictures_are_drawn_apart_and_are_the_same(monkeypatch):
    drawn = [svg.picture(20 + number, 10, [svg.support(0, 0, 9, 9)]) for number in range(3)]
    together = typesetting.images(drawn, dots=1)
    monkeypatch.setattr(typesetting, "AT_ONCE", 2)
    assert typesetting.images(drawn, dots=1) == together
    assert [one[:4] for one in together] == [b"\x89PNG"] * 3
