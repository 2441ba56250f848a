"""Who may do what, and when: participation and phases."""

from collections.abc import Sequence
from datetime import datetime

from app.errors import CONFLICT, Refusal
from app.language import Message, _, ngettext
from app.models.consultations import Consultation, ConsultationState, Membership, Participation, Phase, PhaseKind, Role

ELIGIBLE_REVIEWERS = 2
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
        return Refusal("phase_not_begun", _("This opens on %(date)s.", date=later[0]), CONFLICT)
    past = sorted(phase.closes_at for phase in phases if phase.kind in kinds)
    if past:
        sentence = _("This closed on %(date)s. You can still read everything.", date=past[-1])
        return Refusal("phase_over", sentence, CONFLICT)
    return Refusal("phase_absent", _("This consultation does not ask for this."), CONFLICT)


def why_not_member(membership: Membership | None) -> Refusal | None:
    """Whoever writes, endorses or takes a position has joined the consultation."""
    if membership is None:
        return Refusal(
            "not_joined", _("You cannot do this because you have not joined this consultation. Join it first.")
        )
    return None


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


def why_not_open(consultation: Consultation, *, reviewers: int) -> Refusal | None:
    """Opening needs a draft, and two people who may review, so that nobody decides alone."""
    if consultation.state != ConsultationState.DRAFT:
        return Refusal("not_a_draft", _("Only a consultation that is being prepared can be opened."), CONFLICT)
    if reviewers < ELIGIBLE_REVIEWERS:
        sentence = _(
            "Opening needs two people who may review contributions. Give the role of moderator to one more person."
        )
        return Refusal("too_few_reviewers", sentence)
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


def _closed_sentence(consultation: Consultation) -> Message:
    if consultation.closes_at is None:
        return _("This consultation is closed. You can still read everything.")
    if consultation.answer_due is None:
        return _(
            "This consultation closed on %(date)s. You can still read everything.",
            date=consultation.closes_at,
        )
    return _(
        "This consultation closed on %(date)s. You can still read everything and see the response, due on %(due)s.",
        date=consultation.closes_at,
        due=consultation.answer_due,
    )
