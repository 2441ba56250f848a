"""Groups of letters as moderators see them: what is proposed, what is confirmed, and how alike the letters are."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.db import LARGEST_ID
from app.errors import NotFound, Refusal
from app.models.campaigns import Campaign, CampaignLetter, CampaignState, LetterState
from app.models.comments import Comment
from app.models.consultations import Consultation, Membership, StakeholderGroup
from app.models.contributions import Contribution, State
from app.models.standards import Standard
from app.queries.campaigns import PAGE, compared
from app.queries.people import Viewer
from app.queries.threads import name_of
from app.rules.campaigns import nearly_the_same, why_not_group
from app.rules.consultations import REVIEWING_ROLES
from app.rules.differences import Piece

LISTED = (CampaignState.PROPOSED, CampaignState.CONFIRMED)
GROUPED = (LetterState.PROPOSED, LetterState.IN)
_LETTER = aliased(CampaignLetter)


@dataclass(frozen=True, slots=True)
class GroupedLine:
    """A campaign in the list. `people` sent its letters, in whatever state; `waiting` are not confirmed yet."""

    campaign: Campaign
    consultation: Consultation
    standard_number: int | None
    label: str
    language: str
    letters: int
    waiting: int
    people: int
    least_contained: float


@dataclass(frozen=True, slots=True)
class Desk:
    """The campaigns of the consultations that this person moderates: what waits for somebody first."""

    state: CampaignState | None
    lines: tuple[GroupedLine, ...]
    next_after: int | None


@dataclass(frozen=True, slots=True)
class MeasuredLetter:
    """A letter beside the one that is shown. People who take part confidentially have no name here."""

    letter: CampaignLetter
    comment: Comment
    author_name: str
    group_name: str
    directly_affected: bool
    near: bool
    shown: bool
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class GroupPage:
    """One campaign with a page of its letters, those that wait first."""

    line: GroupedLine
    shown: Comment
    letters: tuple[MeasuredLetter, ...]
    next_after: int | None
    why_not: Refusal | None


@dataclass(frozen=True, slots=True)
class ProposedLetter:
    """A text that waits for a person to say whether it is a letter of a campaign: for the page of its case."""

    campaign: Campaign
    letter: CampaignLetter
    waiting: int
    grouped: int
    near: bool
    pieces: tuple[Piece, ...]
    language: str


def desk(session: Session, viewer: Viewer, *, state: CampaignState | None = None, after: int = 0) -> Desk:
    """The campaigns that this viewer decides about; dissolved ones when they are asked for. One statement."""
    wanted = [_mine(viewer), Campaign.state == state if state else Campaign.state.in_(LISTED)]
    rows = session.execute(
        _lines(*wanted)
        .order_by(case((_waiting() > 0, 0), else_=1), Campaign.proposed_at, Campaign.id)
        .offset(after)
        .limit(PAGE + 1)
    ).all()
    following = after + PAGE if len(rows) > PAGE else None
    return Desk(state, tuple(_line(row) for row in rows[:PAGE]), following)


def waiting(session: Session, viewer: Viewer) -> int:
    """How many campaigns have letters that wait for this viewer, for the page of the queue."""
    found = (
        select(func.count(func.distinct(Campaign.id)))
        .join(CampaignLetter, CampaignLetter.campaign_id == Campaign.id)
        .where(_mine(viewer), Campaign.state.in_(LISTED), CampaignLetter.state == LetterState.PROPOSED)
    )
    return session.scalar(found) or 0


def group_page(session: Session, viewer: Viewer, campaign_id: int, *, after: int = 0) -> GroupPage:
    """One campaign with its letters from the `after`-th on. Three statements.

    Raises:
        NotFound: there is none, or it is not this viewer's to see.
    """
    _consultation, membership, campaign = reviewed(session, viewer, campaign_id)
    row = session.execute(_lines(Campaign.id == campaign.id)).one_or_none()
    if row is None:  # every author took their letter back
        raise NotFound
    shown = row[2]
    same_side = Membership.id == membership.id
    if membership.organisation is not None:
        same_side = or_(same_side, Membership.organisation == membership.organisation)
    own = func.count().filter(same_side).over()
    rows = session.execute(
        select(CampaignLetter, Comment, Membership, StakeholderGroup, own)
        .join(Comment, Comment.id == CampaignLetter.contribution_id)
        .join(Membership, Membership.id == Comment.membership_id)
        .outerjoin(StakeholderGroup, StakeholderGroup.id == Membership.group_id)
        .where(CampaignLetter.campaign_id == campaign.id, Comment.state != State.WITHDRAWN)
        .order_by(_RANK, CampaignLetter.likeness, CampaignLetter.contribution_id)
        .offset(after)
        .limit(PAGE + 1)
    ).all()
    return GroupPage(
        line=_line(row),
        shown=shown,
        letters=tuple(_measured(shown, *one[:4]) for one in rows[:PAGE]),
        next_after=after + PAGE if len(rows) > PAGE else None,
        why_not=why_not_group(membership, own=bool(rows and rows[0][4])),
    )


def reviewed(session: Session, viewer: Viewer, campaign_id: int) -> tuple[Consultation, Membership, Campaign]:
    """A campaign of a consultation that this viewer reviews, with who they are there.

    Raises:
        NotFound: there is none, or it is not theirs to see.
    """
    if campaign_id > LARGEST_ID:
        raise NotFound
    row = session.execute(
        select(Consultation, Membership, Campaign)
        .join(Consultation, Consultation.id == Campaign.consultation_id)
        .join(Membership, and_(Membership.consultation_id == Consultation.id, _reviews(viewer)))
        .where(Campaign.id == campaign_id)
    ).one_or_none()
    if row is None:
        raise NotFound
    consultation, membership, campaign = row
    return consultation, membership, campaign


def proposed_for(session: Session, contribution_id: int) -> ProposedLetter | None:
    """The campaign that a text waits beside, or None. For moderators alone; one statement."""
    shown, own = aliased(Comment), aliased(Comment)
    row = session.execute(
        select(Campaign, CampaignLetter, shown, own, _waiting(), _of_letters(func.count(), LetterState.IN))
        .join(CampaignLetter, CampaignLetter.campaign_id == Campaign.id)
        .join(shown, shown.id == Campaign.exemplar_id)
        .join(own, own.id == CampaignLetter.contribution_id)
        .where(own.id == contribution_id, CampaignLetter.state == LetterState.PROPOSED, Campaign.state.in_(LISTED))
    ).one_or_none()
    if row is None:
        return None
    campaign, letter, text, written, waits, grouped = row
    near = nearly_the_same(letter.likeness)
    return ProposedLetter(campaign, letter, waits, grouped, near, compared(text, written), written.language)


_RANK = case({LetterState.PROPOSED: 0, LetterState.IN: 1}, value=CampaignLetter.state, else_=2)


def _mine(viewer: Viewer) -> ColumnElement[bool]:
    reviews = select(Membership.consultation_id).where(_reviews(viewer))
    return Campaign.consultation_id.in_(reviews)


def _reviews(viewer: Viewer) -> ColumnElement[bool]:
    return and_(Membership.account_id == viewer.owner_id, Membership.role.in_(REVIEWING_ROLES))


def _lines(*wanted: ColumnElement[bool]) -> Select[Any]:
    letters = _of_letters(func.count(), *GROUPED)
    people = _of_letters(func.count(func.distinct(Contribution.membership_id)), *GROUPED)
    least = _of_letters(func.min(_LETTER.contained), *GROUPED)
    return (
        select(Campaign, Consultation, Comment, Standard.number, letters, _waiting(), people, least)
        .join(Consultation, Consultation.id == Campaign.consultation_id)
        .join(Comment, Comment.id == Campaign.exemplar_id)
        .join(Standard, Standard.id == Campaign.standard_id)
        .where(letters > 0, *wanted)
    )


def _waiting() -> ScalarSelect[int]:
    return _of_letters(func.count(), LetterState.PROPOSED)


def _of_letters(figure: ColumnElement[Any], *states: LetterState) -> ScalarSelect[Any]:
    """A figure of the letters of the `Campaign` of the row that are in one of these states and were not withdrawn."""
    return (
        select(figure)
        .select_from(_LETTER)
        .join(Contribution, Contribution.id == _LETTER.contribution_id)
        .where(_LETTER.campaign_id == Campaign.id, _LETTER.state.in_(states), Contribution.state != State.WITHDRAWN)
        .correlate(Campaign)
        .scalar_subquery()
    )


def _line(row: Any) -> GroupedLine:
    campaign, consultation, shown, number, letters, waits, people, least = row
    return GroupedLine(
        campaign=campaign,
        consultation=consultation,
        standard_number=number,
        label=shown.label,
        language=shown.language,
        letters=letters,
        waiting=waits,
        people=people,
        least_contained=least or 0.0,
    )


def _measured(
    shown: Comment, letter: CampaignLetter, comment: Comment, author: Membership, group: StakeholderGroup | None
) -> MeasuredLetter:
    return MeasuredLetter(
        letter=letter,
        comment=comment,
        author_name=name_of(author),
        group_name=group.name if group else "",
        directly_affected=bool(group and group.directly_affected),
        near=nearly_the_same(letter.likeness),
        shown=comment.id == shown.id,
        pieces=compared(shown, comment),
    )
