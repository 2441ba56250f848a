"""Column shapes that several tables share."""

from enum import StrEnum

from sqlalchemy import Enum


def one_of(values: type[StrEnum], name: str) -> Enum:
    """A column that holds one of the values of an enumeration, checked by the database; `name` names the constraint."""
    return Enum(
        values,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=lambda e: [m.value for m in e],
    )
