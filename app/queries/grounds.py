"""What versions rest on: provisions, the bodies that enforce them, and evidence."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.models.evidence import Evidence
from app.models.instruments import EnforcementBody, Instrument, Provision
from app.models.standards import Citation, Grounding, StandardVersion

Grounds = tuple[tuple["Ground", ...], tuple[Evidence, ...]]


@dataclass(frozen=True, slots=True)
class Ground:
    """A provision that a standard rests on; `short` is how its instrument is called for short."""

    key: str
    label: str
    title: str
    instrument: str
    short: str


@dataclass(frozen=True, slots=True)
class Chain:
    """From the rights of one version to where they can be claimed: `bodies` by the short name of the instrument."""

    grounds: tuple[Ground, ...]
    evidence: tuple[Evidence, ...]
    bodies: dict[str, tuple[EnforcementBody, ...]]


def grounds_of(session: Session, version_ids: Sequence[int]) -> dict[int, Grounds]:
    """Provisions and evidence of each version, in one statement: their product is small, and each is taken once."""
    rows = session.execute(_resting(version_ids).order_by(Provision.rank, Citation.rank))
    return _collected(rows.all(), version_ids)


def chain_of(session: Session, version_id: int) -> Chain:
    """The rights, the evidence and the enforcing bodies of one version, in one statement."""
    rows = session.execute(
        _resting([version_id])
        .add_columns(EnforcementBody)
        .outerjoin(EnforcementBody, EnforcementBody.instrument_short == Instrument.short)
        .order_by(Provision.rank, Citation.rank, EnforcementBody.id)
    ).all()
    grounds, evidence = _collected([row[:5] for row in rows], [version_id])[version_id]
    bodies: dict[str, dict[int, EnforcementBody]] = {}
    for *_resting_on, body in rows:
        if body is not None:
            bodies.setdefault(body.instrument_short, {})[body.id] = body
    return Chain(grounds, evidence, {short: tuple(found.values()) for short, found in bodies.items()})


def _resting(version_ids: Sequence[int]) -> Select[int, Provision, str, str, Evidence]:
    return (
        select(StandardVersion.id, Provision, Instrument.title, Instrument.short, Evidence)
        .select_from(StandardVersion)
        .outerjoin(Grounding, Grounding.version_id == StandardVersion.id)
        .outerjoin(Provision, Provision.id == Grounding.provision_id)
        .outerjoin(Instrument, Instrument.id == Provision.instrument_id)
        .outerjoin(Citation, Citation.version_id == StandardVersion.id)
        .outerjoin(Evidence, Evidence.id == Citation.evidence_id)
        .where(StandardVersion.id.in_(version_ids))
    )


def _collected(rows: Sequence[tuple[object, ...]], version_ids: Sequence[int]) -> dict[int, Grounds]:
    grounds: dict[int, dict[int, Ground]] = {version_id: {} for version_id in version_ids}
    evidence: dict[int, dict[int, Evidence]] = {version_id: {} for version_id in version_ids}
    for version_id, provision, instrument, short, piece in rows:
        assert isinstance(version_id, int)
        if isinstance(provision, Provision):
            grounds[version_id][provision.id] = Ground(
                provision.key, provision.label, provision.title, str(instrument), str(short)
            )
        if isinstance(piece, Evidence):
            evidence[version_id][piece.id] = piece
    return {key: (tuple(grounds[key].values()), tuple(evidence[key].values())) for key in version_ids}
