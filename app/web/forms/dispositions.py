"""The form of a disposition."""

from collections.abc import Sequence

from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, StringField, TextAreaField

from app.language import _
from app.models.dispositions import Disposition
from app.rules.words import DISPOSITIONS
from app.web.forms import offer


class DispositionForm(FlaskForm):
    """What was done with a comment, and why."""

    kind = RadioField(_("What was done"), choices=offer(DISPOSITIONS.items()), validate_choice=False)
    reason = TextAreaField(_("Reason"))
    version = SelectField(_("Version with the change"), validate_choice=False)
    duplicate_of = StringField(_("Number of the comment that says the same"))
    deferred_to = StringField(_("Later version or round"))

    def about(self, versions: Sequence[int]) -> "DispositionForm":
        """Offer the versions that it can name."""
        named = [(str(number), _("Version %(number)s", number=number)) for number in versions]
        self.version.choices = offer([("", _("None")), *named])
        return self


def filled(given: Disposition | None) -> DispositionForm:
    """The form with what was said before, if anything was."""
    if given is None:
        return DispositionForm(None)
    return DispositionForm(
        None,
        kind=given.kind.value,
        reason=given.reason,
        version=str(given.version or ""),
        duplicate_of=str(given.duplicate_of_id or ""),
        deferred_to=given.deferred_to,
    )
