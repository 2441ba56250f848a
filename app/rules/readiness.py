"""Whether a consultation is ready to open: a list of checks, the hard ones first, each with what to do about it."""

from dataclasses import dataclass
from datetime import datetime

from app.errors import CONFLICT, Refusal
from app.language import Message, _
from app.models.consultations import Consultation, ConsultationState

ELIGIBLE_REVIEWERS = 2
FEWEST_GROUPS = 2


@dataclass(frozen=True, slots=True)
class Preparation:
    """What has been prepared: people who may review, groups, phases."""

    reviewers: int
    groups: int
    affected_groups: int
    phases: int
    phases_in_order: bool


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to be done before opening; `place` is the page of the desk where it is done."""

    code: str
    message: Message
    done: bool
    blocks: bool
    place: str


def checks(consultation: Consultation, prepared: Preparation, *, at: datetime) -> tuple[Check, ...]:
    """Everything that an honest chair sees to before people come; what `blocks` must be done."""
    return (*_of_people(prepared), *_of_phases(prepared), *_advice(consultation, at))


def _of_people(prepared: Preparation) -> tuple[Check, ...]:
    return (
        _hard(
            "too_few_reviewers",
            _("Opening needs two people who may review contributions. Give the role of moderator to one more person."),
            done=prepared.reviewers >= ELIGIBLE_REVIEWERS,
            place="team",
        ),
        _hard(
            "too_few_groups",
            _("Add at least two stakeholder groups, so that every figure can be shown group by group."),
            done=prepared.groups >= FEWEST_GROUPS,
            place="set-up",
        ),
        _hard(
            "nobody_affected",
            _("Say which groups are directly affected. Nothing is called consensus before they are heard."),
            done=prepared.affected_groups > 0,
            place="set-up",
        ),
    )


def _of_phases(prepared: Preparation) -> tuple[Check, ...]:
    return (
        _hard(
            "no_phases",
            _("Say from when until when people can propose, discuss and take positions."),
            done=prepared.phases > 0,
            place="phases",
        ),
        _hard(
            "phases_out_of_order",
            _("Put the phases in order: each begins no earlier than the one before it."),
            done=prepared.phases_in_order,
            place="phases",
        ),
    )


def _advice(consultation: Consultation, at: datetime) -> tuple[Check, ...]:
    return (
        Check(
            "no_answer_promised",
            _("Name who will answer, and by when. People ask what their answers lead to."),
            done=bool(consultation.answered_by and consultation.answer_due),
            blocks=False,
            place="set-up",
        ),
        Check(
            "no_background",
            _("Write the background: what is to be decided, and what is not."),
            done=bool(consultation.purpose),
            blocks=False,
            place="set-up",
        ),
        Check(
            "no_closing",
            _("Say when it closes, a time to come, so that people can plan."),
            done=consultation.closes_at is not None and consultation.closes_at > at,
            blocks=False,
            place="set-up",
        ),
    )


def why_not_open(consultation: Consultation, prepared: Preparation, *, at: datetime) -> Refusal | None:
    """Opening needs a draft in which nothing that blocks is left to do."""
    if consultation.state != ConsultationState.DRAFT:
        return Refusal("not_a_draft", _("Only a consultation that is being prepared can be opened."), CONFLICT)
    open_checks = (check for check in checks(consultation, prepared, at=at) if check.blocks and not check.done)
    return next((Refusal(check.code, check.message) for check in open_checks), None)


def why_not_open_itself(consultation: Consultation, *, at: datetime) -> Refusal | None:
    """Opening by the calendar needs a draft and a time to come."""
    if consultation.state != ConsultationState.DRAFT:
        return Refusal("not_a_draft", _("Only a consultation that is being prepared can be opened."), CONFLICT)
    if consultation.opens_at is None or consultation.opens_at <= at:
        return Refusal("no_opening_time", _("Choose an opening time to come under Set-up first."), CONFLICT)
    return None


def _hard(code: str, message: Message, *, done: bool, place: str) -> Check:
    return Check(code, message, done=done, blocks=True, place=place)
