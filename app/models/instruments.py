"""The catalogue of rights: instruments, their provisions in plain words, and the bodies that enforce them."""

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Id, loaded


class Instrument(Base):
    """A treaty, declaration, charter or standard that contains rights."""

    __tablename__ = "instruments"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    short: Mapped[str] = mapped_column(String(40), unique=True)
    title: Mapped[str] = mapped_column(String(300))
    year: Mapped[int]
    kind: Mapped[str] = mapped_column(String(60))
    body: Mapped[str] = mapped_column(String(300), default="")


class Provision(Base):
    """One article of an instrument, titled in plain words."""

    __tablename__ = "provisions"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(String(60), unique=True)
    instrument_id: Mapped[int] = mapped_column(ForeignKey("instruments.id"), index=True)
    label: Mapped[str] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(String(300))
    rank: Mapped[int]

    instrument: Mapped[Instrument] = loaded()


class ProvisionTheme(Base):
    """A plain-word theme of a provision, such as privacy."""

    __tablename__ = "provision_themes"

    provision_id: Mapped[int] = mapped_column(ForeignKey("provisions.id"), primary_key=True)
    theme: Mapped[str] = mapped_column(String(60), primary_key=True, index=True)


class EnforcementBody(Base):
    """A court, committee or procedure through which an instrument is enforced; kept as it stands in the catalogue."""

    __tablename__ = "enforcement_bodies"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    instrument_short: Mapped[str] = mapped_column(String(40), index=True)
    name: Mapped[str] = mapped_column(String(300))
    kind: Mapped[str] = mapped_column(String(60))
    route: Mapped[str] = mapped_column(Text, default="")
    details: Mapped[dict[str, object]] = mapped_column(JSON)
