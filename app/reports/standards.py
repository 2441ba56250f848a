"""The standards of a summary, each with its text, its figures and its voices. A fixed number of statements."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import text
from app.models.evidence import Evidence
from app.models.outcomes import Response
from app.models.standards import Standard, StandardVersion
from app.queries.consultations import Frame
from app.queries.grounds import Ground, Grounds
from app.queries.listings import Row
from app.queries.positions import Result, Subject, results
from app.reports.campaigns_report import CampaignsShown
from app.reports.comment_lines import comments_of, streamed
from app.reports.credits import credits_of
from app.reports.resolution import gather_resolution, resolved
from app.reports.standard_report import ClauseLine, Positions, Source, StandardReport
from app.reports.voices import Voices, gather_voices
from app.rules.consensus import Counts
from app.rules.standards import missing_links

HELD_AT_MOST = 5_000


class Comments(StrEnum):
    """Whether comments are held with everything else, or read when they are written out."""

    HELD = "held"
    STREAMED = "streamed"

    @classmethod
    def of(cls, contributions: int) -> "Comments":
        """How so many contributions are kept: few are held, which takes one statement."""
        return cls.HELD if contributions <= HELD_AT_MOST else cls.STREAMED


def gather_standards(
    session: Session,
    frame: Frame,
    rows: Sequence[Row],
    grounds: Mapping[int, Grounds],
    shown: CampaignsShown,
    how: Comments,
) -> tuple[StandardReport, ...]:
    """The reports of these standards, in their order."""
    ids = [row[0].id for row in rows]
    subjects = [Subject(row[0], row[1].affected_groups, row[2], row[3], outcome=row[5]) for row in rows]
    computed = results(session, frame, subjects)
    voices = gather_voices(session, frame, computed, shown)
    comments = (comments_of if how == Comments.HELD else streamed)(session, frame, ids)
    resolution = gather_resolution(session, rows)
    credit = credits_of(session, ids)
    answers = _responses(session, ids)
    reports = []
    for standard, version, *_counts in rows:
        key = standard.id
        report = _standard(standard, version, computed[key], *grounds[version.id], voices[key])
        told = replace(
            resolved(report, resolution[key]),
            versions=credit[key],
            comments=comments[key],
            from_affected=voices[key].from_affected,
            from_others=voices[key].from_others,
            positions_hidden=computed[key].why_hidden is not None,
        )
        reports.append(_answered(told, answers.get(key)))
    return tuple(reports)


def _responses(session: Session, standard_ids: Sequence[int]) -> dict[int, Response]:
    found = session.scalars(select(Response).where(Response.standard_id.in_(standard_ids)))
    return {response.standard_id: response for response in found}


def _answered(report: StandardReport, response: Response | None) -> StandardReport:
    """The report with the authority's response, where it was given here; an imported one is there already."""
    if response is None:
        return report
    return replace(
        report,
        response=response.kind.value,
        response_text=text.plain(response.text),
        promised_on=response.promised_on.isoformat() if response.promised_on else None,
        done=text.plain(response.done),
        done_on=response.done_on.isoformat() if response.done_on else None,
        answered_on=response.published_at.date().isoformat(),
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
        comments=(),
        language=version.language,
    )


def _source(piece: Evidence) -> Source:
    return Source(tuple(piece.authors), piece.year, piece.title, piece.venue, piece.url, piece.finding)


def positions_of(counts: Counts) -> Positions:
    """Counts as they are published."""
    return Positions(counts.support, counts.reservations, counts.abstain, counts.object, counts.size)
