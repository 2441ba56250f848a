"""Campaigns: what a person decides about letters that are the same. Grouping declines nothing and can be undone."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from app import clock
from app.actions import consultations, letters
from app.db import LARGEST_ID
from app.errors import NotFound, require
from app.events import CampaignMoved, record
from app.models.campaigns import Campaign, CampaignLetter, CampaignState, LetterState
from app.models.comments import Comment
from app.models.consultations import Consultation, Membership
from app.models.contributions import READABLE, Contribution
from app.models.standards import Standard
from app.rules.campaigns import (
    state_before,
    why_not_confirm,
    why_not_dissolve,
    why_not_group,
    why_not_join,
    why_not_restore,
    why_not_take_out,
)


def get(session: Session, consultation_id: int, campaign_id: int) -> Campaign:
    """A campaign of this consultation.

    Raises:
        NotFound: there is none with this id here.
    """
    campaign = session.get(Campaign, campaign_id) if campaign_id <= LARGEST_ID else None
    if campaign is None or campaign.consultation_id != consultation_id:
        raise NotFound
    return campaign


def confirm(
    session: Session, consultation: Consultation, campaign: Campaign, *, by: Membership, read: int | None = None
) -> None:
    """Say that what is proposed is one letter. `read` is how many letters were on the page.

    Raises:
        Refused: not a moderator, one's own letter, decided in the meantime, or other letters came.
    """
    _begin(session, consultation, campaign, by)
    waiting = _letters(session, campaign, LetterState.PROPOSED)
    require(why_not_confirm(campaign, waiting=len(waiting), read=read))
    campaign.state, campaign.confirmed_at, campaign.confirmed_by_id = CampaignState.CONFIRMED, clock.now(), by.id
    campaign.number = campaign.number or _next_number(session, consultation)
    _put(waiting, LetterState.IN)
    _end(session, campaign, by, "confirmed", waiting)


def join(
    session: Session, consultation: Consultation, campaign: Campaign, *, by: Membership, read: int | None = None
) -> None:
    """Let every letter that waits beside a confirmed campaign join it.

    Raises:
        Refused: not a moderator, one's own letter, not confirmed, or other letters came.
    """
    _begin(session, consultation, campaign, by)
    waiting = _letters(session, campaign, LetterState.PROPOSED)
    require(why_not_join(campaign, waiting=len(waiting), read=read))
    _put(waiting, LetterState.IN)
    _end(session, campaign, by, "joined", waiting)


def put_in(
    session: Session, consultation: Consultation, campaign: Campaign, contribution_id: int, *, by: Membership
) -> None:
    """Put one letter into a confirmed campaign, or back into what is proposed; it may never have been proposed itself.

    Raises:
        NotFound: it is no text of its own on this standard, or a letter of another campaign.
        Refused: not a moderator, one's own letter, or the group is dissolved.
    """
    _begin(session, consultation, campaign, by)
    comment = session.get(Comment, contribution_id) if contribution_id <= LARGEST_ID else None
    if comment is None or comment.standard_id != campaign.standard_id or comment.depth > 0:
        raise NotFound
    author = session.scalar(select(Membership.id).where(Membership.id == comment.membership_id, _of_same_side(by)))
    require(why_not_group(by, own=author is not None))
    require(why_not_dissolve(campaign))
    letter = session.get(CampaignLetter, comment.id) or letters.new_letter(session, campaign, comment)
    if letter.campaign_id != campaign.id:
        raise NotFound
    _put([letter], LetterState.IN if campaign.state == CampaignState.CONFIRMED else LetterState.PROPOSED)
    _end(session, campaign, by, "joined", [letter])


def take_out(
    session: Session, consultation: Consultation, campaign: Campaign, contribution_id: int, *, by: Membership
) -> None:
    """Let one letter stand by itself; it is not proposed again.

    Raises:
        NotFound: it is no letter of this campaign.
        Refused: not a moderator, one's own letter, no longer in the group, or its last letter.
    """
    _begin(session, consultation, campaign, by)
    letter = session.get(CampaignLetter, contribution_id) if contribution_id <= LARGEST_ID else None
    if letter is None or letter.campaign_id != campaign.id:
        raise NotFound
    others = [one for one in _letters(session, campaign, LetterState.IN, LetterState.PROPOSED) if one is not letter]
    require(why_not_take_out(campaign, letter, others=len(others)))
    _put([letter], LetterState.APART)
    session.flush()
    if campaign.exemplar_id == letter.contribution_id:
        letters.show(session, campaign, CampaignLetter.state != LetterState.APART)
    _end(session, campaign, by, "taken_out", [letter])


def dissolve(session: Session, consultation: Consultation, campaign: Campaign, *, by: Membership) -> None:
    """Let every letter stand by itself again. What was grouped is remembered, so that it can be put back.

    Raises:
        Refused: not a moderator, one's own letter, or dissolved already.
    """
    _begin(session, consultation, campaign, by)
    require(why_not_dissolve(campaign))
    campaign.state, campaign.dissolved_at = CampaignState.DISSOLVED, clock.now()
    _end(session, campaign, by, "dissolved", [])


def restore(session: Session, consultation: Consultation, campaign: Campaign, *, by: Membership) -> None:
    """Put back what was dissolved, as it was; letters that came meanwhile wait beside it.

    Raises:
        Refused: not a moderator, one's own letter, or not dissolved.
    """
    _begin(session, consultation, campaign, by)
    require(why_not_restore(campaign))
    campaign.state, campaign.dissolved_at = state_before(campaign), None
    _end(session, campaign, by, "restored", [])


def follow(session: Session, comment: Comment) -> None:
    """Show another letter for all, when the one that is shown can be read no longer or not yet, and this one can."""
    letter = session.get(CampaignLetter, comment.id)
    if letter is not None:
        _show_readable(session, session.get_one(Campaign, letter.campaign_id))


def _begin(session: Session, consultation: Consultation, campaign: Campaign, by: Membership) -> None:
    consultations.lock(session, consultation)
    session.refresh(campaign)
    own = (
        select(CampaignLetter.contribution_id)
        .join(Contribution, Contribution.id == CampaignLetter.contribution_id)
        .join(Membership, Membership.id == Contribution.membership_id)
        .where(CampaignLetter.campaign_id == campaign.id, _of_same_side(by))
    )
    require(why_not_group(by, own=session.scalar(own.limit(1)) is not None))


def _of_same_side(by: Membership) -> ColumnElement[bool]:
    own = Membership.id == by.id
    return own if by.organisation is None else or_(own, Membership.organisation == by.organisation)


def _letters(session: Session, campaign: Campaign, *states: LetterState) -> list[CampaignLetter]:
    wanted = select(CampaignLetter).where(CampaignLetter.campaign_id == campaign.id, CampaignLetter.state.in_(states))
    ordered = wanted.order_by(CampaignLetter.contribution_id)
    return list(session.scalars(ordered.execution_options(populate_existing=True)))


def _put(moved: Sequence[CampaignLetter], state: LetterState) -> None:
    for letter in moved:
        letter.state, letter.joined_at = state, clock.now()


def _end(session: Session, campaign: Campaign, by: Membership, step: str, moved: Sequence[CampaignLetter]) -> None:
    """What every step leaves behind: a letter to show, a page that grew old, and an entry in the record."""
    session.flush()
    _show_readable(session, campaign)
    session.get_one(Standard, campaign.standard_id).revision += 1
    counted, people = session.execute(_counts(campaign.id)).one()
    record(
        session,
        CampaignMoved(
            consultation_id=campaign.consultation_id,
            campaign=campaign.number,
            step=step,
            letters=counted,
            people=people,
            campaign_id=campaign.id,
            contributions=[letter.contribution_id for letter in moved],
            membership_id=by.id,
        ),
    )


def _show_readable(session: Session, campaign: Campaign) -> None:
    if campaign.state != CampaignState.CONFIRMED:
        return
    readable = (CampaignLetter.state == LetterState.IN, Contribution.state.in_(READABLE))
    shown = (
        select(Contribution.id)
        .join(CampaignLetter, CampaignLetter.contribution_id == Contribution.id)
        .where(Contribution.id == campaign.exemplar_id, *readable)
    )
    if session.scalar(shown) is None:
        letters.show(session, campaign, *readable)


def _counts(campaign_id: int) -> Select[int, int]:
    """Letters and people of a campaign, as far as everybody can read them."""
    return (
        select(func.count(), func.count(func.distinct(Contribution.membership_id)))
        .select_from(CampaignLetter)
        .join(Contribution, Contribution.id == CampaignLetter.contribution_id)
        .where(
            CampaignLetter.campaign_id == campaign_id,
            CampaignLetter.state == LetterState.IN,
            Contribution.state.in_(READABLE),
        )
    )


def _next_number(session: Session, consultation: Consultation) -> int:
    last = session.scalar(select(func.max(Campaign.number)).where(Campaign.consultation_id == consultation.id))
    return (last or 0) + 1
