"""Lists of sources for reference managers: BibTeX, RIS and CSL-JSON.

Names are given as they are printed here, whole: which part of a name is the family name is not ours to guess. What kind
of work a source is was never asked, so each is given as a plain document.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import cast

import rispy
from bibtexparser.entrypoint import write_string
from bibtexparser.library import Library
from bibtexparser.model import Entry, Field
from pylatexenc.latexencode import UnicodeToLatexEncoder

from app.queries.evidence import EvidenceLine

_ENCODER = UnicodeToLatexEncoder(unknown_char_policy="keep", unknown_char_warning=False)


def bibtex(lines: Sequence[EvidenceLine]) -> bytes:
    """The sources as BibTeX, with everything that TeX reads as a sign of its own written out."""
    library = Library()
    for line in lines:
        piece = line.evidence
        fields = {
            "author": " and ".join("{" + _tex(name) + "}" for name in piece.authors),
            "title": "{" + _tex(piece.title) + "}",
            "year": str(piece.year or ""),
            "howpublished": _tex(piece.venue),
            "doi": line.doi,
            "url": piece.url,
            "note": _tex(piece.finding),
        }
        library.add(Entry("misc", f"evidence{piece.id}", [Field(key, value) for key, value in fields.items() if value]))
    return write_string(library).encode()


def ris(lines: Sequence[EvidenceLine]) -> bytes:
    """The sources as RIS, one line for each fact."""
    entries = [
        {
            "type_of_reference": "GEN",
            "id": str(line.evidence.id),
            "authors": [_line(name) for name in line.evidence.authors],
            "title": _line(line.evidence.title),
            "year": str(line.evidence.year or ""),
            "secondary_title": _line(line.evidence.venue),
            "doi": line.doi,
            "urls": [line.evidence.url] if line.evidence.url else [],
            "notes": [_line(line.evidence.finding)] if line.evidence.finding else [],
        }
        for line in lines
    ]
    kept = [{name: value for name, value in entry.items() if value} for entry in entries]
    return cast("str", rispy.dumps(kept)).encode()


def csl_json(lines: Sequence[EvidenceLine]) -> bytes:
    """The sources as CSL-JSON."""
    entries = []
    for line in lines:
        piece = line.evidence
        entry: dict[str, object] = {
            "id": f"evidence{piece.id}",
            "type": "document",
            "author": [{"literal": name} for name in piece.authors],
            "title": piece.title,
            "container-title": piece.venue,
            "DOI": line.doi,
            "URL": piece.url,
            "note": piece.finding,
        }
        if piece.year is not None:
            entry["issued"] = {"date-parts": [[piece.year]]}
        entries.append({name: value for name, value in entry.items() if value})
    return json.dumps(entries, ensure_ascii=False, indent=1).encode()


CITATION_FORMATS: Mapping[str, tuple[Callable[[Sequence[EvidenceLine]], bytes], str]] = {
    "bib": (bibtex, "application/x-bibtex; charset=utf-8"),
    "ris": (ris, "application/x-research-info-systems; charset=utf-8"),
    "csl.json": (csl_json, "application/vnd.citationstyles.csl+json"),
}
"""What writes each kind of file, by the end of its name, and its media type."""


def _tex(written: str) -> str:
    return cast("str", _ENCODER.unicode_to_latex(_line(written)))


def _line(written: str) -> str:
    return " ".join(written.split())
