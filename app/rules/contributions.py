"""Rules for everything that people submit: the state it begins in, editing, withdrawing, endorsing."""

from datetime import datetime, timedelta

from app.errors import CONFLICT, Refusal
from app.language import _
from app.models.consultations import Consultation, Identity, Membership, Review
from app.models.contributions import READABLE, Contribution, State
from app.rules.consultations import why_not_member, why_not_suspended

FREE_EDITING = timedelta(hours=24)
EDITABLE = (State.PENDING, State.RETURNED, *READABLE)


def first_state(consultation: Consultation, membership: Membership, *, at: datetime) -> State:
    """Pending where a moderator reads first; always so for confidential people, of whom only a gist is published.

    And so for whoever is suspended: the reason of a position may be all that they write.
    """
    confidential = membership.identity == Identity.CONFIDENTIAL
    if consultation.review == Review.BEFORE or confidential or why_not_suspended(membership, at=at):
        return State.PENDING
    return State.PUBLISHED


def why_not_edit(membership: Membership | None, contribution: Contribution) -> Refusal | None:
    """Authors edit what is waiting, returned or published."""
    if refusal := why_not_own(membership, contribution):
        return refusal
    if contribution.state not in EDITABLE:
        return Refusal("not_editable", _("This text can no longer be edited."), CONFLICT)
    return None


def edits_freely(contribution: Contribution, *, replies: int, at: datetime) -> bool:
    """Within 24 hours of publication and before the first reply an edit leaves no visible earlier text."""
    return contribution.published_at is None or (replies == 0 and at < contribution.published_at + FREE_EDITING)


def why_not_withdraw(membership: Membership | None, contribution: Contribution) -> Refusal | None:
    """Authors may take a text back, once; what moderation removed stays marked as that."""
    if refusal := why_not_own(membership, contribution):
        return refusal
    if contribution.state == State.WITHDRAWN:
        return Refusal("already_withdrawn", _("You have already withdrawn this."), CONFLICT)
    if contribution.state not in EDITABLE:
        sentence = _("A moderator has removed this text, and its place says so. It cannot be withdrawn any more.")
        return Refusal("already_removed", sentence, CONFLICT)
    return None


def why_not_own(membership: Membership | None, contribution: Contribution) -> Refusal | None:
    """Only the author may do it."""
    if membership is None or membership.id != contribution.membership_id:
        return Refusal("not_author", _("Only its author can do this."))
    return None


def why_not_endorse(membership: Membership | None, contribution: Contribution) -> Refusal | None:
    """Members endorse what others wrote and everybody can read."""
    if refusal := why_not_member(membership):
        return refusal
    if membership is not None and membership.id == contribution.membership_id:
        return Refusal("own_contribution", _("You cannot endorse your own text. Other people can."))
    if contribution.state not in READABLE:
        return Refusal("not_readable", _("This text cannot be endorsed because it is not published."), CONFLICT)
    return None
