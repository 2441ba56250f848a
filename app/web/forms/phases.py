"""The forms of planning phases, of opening and ending one, and of moving a standard."""

from collections.abc import Sequence
from datetime import datetime

from flask_wtf import FlaskForm
from wtforms import Field, Form, FormField, SelectField, StringField, TextAreaField

from app.errors import Invalid
from app.language import Message, _
from app.models.consultations import Consultation, Phase, PhaseKind
from app.models.standards import Standard
from app.rules.local_time import as_typed, kept, moment
from app.rules.phasing import MOVES, Span, problems_of_phases
from app.rules.words import PHASES
from app.web.forms import field_in, offer


class SpanForm(Form):
    """From when until when."""

    opens_at = StringField(_("From"))
    closes_at = StringField(_("Until"))


class PhasesForm(FlaskForm):
    """The plan: a phase that is left empty does not take place."""

    submit = FormField(SpanForm)
    discuss = FormField(SpanForm)
    position = FormField(SpanForm)
    resolve = FormField(SpanForm)
    second_round = FormField(SpanForm)
    outcome = FormField(SpanForm)
    reason = TextAreaField(_("Why you change this"))

    def spans(self, consultation: Consultation, phases: Sequence[Phase]) -> list[Span]:
        """What was typed, as a plan.

        Raises:
            Invalid: times that cannot be read, together with everything else that needs changing.
        """
        stored = {phase.kind: phase for phase in phases}
        unreadable: list[tuple[str, Message]] = []
        spans: list[Span] = []
        for kind in PhaseKind:
            form, before = self[kind.value].form, stored.get(kind)
            if not any((field.data or "").strip() for field in (form.opens_at, form.closes_at)):
                continue
            zone = consultation.time_zone
            opens = _read(form.opens_at, before.opens_at if before else None, zone, later=False)
            closes = _read(form.closes_at, before.closes_at if before else None, zone, later=True)
            if isinstance(opens, datetime) and isinstance(closes, datetime):
                spans.append(Span(kind, opens, closes))
            unreadable += [(f"{kind}-opens_at", opens)] if isinstance(opens, Message) else []
            unreadable += [(f"{kind}-closes_at", closes)] if isinstance(closes, Message) else []
        if unreadable:
            found = unreadable + problems_of_phases(spans)
            raise Invalid(*found[0], *found[1:])
        return spans

    def field_named(self, name: str) -> Field | None:
        """The field that a problem names, such as `submit-opens_at`."""
        return field_in(self, name)


class UntilForm(FlaskForm):
    """Until when, and why."""

    until = StringField(_("Until"))
    reason = TextAreaField(_("Reason, which everybody can read"))

    def until_moment(self, consultation: Consultation) -> datetime | None:
        """The end that was typed, if any.

        Raises:
            Invalid: it cannot be read.
        """
        return _until(self.until, consultation)


class MoveForm(FlaskForm):
    """Which standard moves where, until when, and why."""

    standard = SelectField(_("Standard"), validate_choice=False)
    phase = SelectField(
        _("Its phase from now on"),
        choices=offer([*((kind.value, PHASES[kind]) for kind in MOVES), ("", _("The same as the others"))]),
        validate_choice=False,
        default=PhaseKind.SECOND_ROUND.value,
    )
    until = StringField(_("Until"), id="move-until")
    reason = TextAreaField(_("Reason, which everybody can read"), id="move-reason")

    def offering(self, standards: Sequence[tuple[Standard, str]]) -> "MoveForm":
        """Offer the standards that everybody can read."""
        self.standard.choices = offer(
            (str(standard.number), f"{standard.number}. {title}") for standard, title in standards
        )
        return self

    def until_moment(self, consultation: Consultation) -> datetime | None:
        """The end that was typed, if any.

        Raises:
            Invalid: it cannot be read.
        """
        return _until(self.until, consultation)


def as_fields(consultation: Consultation, phases: Sequence[Phase]) -> dict[str, object]:
    """The phases of a consultation as the fields of the form."""
    zone = consultation.time_zone
    return {
        phase.kind.value: {"opens_at": as_typed(phase.opens_at, zone), "closes_at": as_typed(phase.closes_at, zone)}
        for phase in phases
    }


def _until(field: Field, consultation: Consultation) -> datetime | None:
    if not (field.data or "").strip():
        return None
    found = _read(field, None, consultation.time_zone, later=True)
    if isinstance(found, Message):
        raise Invalid("until", found)
    return found


def _read(field: Field, before: datetime | None, zone: str, *, later: bool) -> datetime | Message:
    typed = (field.data or "").strip()
    if before is not None and kept(typed, before, zone):
        return before
    return moment(typed, zone, later=later)
