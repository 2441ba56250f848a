"""Appeals: who may ask for another look, until when, and who may take it."""

from datetime import datetime, timedelta

from app.errors import CONFLICT, Refusal
from app.language import _
from app.models.appeals import Appeal, AppealOutcome
from app.models.consultations import Membership
from app.models.contributions import Contribution, State
from app.models.moderation import Action, Decision, Standing
from app.rules.moderation import same_organisation, why_not_moderate

MONTHS = 6
ANSWERED_IN = timedelta(days=14)
APPEALABLE = tuple(action for action in Action if action != Action.PUBLISH)
MILDER = tuple(Action)
"""The order of `Action`, the least restrictive first: what replaces a decision in part is milder than it."""


def open_until(decided_at: datetime) -> datetime:
    """The moment, six months after a decision, until which it can be appealed; a month without that day ends sooner."""
    month = decided_at.month + MONTHS
    year, month = decided_at.year + (month - 1) // 12, (month - 1) % 12 + 1
    for day in range(decided_at.day, 27, -1):
        try:
            return decided_at.replace(year=year, month=month, day=day)
        except ValueError:
            continue
    return decided_at.replace(year=year, month=month)


def state_after(decision: Decision) -> State:
    """The state that a decision brought its contribution into; decisions before this was kept left it where it was."""
    return State(str(decision.before.get("led_to", decision.before.get("state", State.PENDING))))


def hands_of(decision: Decision) -> set[int]:
    """The memberships that took part in a decision, and in the one whose place it took on appeal."""
    earlier = (decision.before or {}).get("hands")
    people = [decision.moderator_id, decision.first_reader_id, *(earlier if isinstance(earlier, list) else [])]
    return {person for person in people if person is not None}


def why_not_appeal(
    membership: Membership | None,
    decision: Decision | None,
    contribution: Contribution,
    *,
    appealed: bool,
    at: datetime,
) -> Refusal | None:
    """The author appeals once, within six months, against a decision that still holds."""
    if membership is None or membership.id != contribution.membership_id:
        return Refusal("not_author", _("Only its author can do this."))
    return why_not_appeal_now(decision, contribution, appealed=appealed, at=at)


def why_not_appeal_now(
    decision: Decision | None, contribution: Contribution, *, appealed: bool, at: datetime
) -> Refusal | None:
    """What stands in the way of an appeal by the author, if anything does."""
    if decision is None or decision.standing != Standing.TAKEN or decision.action not in APPEALABLE:
        return Refusal("nothing_to_appeal", _("There is no decision here that restricts your text."), CONFLICT)
    if appealed:
        sentence = _("You have appealed against this decision. Another person looks at it once.")
        return Refusal("appealed_before", sentence, CONFLICT)
    if contribution.state != state_after(decision):
        return Refusal("moved_on", _("This decision no longer holds, because your text has moved on."), CONFLICT)
    if at > open_until(decision.decided_at):
        sentence = _("Appeals are open for six months. This decision was taken on %(date)s.", date=decision.decided_at)
        return Refusal("appeal_over", sentence, CONFLICT)
    return None


def why_not_hear(
    membership: Membership | None, appeal: Appeal, author: Membership, decision: Decision
) -> Refusal | None:
    """An appeal is heard by somebody who took no part in the decision and is not of the author's organisation."""
    if refusal := why_not_moderate(membership):
        return refusal
    assert membership is not None
    if membership.id == author.id:
        return Refusal("own_item", _("You cannot decide on your own appeal. Somebody else does."))
    if membership.id in hands_of(decision):
        sentence = _("You took part in this decision. Somebody else hears the appeal.")
        return Refusal("took_part", sentence)
    if same_organisation(membership, author):
        return Refusal("own_organisation", _("You cannot hear an appeal of your own organisation. Somebody else does."))
    if appeal.decided_at is not None:
        return Refusal("appeal_decided", _("This appeal has been decided in the meantime."), CONFLICT)
    return None


def why_not_answer(
    appeal_of: Decision, outcome: AppealOutcome, replacement: Action | None, answer: str
) -> tuple[str, Refusal] | None:
    """The field at fault and why: an answer in words, and where a decision falls in part, a milder one."""
    if not answer:
        return "answer", Refusal("answer_needed", _("Answer the author in your own words."))
    if outcome == AppealOutcome.PARTLY and (
        replacement is None or MILDER.index(replacement) >= MILDER.index(appeal_of.action)
    ):
        return "action", Refusal("milder_needed", _("Choose what takes its place: something milder than before."))
    return None
