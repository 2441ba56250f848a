"""No relationship loads by itself: whoever needs the other side says so in the query."""

from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from tests.laws.sources import hold


def offences(base) -> list[str]:
    return [
        f"{mapper.class_.__name__}.{relation.key} is lazy={relation.lazy!r}"
        for mapper in base.registry.mappers
        for relation in mapper.relationships
        if relation.lazy != "raise"
    ]


def test_no_relationship_loads_by_itself():
    import app.models
    from app.db import Base

    assert len(list(Base.registry.mappers)) > 10, app.models
    hold(offences(Base))


def test_the_law_bites():
    from sqlalchemy import ForeignKey

    class Base(DeclarativeBase):
        pass

    class Person(Base):
        __tablename__ = "people"
        id: Mapped[int] = mapped_column(primary_key=True)
        friend_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
        friend = relationship("Person", remote_side="Person.id", foreign_keys="Person.friend_id")
        other = relationship(
            "Person", remote_side="Person.id", foreign_keys="Person.friend_id", lazy="raise", viewonly=True
        )

    assert offences(Base) == ["Person.friend is lazy='select'"]
