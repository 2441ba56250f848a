"""Telling those who follow a standard, and those who lead its consultation."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions import notices
from app.models.consultations import Membership
from app.models.contributions import Contribution
from app.models.outcomes import Follow, Outcome
from app.models.people import Account
from app.rules.consultations import CHAIRING_ROLES


def tell_followers(
    session: Session,
    standard_id: int,
    *,
    code: str,
    values: dict[str, str],
    but: Collection[int] = (),
    about: Contribution | None = None,
) -> int:
    """Put a notice before everybody who follows a standard, except the memberships in `but`; returns to how many.

    `about` is the text that it names, which is named only while everybody can read it.
    """
    followers = (
        select(Membership.account_id)
        .join(Follow, Follow.membership_id == Membership.id)
        .where(Follow.standard_id == standard_id, Membership.id.not_in(but), Membership.account_id.is_not(None))
        .order_by(Membership.id)
    )
    return _tell(session, session.scalars(followers).all(), code, values, about)


def tell_chairs(
    session: Session, consultation_id: int, *, code: str, values: dict[str, str], about: Contribution | None = None
) -> int:
    """Put a notice before the chair and the deputies of a consultation; returns to how many."""
    leading = (
        select(Membership.account_id)
        .where(
            Membership.consultation_id == consultation_id,
            Membership.role.in_(CHAIRING_ROLES),
            Membership.account_id.is_not(None),
        )
        .order_by(Membership.id)
    )
    return _tell(session, session.scalars(leading).all(), code, values, about)


def tell_followers_of_outcomes(session: Session, consultation_id: int, *, code: str, values: dict[str, str]) -> int:
    """Put one notice before everybody who follows a standard with an outcome; returns to how many.

    Whoever leads the consultation is left out, and is told apart.
    """
    followers = (
        select(Membership.account_id)
        .join(Follow, Follow.membership_id == Membership.id)
        .join(Outcome, Outcome.standard_id == Follow.standard_id)
        .where(
            Membership.consultation_id == consultation_id,
            Membership.role.not_in(CHAIRING_ROLES),
            Membership.account_id.is_not(None),
        )
        .distinct()
        .order_by(Membership.account_id)
    )
    return _tell(session, session.scalars(followers).all(), code, values)


def account_of(session: Session, membership_id: int) -> Account | None:
    """The account behind a membership; None for people known from an import."""
    owner = select(Account).join(Membership, Membership.account_id == Account.id).where(Membership.id == membership_id)
    return session.scalars(owner).one_or_none()


def _tell(
    session: Session,
    account_ids: Collection[int | None],
    code: str,
    values: dict[str, str],
    about: Contribution | None = None,
) -> int:
    for account_id in account_ids:
        assert account_id is not None
        notices.tell(session, account_id, code=code, values=values, contribution=about)
    return len(account_ids)
