"""What a summary says of how a consultation went: its rules, phases, channels, languages, and its weeks."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.contributions import READABLE, Contribution
from app.models.positions import Block, Position
from app.models.standards import Standard
from app.queries.consultations import Frame
from app.rules.positions import why_not_see_tally


@dataclass(frozen=True, slots=True)
class PhaseReport:
    """A phase with its days; `ended_why` is the reason for ending it early."""

    kind: str
    opens_on: str
    closes_on: str
    ended_why: str


@dataclass(frozen=True, slots=True)
class CountLine:
    """How many contributions are readable that came in one way or in one language."""

    key: str
    contributions: int


@dataclass(frozen=True, slots=True)
class WeekLine:
    """What the week that begins on this Monday brought: contributions, and positions of people."""

    begins_on: str
    contributions: int
    positions: int


@dataclass(frozen=True, slots=True)
class ProcessReport:
    """How a consultation went. The counts of channels, of languages and of weeks each add up to `contributions`."""

    participation: str
    review: str
    tallies_visible: str
    consensus_percent: int
    contested_percent: int
    minimum_voices: int
    closed_why: str
    contributions: int
    phases: tuple[PhaseReport, ...]
    channels: tuple[CountLine, ...]
    languages: tuple[CountLine, ...]
    weeks: tuple[WeekLine, ...]


def gather_process(session: Session, frame: Frame) -> ProcessReport:
    """How the consultation went, from what everybody may read. Two statements.

    While tallies are hidden no week says how many positions it brought.
    """
    consultation = frame.consultation
    hidden = why_not_see_tally(consultation, closed=frame.closed, has_position=False) is not None
    taken = [] if hidden else _positions(session, consultation.id)
    spoken = _contributions(session, consultation.id)
    return ProcessReport(
        participation=consultation.participation.value,
        review=consultation.review.value,
        tallies_visible=consultation.tallies_visible.value,
        consensus_percent=consultation.consensus_percent,
        contested_percent=consultation.contested_percent,
        minimum_voices=consultation.minimum_voices,
        closed_why=consultation.closed_why,
        contributions=sum(count for *_key, count in spoken),
        phases=tuple(
            PhaseReport(
                phase.kind.value,
                phase.opens_at.astimezone(frame.zone).date().isoformat(),
                phase.closes_at.astimezone(frame.zone).date().isoformat(),
                phase.ended_why,
            )
            for phase in frame.phases
        ),
        channels=_counted((channel, count) for channel, _language, _day, count in spoken),
        languages=_counted((language, count) for _channel, language, _day, count in spoken),
        weeks=_weeks([(day, count) for *_other, day, count in spoken], taken),
    )


def _contributions(session: Session, consultation_id: int) -> list[tuple[str, str, str, int]]:
    day = func.date(Contribution.created_at)
    rows = session.execute(
        select(Contribution.channel, Contribution.language, day, func.count())
        .where(Contribution.consultation_id == consultation_id, Contribution.state.in_(READABLE))
        .group_by(Contribution.channel, Contribution.language, day)
    )
    return [(channel.value, language, str(on), count) for channel, language, on, count in rows]


def _positions(session: Session, consultation_id: int) -> list[tuple[str, int]]:
    """People's positions by the day on which they were taken or last changed; organisations are never added to them."""
    day = func.date(Position.taken_at)
    rows = session.execute(
        select(day, func.count())
        .join(Standard, Standard.id == Position.standard_id)
        .where(Standard.consultation_id == consultation_id, Position.block == Block.PEOPLE, Position.counted)
        .group_by(day)
    )
    return [(str(on), count) for on, count in rows]


def _counted(rows: Iterable[tuple[str, int]]) -> tuple[CountLine, ...]:
    counts: Counter[str] = Counter()
    for key, count in rows:
        counts[key] += count
    return tuple(CountLine(key, count) for key, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _weeks(spoken: Iterable[tuple[str, int]], taken: Iterable[tuple[str, int]]) -> tuple[WeekLine, ...]:
    """Every week from the first to the last in which anything happened, the quiet ones too."""
    contributions, positions = _by_week(spoken), _by_week(taken)
    if not contributions and not positions:
        return ()
    first, last = min([*contributions, *positions]), max([*contributions, *positions])
    mondays = (first + timedelta(weeks=number) for number in range((last - first).days // 7 + 1))
    return tuple(WeekLine(monday.isoformat(), contributions[monday], positions[monday]) for monday in mondays)


def _by_week(rows: Iterable[tuple[str, int]]) -> Counter[date]:
    weeks: Counter[date] = Counter()
    for written, count in rows:
        day = date.fromisoformat(written)
        weeks[day - timedelta(days=day.weekday())] += count
    return weeks
