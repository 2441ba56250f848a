"""The form of a new version, and of choosing two versions to compare."""

from dataclasses import replace

from flask_wtf import FlaskForm
from wtforms import FieldList, FormField, HiddenField, IntegerField, RadioField, TextAreaField
from wtforms.validators import Optional

from app import text
from app.errors import Invalid
from app.language import _
from app.models.standards import ChangeClass
from app.rules.standards import Proposal
from app.rules.words import CHANGE_CLASSES
from app.web.forms import offer
from app.web.forms.standards import ClauseForm, ProposalForm

WHEN_TO_CHOOSE = {
    ChangeClass.EDITORIAL.value: _(
        "Spelling, grammar or layout; nobody has to do anything else. Positions stay as they are."
    ),
    ChangeClass.SUBSTANTIVE.value: _("Anything else that changes who does what, when or how. In doubt, choose this."),
    ChangeClass.NEW_REQUIREMENT.value: _("Somebody gets a duty that no earlier version had."),
}


class NumberedClauseForm(ClauseForm):
    """A clause that keeps its number; without one it is new."""

    number = HiddenField()


class ClassForm(FlaskForm):
    """How much a change of the text changes."""

    change_class = RadioField(
        _("How much changes"),
        choices=offer(CHANGE_CLASSES.items()),
        default=ChangeClass.SUBSTANTIVE.value,
        validate_choice=False,
    )

    def chosen_class(self) -> ChangeClass:
        """The class that was chosen.

        Raises:
            Invalid: none of them was.
        """
        if self.change_class.data not in set(ChangeClass):
            raise Invalid("change_class", _("Choose how much changes."))
        return ChangeClass(self.change_class.data)


class VersionForm(ProposalForm, ClassForm):
    """The whole text once more, to be changed; `version` is the one that was read."""

    clauses = FieldList(FormField(NumberedClauseForm), min_entries=1)
    why = TextAreaField(_("Why this changes"))
    version = IntegerField(validators=[Optional()])

    def proposal(self) -> Proposal:
        """What was typed, with the numbers that its clauses keep."""
        rows = [(row["text"] or "", row["number"] or "") for row in self.clauses.data if (row["text"] or "").strip()]
        return replace(
            super().proposal(),
            clauses=tuple(text.clean(written) for written, _number in rows),
            numbers=tuple(number for _written, number in rows),
        )
