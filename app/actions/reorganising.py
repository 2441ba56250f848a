"""What a merger, a split or a withdrawal does to standards and positions, once it may be done."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock, text
from app.actions import in_force, positions
from app.actions.version_texts import LABEL, copy
from app.models.consultations import Consultation, Membership
from app.models.contributions import State
from app.models.positions import Position
from app.models.reorganisations import (
    Part,
    RelationKind,
    Reorganisation,
    ReorganisationAnswer,
    ReorganisationKind,
    StandardRelation,
)
from app.models.standards import Clause, Standard, StandardVersion
from app.rules.reorganisations import SUPPORTING


def become(session: Session, consultation: Consultation, standard: Standard, found: Reorganisation) -> None:
    """Let a standard end as it was proposed, with a trail to what takes its place."""
    places: list[Standard] = []
    if found.kind == ReorganisationKind.MERGE and found.target_id is not None:
        places = [session.get_one(Standard, found.target_id)]
        _relate(session, standard, places, RelationKind.MERGED_INTO)
    elif found.kind == ReorganisationKind.SPLIT:
        places = [_part(session, consultation, standard, part, found.reason) for part in found.parts]
        _relate(session, standard, places, RelationKind.SPLIT_INTO)
    for place in places:
        _move_along(session, standard, place, found)
    standard.withdrawn_at = clock.now()


def _part(session: Session, consultation: Consultation, source: Standard, part: Part, why: str) -> Standard:
    """A standard with some clauses of another one, published at once: everybody has read them."""
    wanted = (StandardVersion.standard_id == source.id, StandardVersion.number == source.version)
    current = session.scalars(select(StandardVersion).where(*wanted)).one()
    made = Standard(consultation_id=consultation.id, membership_id=source.membership_id, created_at=clock.now())
    session.add(made)
    session.flush()
    version = StandardVersion(
        standard_id=made.id,
        number=1,
        consultation_id=consultation.id,
        membership_id=source.membership_id,
        state=State.PUBLISHED,
        created_at=clock.now(),
        why=why,
    )
    taken = [clause["text"] for clause in current.clauses if clause["number"] in part["clauses"]]
    clauses = [Clause(number=str(number), text=written) for number, written in enumerate(taken, start=1)]
    copy(session, current, version, clauses)
    version.title, version.label = part["title"], text.excerpt(part["title"], LABEL)
    in_force.enter(session, version)
    return made


def _relate(session: Session, source: Standard, places: list[Standard], kind: RelationKind) -> None:
    session.add_all(
        StandardRelation(from_id=source.id, to_id=place.id, kind=kind, created_at=clock.now()) for place in places
    )
    session.flush()


def _move_along(session: Session, source: Standard, place: Standard, found: Reorganisation) -> None:
    """Positions of those who said so, where they have none yet."""
    willing = session.execute(
        select(Membership, Position)
        .join(Position, Position.membership_id == Membership.id)
        .join(ReorganisationAnswer, ReorganisationAnswer.membership_id == Membership.id)
        .where(
            Position.standard_id == source.id,
            Position.choice.in_(SUPPORTING),
            ReorganisationAnswer.reorganisation_id == found.id,
            ReorganisationAnswer.agrees,
            ReorganisationAnswer.moves_along,
        )
        .order_by(Membership.id)
    ).all()
    for member, position in willing:
        positions.move_along(session, position, place, by=member)
