"""Forms: they read what was sent and hand back what was typed. Rules live below."""

from collections.abc import Iterable
from typing import Any

from flask_wtf import FlaskForm
from wtforms import SelectChoice  # type: ignore[attr-defined] # newer than its types

from app.errors import Invalid


def offer(pairs: Iterable[tuple[str, object]]) -> list[Any]:
    """What can be chosen: each value with its words, which may be a message that is spoken when it is shown."""
    return [SelectChoice(value, label) for value, label in pairs]


def add_problems(form: FlaskForm, error: Invalid) -> None:
    """Put what an action refused beside the fields that it names; what has no field goes to the form as a whole."""
    for name, message in error.problems:
        target = form.field_named(name) if hasattr(form, "field_named") else form._fields.get(name)
        if target is None:
            form.form_errors.append(message)
        else:
            target.errors = [*target.errors, message]
