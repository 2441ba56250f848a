"""The positions that a person holds, and what can be done with each now."""

from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app import clock
from app.models.consultations import Consultation, ConsultationState, Membership, Phase
from app.models.positions import Position
from app.models.standards import Standard, StandardVersion
from app.queries.visibility import readable_standard
from app.rules.positions import TAKING_POSITIONS
from app.rules.versions import still_counts


@dataclass(frozen=True, slots=True)
class PositionLine:
    """A position of mine, the version in force, whether the text has changed since, and whether I can change it now."""

    position: Position
    consultation: Consultation
    number: int
    title: str
    language: str
    version: int
    to_confirm: bool
    changeable: bool


def positions_of(session: Session, account_id: int) -> tuple[PositionLine, ...]:
    """Every position of the owner of an account, by consultation and standard. One statement."""
    at = clock.now()
    running = exists().where(
        Phase.consultation_id == Consultation.id,
        Phase.kind.in_(TAKING_POSITIONS),
        Phase.opens_at <= at,
        Phase.closes_at > at,
        Consultation.state == ConsultationState.OPEN,
        Standard.withdrawn_at.is_(None),
    )
    rows = session.execute(
        select(Position, Consultation, Standard, StandardVersion, running)
        .select_from(Position)
        .join(Membership, Membership.id == Position.membership_id)
        .join(Standard, Standard.id == Position.standard_id)
        .join(Consultation, Consultation.id == Standard.consultation_id)
        .join(StandardVersion, StandardVersion.standard_id == Standard.id)
        .where(Membership.account_id == account_id, readable_standard())
        .order_by(Consultation.id, Standard.number)
    )
    return tuple(
        PositionLine(
            position,
            consultation,
            number=standard.number or 0,
            title=version.title,
            language=version.language,
            version=standard.version or 1,
            to_confirm=not still_counts(standard, position.version),
            changeable=changeable,
        )
        for position, consultation, standard, version, changeable in rows
    )
