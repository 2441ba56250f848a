"""Who may decide what, and what becomes of a contribution. Least restrictive first."""

from app.errors import CONFLICT, Refusal
from app.language import _
from app.models.consultations import Identity, Membership
from app.models.contributions import READABLE, Contribution, Kind, State
from app.models.moderation import Action, Case, Reason
from app.rules.consultations import REVIEWING_ROLES

NEXT_STATE = {
    Action.PUBLISH: State.PUBLISHED,
    Action.NOTE: State.PUBLISHED,
    Action.RETURN: State.RETURNED,
    Action.DECLINE: State.DECLINED,
    Action.HIDE: State.HIDDEN,
}
GISTED = (Kind.COMMENT, Kind.COMMITMENT_UPDATE)
"""Of confidential people the gist of these is published; texts of standards and amendments stand word for word."""
NEEDS_REASON = (Action.RETURN, Action.DECLINE, Action.HIDE)


def next_state(action: Action) -> State:
    """The state that a decision leads to."""
    return NEXT_STATE[action]


def why_not_moderate(membership: Membership | None) -> Refusal | None:
    """Moderators and chairs of the consultation read its queue."""
    if membership is None or membership.role not in REVIEWING_ROLES:
        return Refusal("not_moderator", _("Only moderators of this consultation can do this."))
    return None


def why_not_decide(
    membership: Membership | None,
    case: Case,
    contribution: Contribution,
    author: Membership,
    *,
    read_revision: int | None,
) -> Refusal | None:
    """Nobody decides on their own items or those of their organisation, twice, or on a text they have not read."""
    if refusal := why_not_moderate(membership):
        return refusal
    if membership is not None and membership.id == author.id:
        return Refusal("own_item", _("You cannot decide on your own contribution. Another moderator decides."))
    if membership is not None and membership.organisation and membership.organisation == author.organisation:
        return Refusal(
            "own_organisation",
            _("You cannot decide on a contribution of your own organisation. Another moderator decides."),
        )
    if case.closed_at is not None:
        return Refusal(
            "case_closed", _("This case has been decided in the meantime. The decision is shown below."), CONFLICT
        )
    if read_revision is not None and read_revision != contribution.revision:
        return Refusal(
            "text_changed", _("The author changed the text while you were reading. Read it again below."), CONFLICT
        )
    return None


def why_not_action(
    action: Action,
    reason: Reason | None,
    explanation: str,
    contribution: Contribution,
    author: Membership,
    *,
    gist: str,
) -> tuple[str, Refusal] | None:
    """The field at fault and why: what a statement of reasons must hold before the decision can be recorded."""
    if action not in NEXT_STATE:
        return "action", Refusal("action_unavailable", _("Choose one of the decisions offered here."))
    if action == Action.HIDE and contribution.state not in READABLE:
        return "action", Refusal("not_published", _("Only a published text can be hidden. Decline or return this one."))
    if action in NEEDS_REASON and reason is None:
        return "reason", Refusal("reason_needed", _("Choose the reason. The author sees it."))
    if action in NEEDS_REASON and not explanation:
        return "explanation", Refusal(
            "explanation_needed", _("Explain to the author what is meant and what to change.")
        )
    if action == Action.NOTE and not explanation:
        return "explanation", Refusal("note_needed", _("Write the note that readers see with the text."))
    if (
        contribution.kind in GISTED
        and author.identity == Identity.CONFIDENTIAL
        and NEXT_STATE[action] in READABLE
        and not gist
    ):
        return "gist", Refusal(
            "gist_needed", _("This person takes part confidentially. Write the gist that is published instead.")
        )
    return None
