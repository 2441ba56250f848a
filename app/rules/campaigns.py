"""Who may group letters, and when. A machine proposes; a person confirms; every step can be taken back."""

from app.analysis.similarity import NEAR_IDENTICAL, PROPOSED
from app.errors import CONFLICT, Refusal
from app.language import _
from app.models.campaigns import Campaign, CampaignLetter, CampaignState, LetterState
from app.models.consultations import Membership
from app.rules.consultations import REVIEWING_ROLES

SMALLEST_CAMPAIGN = 3
"""From so many different people on the same letter is proposed as a campaign; two may be a coincidence or a couple."""


def why_not_group(membership: Membership | None, *, own: bool) -> Refusal | None:
    """Moderators and chairs group letters. `own`: one of these letters is theirs, or their organisation's."""
    if membership is None or membership.role not in REVIEWING_ROLES:
        return Refusal("not_moderator", _("Only moderators of this consultation can do this."))
    if own:
        sentence = _("One of these letters is yours or your organisation's. Another moderator decides about the group.")
        return Refusal("own_letter", sentence)
    return None


def why_not_confirm(campaign: Campaign, *, waiting: int, read: int | None) -> Refusal | None:
    """What is proposed is confirmed as it was read: `waiting` letters now, `read` on the page that was before them."""
    if campaign.state != CampaignState.PROPOSED:
        return Refusal("campaign_moved", _("Somebody decided about this group in the meantime."), CONFLICT)
    return _why_not_unread(waiting, read)


def why_not_join(campaign: Campaign, *, waiting: int, read: int | None) -> Refusal | None:
    """Letters join a group that is confirmed, as many as were read."""
    if campaign.state != CampaignState.CONFIRMED:
        return Refusal("campaign_not_confirmed", _("Confirm the group first, then letters can join it."), CONFLICT)
    return _why_not_unread(waiting, read)


def why_not_dissolve(campaign: Campaign) -> Refusal | None:
    """A group is dissolved once."""
    if campaign.state == CampaignState.DISSOLVED:
        return Refusal("campaign_moved", _("Somebody decided about this group in the meantime."), CONFLICT)
    return None


def why_not_restore(campaign: Campaign) -> Refusal | None:
    """What was dissolved can be put back."""
    if campaign.state != CampaignState.DISSOLVED:
        return Refusal("campaign_moved", _("Somebody decided about this group in the meantime."), CONFLICT)
    return None


def why_not_take_out(campaign: Campaign, letter: CampaignLetter, *, others: int) -> Refusal | None:
    """A letter leaves a group that stands, unless it is the last one. `others`: letters that would stay."""
    if campaign.state == CampaignState.DISSOLVED or letter.state == LetterState.APART:
        return Refusal("letter_moved", _("This letter is no longer in the group."), CONFLICT)
    if not others:
        return Refusal("last_letter", _("This is the last letter of the group. Dissolve the group instead."), CONFLICT)
    return None


def state_before(campaign: Campaign) -> CampaignState:
    """The state that a dissolved campaign is put back into."""
    return CampaignState.PROPOSED if campaign.confirmed_at is None else CampaignState.CONFIRMED


def is_proposed(likeness: float, contained: float) -> bool:
    """Whether a text is alike enough to a letter (0 to 1, see analysis/similarity) to be proposed as the same."""
    return contained >= PROPOSED or likeness >= NEAR_IDENTICAL


def nearly_the_same(likeness: float) -> bool:
    """Whether a letter is near-identical to the one that is shown, and not merely proposed as the same."""
    return likeness >= NEAR_IDENTICAL


def _why_not_unread(waiting: int, read: int | None) -> Refusal | None:
    if read is not None and read != waiting:
        return Refusal(
            "letters_came", _("Other letters came or went while you were reading. Read the group again."), CONFLICT
        )
    return None
