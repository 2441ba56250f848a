"""The open data of a Decidim participatory process: proposals.csv and comments.csv, with `;` between columns.

`read_decidim` reads both once and checks them; `proposals` and `comments` read them again, row by row, for storing,
each comment after the one that it answers.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from app.importers.decidim_threads import Link, Place, resolve
from app.importers.language_columns import language_tag, languages_of, text_in
from app.importers.reading import (
    Contradiction,
    Row,
    SkippedRow,
    Table,
    moment,
    open_table,
    reference,
    refuse_unless_some_row,
    title_of,
    used_before,
    whole_number,
    wrong_cell,
)
from app.language import _
from app.models.comments import Stance
from app.text import clean_line

PROPOSALS = "proposals.csv"
COMMENTS = "comments.csv"
DELIMITER = ";"
PROPOSAL_COLUMNS = ("id", "author/id", "state", "published_at")
COMMENT_COLUMNS = ("id", "created_at", "author/id", "alignment", "depth", "commentable_id", "commentable_type")
ON_PROPOSAL = "Decidim::Proposals::Proposal"
ON_COMMENT = "Decidim::Comments::Comment"
STANCES = {"1": Stance.SUPPORTS, "0": Stance.NEUTRAL, "": Stance.NEUTRAL, "-1": Stance.OBJECTS}
RESPONSES = frozenset({"accepted", "rejected"})
WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A proposal. `response` is the authority's: accepted, rejected or empty. `supports` is a figure, never positions.

    `language` is None where the export does not say it; `author_ref` is None for meetings and official proposals.
    """

    ref: str
    author_ref: str | None
    created_at: datetime
    title: str
    text: str
    language: str | None
    response: str
    answer: str
    withdrawn: bool
    supports: int | None
    category: str
    scope: str
    line: int


@dataclass(frozen=True, slots=True)
class CommentRow:
    """A comment. `parent_ref` is the comment it answers, None right below the proposal, where `depth` is 0."""

    ref: str
    author_ref: str | None
    created_at: datetime
    text: str
    language: str | None
    stance: Stance
    proposal_ref: str
    parent_ref: str | None
    depth: int
    line: int


@dataclass(frozen=True, slots=True)
class DecidimExport:
    """What the first reading found. Counts are of rows that can be stored; `digests` are SHA-256 by file name."""

    directory: Path
    digests: dict[str, str]
    proposals: int
    comments: int
    skipped: tuple[SkippedRow, ...]
    contradictions: tuple[Contradiction, ...]
    proposal_table: Table = field(repr=False)
    comment_table: Table = field(repr=False)
    places: Mapping[str, Place] = field(repr=False)


def read_decidim(directory: Path) -> DecidimExport:
    """Both files, read and checked; nothing is stored.

    Raises:
        UnreadableExport: a file is missing, not UTF-8, without its columns or without a usable row.
    """
    proposal_table = _open(directory / PROPOSALS, PROPOSAL_COLUMNS, ("title", "body"))
    comment_table = _open(directory / COMMENTS, COMMENT_COLUMNS, ("body",))
    found: set[str] = set()
    skipped: list[SkippedRow] = []
    for proposal in _read_proposals(proposal_table):
        if isinstance(proposal, SkippedRow):
            skipped.append(proposal)
        else:
            found.add(proposal.ref)
    refuse_unless_some_row(PROPOSALS, len(found), skipped)
    links: dict[str, Link] = {}
    left_out: list[SkippedRow] = []
    for link in _read_links(comment_table):
        if isinstance(link, SkippedRow):
            left_out.append(link)
        else:
            links[link.ref] = link
    threads = resolve(comment_table.path.name, links, found)
    left_out.extend(threads.skipped)
    if left_out:
        refuse_unless_some_row(COMMENTS, len(threads.places), left_out)
    return DecidimExport(
        directory=directory,
        digests={table.path.name: table.digest for table in (proposal_table, comment_table)},
        proposals=len(found),
        comments=len(threads.places),
        skipped=tuple(skipped + sorted(left_out, key=lambda row: row.line)),
        contradictions=threads.contradictions,
        proposal_table=proposal_table,
        comment_table=comment_table,
        places=threads.places,
    )


def proposals(export: DecidimExport) -> Iterator[ProposalRow]:
    """Every proposal in file order."""
    return (row for row in _read_proposals(export.proposal_table) if isinstance(row, ProposalRow))


def comments(export: DecidimExport) -> Iterator[CommentRow]:
    """Every comment in file order, but none before the one that it answers."""
    given: set[str] = set()
    waiting: dict[str, list[CommentRow]] = {}
    for row in export.comment_table.rows():
        if isinstance(row, SkippedRow):
            continue
        comment = _comment(row, export.places)
        if comment is None:
            continue
        if comment.parent_ref is not None and comment.parent_ref not in given:
            waiting.setdefault(comment.parent_ref, []).append(comment)
            continue
        ready = [comment]
        while ready:
            comment = ready.pop(0)
            given.add(comment.ref)
            yield comment
            ready.extend(waiting.pop(comment.ref, ()))


def _open(path: Path, required: tuple[str, ...], texts: tuple[str, ...]) -> Table:
    """The table, which needs each of `texts` in at least one language."""
    table = open_table(path, DELIMITER, required)
    missing = [name for name in texts if not languages_of(table.columns, name)]
    # Asking again for what is missing refuses the file with the usual sentence.
    return open_table(path, DELIMITER, missing) if missing else table


def _read_proposals(table: Table) -> Iterator[ProposalRow | SkippedRow]:
    seen: set[str] = set()
    for row in table.rows():
        proposal = row if isinstance(row, SkippedRow) else _proposal(row)
        if isinstance(proposal, ProposalRow):
            if proposal.ref in seen:
                proposal = SkippedRow(table.path.name, proposal.line, used_before())
            else:
                seen.add(proposal.ref)
        yield proposal


def _proposal(row: Row) -> ProposalRow | SkippedRow:
    """The proposal in a row, or why there is none."""
    cells = row.cells
    ref, created_at = reference(cells["id"]), moment(cells["published_at"])
    language, text = text_in(row, "body")
    if ref is None:
        return row.skipped(wrong_cell("id"))
    if created_at is None:
        return row.skipped(wrong_cell("published_at"))
    if not text:
        return row.skipped(_("It has no text."))
    _title_language, title = text_in(row, "title", language)
    state = cells["state"].strip()
    return ProposalRow(
        ref=ref,
        author_ref=reference(cells["author/id"]),
        created_at=created_at,
        title=clean_line(title) or title_of(text),
        text=text,
        language=language,
        response=state if state in RESPONSES else "",
        answer=text_in(row, "answer", language)[1],
        withdrawn=state == WITHDRAWN,
        supports=whole_number(cells.get("supports", "")),
        category=clean_line(text_in(row, "category/name", language)[1]),
        scope=clean_line(text_in(row, "scope/name", language)[1]),
        line=row.line,
    )


def _read_links(table: Table) -> Iterator[Link | SkippedRow]:
    seen: set[str] = set()
    for row in table.rows():
        link = row if isinstance(row, SkippedRow) else _link(row)
        if isinstance(link, Link):
            if link.ref in seen:
                link = SkippedRow(table.path.name, link.line, used_before())
            else:
                seen.add(link.ref)
        yield link


def _link(row: Row) -> Link | SkippedRow:
    """What a comment answers, or why it cannot be kept."""
    cells = row.cells
    ref, target, kind = reference(cells["id"]), reference(cells["commentable_id"]), cells["commentable_type"].strip()
    if ref is None:
        return row.skipped(wrong_cell("id"))
    if target is None:
        return row.skipped(wrong_cell("commentable_id"))
    if kind not in {ON_PROPOSAL, ON_COMMENT}:
        return row.skipped(_("It is a comment on something else (%(kind)s).", kind=clean_line(kind)))
    if moment(cells["created_at"]) is None:
        return row.skipped(wrong_cell("created_at"))
    if cells["alignment"].strip() not in STANCES:
        return row.skipped(wrong_cell("alignment"))
    if not text_in(row, "body")[1]:
        return row.skipped(_("It has no text."))
    return Link(ref, target, kind == ON_PROPOSAL, whole_number(cells["depth"]), row.line)


def _comment(row: Row, places: Mapping[str, Place]) -> CommentRow | None:
    """The comment in a row that the first reading kept."""
    cells = row.cells
    ref, created_at = reference(cells["id"]), moment(cells["created_at"])
    place = places.get(ref) if ref is not None else None
    if ref is None or created_at is None or place is None or place.line != row.line:
        return None
    language, text = text_in(row, "body")
    return CommentRow(
        ref=ref,
        author_ref=reference(cells["author/id"]),
        created_at=created_at,
        text=text,
        language=language_tag(cells.get("locale", "")) or language,
        stance=STANCES[cells["alignment"].strip()],
        proposal_ref=place.proposal_ref,
        parent_ref=place.parent_ref,
        depth=place.depth,
        line=row.line,
    )
