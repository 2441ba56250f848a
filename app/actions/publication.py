"""What publishing or removing means for each kind of contribution, so that moderation need not know any of them."""

from collections.abc import Callable, Mapping

from sqlalchemy.orm import Session

from app.actions import amendments, comments, commitment_updates, in_force
from app.errors import Refusal
from app.models.amendments import Amendment
from app.models.comments import Comment
from app.models.commitments import CommitmentUpdate
from app.models.contributions import Contribution, State
from app.models.standards import StandardVersion


def _comment(session: Session, contribution: Contribution, state: State) -> None:
    assert isinstance(contribution, Comment)
    comments.settle(session, contribution, state)


def _version(session: Session, contribution: Contribution, state: State) -> None:
    assert isinstance(contribution, StandardVersion)
    in_force.settle(session, contribution, state)


def _amendment(session: Session, contribution: Contribution, state: State) -> None:
    assert isinstance(contribution, Amendment)
    amendments.settle(session, contribution, state)


def _commitment_update(session: Session, contribution: Contribution, state: State) -> None:
    assert isinstance(contribution, CommitmentUpdate)
    commitment_updates.settle(session, contribution, state)


SETTLE: Mapping[type[Contribution], Callable[[Session, Contribution, State], None]] = {
    Comment: _comment,
    StandardVersion: _version,
    Amendment: _amendment,
    CommitmentUpdate: _commitment_update,
}


def settle(session: Session, contribution: Contribution, state: State) -> None:
    """Put a contribution of any kind into the state that was decided."""
    SETTLE[type(contribution)](session, contribution, state)


def why_not_settle(session: Session, contribution: Contribution, state: State) -> Refusal | None:
    """Why a contribution cannot come into this state now, whatever a moderator thinks of it."""
    if isinstance(contribution, StandardVersion):
        return in_force.why_not_settle(session, contribution, state)
    return None
