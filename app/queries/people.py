"""Who is looking."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import clock
from app.models.consultations import Consultation, Membership, StakeholderGroup
from app.models.notices import Notice
from app.models.people import Account, MailedLink, Purpose, SignIn
from app.rules.consultations import CHAIRING_ROLES, REVIEWING_ROLES


@dataclass(frozen=True, slots=True)
class Viewer:
    """The person before the page; without an account, everything is empty."""

    account_id: int | None = None
    display_name: str = ""
    administrator: bool = False
    language: str = ""
    appearance: str = ""
    unread: int = 0
    moderates: bool = False
    chairs: bool = False
    proved: bool = False

    @property
    def owner_id(self) -> int:
        """The account to compare with: never null, because memberships without an account are nobody's who looks."""
        return self.account_id or 0


ANYBODY = Viewer()


def viewer(session: Session, token_hash: str) -> Viewer:
    """Who is signed in with this token; `ANYBODY` when the token is unknown or too old. One statement."""
    unread = (
        select(func.count())
        .select_from(Notice)
        .where(Notice.account_id == Account.id, Notice.read_at.is_(None))
        .scalar_subquery()
    )
    moderates = (
        select(Membership.id).where(Membership.account_id == Account.id, Membership.role.in_(REVIEWING_ROLES)).exists()
    )
    chairs = (
        select(Membership.id).where(Membership.account_id == Account.id, Membership.role.in_(CHAIRING_ROLES)).exists()
    )
    row = session.execute(
        select(Account, unread, moderates, chairs)
        .join(SignIn, SignIn.account_id == Account.id)
        .where(SignIn.token_hash == token_hash, SignIn.expires_at > clock.now())
    ).one_or_none()
    if row is None:
        return ANYBODY
    account, count, reviews, leads = row
    return Viewer(
        account_id=account.id,
        display_name=account.display_name,
        administrator=account.administrator,
        language=account.language,
        appearance=account.appearance,
        unread=count,
        moderates=reviews,
        chairs=leads,
        proved=account.proved_at is not None,
    )


@dataclass(frozen=True, slots=True)
class MembershipLine:
    """One consultation that a person takes part in."""

    membership: Membership
    consultation: Consultation
    group: StakeholderGroup | None


@dataclass(frozen=True, slots=True)
class MyData:
    """What the page of one's own data shows."""

    account: Account
    memberships: tuple[MembershipLine, ...]
    signed_in_browsers: int


def my_data(session: Session, account_id: int) -> MyData:
    """Everything that a person can see and change about their account."""
    account = session.get_one(Account, account_id)
    browsers = select(func.count()).select_from(SignIn)
    count = session.scalar(browsers.where(SignIn.account_id == account_id, SignIn.expires_at > clock.now()))
    return MyData(account, memberships(session, account_id), count or 0)


def memberships(session: Session, account_id: int) -> tuple[MembershipLine, ...]:
    """The consultations that a person takes part in, in the order of joining. One statement."""
    rows = session.execute(
        select(Membership, Consultation, StakeholderGroup)
        .join(Consultation, Consultation.id == Membership.consultation_id)
        .outerjoin(StakeholderGroup, StakeholderGroup.id == Membership.group_id)
        .where(Membership.account_id == account_id)
        .order_by(Membership.joined_at, Membership.id)
    )
    return tuple(MembershipLine(membership, consultation, group) for membership, consultation, group in rows)


def link_works(session: Session, token_hash: str, purpose: Purpose) -> bool:
    """Whether a mailed link can still be used."""
    link = select(MailedLink.token_hash).where(
        MailedLink.token_hash == token_hash, MailedLink.purpose == purpose, MailedLink.expires_at >= clock.now()
    )
    return session.scalar(link) is not None
