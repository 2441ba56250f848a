"""Opinion groups of a consultation: found in people's positions alone, and shown as far as disclosure allows."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session

from app.analysis.bundles import Bundle, bundles
from app.analysis.groups import SMALLEST
from app.analysis.matrix import AGREE, DISAGREE, PASS
from app.analysis.one_thread import np
from app.analysis.opinions import Opinions, opinions
from app.errors import Refusal
from app.models.positions import Block, Choice, Position
from app.models.standards import Standard, StandardVersion
from app.queries.consultations import Frame
from app.queries.opinion_lines import GroupLine, SharedLine, Telling
from app.queries.visibility import readable_standard
from app.rules.positions import why_not_see_tally
from app.rules.versions import still_counts

MOST_PEOPLE = 2_000
"""Groups of more people are not found while somebody waits for the page."""
MOST_MARKS = 120
"""The map has about so many marks at most."""
VALUES = {Choice.SUPPORT: AGREE, Choice.RESERVATIONS: AGREE, Choice.ABSTAIN: PASS, Choice.OBJECT: DISAGREE}


class Stage(StrEnum):
    """What the page has to show."""

    HIDDEN = "hidden"
    TOO_EARLY = "too_early"
    COMING = "coming"
    ONE_GROUP = "one_group"
    GROUPS = "groups"


@dataclass(frozen=True, slots=True)
class OpinionPage:
    """What positions say about who stands together.

    `marks` are the places of each group's people, in bundles of at least `smallest`.
    `shares` are what the axes carry, in whole percent.
    """

    stage: Stage
    why_hidden: Refusal | None = None
    smallest: int = SMALLEST
    grouped: int = 0
    groups: tuple[GroupLine, ...] = ()
    supported: tuple[SharedLine, ...] = ()
    objected: tuple[SharedLine, ...] = ()
    marks: tuple[tuple[Bundle, ...], ...] = ()
    shares: tuple[int, int] = (0, 0)


def page(session: Session, frame: Frame) -> OpinionPage:
    """The opinion groups of a consultation, as this viewer may see them. Three statements at most."""
    why_hidden = why_not_see_tally(frame.consultation, closed=frame.closed, has_position=False)
    if why_hidden is not None:
        return OpinionPage(Stage.HIDDEN, why_hidden)
    smallest = max(SMALLEST, frame.consultation.minimum_group)
    people = session.scalar(_of(frame, select(func.count(func.distinct(Position.membership_id))))) or 0
    if people < max(frame.consultation.minimum_voices, 2 * smallest):
        return OpinionPage(Stage.TOO_EARLY, smallest=smallest)
    if people > MOST_PEOPLE:
        return OpinionPage(Stage.COMING, smallest=smallest)
    texts = _texts(session, frame)
    taken = _taken(session, frame, texts)
    found = _found(*taken, smallest)
    told = Telling(found, _totals(taken), list(texts), frame.consultation.minimum_group)
    several = len(found.numbers) > 1
    return OpinionPage(
        stage=Stage.GROUPS if several else Stage.ONE_GROUP,
        smallest=smallest,
        grouped=len(found.people),
        groups=told.groups() if several else (),
        supported=told.shared(supported=True),
        objected=told.shared(supported=False),
        marks=tuple(_marks(found, number, smallest) for number in found.numbers),
        shares=(round(100 * found.shares[0]), round(100 * found.shares[1])),
    )


def _marks(found: Opinions, number: int, smallest: int) -> tuple[Bundle, ...]:
    """One group's people in bundles; bundles grow with the number of people, but a group always has one."""
    places = found.places[found.labels == number]
    wished = max(smallest, len(found.people) // MOST_MARKS)
    return bundles(places, max(1, min(wished, len(places))))


def _of(frame: Frame, statement: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Positions of people that count, on standards of this consultation."""
    return (
        statement.select_from(Position)
        .join(Standard, Standard.id == Position.standard_id)
        .where(Standard.consultation_id == frame.consultation.id, Position.block == Block.PEOPLE, Position.counted)
    )


def _texts(session: Session, frame: Frame) -> Sequence[tuple[Standard, StandardVersion]]:
    """The standards that groups are found on: what everybody may read and nobody took back."""
    rows = session.execute(
        select(Standard, StandardVersion)
        .join(StandardVersion, and_(StandardVersion.standard_id == Standard.id, readable_standard()))
        .where(Standard.consultation_id == frame.consultation.id, Standard.withdrawn_at.is_(None))
        .order_by(Standard.number)
    )
    return [(standard, version) for standard, version in rows]


Taken = tuple[bytes, bytes, bytes, tuple[int, int], frozenset[int]]
"""People, standards and values as the bytes of arrays, their shape, and the standards that do not count."""


def _taken(session: Session, frame: Frame, texts: Sequence[tuple[Standard, StandardVersion]]) -> Taken:
    """The positions as numbers: standards in the order of their texts, then those that nobody may read."""
    place = {standard.id: number for number, (standard, _version) in enumerate(texts)}
    wanted = select(Position.membership_id, Position.standard_id, Position.choice, Position.version)
    members: dict[int, int] = {}
    votes: list[tuple[int, int, int]] = []
    for member, standard_id, choice, version in session.execute(_of(frame, wanted).order_by(Position.id)):
        number = place.setdefault(standard_id, len(place))
        if number >= len(texts) or still_counts(texts[number][0], version):
            votes.append((members.setdefault(member, len(members)), number, VALUES[choice]))
    arrays = np.array(votes, np.int64).reshape(-1, 3).T
    people, standards, values = (array.tobytes() for array in arrays)
    return people, standards, values, (len(members), len(place)), frozenset(range(len(texts), len(place)))


@lru_cache(maxsize=8)
def _found(
    people: bytes, standards: bytes, values: bytes, shape: tuple[int, int], excluded: frozenset[int], smallest: int
) -> Opinions:
    """What follows from these positions alone; kept, because it takes longer than all the rest of a page."""
    arrays = (np.frombuffer(part, np.int64) for part in (people, standards, values))
    return opinions(*arrays, shape=shape, excluded=excluded, smallest=smallest)


def _totals(taken: Taken) -> list[int]:
    """How many people have a position on each standard, in a group or not."""
    _people, standards, _values, (_rows, width), _excluded = taken
    counts: list[int] = np.bincount(np.frombuffer(standards, np.int64), minlength=width).tolist()
    return counts
