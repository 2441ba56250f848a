"""The way of an objection: raised, answered, withdrawn or sustained, decided, appealed once.

Steps follow the practice of standards bodies: an answer with its reason in public, a reply of the objector within a
time limit (silence lets it lapse), and a decision by somebody whose own decision is not in question.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.errors import CONFLICT, Refusal
from app.language import Message, _
from app.models.consultations import Identity, Membership
from app.models.contributions import READABLE, State
from app.models.objections import Objection, ObjectionState, StepKind
from app.rules.consultations import CHAIRING_ROLES, why_not_chair

UNANSWERED = (ObjectionState.RAISED,)
REMAINING = (
    ObjectionState.ANSWERED,
    ObjectionState.SUSTAINED,
    ObjectionState.UPHELD,
    ObjectionState.OVERRULED,
    ObjectionState.APPEALED,
)
"""Answered, and still held: they stand between a standard and consensus."""
STANDING = (*UNANSWERED, *REMAINING)
"""Everything that its objector has neither withdrawn nor left without a reply."""
TO_BE_ANSWERED = (*READABLE, State.PENDING)
"""The states of a reason with which an objection waits for its answer; what was not published cannot be answered."""
DECISIONS = (StepKind.UPHELD, StepKind.OVERRULED)
REPLIES = (StepKind.SATISFIED, StepKind.NOT_SATISFIED)
CONFIDED = (*REPLIES, StepKind.APPEAL)
"""Steps whose words nobody has reviewed: they are for those who decide, while the step itself is public."""
WAITS_FOR_CHAIR = (
    ObjectionState.RAISED,
    ObjectionState.UPHELD,
    ObjectionState.SUSTAINED,
    ObjectionState.APPEALED,
)

_NEXT: Mapping[tuple[ObjectionState, StepKind], ObjectionState] = {
    (ObjectionState.RAISED, StepKind.ANSWER): ObjectionState.ANSWERED,
    (ObjectionState.UPHELD, StepKind.ANSWER): ObjectionState.ANSWERED,
    (ObjectionState.ANSWERED, StepKind.SATISFIED): ObjectionState.WITHDRAWN,
    (ObjectionState.ANSWERED, StepKind.NOT_SATISFIED): ObjectionState.SUSTAINED,
    (ObjectionState.ANSWERED, StepKind.NO_REPLY): ObjectionState.LAPSED,
    (ObjectionState.SUSTAINED, StepKind.UPHELD): ObjectionState.UPHELD,
    (ObjectionState.SUSTAINED, StepKind.OVERRULED): ObjectionState.OVERRULED,
    (ObjectionState.OVERRULED, StepKind.APPEAL): ObjectionState.APPEALED,
    (ObjectionState.APPEALED, StepKind.UPHELD): ObjectionState.UPHELD,
    (ObjectionState.APPEALED, StepKind.OVERRULED): ObjectionState.OVERRULED,
    (ObjectionState.RAISED, StepKind.MEDIATION): ObjectionState.RAISED,
    (ObjectionState.ANSWERED, StepKind.MEDIATION): ObjectionState.ANSWERED,
    (ObjectionState.SUSTAINED, StepKind.MEDIATION): ObjectionState.SUSTAINED,
    (ObjectionState.UPHELD, StepKind.MEDIATION): ObjectionState.UPHELD,
    (ObjectionState.APPEALED, StepKind.MEDIATION): ObjectionState.APPEALED,
}


@dataclass(frozen=True, slots=True)
class Involved:
    """Who has a part in an objection, by membership: whose decision is in question must not decide.

    `author_id` wrote the standard, `adopted_by_id` adopted the version in force. `decided_by` decided before.
    """

    objector: Membership
    author_id: int
    adopted_by_id: int | None = None
    answered_by: frozenset[int] = frozenset()
    decided_by: frozenset[int] = frozenset()
    appealed: bool = False
    outcome_stated: bool = False


def next_state(state: ObjectionState, step: StepKind) -> ObjectionState | None:
    """Where a step leads; None when it cannot be taken from here."""
    return _NEXT.get((state, step))


def reply_until(objection: Objection, reply_days: int) -> datetime:
    """Until when the objector can reply to the answer."""
    return objection.moved_at + timedelta(days=reply_days)


def why_not_answer(
    objection: Objection, reason_state: State, involved: Involved, membership: Membership | None
) -> Refusal | None:
    """The chair, a deputy or the standard's author answers a published reason; nobody answers themselves."""
    if membership is None or not (membership.role in CHAIRING_ROLES or membership.id == involved.author_id):
        return Refusal("not_answering", _("The chair, a deputy or whoever proposed the standard answers it."))
    if membership.id == involved.objector.id:
        return Refusal("own_objection", _("You cannot answer your own objection. Somebody else does."))
    if membership.identity == Identity.CONFIDENTIAL and membership.role not in CHAIRING_ROLES:
        sentence = _("You take part confidentially, and an answer is public. The chair or a deputy answers.")
        return Refusal("confidential_answer", sentence)
    if next_state(objection.state, StepKind.ANSWER) is None:
        return Refusal("already_answered", _already(objection.state), CONFLICT)
    if reason_state == State.PENDING:
        sentence = _("A moderator has not read its reason yet. It can be answered once the reason is published.")
        return Refusal("reason_pending", sentence, CONFLICT)
    if reason_state not in READABLE:
        sentence = _("Its reason is not published, so there is nothing to answer.")
        return Refusal("reason_not_published", sentence, CONFLICT)
    return None


def why_not_reply(
    objection: Objection, involved: Involved, membership: Membership | None, *, reply_days: int, at: datetime
) -> Refusal | None:
    """The objector says within the time limit whether the answer settles it."""
    if membership is None or membership.id != involved.objector.id:
        return Refusal("not_objector", _("Whoever raised it says whether the answer settles it."))
    if objection.state == ObjectionState.LAPSED or (
        objection.state == ObjectionState.ANSWERED and at >= reply_until(objection, reply_days)
    ):
        sentence = _(
            "The time for a reply ended on %(date)s. While positions are open, you can take yours again with a reason.",
            date=reply_until(objection, reply_days)
            if objection.state == ObjectionState.ANSWERED
            else objection.moved_at,
        )
        return Refusal("reply_too_late", sentence, CONFLICT)
    if next_state(objection.state, StepKind.SATISFIED) is None:
        return Refusal("nothing_to_reply_to", _("There is no answer that waits for your reply."), CONFLICT)
    return None


def why_not_mediate(objection: Objection, membership: Membership | None) -> Refusal | None:
    """The chair and the deputies write down, in public, what a talk about an open objection came to."""
    if refusal := why_not_chair(membership):
        return refusal
    if next_state(objection.state, StepKind.MEDIATION) is None:
        return Refusal("objection_over", _already(objection.state), CONFLICT)
    return None


def why_not_decide(
    objection: Objection, involved: Involved, membership: Membership | None, *, administrator: bool
) -> Refusal | None:
    """The chair, a deputy or an administrator who takes part decides, if no decision of their own is in question."""
    if refusal := why_not_decider(objection, involved, membership, administrator=administrator):
        return refusal
    if involved.outcome_stated:
        sentence = _("The outcome of this standard is stated, so its objections stay as they are printed there.")
        return Refusal("outcome_already_stated", sentence, CONFLICT)
    if next_state(objection.state, StepKind.UPHELD) is None:
        return Refusal("not_to_be_decided", _already(objection.state), CONFLICT)
    return None


def why_not_decider(
    objection: Objection, involved: Involved, membership: Membership | None, *, administrator: bool
) -> Refusal | None:
    """Why somebody may not decide an objection at any moment: the role, or a part in it."""
    if membership is None or not (administrator or membership.role in CHAIRING_ROLES):
        return Refusal("not_decider", _("The chair, a deputy or an administrator who takes part decides."))
    if membership.id == involved.objector.id:
        return Refusal("own_objection_decided", _("You cannot decide your own objection. Somebody else does."))
    if membership.organisation and membership.organisation == involved.objector.organisation:
        return Refusal("same_organisation", _("You cannot decide an objection of your own organisation."))
    if membership.id in involved.answered_by:
        return Refusal("own_answer", _("You answered it, so your answer is in question. Somebody else decides."))
    if membership.id in (involved.author_id, involved.adopted_by_id):
        return Refusal("own_text", _("The text in question is yours or adopted by you. Somebody else decides."))
    if objection.state == ObjectionState.APPEALED and membership.id in involved.decided_by:
        return Refusal("own_decision", _("You decided it first. Somebody else decides on the appeal."))
    return None


def why_not_appeal(objection: Objection, involved: Involved, membership: Membership | None) -> Refusal | None:
    """The objector may appeal once against being overruled."""
    if membership is None or membership.id != involved.objector.id:
        return Refusal("not_appellant", _("Whoever raised it may appeal against the decision."))
    if objection.state == ObjectionState.APPEALED or (
        involved.appealed and objection.state == ObjectionState.OVERRULED
    ):
        return Refusal("appealed_before", _("You have appealed already. There is one appeal."), CONFLICT)
    if next_state(objection.state, StepKind.APPEAL) is None:
        return Refusal("nothing_to_appeal", _("There is no decision against your objection."), CONFLICT)
    return None


def has_lapsed(objection: Objection, *, reply_days: int, at: datetime) -> bool:
    """Whether an answer has found no reply in time."""
    return objection.state == ObjectionState.ANSWERED and at >= reply_until(objection, reply_days)


def _already(state: ObjectionState) -> Message:
    """Where an objection stands, for somebody whose step comes too late or too early."""
    return {
        ObjectionState.RAISED: _("It has to be answered first."),
        ObjectionState.ANSWERED: _("It was answered in the meantime and waits for the objector's reply."),
        ObjectionState.WITHDRAWN: _("It was withdrawn in the meantime."),
        ObjectionState.LAPSED: _("Its answer found no reply in time, so it has lapsed."),
        ObjectionState.SUSTAINED: _("It was answered, and the objector sustains it. It waits for a decision."),
        ObjectionState.UPHELD: _("It was upheld in the meantime: the text has to change."),
        ObjectionState.OVERRULED: _("It was overruled in the meantime."),
        ObjectionState.APPEALED: _("It was appealed and waits for a decision."),
    }[state]
