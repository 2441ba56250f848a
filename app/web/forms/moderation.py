"""The forms of moderation: a decision, several together, the answer to an appeal, and what one reads."""

from datetime import UTC, datetime, time

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Optional

from app.errors import Invalid
from app.language import LANGUAGES, _
from app.models.appeals import AppealOutcome
from app.models.contributions import READABLE, State
from app.models.flags import FlagOutcome
from app.models.moderation import Action, Reason
from app.rules import redactions
from app.rules.statements import FACTORS, Statement
from app.rules.words import ACTIONS, REASONS
from app.rules.words_of_moderation import APPEAL_OUTCOMES, FLAGS_SETTLED, beginning
from app.rules.words_of_moderation import FACTORS as FACTOR_WORDS
from app.web.forms import offer

OFFERED = (Action.PUBLISH, Action.NOTE, Action.RETURN, Action.REDACT)
TOGETHER = (Action.PUBLISH, Action.RETURN, Action.DECLINE, Action.HIDE)


class DecisionForm(FlaskForm):
    """What is decided, why, and what the author is told; `revision` is the text that was read."""

    action = RadioField(_("The least restrictive one that works"), validate_choice=False)
    reason = SelectField(
        _("Reason"), choices=offer([("", _("No reason needed")), *REASONS.items()]), validate_choice=False
    )
    explanation = TextAreaField(_("Statement to the author"))
    passage = StringField(_("The passage meant"))
    redactions = TextAreaField(_("Passages to take out"))
    gist = TextAreaField(_("The gist that is published"))
    content_note = StringField(_("Warning to readers"))
    ends_on = DateField(_("Suspended until"), validators=[Optional()])
    flags = SelectField(
        _("The reports about it"),
        choices=offer([("", _("As the decision says")), *FLAGS_SETTLED.items()]),
        validate_choice=False,
    )
    second_reader = BooleanField(_("I want somebody else to read this too"))
    revision = IntegerField(validators=[Optional()])
    context = TextAreaField(FACTOR_WORDS["context"])
    speaker = TextAreaField(FACTOR_WORDS["speaker"])
    intent = TextAreaField(FACTOR_WORDS["intent"])
    content = TextAreaField(FACTOR_WORDS["content"])
    extent = TextAreaField(FACTOR_WORDS["extent"])
    likelihood = TextAreaField(FACTOR_WORDS["likelihood"])

    def offering(self, state: State, *, change_waits: bool, held: bool = False, warned: bool = False) -> "DecisionForm":
        """Offer what fits: what everybody reads can be hidden, and what nobody has read, a change too, declined."""
        readable = state in READABLE
        removing = [Action.HIDE] if readable or held else []
        declining = [Action.DECLINE] if not readable or change_waits else []
        suspending = [Action.SUSPEND] if warned else []
        offered = (*OFFERED, *declining, *removing, Action.WARN, *suspending)
        self.action.choices = offer((action.value, ACTIONS[action]) for action in offered)
        return self

    def statement(self) -> Statement:
        """What was typed, as a statement of reasons.

        Raises:
            Invalid: no decision was chosen, or something that is not in the list.
        """
        action, reason = chosen_action(self.action.data), chosen_reason(self.reason.data)
        ends_on = self.ends_on.data
        return Statement(
            action=action,
            reason=reason,
            explanation=self.explanation.data or "",
            passage=self.passage.data or "",
            redactions=redactions.read(self.redactions.data or "") if action == Action.REDACT else (),
            worksheet={factor: self._fields[factor].data or "" for factor in FACTORS},
            gist=self.gist.data or "",
            content_note=self.content_note.data,
            ends_at=datetime.combine(ends_on, time(23, 59), UTC) if ends_on else None,
            flags=FlagOutcome(self.flags.data) if self.flags.data in set(FlagOutcome) else None,
            second_reader=self.second_reader.data,
        )

    def begin_statement(self) -> None:
        """Put the words that fit the decision and its reason into an empty statement, to be completed."""
        if not self.explanation.data and self.action.data in set(Action) and self.reason.data in set(Reason):
            self.explanation.data = beginning(Action(self.action.data), Reason(self.reason.data))


class TogetherForm(FlaskForm):
    """One decision on the cases that are selected."""

    action = SelectField(
        _("Decision"),
        choices=offer([("", _("Choose")), *((action.value, ACTIONS[action]) for action in TOGETHER)]),
        validate_choice=False,
    )
    reason = SelectField(
        _("Reason"), choices=offer([("", _("No reason needed")), *REASONS.items()]), validate_choice=False
    )
    explanation = TextAreaField(_("Statement to each author"))

    def statement(self) -> Statement:
        """What was typed, as a statement of reasons.

        Raises:
            Invalid: no decision was chosen, or something that is not in the list.
        """
        action, reason = chosen_action(self.action.data), chosen_reason(self.reason.data)
        return Statement(action, reason, self.explanation.data or "")


class AnswerForm(FlaskForm):
    """The answer to an appeal, and the milder decision where one takes the place of the first."""

    outcome = RadioField(_("What comes of it"), choices=offer(APPEAL_OUTCOMES.items()), validate_choice=False)
    answer = TextAreaField(_("Answer to the author"))
    action = SelectField(
        _("What takes its place"),
        choices=offer([("", _("Nothing"))]),
        validate_choice=False,
    )
    reason = SelectField(
        _("Reason"), choices=offer([("", _("No reason needed")), *REASONS.items()]), validate_choice=False
    )
    redactions = TextAreaField(_("Passages to take out"))
    gist = TextAreaField(_("The gist that is published"))

    def offering(self, appealed: Action) -> "AnswerForm":
        """Offer what is milder than the decision that is appealed against."""
        milder = list(Action)[: list(Action).index(appealed)]
        named = ((action.value, ACTIONS[action]) for action in milder if action != Action.PUBLISH)
        self.action.choices = offer([("", _("Nothing")), *named])
        return self

    def chosen_outcome(self) -> AppealOutcome:
        """What was chosen.

        Raises:
            Invalid: nothing was.
        """
        if self.outcome.data not in set(AppealOutcome):
            raise Invalid("outcome", _("Choose what comes of the appeal."))
        return AppealOutcome(self.outcome.data)

    def replacement(self) -> Statement | None:
        """The milder decision, with the answer as its statement."""
        if not self.action.data:
            return None
        action, reason = chosen_action(self.action.data), chosen_reason(self.reason.data)
        passages = redactions.read(self.redactions.data or "") if action == Action.REDACT else ()
        return Statement(action, reason, self.answer.data or "", redactions=passages)


class AppealForm(FlaskForm):
    """An author's appeal."""

    text = TextAreaField(_("Why should somebody else look at this?"))
    supporter = TextAreaField(_("Somebody who stands by you (optional)"))


class FlagForm(FlaskForm):
    """A complaint about a text."""

    reason = RadioField(_("What is wrong with it?"), validate_choice=False)
    note = TextAreaField(_("In your own words"))

    def offering(self, reasons: list[tuple[str, object]]) -> "FlagForm":
        """Offer these reasons."""
        self.reason.choices = offer(reasons)
        return self


class ReadsForm(FlaskForm):
    """The languages that somebody of the team reads."""

    reads = SelectMultipleField(_("Languages that you read"), choices=offer(LANGUAGES.items()))


def chosen_action(code: str | None) -> Action:
    """The decision with this code.

    Raises:
        Invalid: there is none.
    """
    if code not in set(Action):
        raise Invalid("action", _("Choose a decision."))
    return Action(code)


def chosen_reason(code: str | None) -> Reason | None:
    """The reason with this code; none for an empty one.

    Raises:
        Invalid: there is none.
    """
    if code and code not in set(Reason):
        raise Invalid("reason", _("Choose one of the reasons in the list."))
    return Reason(code) if code else None
