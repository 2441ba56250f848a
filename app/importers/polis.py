"""Storing a Polis conversation: statements become standards, voters members, votes positions with their history."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice

from sqlalchemy.orm import Session

from app.actions import consultations, imports, imports_standards
from app.actions.consultations import NewPhase
from app.importers.polis_export import STATEMENTS, VOTES, PolisExport, StatementRow, VoteRow, statements, votes
from app.importers.storing import LONGEST_TITLE, Progress, Report, batches, digest_of, display_name, existing, report
from app.language import _
from app.models.consultations import Consultation, ConsultationState, ImportRun, PhaseKind, Source
from app.search import language_of

STATEMENTS_AT_ONCE = 500
VOTES_AT_ONCE = 5_000
NOT_STATED = "author not stated"


def store(session: Session, export: PolisExport, *, into: str, title: str = "") -> Iterator[Progress]:
    """Store an export, batch by batch: what has been stored when a batch comes out is complete and can be committed.

    Begun again, it goes on behind the last batch that was committed; when everything is in, nothing comes out.

    Raises:
        Refused: the address is taken, other files were imported there, or the same import is running elsewhere.
    """
    consultation = existing(session, into, Source.POLIS) or _create(session, export, into, title)
    runs = imports.runs(session, consultation, digest_of(export.digests), (STATEMENTS, VOTES))
    if all(run.finished for run in runs.values()):
        return
    yield from _store_statements(session, export, consultation, runs[STATEMENTS])
    yield from _store_votes(session, export, consultation, runs[VOTES])
    imports.finish(session, consultation, runs.values(), report_on(export).as_json())
    yield Progress(VOTES, export.votes, export.votes)


def report_on(export: PolisExport) -> Report:
    """What becomes of the export: rows stored and skipped, re-votes, contradictions."""
    stored = {STATEMENTS: export.statements, VOTES: export.votes}
    return report(stored, export.skipped, export.contradictions, revotes=export.revotes)


def _create(session: Session, export: PolisExport, slug: str, title: str) -> Consultation:
    said = [row.created_at for row in statements(export)]
    cast = [row.at for row in votes(export)]
    phases = [_phase(PhaseKind.SUBMIT, said), _phase(PhaseKind.POSITION, cast or said)]
    consultation = Consultation(
        slug=slug,
        title=(title or export.topic or slug)[:LONGEST_TITLE],
        purpose=export.description,
        language=language_of(f"{export.topic} {export.description}", "en"),
        state=ConsultationState.CLOSED,
        opens_at=min(phase.opens_at for phase in phases),
        closes_at=max(phase.closes_at for phase in phases),
        source=Source.POLIS,
        source_note=export.url,
    )
    return consultations.create(session, consultation, phases=phases)


def _phase(kind: PhaseKind, moments: list[datetime]) -> NewPhase:
    return NewPhase(kind, min(moments), max(moments) + timedelta(seconds=1))


def _store_statements(
    session: Session, export: PolisExport, consultation: Consultation, run: ImportRun
) -> Iterator[Progress]:
    left = islice(statements(export), run.rows_done, None)
    for batch in batches(left, STATEMENTS_AT_ONCE):
        imports.advance(session, consultation, run, len(batch))
        authors = [_member(row.author_ref, row.created_at) for row in batch]
        members = imports.members(session, consultation, authors)
        new = [_standard(row, members[row.author_ref or NOT_STATED], consultation.language) for row in batch]
        imports_standards.store(session, consultation, new)
        yield Progress(STATEMENTS, run.rows_done, export.statements)


def _store_votes(
    session: Session, export: PolisExport, consultation: Consultation, run: ImportRun
) -> Iterator[Progress]:
    left = islice(votes(export), run.rows_done, None)
    for batch in _whole_pairs(left):
        imports.advance(session, consultation, run, len(batch))
        members = imports.members(session, consultation, [_member(row.voter_ref, row.at) for row in batch])
        places = imports_standards.places(session, consultation, {row.statement_ref for row in batch})
        taken = [
            imports.TakenPosition(
                standard_id=places[row.statement_ref].id,
                membership_id=members[row.voter_ref],
                choice=row.choice,
                taken_at=row.at,
            )
            for row in batch
        ]
        imports.positions(session, consultation, taken)
        yield Progress(VOTES, run.rows_done, export.votes)


def _whole_pairs(rows: Iterable[VoteRow]) -> Iterator[list[VoteRow]]:
    """Batches that never part the votes of one person on one statement, which follow one another."""
    batch: list[VoteRow] = []
    for row in rows:
        if len(batch) >= VOTES_AT_ONCE and _pair(row) != _pair(batch[-1]):
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch


def _pair(row: VoteRow) -> tuple[str, str]:
    return row.statement_ref, row.voter_ref


def _member(ref: str | None, at: datetime) -> imports.NewMember:
    name = str(_("Author not stated")) if ref is None else display_name(ref)
    return imports.NewMember(reference=ref or NOT_STATED, display_name=name, joined_at=at)


def _standard(row: StatementRow, author_id: int, language: str) -> imports_standards.NewStandard:
    return imports_standards.NewStandard(
        reference=row.ref,
        version_reference=f"{STATEMENTS} {row.ref}",
        membership_id=author_id,
        title=row.title,
        text=row.text,
        language=language_of(row.text, language),
        created_at=row.created_at,
        state=row.state,
    )
