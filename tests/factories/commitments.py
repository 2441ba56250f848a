"""Promises in the register, and updates on them. Nothing here commits."""

import itertools

from sqlalchemy.orm import Session

from app.actions import commitment_updates, commitments
from app.models.commitments import Commitment, CommitmentUpdate
from app.models.consultations import Consultation, Membership
from app.rules.commitments import Promise, Update
from tests.factories import moderation, people

PROMISE = Promise(
    reference="c-example-2024",
    company="Example Vision Ltd",
    made_on="2024-06-30",
    promise="No sales of live face search to any police service.",
    scope="Live search, all police services",
    source="https://example.org/promise",
)
UPDATE = Update(
    happened_on="2025-11",
    event="reported_concern",
    what="A local paper reported a sale.",
    source="https://example.org/paper",
)
counter = itertools.count(1)


def registered(session: Session, consultation: Consultation, *, promise: Promise | None = None) -> Commitment:
    """A promise under review."""
    return commitments.register(session, consultation, promise or PROMISE)


def sent(session: Session, commitment: Commitment, *, by: Membership | None = None, what: str = "") -> CommitmentUpdate:
    """An update that waits for review, by a person of its own unless said otherwise."""
    consultation = session.get_one(Consultation, commitment.consultation_id)
    update = Update(UPDATE.happened_on, UPDATE.event, what or f"Reported no. {next(counter)}.", UPDATE.source)
    by = by or people.member(session, consultation)
    return commitment_updates.send(session, consultation, commitment, by=by, update=update)


def published(
    session: Session, commitment: Commitment, *, by: Membership | None = None, what: str = "", gist: str = ""
) -> CommitmentUpdate:
    """An update that everybody can read."""
    update = sent(session, commitment, by=by, what=what)
    moderation.decide(session, update, gist=gist)
    return update
