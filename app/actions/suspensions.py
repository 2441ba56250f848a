"""Until when somebody is suspended: as long as the longest suspension that holds."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.consultations import Membership
from app.models.contributions import Contribution
from app.models.moderation import Action, Decision, Standing


def renew(session: Session, author: Membership) -> None:
    """Reckon anew until when an author is suspended, after a decision was taken, undone or overturned."""
    session.flush()
    ends = (
        select(func.max(Decision.ends_at))
        .join(Contribution, Contribution.id == Decision.contribution_id)
        .where(
            Contribution.membership_id == author.id,
            Decision.action == Action.SUSPEND,
            Decision.standing == Standing.TAKEN,
        )
    )
    author.suspended_until = session.scalar(ends)
