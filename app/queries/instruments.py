"""The catalogue of rights, as a picker needs it."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.models.instruments import Instrument, Provision


@dataclass(frozen=True, slots=True)
class Shelf:
    """An instrument with its provisions."""

    instrument: Instrument
    provisions: tuple[Provision, ...]


def catalogue(session: Session) -> tuple[Shelf, ...]:
    """Every provision by instrument, in the order of the catalogue. One statement."""
    rows = session.scalars(
        select(Provision).options(joinedload(Provision.instrument, innerjoin=True)).order_by(Provision.rank)
    ).all()
    shelves: dict[int, list[Provision]] = {}
    for provision in rows:
        shelves.setdefault(provision.instrument_id, []).append(provision)
    return tuple(Shelf(provisions[0].instrument, tuple(provisions)) for provisions in shelves.values())
