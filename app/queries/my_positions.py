"""The positions that a person holds, and what can be done with each now."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.models.consultations import Consultation, ConsultationState, Membership, Phase
from app.models.positions import Position
from app.models.standards import Standard, StandardVersion
from app.queries.visibility import readable_standard
from app.rules.consultations import running
from app.rules.phases import phases_of
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
    """Every position of the owner of an account, by consultation and standard. Two statements."""
    rows = session.execute(
        select(Position, Consultation, Standard, StandardVersion)
        .select_from(Position)
        .join(Membership, Membership.id == Position.membership_id)
        .join(Standard, Standard.id == Position.standard_id)
        .join(Consultation, Consultation.id == Standard.consultation_id)
        .join(StandardVersion, StandardVersion.standard_id == Standard.id)
        .where(Membership.account_id == account_id, readable_standard())
        .order_by(Consultation.id, Standard.number)
    ).all()
    phases = _phases(session, {consultation.id for _position, consultation, _standard, _version in rows})
    return tuple(
        PositionLine(
            position,
            consultation,
            number=standard.number or 0,
            title=version.title,
            language=version.language,
            version=standard.version or 1,
            to_confirm=not still_counts(standard, position.version),
            changeable=_changeable(consultation, standard, phases[consultation.id]),
        )
        for position, consultation, standard, version in rows
    )


def _phases(session: Session, consultation_ids: set[int]) -> defaultdict[int, list[Phase]]:
    found: defaultdict[int, list[Phase]] = defaultdict(list)
    for phase in session.scalars(select(Phase).where(Phase.consultation_id.in_(consultation_ids))):
        found[phase.consultation_id].append(phase)
    return found


def _changeable(consultation: Consultation, standard: Standard, phases: list[Phase]) -> bool:
    own, at = phases_of(consultation, standard, phases), clock.now()
    is_open = consultation.state == ConsultationState.OPEN and standard.withdrawn_at is None
    return is_open and any(running(own, kind, at) for kind in TAKING_POSITIONS)
