"""The catalogue of rights, as a picker needs it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.models.instruments import Instrument, Provision, ProvisionTheme


@dataclass(frozen=True, slots=True)
class Shelf:
    """An instrument with its provisions; `themes` are those of each provision by its key."""

    instrument: Instrument
    provisions: tuple[Provision, ...]
    themes: Mapping[str, tuple[str, ...]]


def catalogue(session: Session) -> tuple[Shelf, ...]:
    """Every provision by instrument, in the order of the catalogue. Two statements."""
    rows = session.scalars(
        select(Provision).options(joinedload(Provision.instrument, innerjoin=True)).order_by(Provision.rank)
    ).all()
    shelves: dict[int, list[Provision]] = {}
    for provision in rows:
        shelves.setdefault(provision.instrument_id, []).append(provision)
    themes: dict[int, list[str]] = defaultdict(list)
    for provision_id, theme in session.execute(select(ProvisionTheme.provision_id, ProvisionTheme.theme)):
        themes[provision_id].append(theme)
    return tuple(
        Shelf(
            provisions[0].instrument,
            tuple(provisions),
            {provision.key: tuple(sorted(themes[provision.id])) for provision in provisions},
        )
        for provisions in shelves.values()
    )
