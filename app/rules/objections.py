"""The way of an objection: raised, answered, withdrawn or sustained, decided, appealed once."""

from app.models.objections import ObjectionState

UNANSWERED = (ObjectionState.RAISED,)
REMAINING = (
    ObjectionState.ANSWERED,
    ObjectionState.SUSTAINED,
    ObjectionState.UPHELD,
    ObjectionState.OVERRULED,
    ObjectionState.APPEALED,
)
"""Answered, and still held: they stand between a standard and consensus."""
STANDING = (*UNANSWERED, *REMAINING)
"""Everything that its objector has neither withdrawn nor left without a reply."""
