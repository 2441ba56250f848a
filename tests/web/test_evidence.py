"""Evidence: found, credited in full, cited where it is used, and taken along without a letter lost."""

import json

import bibtexparser
import pytest
import rispy
from pylatexenc.latex2text import LatexNodes2Text

from app.rules.evidence import address_of, doi_of
from app.rules.standards import NewEvidence
from tests.factories import standards
from tests.web.desk import words_of

PAGE = "/consultations/faces/evidence"
GENDER_SHADES = NewEvidence(
    authors=("Joy Buolamwini", "Timnit Gebru"),
    title="Gender Shades: 50% & {more}, a_b # \\ end",
    year=2018,
    venue="Proceedings, 81",
    url="https://doi.org/10.1234/abc.5",
    finding="Error rates\nup to 34.7%",
)
ARABIC = NewEvidence(authors=("مريم أحمد", "Åsa Öberg"), title="دراسة", url="https://example.org/x?a=1&b=2")
SECRET = NewEvidence(authors=("Canary Hidden",), title="Not to be seen")


@pytest.fixture
def cited(session, consultation):
    for evidence in ((GENDER_SHADES,), (GENDER_SHADES, ARABIC)):
        standards.published(session, consultation, text=standards.proposal(evidence=evidence))
    standards.pending(session, consultation, text=standards.proposal(evidence=(SECRET,)))
    session.commit()


@pytest.mark.parametrize(
    ("written", "doi"),
    [
        ("https://doi.org/10.1234/abc.5", "10.1234/abc.5"),
        ("http://dx.doi.org/10.1234/abc(5)", "10.1234/abc(5)"),
        ("doi: 10.1234/abc", "10.1234/abc"),
        ("DOI:10.1234/abc", "10.1234/abc"),
        ("10.1234/abc", "10.1234/abc"),
        ("https://example.org/10.1234/abc", ""),
        ("10.1/abc", ""),
        ("", ""),
    ],
)
def test_a_doi_is_known_however_it_is_written(written, doi):
    assert doi_of(written) == doi
    assert address_of(written) == (f"https://doi.org/{doi}" if doi else written)


def test_each_source_stands_once_with_its_authors_and_who_cites_it(client, cited):
    page = client.get(PAGE)
    said = words_of(page)
    assert said.count("Joy Buolamwini and Timnit Gebru") == 1
    assert said.count("#grounded") == 3
    assert "2 sources" in said
    assert "Canary Hidden" not in said


@pytest.mark.parametrize(
    ("q", "found"), [("gebru", 1), ("2018 shades", 1), ("دراسة", 1), ("nobody", 0), ("\u202e%", 0), ("", 2)]
)
def test_sources_are_found_by_any_of_their_words(client, cited, q, found):
    page = client.get(PAGE, query_string={"q": q})
    assert page.text.count('<li id="e') == found
    assert ("Nothing here matches" in page.text) == (found == 0)


def test_without_evidence_the_page_says_how_to_add_some(client, consultation, session):
    session.commit()
    assert "No standard cites a source yet" in client.get(PAGE).text


def test_bibtex_can_be_read_back(client, cited):
    answer = client.get(f"{PAGE}.bib")
    library = bibtexparser.parse_string(answer.text)
    assert not library.failed_blocks
    read = LatexNodes2Text(keep_comments=True)
    entries = {entry.fields_dict["url"].value: entry.fields_dict for entry in library.entries}
    first = entries["https://doi.org/10.1234/abc.5"]
    assert read.latex_to_text(first["title"].value) == GENDER_SHADES.title
    assert first["author"].value == "{Joy Buolamwini} and {Timnit Gebru}"
    assert first["doi"].value == "10.1234/abc.5"
    assert "Canary" not in answer.text


def test_ris_can_be_read_back(client, cited):
    answer = client.get(f"{PAGE}.ris")
    entries = {entry["title"]: entry for entry in rispy.loads(answer.text)}
    assert set(entries) == {GENDER_SHADES.title, "دراسة"}
    assert entries["دراسة"]["authors"] == ["مريم أحمد", "Åsa Öberg"]
    assert entries[GENDER_SHADES.title]["notes"] == ["Error rates up to 34.7%"]
    assert "Canary" not in answer.text


def test_csl_json_can_be_read_back(client, cited):
    answer = client.get(f"{PAGE}.csl.json")
    entries = {entry["title"]: entry for entry in json.loads(answer.text)}
    assert entries[GENDER_SHADES.title]["author"] == [{"literal": "Joy Buolamwini"}, {"literal": "Timnit Gebru"}]
    assert entries[GENDER_SHADES.title]["issued"] == {"date-parts": [[2018]]}
    assert "issued" not in entries["دراسة"]
    assert "Canary" not in answer.text


@pytest.mark.parametrize("ending", ["pdf", "bib.exe", "json"])
def test_there_is_no_other_file(client, cited, ending):
    assert client.get(f"{PAGE}.{ending}").status_code == 404
