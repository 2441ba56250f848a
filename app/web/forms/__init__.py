"""Forms: they read what was sent and hand back what was typed. Rules live below."""

from flask_wtf import FlaskForm

from app.errors import Invalid


def add_problems(form: FlaskForm, error: Invalid) -> None:
    """Put what an action refused beside the fields that it names; what has no field goes to the form as a whole."""
    for name, message in error.problems:
        target = form.field_named(name) if hasattr(form, "field_named") else form._fields.get(name)
        if target is None:
            form.form_errors.append(message)
        else:
            target.errors = [*target.errors, message]
