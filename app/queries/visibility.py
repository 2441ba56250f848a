"""The one rule about what a viewer may see. Every page, list, search, feed and export goes through here.

Everybody reads what is published, and the place of what was published once. Authors also see their own waiting,
returned and declined texts, in every place where the published ones are. Moderators read the rest in the queue alone.
"""

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.models.comments import Comment
from app.models.consultations import Consultation, ConsultationState, Membership
from app.models.contributions import READABLE, Contribution, State
from app.models.standards import Standard, StandardVersion
from app.rules.consultations import TEAM

OWN_STATES = (State.PENDING, State.RETURNED)


def readable() -> ColumnElement[bool]:
    """What everybody may read."""
    return Contribution.state.in_(READABLE)


def own_waiting(membership_id: int | None) -> ColumnElement[bool]:
    """What its author sees in its place while it waits or was returned."""
    if membership_id is None:
        return false()
    return and_(Contribution.membership_id == membership_id, Contribution.state.in_(OWN_STATES))


def in_thread(membership_id: int | None) -> ColumnElement[bool]:
    """What has a place in a thread: readable comments, tombstones of once readable ones, and one's own waiting ones."""
    placed = Comment.published_at.is_not(None)
    if membership_id is None:
        return placed
    own = and_(Comment.membership_id == membership_id, Comment.state.in_(OWN_STATES))
    return or_(placed, own)


def objection_seen(reason: Comment, membership_id: int | None) -> bool:
    """Whether an objection is shown: its reason has a place in the thread, or was declined, which is said instead."""
    own = reason.membership_id == membership_id and reason.state in OWN_STATES
    return own or reason.published_at is not None or reason.state == State.DECLINED


def consultation_visible(*, administrator: bool) -> ColumnElement[bool]:
    """A consultation that is being prepared is seen by its team; the caller joins `Membership` of the viewer."""
    if administrator:
        return Consultation.id.is_not(None)
    in_team = and_(Membership.id.is_not(None), Membership.role.in_(TEAM))
    return or_(Consultation.state != ConsultationState.DRAFT, in_team)


def readable_standard(version: type[StandardVersion] = StandardVersion) -> ColumnElement[bool]:
    """A standard with a version in force that everybody may read; the caller joins its `version`."""
    return and_(Standard.number.is_not(None), version.number == Standard.version, version.state.in_(READABLE))


def published_standard(session: Session, consultation_id: int, number: int) -> Standard:
    """A standard that everybody can read.

    Raises:
        NotFound: there is none with this number.
    """
    found = session.scalars(
        select(Standard)
        .join(StandardVersion, StandardVersion.standard_id == Standard.id)
        .where(Standard.consultation_id == consultation_id, Standard.number == number, readable_standard())
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def own_contribution(session: Session, account_id: int, contribution_id: int) -> Contribution:
    """A contribution of one's own, in whatever state.

    Raises:
        NotFound: it does not exist, or is somebody else's.
    """
    mine = (
        select(Contribution)
        .join(Membership, Membership.id == Contribution.membership_id)
        .where(Contribution.id == contribution_id, Membership.account_id == account_id)
    )
    found = session.scalars(mine).one_or_none()
    if found is None:
        raise NotFound
    return found
