"""A campaign as everybody reads it: one text with how many people sent it, and what each of them added."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session, aliased

from app import text
from app.db import LARGEST_ID
from app.errors import NotFound
from app.models.campaigns import Campaign, CampaignLetter, CampaignState, LetterState
from app.models.comments import Comment
from app.models.consultations import NOT_STATED, Consultation, Membership
from app.models.contributions import READABLE, Contribution, State
from app.models.standards import Standard, StandardVersion
from app.queries.consultations import Frame
from app.queries.folding import counted, people_of
from app.queries.people import Viewer
from app.queries.threads import CommentView, view_of
from app.queries.visibility import consultation_visible, readable_standard
from app.rules.campaigns import nearly_the_same
from app.rules.differences import Mark, Piece, compare
from app.rules.disclosure import shown_groups

PAGE = 20


@dataclass(frozen=True, slots=True)
class GroupLine:
    """How many people of one group sent it."""

    name: str
    directly_affected: bool
    people: int


@dataclass(frozen=True, slots=True)
class Senders:
    """Who sent a letter: people, organisations apart, and groups; those that may not be shown are added up."""

    letters: int
    people: int
    organisations: int
    groups: tuple[GroupLine, ...]
    others: int


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter. `pieces` mark what differs from the text shown, where its own words may be compared with it."""

    view: CommentView
    near: bool
    pieces: tuple[Piece, ...] | None

    @property
    def same(self) -> bool:
        """Whether it says the same in the same words."""
        return self.pieces is not None and all(piece.mark == Mark.SAME for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class CampaignPage:
    """A confirmed campaign with a page of its letters; `next_after` continues it."""

    frame: Frame
    number: int
    standard_number: int
    standard_title: str
    shown: CommentView
    senders: Senders
    letters: tuple[Letter, ...]
    next_after: int | None


def page(session: Session, frame: Frame, number: int, *, after: int = 0) -> CampaignPage:
    """The campaign with this number, its letters from the `after`-th on. Three statements.

    Raises:
        NotFound: there is none that is confirmed, or nobody can read its text.
    """
    campaign, standard, title, exemplar, author = _campaign(session, frame, number)
    rows = session.execute(
        select(CampaignLetter, Comment, Membership)
        .join(Campaign, Campaign.id == CampaignLetter.campaign_id)
        .join(Comment, Comment.id == CampaignLetter.contribution_id)
        .join(Membership, Membership.id == Comment.membership_id)
        .where(Campaign.id == campaign.id, counted(), Comment.id != exemplar.id)
        .order_by(CampaignLetter.likeness, Comment.created_at, Comment.id)
        .offset(after)
        .limit(PAGE + 1)
    ).all()
    return CampaignPage(
        frame=frame,
        number=number,
        standard_number=standard.number or 0,
        standard_title=title,
        shown=view_of(frame, exemplar, author, None),
        senders=_senders(session, frame, campaign),
        letters=tuple(_letter(frame, exemplar, *row) for row in rows[:PAGE]),
        next_after=after + PAGE if len(rows) > PAGE else None,
    )


@dataclass(frozen=True, slots=True)
class CampaignCounts:
    """The confirmed campaigns of a consultation, their readable letters, and who sent them, each person once."""

    campaigns: int
    letters: int
    people: int
    organisations: int


def figures(session: Session, consultation_id: int) -> CampaignCounts:
    """How much of what was said are campaigns. One statement."""
    sender = func.distinct(Membership.id)
    row = session.execute(
        select(
            func.count(func.distinct(Campaign.id)),
            func.count(),
            func.count(sender).filter(Membership.organisation.is_(None)),
            func.count(sender).filter(Membership.organisation.is_not(None)),
        )
        .select_from(Campaign)
        .join(CampaignLetter, CampaignLetter.campaign_id == Campaign.id)
        .join(Contribution, Contribution.id == CampaignLetter.contribution_id)
        .join(Membership, Membership.id == Contribution.membership_id)
        .where(Campaign.consultation_id == consultation_id, Campaign.state == CampaignState.CONFIRMED, counted())
    ).one()
    return CampaignCounts(row[0], row[1], row[2], row[3])


def senders(session: Session, consultation_id: int) -> dict[int | None, tuple[int, int]]:
    """The comment that is shown for each confirmed campaign, by its number, and how many people sent it."""
    shown = aliased(Contribution)
    rows = session.execute(
        select(Campaign.number, Campaign.exemplar_id, people_of())
        .join(shown, shown.id == Campaign.exemplar_id)
        .where(
            Campaign.consultation_id == consultation_id,
            Campaign.state == CampaignState.CONFIRMED,
            shown.state.in_(READABLE),
        )
    )
    return {number: (exemplar, people) for number, exemplar, people in rows}


def letter_in() -> ColumnElement[bool]:
    """What joins `CampaignLetter` to the comment of the row, where a person put it into a group."""
    return and_(CampaignLetter.contribution_id == Comment.id, CampaignLetter.state == LetterState.IN)


def letter_of() -> ColumnElement[bool]:
    """What joins `Campaign` to the letter of the row, where the group stands."""
    return and_(Campaign.id == CampaignLetter.campaign_id, Campaign.state == CampaignState.CONFIRMED)


def place(session: Session, viewer: Viewer, comment_id: int) -> tuple[str, int]:
    """The slug and the number under which the campaign of a letter is read.

    Raises:
        NotFound: nobody can read the letter, or it is in no campaign that was confirmed.
    """
    if comment_id > LARGEST_ID:
        raise NotFound
    row = session.execute(
        select(Consultation.slug, Campaign.number)
        .join(Consultation, Consultation.id == Campaign.consultation_id)
        .join(CampaignLetter, CampaignLetter.campaign_id == Campaign.id)
        .join(Contribution, Contribution.id == CampaignLetter.contribution_id)
        .outerjoin(
            Membership,
            and_(Membership.consultation_id == Consultation.id, Membership.account_id == viewer.owner_id),
        )
        .where(
            Contribution.id == comment_id,
            Campaign.state == CampaignState.CONFIRMED,
            counted(),
            consultation_visible(administrator=viewer.administrator),
        )
    ).one_or_none()
    if row is None or row[1] is None:
        raise NotFound
    return row[0], row[1]


def compared(shown: Comment, letter: Comment) -> tuple[Piece, ...]:
    """What a letter says otherwise than the one that is shown, without the marks of Markdown."""
    return compare(text.plain(shown.body), text.plain(letter.body))


def _campaign(session: Session, frame: Frame, number: int) -> tuple[Campaign, Standard, str, Comment, Membership]:
    if number > LARGEST_ID:
        raise NotFound
    shown = aliased(Comment)  # a version of a standard is a contribution too
    row = session.execute(
        select(Campaign, Standard, StandardVersion.title, shown, Membership)
        .join(Standard, Standard.id == Campaign.standard_id)
        .join(StandardVersion, StandardVersion.standard_id == Standard.id)
        .join(shown, shown.id == Campaign.exemplar_id)
        .join(Membership, Membership.id == shown.membership_id)
        .where(
            Campaign.consultation_id == frame.consultation.id,
            Campaign.number == number,
            Campaign.state == CampaignState.CONFIRMED,
            shown.state.in_(READABLE),
            readable_standard(),
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    campaign, standard, title, exemplar, author = row
    return campaign, standard, title, exemplar, author


def _senders(session: Session, frame: Frame, campaign: Campaign) -> Senders:
    """Each person once, whatever number of letters they sent, in the group that they speak from."""
    rows = session.execute(
        select(Membership.id, Membership.group_id, Membership.organisation, func.count())
        .join(Contribution, Contribution.membership_id == Membership.id)
        .join(CampaignLetter, CampaignLetter.contribution_id == Contribution.id)
        .join(Campaign, Campaign.id == CampaignLetter.campaign_id)
        .where(_of(campaign))
        .group_by(Membership.id, Membership.group_id, Membership.organisation)
    ).all()
    keys = {group.id: group.key for group in frame.groups}
    people = [keys.get(group_id or 0, NOT_STATED) for _id, group_id, organisation, _n in rows if organisation is None]
    sizes = Counter(people)
    shown = shown_groups(
        {group.key: sizes[group.key] for group in frame.groups},
        frame.consultation.minimum_group,
        unlisted=sizes[NOT_STATED],
    )
    groups = tuple(
        GroupLine(group.name, group.directly_affected, sizes[group.key]) for group in frame.groups if group.key in shown
    )
    return Senders(
        letters=sum(row[3] for row in rows),
        people=len(people),
        organisations=len(rows) - len(people),
        groups=groups,
        others=len(people) - sum(group.people for group in groups),
    )


def _of(campaign: Campaign) -> ColumnElement[bool]:
    return and_(Campaign.id == campaign.id, counted())


def _letter(frame: Frame, shown: Comment, measured: CampaignLetter, comment: Comment, author: Membership) -> Letter:
    """Words are compared only where both texts are public as they were written: no gist, nothing redacted."""
    open_words = all(one.state == State.PUBLISHED and not one.gist for one in (shown, comment))
    return Letter(
        view=view_of(frame, comment, author, None),
        near=nearly_the_same(measured.likeness),
        pieces=compared(shown, comment) if open_words else None,
    )
