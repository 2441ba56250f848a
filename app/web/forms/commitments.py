"""The forms of the register: a promise, another wording, what a panel found, and an update."""

from collections.abc import Sequence
from datetime import date

from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, StringField, TextAreaField

from app import text
from app.actions.commitments import NewWording, suggested_reference
from app.errors import Invalid
from app.language import _
from app.models.commitments import Binding, Commitment, CommitmentState, CommitmentUpdate, Ending
from app.queries.commitments import BearsOn
from app.rules.commitments import Promise, Update
from app.rules.words_of_promises import BINDINGS, ENDINGS, FINDINGS, FLAGS, FRAMINGS, HAPPENINGS
from app.web.forms import offer
from app.web.forms.standards import Ticks


class WordingForm(FlaskForm):
    """How a promise is worded and how it ends."""

    promise = TextAreaField(_("The promise in its exact words"))
    scope = TextAreaField(_("What it covers"))
    exceptions = TextAreaField(_("What it leaves out"))
    ending = RadioField(
        _("How it ends"), choices=offer(ENDINGS.items()), validate_choice=False, default=Ending.NONE.value
    )
    ends_on = StringField(_("The day on which it ends"))
    condition = TextAreaField(_("The condition in its exact words"))
    source = StringField(_("Where it can be read"))
    standards = Ticks(_("Standards that it bears on"), validate_choice=False)

    def offering(self, standards: Sequence[BearsOn]) -> "WordingForm":
        """Offer the standards that everybody can read."""
        self._offered = tuple(standards)
        self.standards.choices = offer((str(one.number), f"{one.number}. {one.title}") for one in standards)
        return self

    def numbers(self) -> list[int]:
        """The standards that were ticked."""
        return [one.number for one in self._offered if str(one.number) in (self.standards.data or ())]

    def wording(self) -> NewWording:
        """What was typed, as a wording.

        Raises:
            Invalid: the day cannot be read.
        """
        return NewWording(
            promise=text.clean(self.promise.data or ""),
            scope=text.clean(self.scope.data or ""),
            source=text.clean_line(self.source.data or ""),
            exceptions=text.clean(self.exceptions.data or ""),
            ending=self._ending(),
            ends_on=self._ends_on(),
            condition=text.clean(self.condition.data or ""),
        )

    def _ending(self) -> Ending:
        return Ending(self.ending.data) if self.ending.data in set(Ending) else Ending.NONE

    def _ends_on(self) -> date | None:
        typed = (self.ends_on.data or "").strip()
        if not typed or self._ending() != Ending.DATE:
            return None
        try:
            return date.fromisoformat(typed)
        except ValueError as error:
            raise Invalid("ends_on", _("Enter a day, such as 2027-03-26.")) from error


class PromiseForm(WordingForm):
    """A promise that is entered."""

    company = StringField(_("Who made it"))
    reference = StringField(_("Address"))
    made_on = StringField(_("When it was made"))
    binding = RadioField(
        _("Who can enforce it"), choices=offer(BINDINGS.items()), validate_choice=False, default=Binding.VOLUNTARY.value
    )
    framing = SelectField(
        _("What it argues from"), choices=offer([("", _("Not said")), *FRAMINGS.items()]), validate_choice=False
    )
    flags = Ticks(_("Flags"), choices=offer(FLAGS.items()), validate_choice=False)

    def entered(self) -> Promise:
        """What was typed, as a promise.

        Raises:
            Invalid: the day cannot be read.
        """
        wording, company = self.wording(), text.clean_line(self.company.data or "")
        made_on = text.clean_line(self.made_on.data or "")
        return Promise(
            reference=text.clean_line(self.reference.data or "") or suggested_reference(company, made_on),
            company=company,
            made_on=made_on,
            promise=wording.promise,
            scope=wording.scope,
            source=wording.source,
            exceptions=wording.exceptions,
            ending=wording.ending,
            ends_on=wording.ends_on,
            condition=wording.condition,
            binding=Binding(self.binding.data) if self.binding.data in set(Binding) else Binding.VOLUNTARY,
            framing=self.framing.data or "",
            flags=tuple(self.flags.data or ()),
        )


class RewordForm(WordingForm):
    """Another wording of a promise, and why."""

    why = TextAreaField(_("Who changed the words, and when"))


class FindingForm(FlaskForm):
    """What a panel found."""

    state = RadioField(_("What the panel found"), choices=offer(FINDINGS.items()), validate_choice=False)
    reasons = TextAreaField(_("The panel's reasons"))
    company_answer = TextAreaField(_("The company's answer, word for word"))
    panel = TextAreaField(_("Who sat on the panel"))

    def chosen_state(self) -> CommitmentState:
        """The state that was chosen.

        Raises:
            Invalid: none of them.
        """
        if self.state.data not in set(CommitmentState):
            raise Invalid("state", _("Choose what the panel found."))
        return CommitmentState(self.state.data)

    def names(self) -> list[str]:
        """The names of the panel, one on each line."""
        return [name for line in (self.panel.data or "").splitlines() if (name := text.clean_line(line))]


class UpdateForm(FlaskForm):
    """Something that happened after a promise."""

    happened_on = StringField(_("When it happened"))
    event = SelectField(
        _("What kind of event it is"),
        choices=offer([("", _("Choose one")), *HAPPENINGS.items()]),
        validate_choice=False,
    )
    what = TextAreaField(_("What happened"))
    source = StringField(_("Where it can be read"))

    def update(self) -> Update:
        """What was typed, as an update."""
        return Update(
            happened_on=text.clean_line(self.happened_on.data or ""),
            event=self.event.data or "",
            what=text.clean(self.what.data or ""),
            source=text.clean_line(self.source.data or ""),
        )


def wording_fields(commitment: Commitment, numbers: Sequence[int]) -> dict[str, object]:
    """A promise as the fields of another wording."""
    return {
        "promise": commitment.promise,
        "scope": commitment.scope,
        "exceptions": commitment.exceptions,
        "ending": commitment.ending.value,
        "ends_on": commitment.ends_on.isoformat() if commitment.ends_on else "",
        "condition": commitment.condition,
        "source": commitment.source,
        "standards": [str(number) for number in numbers],
    }


def update_fields(sent: CommitmentUpdate) -> dict[str, object]:
    """An update as the fields of its form."""
    return {"happened_on": sent.happened_on, "event": sent.event, "what": sent.what, "source": sent.source}
