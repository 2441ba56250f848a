"""Flags: who may complain about what, what a complaint weighs, and when complaints come from one side."""

from collections.abc import Mapping, Sequence

from app.errors import CONFLICT, Refusal
from app.language import _
from app.models.contributions import READABLE, Contribution
from app.models.moderation import Reason
from app.rules.moderation import URGENT

WITHOUT_ACCOUNT = (Reason.ILLEGAL, Reason.FALSELY_ATTRIBUTED)
"""What somebody may be hurt by who has no account here: an unlawful text, and words that they never wrote."""
ALERT = 1.0
"""The team is told at once when urgent complaints weigh this much together."""
ONE_SIDE, ENOUGH = 0.8, 5
ANONYMOUS_AT_ONCE = 5


def weight(*, shared: int, misused: int) -> float:
    """The past accuracy of whoever flags, between 0 and 1: the rule of succession, so that a first flag weighs a half.

    Complaints that were honest but unneeded are not counted at all: they cost nothing.
    """
    return (shared + 1) / (shared + misused + 2)


def urgent(reasons: Sequence[Reason | None], weights: Sequence[float]) -> bool:
    """Whether complaints bring a case forward: somebody who is not known to misuse them says that there is danger.

    They never hide anything.
    """
    low = weight(shared=0, misused=2)
    return any(reason in URGENT and heavy > low for reason, heavy in zip(reasons, weights, strict=True))


def alarming(reasons: Sequence[Reason | None], weights: Sequence[float]) -> bool:
    """Whether the team is told at once."""
    return sum(heavy for reason, heavy in zip(reasons, weights, strict=True) if reason in URGENT) >= ALERT


def one_sided(flags_by_group: Mapping[int | None, int], *, flagged_group: int | None) -> bool:
    """Whether most complaints about what one group says come from one other group: a sign to read with care."""
    total = sum(flags_by_group.values())
    if total < ENOUGH or flagged_group is None:
        return False
    others = {group: count for group, count in flags_by_group.items() if group is not None and group != flagged_group}
    return max(others.values(), default=0) >= ONE_SIDE * total


def why_not_once_more(waiting: int) -> Refusal | None:
    """Some complaints without an account about one text are enough until it was read: one person can send many."""
    if waiting < ANONYMOUS_AT_ONCE:
        return None
    sentence = _("Several reports about this text wait already. A moderator reads it; another one would add nothing.")
    return Refusal("reported_enough", sentence, CONFLICT)


def why_not_flag(
    contribution: Contribution, *, own: bool, flagged_before: bool, signed_in: bool, reason: Reason | None
) -> Refusal | None:
    """Anybody signed in flags what others wrote and everybody can read, once; without an account for two reasons."""
    if contribution.state not in READABLE:
        return Refusal("not_readable", _("This text is not published any more."), CONFLICT)
    if own:
        return Refusal("own_contribution", _("You cannot flag your own text. You can change or withdraw it."))
    if flagged_before:
        sentence = _("You have flagged this already. A moderator reads it; you will be told what comes of it.")
        return Refusal("flagged_before", sentence, CONFLICT)
    if not signed_in and reason not in WITHOUT_ACCOUNT:
        sentence = _("Sign in to flag this. Without an account you can report unlawful texts and words wrongly yours.")
        return Refusal("account_needed", sentence)
    return None
