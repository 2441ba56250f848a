"""Every table. Importing the package registers them all, which migrations need."""

from app.models import (
    comments,
    commitments,
    consultations,
    contributions,
    events,
    evidence,
    instruments,
    moderation,
    notices,
    people,
    positions,
    standards,
)

__all__ = [
    "comments",
    "commitments",
    "consultations",
    "contributions",
    "events",
    "evidence",
    "instruments",
    "moderation",
    "notices",
    "people",
    "positions",
    "standards",
]
