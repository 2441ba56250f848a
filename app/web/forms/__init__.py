"""Forms: they read what was sent and hand back what was typed. Rules live below."""

from collections.abc import Callable, Iterable
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, SelectChoice, ValidationError  # type: ignore[attr-defined] # newer than its types

from app.errors import CONFLICT, Invalid, Refused
from app.language import _


def offer(pairs: Iterable[tuple[str, object]]) -> list[Any]:
    """What can be chosen: each value with its words, which may be a message that is spoken when it is shown."""
    return [SelectChoice(value, label) for value, label in pairs]


def at_most(characters: int) -> Callable[[FlaskForm, Field], None]:
    """A validator that says how far to shorten what was typed."""

    def check(_form: FlaskForm, field: Field) -> None:
        if len(field.data or "") > characters:
            raise ValidationError(_("Use at most %(count)s characters.", count=characters))

    return check


def field_in(form: FlaskForm, name: str) -> Field | None:
    """The field that a problem names, be it in a row (`groups-0-name`) or in a part (`submit-opens_at`) of the form."""
    first, _dash, rest = name.partition("-")
    found: Any = form._fields.get(first)
    if not rest:
        return found  # type: ignore[no-any-return]
    if hasattr(found, "entries"):
        index, _dash, rest = rest.partition("-")
        found = found.entries[int(index)] if index.isdecimal() and int(index) < len(found.entries) else None
    return found.form._fields.get(rest) if found is not None and hasattr(found, "form") else None


def add_problems(form: FlaskForm, error: Invalid) -> None:
    """Put what an action refused beside the fields that it names; what has no field goes to the form as a whole."""
    for name, message in error.problems:
        target = form.field_named(name) if hasattr(form, "field_named") else form._fields.get(name)
        if target is None:
            form.form_errors.append(message)
        else:
            target.errors = [*target.errors, message]


def again(error: Invalid | Refused, form: FlaskForm, page: Callable[[], str]) -> tuple[str, int]:
    """The page once more, with what was typed and what to do: 422 for mistakes, 409 when the moment forbids it.

    Raises:
        Refused: a rule forbids it whatever is typed.
    """
    if isinstance(error, Invalid):
        add_problems(form, error)
        return page(), 422
    if error.refusal.status != CONFLICT:
        raise error
    form.form_errors.append(error.refusal.message)
    return page(), CONFLICT
