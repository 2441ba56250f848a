"""When a comment may be posted."""

from collections.abc import Sequence
from datetime import datetime

from app.errors import CONFLICT, Refusal
from app.language import _
from app.models.comments import Comment
from app.models.consultations import Consultation, Membership, Phase, PhaseKind
from app.models.contributions import READABLE, State
from app.models.standards import Standard
from app.rules.consultations import why_not_suspended
from app.rules.standards import why_not_act_on

DISCUSSING = (PhaseKind.DISCUSS, PhaseKind.POSITION, PhaseKind.SECOND_ROUND)
DEEPEST = 8


def why_not_comment(
    consultation: Consultation,
    phases: Sequence[Phase],
    standard: Standard,
    membership: Membership | None,
    *,
    at: datetime,
) -> Refusal | None:
    """Members comment on published standards while a phase of discussion runs."""
    acting = why_not_act_on(consultation, phases, standard, membership, DISCUSSING, at=at)
    return acting or why_not_suspended(membership, at=at)


def why_not_reply(parent_state: State) -> Refusal | None:
    """Replies go to what can be read."""
    if parent_state not in READABLE:
        return Refusal(
            "parent_gone", _("The comment you reply to is no longer there. You can comment on the standard."), CONFLICT
        )
    return None


def written_last(comment: Comment) -> tuple[str, str]:
    """The text and the suggested wording as their author wrote them last, a change that waits for review included."""
    if comment.next_body is None:
        return comment.body, comment.proposed_change
    return comment.next_body, comment.next_change
