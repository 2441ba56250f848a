"""Who may do what, and when: participation and phases."""

from collections.abc import Sequence
from datetime import datetime

from app.errors import CONFLICT, Refusal
from app.language import Message, _, ngettext
from app.models.consultations import Consultation, ConsultationState, Membership, Participation, Phase, PhaseKind, Role
from app.rules.local_time import local

CHAIRING_ROLES = (Role.CHAIR, Role.DEPUTY)
REVIEWING_ROLES = (Role.MODERATOR, *CHAIRING_ROLES)
TEAM = (*REVIEWING_ROLES, Role.POLICYMAKER)


def running(phases: Sequence[Phase], kind: PhaseKind, at: datetime) -> Phase | None:
    """The phase of this kind that is running, if any."""
    return next((phase for phase in phases if phase.kind == kind and phase.opens_at <= at < phase.closes_at), None)


def begun(phases: Sequence[Phase], kind: PhaseKind, at: datetime) -> bool:
    """Whether a phase of this kind has begun, be it over or not."""
    return any(phase.kind == kind and phase.opens_at <= at for phase in phases)


def why_not_now(
    consultation: Consultation, phases: Sequence[Phase], kinds: Sequence[PhaseKind], *, at: datetime
) -> Refusal | None:
    """A conflict when none of the phases that allow an act is running."""
    if consultation.state in (ConsultationState.CLOSED, ConsultationState.RESPONDED):
        return Refusal("consultation_closed", _closed_sentence(consultation), CONFLICT)
    if consultation.state == ConsultationState.DRAFT:
        return Refusal(
            "consultation_not_open", _("This consultation is still being prepared. Come back when it opens."), CONFLICT
        )
    if any(running(phases, kind, at) for kind in kinds):
        return None
    later = sorted(phase.opens_at for phase in phases if phase.kind in kinds and phase.opens_at > at)
    if later:
        sentence = _("This opens on %(date)s.", date=local(consultation, later[0]))
        return Refusal("phase_not_begun", sentence, CONFLICT)
    past = sorted((phase for phase in phases if phase.kind in kinds), key=lambda phase: phase.closes_at)
    if past:
        return Refusal("phase_over", _over_sentence(consultation, past[-1]), CONFLICT)
    return Refusal("phase_absent", _("This consultation does not ask for this."), CONFLICT)


def why_not_member(membership: Membership | None) -> Refusal | None:
    """Whoever writes, endorses or takes a position has joined the consultation."""
    if membership is None:
        return Refusal(
            "not_joined", _("You cannot do this because you have not joined this consultation. Join it first.")
        )
    return None


def why_not_suspended(membership: Membership | None, *, at: datetime) -> Refusal | None:
    """Whoever is suspended reads, takes positions and appeals, and writes again after the day that was set."""
    if membership is None or membership.suspended_until is None or membership.suspended_until <= at:
        return None
    sentence = _(
        "You are suspended from writing here until %(date)s. You can read, take positions, and appeal under "
        "“My contributions”.",
        date=membership.suspended_until,
    )
    return Refusal("suspended", sentence)


def why_not_chair(membership: Membership | None) -> Refusal | None:
    """The chair and the deputies of a consultation lead it."""
    if membership is None or membership.role not in CHAIRING_ROLES:
        return Refusal("not_chair", _("Only the chair and the deputies of this consultation can do this."))
    return None


def why_not_join(consultation: Consultation, membership: Membership | None, *, invited: bool) -> Refusal | None:
    """Joining needs an open consultation, once per person, and an invitation where it asks for one."""
    if membership is not None:
        return Refusal("already_joined", _("You have already joined this consultation."), CONFLICT)
    if consultation.state in (ConsultationState.CLOSED, ConsultationState.RESPONDED):
        return Refusal("consultation_closed", _closed_sentence(consultation), CONFLICT)
    if consultation.participation == Participation.INVITATION and not invited:
        return Refusal(
            "invitation_needed", _("This consultation needs an invitation code. Ask whoever told you about it.")
        )
    return None


def why_not_close(consultation: Consultation, *, unanswered: Sequence[int]) -> Refusal | None:
    """Only what is open can be closed, and only when every objection has its answer.

    `unanswered` are the numbers of the standards with an objection that has none yet.
    """
    if consultation.state != ConsultationState.OPEN:
        return Refusal("not_open", _("Only an open consultation can be closed."), CONFLICT)
    if unanswered:
        sentence = ngettext(
            "An objection to standard %(standards)s waits for an answer. Answer it first.",
            "Objections to standards %(standards)s wait for an answer. Answer them first.",
            len(unanswered),
            standards=list(unanswered),
        )
        return Refusal("objections_unanswered", sentence, CONFLICT)
    return None


def _over_sentence(consultation: Consultation, phase: Phase) -> Message:
    """Since when, and why where the chair ended it by hand."""
    date = local(consultation, phase.closes_at)
    if phase.ended_why:
        return _(
            "The chair ended this on %(date)s: %(reason)s You can still read everything.",
            date=date,
            reason=as_sentence(phase.ended_why),
        )
    return _("This closed on %(date)s. You can still read everything.", date=date)


def as_sentence(written: str) -> str:
    """A reason that somebody typed, ready to stand before another sentence."""
    return written if written.endswith((".", "!", "?", "…", "。", "؟")) else f"{written}."


def _closed_sentence(consultation: Consultation) -> Message:
    if consultation.closes_at is None:
        return _("This consultation is closed. You can still read everything.")
    date = local(consultation, consultation.closes_at)
    if consultation.closed_why:
        return _(
            "The chair closed this consultation on %(date)s: %(reason)s You can still read everything.",
            date=date,
            reason=as_sentence(consultation.closed_why),
        )
    if consultation.answer_due is None:
        return _("This consultation closed on %(date)s. You can still read everything.", date=date)
    return _(
        "This consultation closed on %(date)s. You can still read everything and see the response, due on %(due)s.",
        date=date,
        due=consultation.answer_due,
    )
