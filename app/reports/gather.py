"""One gathering step: from the database to a Document. A fixed number of statements for any consultation."""

from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import text
from app.events import SummaryMade
from app.models.consultations import Consultation
from app.models.events import LedgerEntry
from app.models.instruments import EnforcementBody
from app.queries import campaigns, consultations, moderation_report, reorganisations
from app.queries.consultations import Frame, Seat
from app.queries.grounds import Grounds, grounds_of
from app.queries.listings import readable_versions
from app.queries.moderation_report import Figures
from app.reports.campaigns_report import CampaignFigures, CampaignsShown
from app.reports.credits import balance_of
from app.reports.document import SCHEMA, About, BodyLine, Document, GroupVoices, Moderation
from app.reports.due_process_report import due_process_of
from app.reports.opinions_report import gather_opinions
from app.reports.process_report import gather_process
from app.reports.promises import gather_promises
from app.reports.standard_report import TrailLine
from app.reports.standards import Comments, gather_standards
from app.reports.writing import sealed


def gather(session: Session, frame: Frame, shown: CampaignsShown = CampaignsShown.GROUPED) -> Document:
    """Everything that a summary of this consultation says, as anybody may read it.

    Of a large consultation the comments are read when they are written out: the session has to stay open until then.
    """
    process = gather_process(session, frame)
    comments = Comments.of(process.contributions)
    rows = readable_versions(session, frame)
    grounds = grounds_of(session, [row[1].id for row in rows])
    moderated = moderation_report.figures(session, frame.consultation.id, frame.earlier)
    heard = consultations.heard(session, frame)
    entries, as_of = _rests_on(session, frame.consultation.id)
    return sealed(
        Document(
            schema=SCHEMA,
            fingerprint="",
            as_of=as_of,
            ledger_entries=entries,
            consultation=_about(frame.consultation),
            people=heard.people,
            organisations=heard.organisations,
            participation=tuple(_group(seat) for seat in heard.seats),
            standards=gather_standards(session, frame, rows, grounds, shown, comments),
            trails=tuple(
                TrailLine(one.number, one.title, one.kind, one.into)
                for one in reorganisations.replaced(session, frame.consultation.id)
            ),
            moderation=_moderation(moderated),
            commitments=gather_promises(session, frame),
            balance=balance_of(heard),
            campaigns=_campaigns(session, frame, shown),
            process=process,
            due_process=due_process_of(moderated),
            bodies=_bodies(session, grounds),
            opinions=gather_opinions(session, frame),
        )
    )


def _rests_on(session: Session, consultation_id: int) -> tuple[int, str | None]:
    """How many entries of the record it rests on, and the hour of the last. Storing it changes nothing in it."""
    last_ones = select(func.coalesce(func.max(LedgerEntry.seq), 0), func.max(LedgerEntry.recorded_at))
    told = (LedgerEntry.consultation_id == consultation_id, LedgerEntry.kind != SummaryMade.__name__)
    entries, last = session.execute(last_ones.where(*told)).one()
    return entries, f"{last:%Y-%m-%dT%HZ}" if entries else None


def _group(seat: Seat) -> GroupVoices:
    return GroupVoices(
        group=seat.key,
        name=seat.name,
        family=seat.family,
        directly_affected=seat.directly_affected,
        heard=seat.heard,
        people=seat.size if seat.shown else None,
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


def _bodies(session: Session, grounds: Mapping[int, Grounds]) -> tuple[BodyLine, ...]:
    """Where the rights can be claimed that any of the standards rests on."""
    shorts = sorted({ground.short for of, _evidence in grounds.values() for ground in of})
    found = session.scalars(
        select(EnforcementBody).where(EnforcementBody.instrument_short.in_(shorts)).order_by(EnforcementBody.id)
    )
    return tuple(BodyLine(body.instrument_short, body.name, body.kind, body.route) for body in found)


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
        purpose=text.plain(consultation.purpose),
    )
