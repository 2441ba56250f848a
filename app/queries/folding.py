"""Which letters of a campaign stand behind the one that is shown for all, and how many people sent it.

Only the branches of a thread are folded. Whatever would be lost with them stays in its place: a letter that somebody
answered, one with an objection that waits for an answer or stands, one's own, and what a permalink asks for.
"""

from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, and_, func, select
from sqlalchemy.orm import aliased

from app.models.campaigns import Campaign, CampaignLetter, CampaignState, LetterState
from app.models.comments import Comment
from app.models.consultations import Membership
from app.models.contributions import READABLE, Contribution
from app.models.objections import Objection
from app.rules.objections import STANDING

_SHOWN = aliased(Comment)  # made once: that takes longer than to ask


def folded(
    root: type[Comment],
    standard_id: int,
    membership_id: int | None,
    branch: int | None,
    *,
    clause: str = "",
    language: str = "",
) -> ColumnElement[bool]:
    """Whether a branch of this thread stands behind another one that is shown in it under the same filters."""
    objected = (
        select(Objection.id)
        .where(Objection.comment_id == CampaignLetter.contribution_id, Objection.state.in_(STANDING))
        .exists()
    )
    behind = (
        select(CampaignLetter.contribution_id)
        .join(Campaign, Campaign.id == CampaignLetter.campaign_id)
        .join(_SHOWN, _SHOWN.id == Campaign.exemplar_id)
        .where(
            Campaign.standard_id == standard_id,
            Campaign.state == CampaignState.CONFIRMED,
            CampaignLetter.state == LetterState.IN,
            CampaignLetter.contribution_id != Campaign.exemplar_id,
            _SHOWN.state.in_(READABLE),
            ~objected,
        )
    )
    if clause:
        behind = behind.where(_SHOWN.clause == clause)
    if language:
        behind = behind.where(_SHOWN.language == language)
    return and_(
        root.id.in_(behind),
        root.replies == 0,
        root.state.in_(READABLE),
        root.membership_id != (membership_id or 0),
        root.id != (branch or 0),
    )


def shown_for_all() -> ColumnElement[bool]:
    """What joins `Campaign` to the comment that is shown for its letters."""
    return and_(Campaign.exemplar_id == Comment.id, Campaign.state == CampaignState.CONFIRMED)


def people_of() -> ScalarSelect[int]:
    """How many people, organisations left out, sent a readable letter of the `Campaign` of the row."""
    return (
        select(func.count(func.distinct(Contribution.membership_id)))
        .select_from(CampaignLetter)
        .join(Contribution, Contribution.id == CampaignLetter.contribution_id)
        .join(Membership, Membership.id == Contribution.membership_id)
        .where(counted(), Membership.organisation.is_(None))
        .correlate(Campaign)
        .scalar_subquery()
    )


def counted() -> ColumnElement[Any]:
    """A letter that a person put into the group of the `Campaign` of the row and that everybody can read."""
    return and_(
        CampaignLetter.campaign_id == Campaign.id,
        CampaignLetter.state == LetterState.IN,
        Contribution.state.in_(READABLE),
    )
