"""Opinion groups of a consultation: found in people's positions alone, and shown as far as disclosure allows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from app.analysis.groups import SMALLEST
from app.analysis.opinions import VERSION
from app.errors import Refusal
from app.events import PositionTaken, PositionWithdrawn
from app.models.consultations import Consultation, ConsultationState
from app.models.events import LedgerEntry
from app.models.opinions import OpinionRun
from app.queries.consultations import Frame
from app.queries.opinion_figures import least_people
from app.queries.opinion_lines import CrossLine, GroupLine, Reading, SharedLine
from app.queries.opinion_positions import people_with_positions, texts_of
from app.queries.voices import voices_of
from app.rules.opinion_runs import PAUSE, may_replace
from app.rules.positions import why_not_see_tally

MOVING = (PositionTaken.__name__, PositionWithdrawn.__name__)


class Stage(StrEnum):
    """What the page has to show."""

    HIDDEN = "hidden"
    TOO_EARLY = "too_early"
    COMING = "coming"
    ONE_GROUP = "one_group"
    GROUPS = "groups"


@dataclass(frozen=True, slots=True)
class OpinionPage:
    """What positions say about who stands together, of the run `number` found at `found_at`.

    `people` have a position, `grouped` of them are in a group. `shares` are what the axes carry, in whole percent.
    `observed` is the silhouette (-1 to 1) of the people that were compared with chance, `chance` the highest of
    shuffled positions; None where nothing could be compared.
    """

    stage: Stage
    why_hidden: Refusal | None = None
    number: int = 0
    found_at: datetime | None = None
    final: bool = False
    smallest: int = SMALLEST
    people: int = 0
    grouped: int = 0
    groups: tuple[GroupLine, ...] = ()
    supported: tuple[SharedLine, ...] = ()
    objected: tuple[SharedLine, ...] = ()
    cross: tuple[CrossLine, ...] = ()
    shares: tuple[int, int] = (0, 0)
    silhouette: float | None = None
    observed: float | None = None
    chance: float | None = None


def page(session: Session, frame: Frame) -> OpinionPage:
    """The opinion groups of a consultation as they were found last. At most five statements."""
    why_hidden = why_not_see_tally(frame.consultation, closed=frame.closed, has_position=False)
    if why_hidden is not None:
        return OpinionPage(Stage.HIDDEN, why_hidden)
    consultation = frame.consultation
    least = least_people(consultation.minimum_voices, consultation.minimum_group)
    run = session.get(OpinionRun, consultation.id)
    if run is None:
        few = people_with_positions(session, consultation.id, least) < least
        return OpinionPage(Stage.TOO_EARLY if few else Stage.COMING)
    if run.minimum < consultation.minimum_group:
        return OpinionPage(Stage.COMING)
    if "groups" not in run.figures:
        return OpinionPage(Stage.TOO_EARLY)
    reading = Reading(run.figures, texts_of(session, consultation.id))
    return _told(run, reading, _cross(session, frame, reading.cross(frame.groups)))


def _cross(session: Session, frame: Frame, found: tuple[CrossLine, ...]) -> tuple[CrossLine, ...]:
    """The table as it was found, unless it shows a group that is hidden by now, which it would tell the size of."""
    if not found:
        return ()
    voices = voices_of(session, frame.consultation, frame.earlier)
    hidden = voices.groups.keys() - voices.shown
    not_stated = {""} if hidden else set()
    return () if {line.key for line in found} & (hidden | not_stated) else found


def _told(run: OpinionRun, reading: Reading, cross: tuple[CrossLine, ...]) -> OpinionPage:
    figures = run.figures
    groups = reading.groups()
    return OpinionPage(
        stage=Stage.GROUPS if len(groups) > 1 else Stage.ONE_GROUP,
        number=run.number,
        found_at=run.found_at,
        final=run.final,
        smallest=figures["smallest"],
        people=figures["people"],
        grouped=figures["grouped"],
        groups=groups if len(groups) > 1 else (),
        supported=reading.shared("supported"),
        objected=reading.shared("objected"),
        cross=cross,
        shares=(figures["shares"][0], figures["shares"][1]),
        silhouette=figures["silhouette"],
        observed=figures["observed"],
        chance=figures["chance"],
    )


def waiting(session: Session, at: datetime) -> Sequence[int]:
    """Consultations whose opinion groups may have to be found anew: enough has moved, or everything is in."""
    rows = session.execute(
        select(Consultation, OpinionRun)
        .outerjoin(OpinionRun, OpinionRun.consultation_id == Consultation.id)
        .where(Consultation.state != ConsultationState.DRAFT, or_(OpinionRun.looked_at.is_(None), _worth_a_look(at)))
        .order_by(Consultation.id)
    )
    return [consultation.id for consultation, run in rows.all() if _due(session, consultation, run)]


def _worth_a_look(at: datetime) -> ColumnElement[bool]:
    """A run that was not looked at for a while, or what it rests on is over: all is in, or the settings are others."""
    is_open = Consultation.state == ConsultationState.OPEN
    stale = or_(
        OpinionRun.final.is_(False),
        OpinionRun.algorithm != VERSION,
        OpinionRun.minimum != Consultation.minimum_group,
    )
    return or_(and_(is_open, OpinionRun.looked_at <= at - PAUSE), and_(~is_open, stale))


def _due(session: Session, consultation: Consultation, run: OpinionRun | None) -> bool:
    if consultation.state != ConsultationState.OPEN:
        return True
    if run is None:
        least = least_people(consultation.minimum_voices, consultation.minimum_group)
        return people_with_positions(session, consultation.id, least) >= least
    since = (
        select(LedgerEntry.id)
        .where(LedgerEntry.consultation_id == consultation.id, LedgerEntry.seq > run.seq, LedgerEntry.kind.in_(MOVING))
        .limit(consultation.minimum_group)
    )
    moved = session.scalar(select(func.count()).select_from(since.subquery())) or 0
    return may_replace(moved, consultation.minimum_group, closed=False)
