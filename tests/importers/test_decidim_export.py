"""A Decidim export: languages in columns, threads in any order, and everything that can be wrong."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.importers.decidim_export import DecidimExport, comments, proposals, read_decidim
from app.importers.decidim_threads import Link, resolve
from app.importers.reading import UnreadableExport
from app.models.comments import Stance

PROPOSALS = """\
id;author/id;category/name/ca;scope/name/ca;title/ca;title/es;body/ca;body/es;state;answer/ca;answer/es;supports;published_at
3;1;Bon viure;Gràcia;Carrils bici;;Més carrils;;accepted;D'acord;;17;2016-01-22 00:00:00 UTC
4;;Bon govern;;;Calles;;"Más; calles
limpias";rejected;;No;0;2016-01-23 00:00:00 UTC
5;2;;;;;Sense títol;;evaluating;;;;2016-01-24 00:00:00 UTC
6;2;;;Retirada;;Text;;withdrawn;;;1;2016-01-24 00:00:00 UTC
"""
COMMENTS = """\
id;created_at;body;locale;author/id;alignment;depth;commentable_id;commentable_type
10;2016-02-01 12:00:00 UTC;Sí;ca;1;1;0;3;Decidim::Proposals::Proposal
13;2016-02-04 12:00:00 UTC;Nieta;es;2;0;2;12;Decidim::Comments::Comment
12;2016-02-03 12:00:00 UTC;Resposta;ca;3;-1;1;10;Decidim::Comments::Comment
3;2016-02-02 12:00:00 UTC;No;ca;;-1;0;4;Decidim::Proposals::Proposal
14;2016-02-05 12:00:00 UTC;A la tres;;4;;1;3;Decidim::Comments::Comment
"""
ROW = "2016-02-06 12:00:00 UTC;Text;ca;1;0;0;3;Decidim::Proposals::Proposal"


def export(folder: Path, proposals: str = PROPOSALS, comments: str = COMMENTS) -> Path:
    for name, content in (("proposals", proposals), ("comments", comments)):
        if content:
            (folder / f"{name}.csv").write_text(content, encoding="utf-8", newline="")
    return folder


def reasons(found: DecidimExport) -> list[tuple[str, int, str]]:
    return [(row.file, row.line, str(row.reason)) for row in found.skipped]


def test_proposals_keep_what_the_export_says(tmp_path: Path) -> None:
    found = read_decidim(export(tmp_path))
    first, second, third, fourth = proposals(found)
    assert (first.ref, first.author_ref, first.title, first.text) == ("3", "1", "Carrils bici", "Més carrils")
    assert (first.language, first.response, first.answer, first.supports) == ("ca", "accepted", "D'acord", 17)
    assert (first.category, first.scope, first.line) == ("Bon viure", "Gràcia", 2)
    assert first.created_at == datetime(2016, 1, 22, tzinfo=UTC)
    assert (second.language, second.title, second.text) == ("es", "Calles", "Más; calles\nlimpias")
    assert (second.response, second.answer, second.author_ref, second.supports) == ("rejected", "No", None, 0)
    assert (third.title, third.response, third.supports, third.withdrawn) == ("Sense títol", "", None, False)
    assert (fourth.response, fourth.withdrawn) == ("", True)
    assert (found.proposals, found.comments, found.skipped, found.contradictions) == (4, 5, (), ())


def test_no_comment_comes_before_the_one_it_answers(tmp_path: Path) -> None:
    rows = list(comments(read_decidim(export(tmp_path))))
    assert [(row.ref, row.proposal_ref, row.parent_ref, row.depth, row.line) for row in rows] == [
        ("10", "3", None, 0, 2),
        ("12", "3", "10", 1, 4),
        ("13", "3", "12", 2, 3),
        ("3", "4", None, 0, 5),
        ("14", "4", "3", 1, 6),
    ]
    assert [row.stance for row in rows] == [
        Stance.SUPPORTS,
        Stance.OBJECTS,
        Stance.NEUTRAL,
        Stance.OBJECTS,
        Stance.NEUTRAL,
    ]
    assert [row.language for row in rows] == ["ca", "ca", "es", "ca", None]
    assert [row.author_ref for row in rows] == ["1", "3", "2", None, "4"]


def test_a_title_is_never_cut_and_a_missing_one_is(tmp_path: Path) -> None:
    long = PROPOSALS.replace("Carrils bici", "Carrils " * 40).replace("Sense títol", "Paraules " * 40)
    rows = list(proposals(read_decidim(export(tmp_path, proposals=long))))
    assert rows[0].title == ("Carrils " * 40).strip()
    assert rows[2].title.endswith("…")
    assert len(rows[2].title) <= 120


def test_texts_in_one_language_need_no_suffix(tmp_path: Path) -> None:
    plain = "id;author/id;title;title/machine_translations;body;state;published_at\n3;1;T;X;B;;2016-01-22T00:00:00Z\n"
    found = read_decidim(export(tmp_path, plain, COMMENTS.splitlines()[0] + "\n"))
    (row,) = proposals(found)
    assert (row.title, row.text, row.language, found.comments) == ("T", "B", None, 0)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (f"10;{ROW}", "Its identifier was used before."),
        (f";{ROW}", "Its id cannot be used."),
        (f"20;{ROW}".replace(";3;Dec", ";;Dec"), "Its commentable_id cannot be used."),
        (f"20;{ROW}".replace("2016-02", "2016-32"), "Its created_at cannot be used."),
        (f"20;{ROW}".replace("ca;1;0;0", "ca;1;7;0"), "Its alignment cannot be used."),
        (f"20;{ROW}".replace("Text", " "), "It has no text."),
        (f"20;{ROW}".replace("Proposals::Proposal", "Debates::Debate"), "(Decidim::Debates::Debate)"),
        (f"20;{ROW}".replace(";3;Dec", ";99;Dec"), "Its proposal 99 is not in the export or was left out."),
        (
            f"20;{ROW}".replace(";3;Decidim::Proposals::Proposal", ";99;Decidim::Comments::Comment"),
            "answers, 99, is not",
        ),
        (
            f"20;{ROW}".replace(";3;Decidim::Proposals::Proposal", ";20;Decidim::Comments::Comment"),
            "answers, 20, is not",
        ),
        ("20;2016", "It has 2 columns, not 9."),
    ],
)
def test_bad_comments(tmp_path: Path, row: str, reason: str) -> None:
    found = read_decidim(export(tmp_path, comments=COMMENTS + row + "\n"))
    assert [(file, line) for file, line, _reason in reasons(found)] == [("comments.csv", 7)]
    assert reason in reasons(found)[0][2]
    assert found.comments == len(list(comments(found))) == 5


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("3;1;;;A;;B;;;;;;2016-01-22 00:00:00 UTC", "Its identifier was used before."),
        (";1;;;A;;B;;;;;;2016-01-22 00:00:00 UTC", "Its id cannot be used."),
        ("7;1;;;A;;B;;;;;;soon", "Its published_at cannot be used."),
        ("7;1;;;A;;;;;;;;2016-01-22 00:00:00 UTC", "It has no text."),
        ("7;1", "It has 2 columns, not 13."),
    ],
)
def test_bad_proposals(tmp_path: Path, row: str, reason: str) -> None:
    found = read_decidim(export(tmp_path, proposals=PROPOSALS + row + "\n"))
    assert reasons(found) == [("proposals.csv", 7, reason)]
    assert found.proposals == len(list(proposals(found))) == 4


def test_comments_on_what_was_left_out_are_left_out_with_their_replies(tmp_path: Path) -> None:
    found = read_decidim(export(tmp_path, proposals=PROPOSALS.replace("Més carrils", "")))
    assert [(file, line) for file, line, _reason in reasons(found)] == [
        ("proposals.csv", 2),
        ("comments.csv", 2),
        ("comments.csv", 3),
        ("comments.csv", 4),
    ]
    assert [row.ref for row in comments(found)] == ["3", "14"]


def test_a_depth_that_is_not_the_real_one_is_told(tmp_path: Path) -> None:
    found = read_decidim(export(tmp_path, comments=COMMENTS.replace("Nieta;es;2;0;2", "Nieta;es;2;0;5")))
    assert [(row.line, str(row.reason)) for row in found.contradictions] == [
        (3, "It says depth 5 but lies at depth 2.")
    ]


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({"proposals": ""}, "proposals.csv is missing"),
        ({"comments": ""}, "comments.csv is missing"),
        ({"proposals": PROPOSALS.replace(";", ",")}, "proposals.csv needs the columns"),
        ({"proposals": PROPOSALS.replace("title/", "heading/")}, "proposals.csv needs the columns title"),
        ({"proposals": PROPOSALS.splitlines()[0]}, "proposals.csv has no rows"),
        ({"comments": COMMENTS.replace("2016-", "now-")}, "No row of comments.csv can be used"),
    ],
)
def test_a_malformed_export_is_refused(tmp_path: Path, files: dict[str, str], sentence: str) -> None:
    with pytest.raises(UnreadableExport) as refused:
        read_decidim(export(tmp_path, **files))
    assert sentence in str(refused.value.message)


LINKS = st.lists(st.tuples(st.integers(0, 12), st.booleans()), max_size=12).map(
    lambda rows: {
        str(ref): Link(str(ref), str(target), on_proposal, None, ref + 2)
        for ref, (target, on_proposal) in enumerate(rows)
    }
)


@given(LINKS)
def test_every_comment_has_a_place_or_a_reason(links: dict[str, Link]) -> None:
    threads = resolve("comments.csv", links, {"0", "1"})
    assert len(threads.places) + len(threads.skipped) == len(links)
    for ref, place in threads.places.items():
        if place.parent_ref is None:
            assert (place.depth, links[ref].on_proposal) == (0, True)
        else:
            above = threads.places[place.parent_ref]
            assert (place.depth, place.proposal_ref) == (above.depth + 1, above.proposal_ref)
