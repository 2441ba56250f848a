"""When the outcome of a standard can be stated, and by whom; when the authority responds, and when it is late."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.errors import CONFLICT, Refusal
from app.language import Message, _, ngettext
from app.models.consultations import Consultation, ConsultationState, Membership, Phase, PhaseKind, Role
from app.models.outcomes import OutcomeKind, Response
from app.models.standards import Standard
from app.rules.consultations import CHAIRING_ROLES, begun, running, why_not_chair
from app.rules.phases import phases_of

RESPONDING_ROLES = (Role.POLICYMAKER, *CHAIRING_ROLES)
BEFORE_OUTCOME = (PhaseKind.POSITION, PhaseKind.RESOLVE, PhaseKind.SECOND_ROUND)


@dataclass(frozen=True, slots=True)
class Blockers:
    """What stands between a standard and its outcome, in numbers.

    Objections without an answer, upheld ones without a change of the text, open appeals, and comments with a suggested
    change of substance that nobody has resolved.
    """

    unanswered: int = 0
    upheld: int = 0
    appealed: int = 0
    undisposed: int = 0

    @property
    def sentences(self) -> tuple[Message, ...]:
        """What has to be done, one sentence each."""
        found = (
            (
                self.unanswered,
                ngettext(
                    "%(num)s objection waits for an answer.", "%(num)s objections wait for an answer.", self.unanswered
                ),
            ),
            (
                self.upheld,
                ngettext(
                    "%(num)s objection was upheld, and the text has not changed yet.",
                    "%(num)s objections were upheld, and the text has not changed yet.",
                    self.upheld,
                ),
            ),
            (
                self.appealed,
                ngettext("%(num)s appeal waits for a decision.", "%(num)s appeals wait for a decision.", self.appealed),
            ),
            (
                self.undisposed,
                ngettext(
                    "%(num)s comment with a suggested change is not resolved.",
                    "%(num)s comments with a suggested change are not resolved.",
                    self.undisposed,
                ),
            ),
        )
        return tuple(sentence for count, sentence in found if count)


NOTHING = Blockers()


def why_not_state_outcome(
    consultation: Consultation,
    phases: Sequence[Phase],
    standard: Standard,
    membership: Membership | None,
    *,
    stated: bool,
    blockers: Blockers,
    at: datetime,
) -> Refusal | None:
    """Chair or deputy state it once, not on their own standard, when its resolution is over and nothing is open."""
    if refusal := why_not_chair(membership):
        return refusal
    if membership is not None and membership.id == standard.membership_id:
        sentence = _("You proposed this standard. Another of those who lead the consultation states its outcome.")
        return Refusal("own_standard", sentence)
    if stated:
        return Refusal("outcome_stated", _("The outcome of this standard has been stated."), CONFLICT)
    if standard.withdrawn_at is not None:
        return Refusal("standard_withdrawn", _("This standard was withdrawn. It has no outcome."), CONFLICT)
    if not resolution_over(consultation, phases, standard, at=at):
        sentence = _("The outcome comes when the text is settled. Until then positions, comments and answers are open.")
        return Refusal("outcome_too_early", sentence, CONFLICT)
    left = replace(blockers, upheld=0) if consultation.state != ConsultationState.OPEN else blockers
    if left.sentences:
        return Refusal("outcome_blocked", left.sentences[0], CONFLICT)
    return None


def why_not_this_outcome(kind: OutcomeKind, blockers: Blockers) -> Refusal | None:
    """After closing the text cannot change any more: what an upheld objection speaks against is not adopted whole."""
    if kind == OutcomeKind.ADOPTED and blockers.upheld:
        sentence = _("An objection was upheld and the text has not changed: adopt it in part, or not at all.")
        return Refusal("upheld_objection", sentence, CONFLICT)
    return None


def resolution_over(consultation: Consultation, phases: Sequence[Phase], standard: Standard, *, at: datetime) -> bool:
    """Whether the text of a standard is settled: after the phase for it, in that of the outcome, or after closing."""
    if consultation.state == ConsultationState.DRAFT:
        return False
    if consultation.state != ConsultationState.OPEN:
        return True
    mine = phases_of(consultation, standard, phases)
    if any(running(mine, kind, at) for kind in BEFORE_OUTCOME):
        return False
    resolved = any(phase.kind == PhaseKind.RESOLVE and phase.closes_at <= at for phase in mine)
    return resolved or begun(mine, PhaseKind.OUTCOME, at)


def why_not_respond(membership: Membership | None, *, outcome: bool, imported: bool) -> Refusal | None:
    """Policymakers and those who lead the consultation publish the authority's response, after the outcome."""
    if membership is None or membership.role not in RESPONDING_ROLES:
        return Refusal("not_responding", _("Only the policymakers and the chair of this consultation can do this."))
    if imported:
        sentence = _("The response to this standard came with the import and stays as it is.")
        return Refusal("imported_response", sentence, CONFLICT)
    if not outcome:
        return Refusal("no_outcome", _("A response follows the outcome. It has not been stated yet."), CONFLICT)
    return None


def today(consultation: Consultation, at: datetime) -> date:
    """The day it is where the consultation takes place."""
    return at.astimezone(ZoneInfo(consultation.time_zone)).date()


def overdue_since(
    consultation: Consultation, response: Response | None, *, answered_elsewhere: bool, at: datetime
) -> date | None:
    """The promised day that passed: that of the response while there is none, else that of what it promises."""
    if response is None:
        due = None if answered_elsewhere else consultation.answer_due
    else:
        due = None if response.done else response.promised_on
    return due if due is not None and today(consultation, at) > due else None
