"""What people of a team say about themselves."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.consultations import Membership
from app.rules.consultations import REVIEWING_ROLES


def reads(session: Session, account_id: int, languages: Sequence[str]) -> None:
    """Say which languages somebody reads, in every team that they review for."""
    mine = select(Membership).where(Membership.account_id == account_id, Membership.role.in_(REVIEWING_ROLES))
    for membership in session.scalars(mine):
        membership.reads = list(languages)
