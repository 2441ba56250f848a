"""Who may decide what and when, what becomes of a contribution, and when two people have to read it.

Least restrictive first. The rules are those of the product (moderation and due process); time limits follow them.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.errors import CONFLICT, Refusal
from app.language import Message, _, ngettext
from app.models.consultations import Membership
from app.models.contributions import READABLE, Contribution, State
from app.models.moderation import Action, Case, Decision, Reason, Standing
from app.rules.consultations import REVIEWING_ROLES

PROMISED = timedelta(hours=48)
PROMISED_URGENT = timedelta(hours=24)
CLAIM = timedelta(minutes=10)
UNDO = timedelta(minutes=10)
MOST_CLAIMS = 3

URGENT = (Reason.THREAT, Reason.PERSONAL_DATA, Reason.INCITEMENT, Reason.HARASSMENT)
"""What may be kept from readers at once, by a moderator, and is decided within a day."""
REMOVING = (Action.DECLINE, Action.HIDE, Action.WARN, Action.SUSPEND)
"""What takes a text from readers altogether."""
RESTRICTING = (Action.RETURN, Action.REDACT, *REMOVING)
HATEFUL = (Reason.HATE, Reason.INCITEMENT)


@dataclass(frozen=True, slots=True)
class Involved:
    """Who has had a hand in a case: its author, who read it first, and who complained about it."""

    author: Membership
    first_reader_id: int | None = None
    reporters: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Chosen:
    """A case that was selected to be decided with others, and the revision of the text that was read."""

    case_id: int
    read_revision: int


def next_state(action: Action, state: State, *, change_waits: bool = False, redacted: bool = False) -> State:
    """The state that a decision leads to.

    Warning and suspending somebody also take the text away: from readers, or, while nobody has read it, by declining
    it. A text that passages were taken out of stays a redacted one when it is published again (`redacted`).
    """
    match action:
        case Action.PUBLISH | Action.NOTE:
            return State.REDACTED if redacted else State.PUBLISHED
        case Action.REDACT:
            return State.REDACTED
        case Action.RETURN:
            return State.RETURNED
        case Action.HIDE:
            return State.HIDDEN
        case Action.DECLINE:
            return State.DECLINED
        case Action.WARN | Action.SUSPEND:
            return State.HIDDEN if state in (*READABLE, State.HIDDEN) and not change_waits else State.DECLINED


def due_at(opened_at: datetime, *, urgent: bool = False) -> datetime:
    """Until when a case is to be decided: 48 hours, 24 where somebody may be in danger."""
    return opened_at + (PROMISED_URGENT if urgent else PROMISED)


def why_not_moderate(membership: Membership | None) -> Refusal | None:
    """Moderators and chairs of the consultation read its queue."""
    if membership is None or membership.role not in REVIEWING_ROLES:
        return Refusal("not_moderator", _("Only moderators of this consultation can do this."))
    return None


def same_organisation(one: Membership, other: Membership) -> bool:
    """Whether two memberships speak for the same organisation, however it is spelt."""
    names = ["".join(filter(str.isalnum, (member.organisation or "").casefold())) for member in (one, other)]
    return bool(names[0]) and names[0] == names[1]


def why_not_touch(membership: Membership | None, case: Case, author: Membership) -> Refusal | None:
    """Nobody touches their own items or those of their own organisation, or what is decided already."""
    if refusal := why_not_moderate(membership):
        return refusal
    assert membership is not None
    if refusal := _why_not_impartial(membership, author):
        return refusal
    if case.closed_at is not None:
        return Refusal(
            "case_closed", _("This case has been decided in the meantime. The decision is shown below."), CONFLICT
        )
    return None


def why_not_reported(membership: Membership, reporters: Collection[int]) -> Refusal | None:
    """Whoever complained about a text does not decide on it."""
    if membership.id in reporters:
        return Refusal("reported_it", _("You reported this text. Somebody else decides on it."))
    return None


def why_not_decide(
    membership: Membership | None,
    case: Case,
    contribution: Contribution,
    involved: Involved,
    *,
    at: datetime,
    read_revision: int | None,
) -> Refusal | None:
    """One decides on what is open, read, and held by nobody else; the first of two readers is never the second."""
    if refusal := why_not_touch(membership, case, involved.author):
        return refusal
    assert membership is not None
    if refusal := why_not_reported(membership, involved.reporters):
        return refusal
    if membership.id == involved.first_reader_id:
        return _read_first()
    if refusal := why_not_claim(membership, case, at=at):
        return refusal
    if read_revision is not None and read_revision != contribution.revision:
        return Refusal(
            "text_changed", _("The author changed the text while you were reading. Read it again below."), CONFLICT
        )
    return None


def claimed_by_other(membership: Membership, case: Case, at: datetime) -> bool:
    """Whether somebody else opened the case less than ten minutes ago and has not let it go."""
    return case.claimed_until is not None and case.claimed_until > at and case.claimed_by_id != membership.id


def why_not_claim(membership: Membership, case: Case, *, at: datetime) -> Refusal | None:
    """One person at a time looks at a case, for ten minutes."""
    if not claimed_by_other(membership, case, at):
        return None
    assert case.claimed_until is not None
    minutes = max(1, -((at - case.claimed_until) // timedelta(minutes=1)))
    return Refusal(
        "claimed",
        ngettext(
            "Somebody else is reviewing this and holds it for another minute. Choose another case meanwhile.",
            "Somebody else is reviewing this and holds it for another %(num)s minutes. Choose another case meanwhile.",
            minutes,
        ),
        CONFLICT,
    )


def why_two_readers(
    action: Action,
    reason: Reason | None,
    contribution: Contribution,
    *,
    opposes_own: bool,
    takes_away: bool = False,
    asked: bool = False,
) -> Message | None:
    """Why a second person has to agree before a text is taken away, or None where one is enough.

    Two read before declining for hate, what somebody of an affected group lived through, and what opposes the
    moderator's own organisation; and whatever a moderator wants read twice (`asked`). `takes_away` says that a milder
    step takes the text from readers all the same.
    """
    if action in REMOVING or takes_away:
        if reason in HATEFUL:
            return _("Two people read a text before it is removed for hate.")
        if contribution.lived:
            return _("The author tells what they lived through. Two people read it before it is removed.")
        if opposes_own:
            return _("The text opposes your own organisation. A second person reads it before it is removed.")
    return _("You asked for a second reader.") if asked and action in RESTRICTING else None


def why_not_undo(
    membership: Membership, decision: Decision | None, contribution: Contribution, *, led_to: State, at: datetime
) -> Refusal | None:
    """Who decided can take it back for ten minutes, as long as nothing has been built on it."""
    if decision is None or decision.moderator_id != membership.id:
        return Refusal("not_yours", _("Only who decided can undo it. An author can appeal."))
    if at > decision.decided_at + UNDO:
        return Refusal("undo_over", _("A decision can be undone for ten minutes. This one stands."), CONFLICT)
    moved_on = decision.standing == Standing.TAKEN and contribution.state != led_to
    if moved_on or decision.standing not in (Standing.TAKEN, Standing.PROPOSED):
        return Refusal("moved_on", _("Something happened since this decision. It can no longer be undone."), CONFLICT)
    return None


def why_not_hold(case: Case, contribution: Contribution, reason: Reason | None) -> Refusal | None:
    """A moderator keeps from readers at once what endangers somebody, until it is decided within a day."""
    if reason not in URGENT:
        sentence = _("Hiding at once is for threats, incitement, harassment, and personal data of others.")
        return Refusal("not_urgent", sentence)
    if case.held_at is not None or contribution.state not in READABLE:
        return Refusal("not_readable", _("Readers do not see this text. There is nothing to hide."), CONFLICT)
    return None


def eligible(team: Collection[Membership], author: Membership, *, but: Collection[int]) -> list[Membership]:
    """Those of a team who may decide: not the author, not the author's organisation, nobody of `but`."""
    return [
        one
        for one in team
        if one.role in REVIEWING_ROLES
        and one.id != author.id
        and one.id not in but
        and not same_organisation(one, author)
    ]


def why_not_step_in(
    *,
    administrator: bool,
    eligible_people: int,
    membership: Membership | None,
    author: Membership,
    hands: Collection[int],
) -> Refusal | None:
    """An administrator becomes a moderator where nobody of the team may be the second reader.

    `membership` is the one that the administrator has in the consultation, if any, and `hands` are those who took part
    in the case: whoever may not decide does not step in either.
    """
    if not administrator:
        return Refusal("not_administrator", _("Only an administrator can do this."))
    if eligible_people:
        return Refusal("not_needed", _("Somebody of the team can decide this."), CONFLICT)
    if membership is None:
        return None
    return _why_not_impartial(membership, author) or (_read_first() if membership.id in hands else None)


def _why_not_impartial(membership: Membership, author: Membership) -> Refusal | None:
    if membership.id == author.id:
        return Refusal("own_item", _("You cannot decide on your own contribution. Another moderator decides."))
    if same_organisation(membership, author):
        return Refusal(
            "own_organisation",
            _("You cannot decide on a contribution of your own organisation. Another moderator decides."),
        )
    return None


def _read_first() -> Refusal:
    sentence = _("You read this first and proposed a decision. Somebody else reads it now, and decides.")
    return Refusal("first_reader", sentence)
