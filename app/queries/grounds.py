"""What versions rest on: provisions and evidence."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.evidence import Evidence
from app.models.instruments import Instrument, Provision
from app.models.standards import Citation, Grounding, StandardVersion

Grounds = tuple[tuple["Ground", ...], tuple[Evidence, ...]]


@dataclass(frozen=True, slots=True)
class Ground:
    """A provision that a standard rests on."""

    key: str
    label: str
    title: str
    instrument: str


def grounds_of(session: Session, version_ids: Sequence[int]) -> dict[int, Grounds]:
    """Provisions and evidence of each version, in one statement: their product is small, and each is taken once."""
    rows = session.execute(
        select(StandardVersion.id, Provision, Instrument.title, Evidence)
        .select_from(StandardVersion)
        .outerjoin(Grounding, Grounding.version_id == StandardVersion.id)
        .outerjoin(Provision, Provision.id == Grounding.provision_id)
        .outerjoin(Instrument, Instrument.id == Provision.instrument_id)
        .outerjoin(Citation, Citation.version_id == StandardVersion.id)
        .outerjoin(Evidence, Evidence.id == Citation.evidence_id)
        .where(StandardVersion.id.in_(version_ids))
        .order_by(Provision.rank, Citation.rank)
    ).all()
    grounds: dict[int, dict[int, Ground]] = {version_id: {} for version_id in version_ids}
    evidence: dict[int, dict[int, Evidence]] = {version_id: {} for version_id in version_ids}
    provision: Provision | None
    piece: Evidence | None
    for version_id, provision, instrument, piece in rows:
        if provision is not None:
            ground = Ground(provision.key, provision.label, provision.title, instrument)
            grounds[version_id][provision.id] = ground
        if piece is not None:
            evidence[version_id][piece.id] = piece
    return {key: (tuple(grounds[key].values()), tuple(evidence[key].values())) for key in version_ids}
