"""Storing a Decidim process: proposals become standards, authors members, comments a thread as deep as it was."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import islice

from sqlalchemy.orm import Session

from app.actions import consultations, imports, imports_discussion, imports_standards
from app.actions.consultations import NewPhase
from app.actions.imports_discussion import NewComment
from app.actions.imports_standards import NewStandard, Place
from app.db import public_id
from app.importers.decidim_export import (
    COMMENTS,
    PROPOSALS,
    CommentRow,
    DecidimExport,
    ProposalRow,
    comments,
    proposals,
)
from app.importers.storing import LONGEST_TITLE, Progress, Report, batches, digest_of, display_name, existing, report
from app.language import _
from app.models.consultations import Consultation, ConsultationState, ImportRun, PhaseKind, Source

ROWS_AT_ONCE = 500
LONGEST_LANGUAGE = 10
NOT_STATED = "author not stated"  # meetings and official proposals have no author


def store(session: Session, export: DecidimExport, *, into: str, title: str = "") -> Iterator[Progress]:
    """Store an export, batch by batch: what has been stored when a batch comes out is complete and can be committed.

    Begun again, it goes on behind the last batch that was committed; when everything is in, nothing comes out.

    Raises:
        Refused: the address is taken, other files were imported there, or the same import is running elsewhere.
    """
    consultation = existing(session, into, Source.DECIDIM) or _create(session, export, into, title)
    runs = imports.runs(session, consultation, digest_of(export.digests), (PROPOSALS, COMMENTS))
    if all(run.finished for run in runs.values()):
        return
    yield from _store_proposals(session, export, consultation, runs[PROPOSALS])
    yield from _store_comments(session, export, consultation, runs[COMMENTS])
    imports.finish(session, consultation, runs.values(), report_on(export).as_json())
    yield Progress(COMMENTS, export.comments, export.comments)


def report_on(export: DecidimExport) -> Report:
    """What becomes of the export: rows stored and skipped, contradictions."""
    stored = {PROPOSALS: export.proposals, COMMENTS: export.comments}
    return report(stored, export.skipped, export.contradictions)


def _create(session: Session, export: DecidimExport, slug: str, title: str) -> Consultation:
    languages: Counter[str] = Counter()
    proposed: list[datetime] = []
    for row in proposals(export):
        languages[row.language or "en"] += 1
        proposed.append(row.created_at)
    said = [row.created_at for row in comments(export)]
    phases = [_phase(PhaseKind.SUBMIT, proposed), _phase(PhaseKind.DISCUSS, said or proposed)]
    consultation = Consultation(
        slug=slug,
        title=(title or slug.replace("-", " ").capitalize())[:LONGEST_TITLE],
        language=languages.most_common(1)[0][0][:LONGEST_LANGUAGE],
        state=ConsultationState.CLOSED,
        opens_at=min(phase.opens_at for phase in phases),
        closes_at=max(phase.closes_at for phase in phases),
        source=Source.DECIDIM,
        source_note="Decidim",
    )
    return consultations.create(session, consultation, phases=phases)


def _phase(kind: PhaseKind, moments: list[datetime]) -> NewPhase:
    return NewPhase(kind, min(moments), max(moments) + timedelta(seconds=1))


def _store_proposals(
    session: Session, export: DecidimExport, consultation: Consultation, run: ImportRun
) -> Iterator[Progress]:
    left = islice(proposals(export), run.rows_done, None)
    for batch in batches(left, ROWS_AT_ONCE):
        imports.advance(session, consultation, run, len(batch))
        members = _members(session, consultation, batch)
        new = [_standard(row, members[row.author_ref or NOT_STATED], consultation.language) for row in batch]
        imports_standards.store(session, consultation, new)
        yield Progress(PROPOSALS, run.rows_done, export.proposals)


def _store_comments(
    session: Session, export: DecidimExport, consultation: Consultation, run: ImportRun
) -> Iterator[Progress]:
    left = islice(comments(export), run.rows_done, None)
    for batch in batches(left, ROWS_AT_ONCE):
        imports.advance(session, consultation, run, len(batch))
        members = _members(session, consultation, batch)
        places = imports_standards.places(session, consultation, {row.proposal_ref for row in batch})
        answered = [_reference(row.parent_ref) for row in batch if row.parent_ref is not None]
        above = imports_discussion.branches(session, consultation, answered)
        new = _threaded(batch, consultation, members, places, above)
        imports_discussion.comments(session, consultation, new)
        yield Progress(COMMENTS, run.rows_done, export.comments)


def _threaded(
    batch: Sequence[CommentRow],
    consultation: Consultation,
    members: Mapping[str, int],
    places: Mapping[str, Place],
    above: dict[str, tuple[int, int]],
) -> list[NewComment]:
    """The comments of a batch, each under the one that it answers; `above` grows with them."""
    new: list[NewComment] = []
    for row in batch:
        comment_id = public_id()
        parent_id, root_id = above[_reference(row.parent_ref)] if row.parent_ref is not None else (None, comment_id)
        above[_reference(row.ref)] = (comment_id, root_id)
        new.append(
            NewComment(
                id=comment_id,
                standard_id=places[row.proposal_ref].id,
                subject=places[row.proposal_ref].subject,
                membership_id=members[row.author_ref or NOT_STATED],
                parent_id=parent_id,
                root_id=root_id,
                depth=row.depth,
                body=row.text,
                stance=row.stance,
                language=(row.language or consultation.language)[:LONGEST_LANGUAGE],
                created_at=row.created_at,
                reference=_reference(row.ref),
            )
        )
    return new


def _members(
    session: Session, consultation: Consultation, batch: Sequence[ProposalRow] | Sequence[CommentRow]
) -> dict[str, int]:
    return imports.members(session, consultation, [_member(row.author_ref, row.created_at) for row in batch])


def _member(ref: str | None, at: datetime) -> imports.NewMember:
    name = str(_("Author not stated")) if ref is None else display_name(ref)
    return imports.NewMember(reference=ref or NOT_STATED, display_name=name, joined_at=at)


def _reference(ref: str | None) -> str:
    return f"{COMMENTS} {ref}"


def _standard(row: ProposalRow, author_id: int, language: str) -> NewStandard:
    return NewStandard(
        reference=row.ref,
        version_reference=f"{PROPOSALS} {row.ref}",
        membership_id=author_id,
        title=row.title,
        text=row.text,
        language=(row.language or language)[:LONGEST_LANGUAGE],
        created_at=row.created_at,
        supports=row.supports,
        response=row.response,
        response_text=row.answer,
        withdrawn_at=row.created_at if row.withdrawn else None,
    )
