"""When another wording may be proposed, supported, adopted, declined or turned into a standard of its own."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from app.errors import CONFLICT, Refusal
from app.language import _
from app.models.amendments import Amendment, AmendmentOutcome
from app.models.consultations import Consultation, Membership, Phase, PhaseKind
from app.models.contributions import READABLE, State
from app.models.standards import ChangeClass, Clause, Standard
from app.rules.consultations import why_not_chair, why_not_member, why_not_suspended
from app.rules.contributions import why_not_own
from app.rules.standards import why_not_act_on
from app.rules.versions import SETTLING, leads_text, next_number

AMENDING = (PhaseKind.DISCUSS, PhaseKind.POSITION, PhaseKind.RESOLVE)


def why_not_amend(
    consultation: Consultation,
    phases: Sequence[Phase],
    standard: Standard,
    membership: Membership | None,
    *,
    at: datetime,
) -> Refusal | None:
    """Members propose another wording until the second round begins."""
    weighing = why_not_weigh(consultation, phases, standard, membership, at=at)
    return weighing or why_not_suspended(membership, at=at)


def why_not_weigh(
    consultation: Consultation,
    phases: Sequence[Phase],
    standard: Standard,
    membership: Membership | None,
    *,
    at: datetime,
) -> Refusal | None:
    """Members take positions on other wordings until the second round begins."""
    return why_not_act_on(consultation, phases, standard, membership, AMENDING, at=at)


def why_not_position_on(amendment: Amendment) -> Refusal | None:
    """Positions are taken on what can be read and is not decided."""
    if amendment.state not in READABLE:
        return Refusal("amendment_unreadable", _("This amendment is not published."), CONFLICT)
    return _why_not_open(amendment)


def why_not_adopt(
    consultation: Consultation,
    phases: Sequence[Phase],
    standard: Standard,
    amendment: Amendment,
    membership: Membership | None,
    *,
    at: datetime,
) -> Refusal | None:
    """The author of the standard and the chair adopt what is published and not decided."""
    if refusal := why_not_lead(standard, membership) or why_not_position_on(amendment):
        return refusal
    return why_not_act_on(consultation, phases, standard, membership, SETTLING, at=at)


def why_not_adjust(
    amendment: Amendment, membership: Membership | None, *, adopted: str, in_force: str | None
) -> Refusal | None:
    """What is adopted was read by a moderator: an author adopts it word for word, and only the chair adjusts it.

    `in_force` is what the clause says now, None for a clause that is new.
    """
    if adopted == in_force:
        sentence = _("The text says this already. Decline the amendment, and say where it is done.")
        return Refusal("says_it_already", sentence, CONFLICT)
    if adopted != amendment.text and why_not_chair(membership) is not None:
        sentence = _(
            "Only the chair adjusts a wording. Adopt it as it was proposed, or propose an amendment of your own."
        )
        return Refusal("not_adjusted_by_author", sentence)
    return None


def weighs_less(chosen: ChangeClass, proposed: ChangeClass) -> bool:
    """Whether a change is said to be smaller than its proposer said."""
    order = list(ChangeClass)
    return order.index(chosen) < order.index(proposed)


def why_not_decline(standard: Standard, amendment: Amendment, membership: Membership | None) -> Refusal | None:
    """The author of the standard and the chair decline what is published and not decided, whatever phase runs."""
    return why_not_lead(standard, membership) or why_not_position_on(amendment)


def why_not_lead(standard: Standard, membership: Membership | None) -> Refusal | None:
    """Amendments are decided by whoever answers for the text."""
    if refusal := why_not_member(membership):
        return refusal
    if not leads_text(standard, membership):
        return Refusal(
            "not_author_or_chair", _("Only the author of the standard and the chair adopt or decline amendments.")
        )
    return None


def why_not_on_this_text(amendment: Amendment, before: Sequence[Clause], now: Sequence[Clause]) -> Refusal | None:
    """An amendment replaces the words that it was written for: `before` is that text, `now` the one in force."""
    if not amendment.clause or text_of(amendment.clause, before) == text_of(amendment.clause, now):
        return None
    sentence = _(
        "Clause %(number)s has changed since this was written. Read the comparison below, and adopt the wording that"
        " should stand now.",
        number=amendment.clause,
    )
    return Refusal("clause_changed", sentence, CONFLICT)


def why_not_change_amendment(membership: Membership | None, amendment: Amendment) -> Refusal | None:
    """Its proposer changes an amendment while nobody else has read it."""
    if refusal := why_not_own(membership, amendment):
        return refusal
    if amendment.state not in (State.PENDING, State.RETURNED):
        sentence = _("Others have read this wording, so it can no longer be changed. Withdraw it and propose another.")
        return Refusal("published_amendment", sentence, CONFLICT)
    return None


def why_not_withdraw_amendment(membership: Membership | None, amendment: Amendment) -> Refusal | None:
    """Its proposer takes an amendment back until it is decided."""
    if refusal := why_not_own(membership, amendment):
        return refusal
    if amendment.state not in (State.PENDING, State.RETURNED, *READABLE):
        return Refusal("amendment_unreadable", _("This amendment is not published."), CONFLICT)
    return _why_not_open(amendment)


def why_not_promote(
    membership: Membership | None, amendment: Amendment, why_not_propose: Refusal | None
) -> Refusal | None:
    """The proposer of a declined amendment proposes it as a standard of its own, while proposals are taken."""
    if refusal := why_not_own(membership, amendment):
        return refusal
    if amendment.outcome == AmendmentOutcome.PROMOTED:
        return Refusal("already_promoted", _("You have already proposed this as a standard of its own."), CONFLICT)
    if amendment.outcome != AmendmentOutcome.DECLINED:
        return Refusal("not_declined", _("Only a declined amendment becomes a standard of its own."), CONFLICT)
    return why_not_propose


def amended(clauses: Sequence[Clause], clause: str, text: str, used: Iterable[str]) -> list[Clause]:
    """The clauses with another wording for one of them; no text takes it away, no number adds a new one at the end."""
    if not clause:
        return [*clauses, {"number": str(next_number(used)), "text": text}]
    if not any(one["number"] == clause for one in clauses):
        return [*clauses, {"number": clause, "text": text}]
    changed = [{"number": one["number"], "text": text if one["number"] == clause else one["text"]} for one in clauses]
    return [Clause(number=one["number"], text=one["text"]) for one in changed if one["text"]]


def text_of(clause: str, clauses: Sequence[Clause]) -> str:
    """The words of a clause, empty where there is none with this number."""
    return next((one["text"] for one in clauses if one["number"] == clause), "")


def _why_not_open(amendment: Amendment) -> Refusal | None:
    if amendment.outcome == AmendmentOutcome.ADOPTED:
        return Refusal("already_adopted", _("This amendment has been adopted already."), CONFLICT)
    if amendment.outcome != AmendmentOutcome.OPEN:
        return Refusal("already_declined", _("This amendment has been declined already."), CONFLICT)
    return None
