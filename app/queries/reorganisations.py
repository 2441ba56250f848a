"""Mergers, splits and withdrawals: what supporters are asked, and the trails from one standard to another."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from app.errors import NotFound, Refusal
from app.models.consultations import Membership
from app.models.positions import Position
from app.models.reorganisations import (
    RelationKind,
    Reorganisation,
    ReorganisationAnswer,
    ReorganisationState,
    StandardRelation,
)
from app.models.standards import Clause, Standard, StandardVersion
from app.queries.consultations import Frame
from app.queries.threads import name_of
from app.queries.visibility import published_standard, readable_standard
from app.rules.reorganisations import (
    SUPPORTING,
    Answers,
    why_not_answer,
    why_not_carry_out,
    why_not_end,
    why_not_reorganise,
)

REPLACED = (RelationKind.MERGED_INTO, RelationKind.SPLIT_INTO)


@dataclass(frozen=True, slots=True)
class Trail:
    """A step from one standard to another; `onward` when it leads away from the standard that was asked about."""

    kind: str
    number: int
    title: str
    onward: bool


@dataclass(frozen=True, slots=True)
class Replaced:
    """A standard that is no standard in its own right any more: what it was, and what took its place."""

    number: int
    title: str
    kind: str
    into: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Choosable:
    """A standard into which another one can be merged."""

    number: int
    title: str


@dataclass(frozen=True, slots=True)
class ReorganisationPage:
    """What is being asked of the supporters of a standard, or was; or the form with which to ask."""

    frame: Frame
    standard: Standard
    title: str
    clauses: list[Clause]
    found: Reorganisation | None
    proposed_by: str
    target: Choosable | None
    answers: Answers
    mine: ReorganisationAnswer | None
    others: tuple[Choosable, ...]
    why_not_ask: Refusal | None
    why_not_answer: Refusal | None
    why_not_end: Refusal | None
    why_not_carry_out: Refusal | None

    @property
    def asking(self) -> bool:
        """Whether supporters are being asked now."""
        return self.found is not None and self.found.state == ReorganisationState.ASKED


def in_its_own_right() -> ColumnElement[bool]:
    """A standard that was neither merged nor split; those that were are reached by their trails."""
    return ~exists().where(StandardRelation.from_id == Standard.id, StandardRelation.kind.in_(REPLACED))


def trails(session: Session, standard_id: int) -> tuple[Trail, ...]:
    """What a standard came out of and what became of it, as far as everybody can read it. One statement."""
    onward = StandardRelation.from_id == standard_id
    rows = session.execute(
        select(StandardRelation.kind, Standard.number, StandardVersion.title, onward)
        .select_from(StandardRelation)
        .join(
            Standard,
            or_(
                and_(onward, Standard.id == StandardRelation.to_id),
                and_(StandardRelation.to_id == standard_id, Standard.id == StandardRelation.from_id),
            ),
        )
        .join(StandardVersion, StandardVersion.standard_id == Standard.id)
        .where(readable_standard())
        .order_by(Standard.number)
    )
    return tuple(Trail(kind.value, number or 0, title, bool(away)) for kind, number, title, away in rows)


def asked(session: Session, standard_id: int) -> Reorganisation | None:
    """What the supporters of a standard are being asked now. One statement."""
    here = (Reorganisation.standard_id == standard_id, Reorganisation.state == ReorganisationState.ASKED)
    return session.scalars(select(Reorganisation).where(*here).limit(1)).first()


def replaced(session: Session, consultation_id: int) -> tuple[Replaced, ...]:
    """The standards that were merged or split, with what took their place. One statement."""
    source, version = Standard, StandardVersion
    into = select(Standard.number).where(Standard.id == StandardRelation.to_id).correlate(StandardRelation)
    rows = session.execute(
        select(source.number, version.title, StandardRelation.kind, into.scalar_subquery())
        .select_from(source)
        .join(version, version.standard_id == source.id)
        .join(StandardRelation, StandardRelation.from_id == source.id)
        .where(source.consultation_id == consultation_id, StandardRelation.kind.in_(REPLACED), readable_standard())
        .order_by(source.number, StandardRelation.id)
    )
    found: dict[int, Replaced] = {}
    for number, title, kind, place in rows:
        before = found.get(number or 0)
        into_all = (*(before.into if before else ()), *((place,) if place else ()))
        found[number or 0] = Replaced(number or 0, title, kind.value, into_all)
    return tuple(found.values())


def page(session: Session, frame: Frame, number: int) -> ReorganisationPage:
    """What supporters of a standard are asked, or whoever may ask them begins with.

    Raises:
        NotFound: there is no such standard, or nothing to see here for this viewer.
    """
    standard = published_standard(session, frame.consultation.id, number)
    latest = select(Reorganisation).where(Reorganisation.standard_id == standard.id)
    found = session.scalars(latest.order_by(Reorganisation.id.desc()).limit(1)).first()
    waiting = found if found is not None and found.state == ReorganisationState.ASKED else None
    why_not_ask = why_not_reorganise(frame.consultation, standard, frame.membership, waiting)
    if found is None and why_not_ask is not None and why_not_ask.code in ("not_joined", "not_author_or_chair"):
        raise NotFound
    title, clauses = session.execute(
        select(StandardVersion.title, StandardVersion.clauses).where(
            StandardVersion.standard_id == standard.id, StandardVersion.number == standard.version
        )
    ).one()
    others = _others(session, frame, standard)
    answers = _answers(session, found) if found is not None else Answers(0, 0, 0)
    choice, mine = _my_part(session, frame, standard, found)
    member = frame.membership
    return ReorganisationPage(
        frame=frame,
        standard=standard,
        title=title,
        clauses=clauses,
        found=found,
        proposed_by=_proposed_by(session, found),
        target=_target(session, found),
        answers=answers,
        mine=mine,
        others=others,
        why_not_ask=why_not_ask,
        why_not_answer=why_not_answer(found, choice.choice if choice else None, member, at=frame.at) if found else None,
        why_not_end=why_not_end(found, member) if found else None,
        why_not_carry_out=why_not_carry_out(found, member, answers, at=frame.at) if found else None,
    )


def _others(session: Session, frame: Frame, standard: Standard) -> tuple[Choosable, ...]:
    rows = session.execute(
        select(Standard.number, StandardVersion.title)
        .join(StandardVersion, StandardVersion.standard_id == Standard.id)
        .where(
            Standard.consultation_id == frame.consultation.id,
            Standard.id != standard.id,
            Standard.withdrawn_at.is_(None),
            readable_standard(),
        )
        .order_by(Standard.number)
    )
    return tuple(Choosable(number or 0, title) for number, title in rows)


def _target(session: Session, found: Reorganisation | None) -> Choosable | None:
    if found is None or found.target_id is None:
        return None
    row = session.execute(
        select(Standard.number, StandardVersion.title)
        .join(StandardVersion, StandardVersion.standard_id == Standard.id)
        .where(Standard.id == found.target_id, readable_standard())
    ).one_or_none()
    return Choosable(row[0] or 0, row[1]) if row is not None else None


def _proposed_by(session: Session, found: Reorganisation | None) -> str:
    return name_of(session.get_one(Membership, found.membership_id)) if found is not None else ""


def _my_part(
    session: Session, frame: Frame, standard: Standard, found: Reorganisation | None
) -> tuple[Position | None, ReorganisationAnswer | None]:
    mine = (Position.standard_id == standard.id, Position.membership_id == frame.membership_id)
    position = session.scalars(select(Position).where(*mine)).one_or_none()
    if found is None:
        return position, None
    given = (
        ReorganisationAnswer.reorganisation_id == found.id,
        ReorganisationAnswer.membership_id == frame.membership_id,
    )
    return position, session.scalars(select(ReorganisationAnswer).where(*given)).one_or_none()


def _answers(session: Session, found: Reorganisation) -> Answers:
    """As the action counts them: those who support the standard now, without whoever proposed it."""
    said = ReorganisationAnswer
    total, agree, disagree = session.execute(
        select(func.count(), func.count().filter(said.agrees), func.count().filter(~said.agrees))
        .select_from(Position)
        .outerjoin(said, and_(said.membership_id == Position.membership_id, said.reorganisation_id == found.id))
        .where(
            Position.standard_id == found.standard_id,
            Position.choice.in_(SUPPORTING),
            Position.membership_id != found.membership_id,
        )
    ).one()
    return Answers(total, agree, disagree)
