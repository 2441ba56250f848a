"""One gathering step: from the database to a Document. A fixed number of statements for any consultation."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.consultations import Consultation
from app.models.events import LedgerEntry
from app.models.evidence import Evidence
from app.models.standards import Standard, StandardVersion
from app.queries import campaigns, consultations, moderation_report, reorganisations
from app.queries.consultations import Frame
from app.queries.grounds import Ground, grounds_of
from app.queries.listings import readable_versions
from app.queries.moderation_report import Figures
from app.queries.positions import Result, Subject, results
from app.reports.campaigns_report import CampaignFigures, CampaignsShown
from app.reports.credits import balance_of, credits_of
from app.reports.document import (
    SCHEMA,
    About,
    ClauseLine,
    Document,
    GroupVoices,
    Moderation,
    Positions,
    Source,
    StandardReport,
    TrailLine,
    sealed,
)
from app.reports.promises import gather_promises
from app.reports.resolution import gather_resolution, resolved
from app.reports.voices import Voices, gather_voices
from app.rules.consensus import Counts
from app.rules.standards import missing_links


def gather(session: Session, frame: Frame, shown: CampaignsShown = CampaignsShown.GROUPED) -> Document:
    """Everything that a summary of this consultation says, as anybody may read it."""
    heard = consultations.heard(session, frame)
    entries, last = session.execute(
        select(func.count(), func.max(LedgerEntry.recorded_at)).where(
            LedgerEntry.consultation_id == frame.consultation.id
        )
    ).one()
    return sealed(
        Document(
            schema=SCHEMA,
            fingerprint="",
            as_of=f"{last:%Y-%m-%dT%HZ}" if entries else None,
            ledger_entries=entries,
            consultation=_about(frame.consultation),
            people=heard.people,
            organisations=heard.organisations,
            participation=tuple(
                GroupVoices(
                    group=seat.key,
                    name=seat.name,
                    family=seat.family,
                    directly_affected=seat.directly_affected,
                    heard=seat.heard,
                    people=seat.size if seat.shown else None,
                )
                for seat in heard.seats
            ),
            standards=_standards(session, frame, shown),
            trails=tuple(
                TrailLine(one.number, one.title, one.kind, one.into)
                for one in reorganisations.replaced(session, frame.consultation.id)
            ),
            moderation=_moderation(moderation_report.figures(session, frame.consultation.id)),
            commitments=gather_promises(session, frame),
            balance=balance_of(heard),
            campaigns=_campaigns(session, frame, shown),
        )
    )


def _moderation(figures: Figures) -> Moderation:
    return Moderation(
        received=figures.received,
        published=figures.published,
        redacted=figures.redacted,
        returned=figures.returned,
        declined=figures.declined,
        hidden=figures.hidden,
        appeals=figures.appeals,
        overturned=figures.overturned,
    )


def _campaigns(session: Session, frame: Frame, shown: CampaignsShown) -> CampaignFigures:
    figures = campaigns.figures(session, frame.consultation.id)
    return CampaignFigures(shown.value, figures.campaigns, figures.letters, figures.people, figures.organisations)


def _standards(session: Session, frame: Frame, shown: CampaignsShown) -> tuple[StandardReport, ...]:
    rows = readable_versions(session, frame)
    subjects = [Subject(row[0], row[1].affected_groups, row[2], row[3], outcome=row[5]) for row in rows]
    computed = results(session, frame, subjects)
    grounds = grounds_of(session, [row[1].id for row in rows])
    voices = gather_voices(session, frame, computed, shown)
    resolution = gather_resolution(session, rows)
    credit = credits_of(session, [row[0].id for row in rows])
    reports = (_standard(row[0], row[1], computed[row[0].id], *grounds[row[1].id], voices[row[0].id]) for row in rows)
    return tuple(
        replace(resolved(report, resolution[row[0].id]), versions=credit[row[0].id])
        for report, row in zip(reports, rows, strict=True)
    )


def _standard(
    standard: Standard,
    version: StandardVersion,
    result: Result,
    grounds: Sequence[Ground],
    evidence: Sequence[Evidence],
    voices: Voices,
) -> StandardReport:
    return StandardReport(
        number=standard.number or 0,
        title=version.title,
        version=standard.version or 1,
        summary=version.summary,
        measure=version.measure.value,
        context=version.context.value,
        clauses=tuple(ClauseLine(clause["number"], clause["text"]) for clause in version.clauses),
        grounding=tuple(f"{ground.label}: {ground.title}" for ground in grounds),
        duty_bearers=tuple(bearer["name"] for bearer in version.duty_bearers),
        enforcement=version.enforcement,
        missing=missing_links(version, grounded=bool(grounds)),
        evidence=tuple(_source(piece) for piece in evidence),
        positions=positions_of(result.people),
        approval_percent=result.approval_percent if result.why_hidden is None else None,
        by_group=result.groups,
        organisations=positions_of(result.organisations) if result.organisations else None,
        confirmed=result.confirmed,
        carried_over_counted=result.carried_counted,
        carried_over=result.carried,
        consensus_state=result.consensus.state.value,
        provisional=result.consensus.provisional,
        explanation=result.consensus.explanation,
        minority=voices.minority,
        arguments_for=voices.arguments_for,
        arguments_against=voices.arguments_against,
        imported_supports=standard.imported_supports,
        response=standard.response,
        response_text=standard.response_text,
        comments=voices.comments,
    )


def _source(piece: Evidence) -> Source:
    return Source(tuple(piece.authors), piece.year, piece.title, piece.venue, piece.url, piece.finding)


def positions_of(counts: Counts) -> Positions:
    """Counts as they are published."""
    return Positions(counts.support, counts.reservations, counts.abstain, counts.object, counts.size)


def _about(consultation: Consultation) -> About:
    return About(
        slug=consultation.slug,
        title=consultation.title,
        state=consultation.state.value,
        opens_at=consultation.opens_at.isoformat() if consultation.opens_at else None,
        closes_at=consultation.closes_at.isoformat() if consultation.closes_at else None,
        language=consultation.language,
        asked_by=consultation.asked_by,
        answered_by=consultation.answered_by,
        answer_due=consultation.answer_due.isoformat() if consultation.answer_due else None,
        source=consultation.source.value,
        source_note=consultation.source_note,
        demonstration=consultation.demo,
        minimum_group=consultation.minimum_group,
    )
