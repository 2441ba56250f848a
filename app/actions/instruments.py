"""The catalogue of rights: storing instruments, their provisions, and the bodies that enforce them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.instruments import EnforcementBody, Instrument, Provision, ProvisionTheme


@dataclass(frozen=True, slots=True)
class NewInstrument:
    """A treaty, declaration, charter or standard."""

    short: str
    title: str
    year: int
    kind: str
    body: str


@dataclass(frozen=True, slots=True)
class NewProvision:
    """One article of an instrument, in plain words."""

    key: str
    short: str
    label: str
    title: str
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NewBody:
    """A court, committee or procedure of an instrument; `details` is kept as it stands in the catalogue."""

    short: str
    name: str
    kind: str
    route: str
    details: Mapping[str, object]


def store(
    session: Session,
    instruments: Iterable[NewInstrument],
    provisions: Iterable[NewProvision],
    bodies: Iterable[NewBody],
) -> int:
    """Add what the catalogue does not have yet; returns how many provisions are new."""
    ids = dict(session.execute(select(Instrument.short, Instrument.id)).all())
    for new in instruments:
        if new.short not in ids:
            instrument = Instrument(short=new.short, title=new.title, year=new.year, kind=new.kind, body=new.body)
            session.add(instrument)
            session.flush()
            ids[new.short] = instrument.id
    added = _store_provisions(session, provisions, ids)
    _store_bodies(session, bodies)
    session.flush()
    return added


def _store_provisions(session: Session, provisions: Iterable[NewProvision], ids: Mapping[str, int]) -> int:
    known = set(session.scalars(select(Provision.key)))
    added: list[tuple[Provision, tuple[str, ...]]] = []
    for rank, new in enumerate(provisions, start=1):
        if new.key not in known:
            instrument_id = ids[new.short]
            provision = Provision(key=new.key, instrument_id=instrument_id, label=new.label, title=new.title, rank=rank)
            added.append((provision, new.themes))
    session.add_all(provision for provision, _themes in added)
    session.flush()
    session.add_all(
        ProvisionTheme(provision_id=provision.id, theme=theme) for provision, themes in added for theme in themes
    )
    return len(added)


def _store_bodies(session: Session, bodies: Iterable[NewBody]) -> None:
    known = set(session.execute(select(EnforcementBody.instrument_short, EnforcementBody.name)))
    session.add_all(
        EnforcementBody(
            instrument_short=new.short, name=new.name, kind=new.kind, route=new.route, details=dict(new.details)
        )
        for new in bodies
        if (new.short, new.name) not in known
    )
