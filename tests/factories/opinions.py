"""Many people in camps with positions on many standards, written past the actions. Nothing commits."""

from collections.abc import Sequence

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app import clock
from app.actions.opinions import keep
from app.db import public_id
from app.models.consultations import Consultation, Membership
from app.models.positions import Block, Choice, Position
from app.models.standards import Standard
from app.queries.opinion_figures import found_in
from app.queries.opinion_positions import read
from tests.factories import crowds, people

CHOICES = {1: Choice.SUPPORT, 0: Choice.ABSTAIN, -1: Choice.OBJECT}


def positions(
    session: Session,
    consultation: Consultation,
    standards: Sequence[Standard],
    votes: Sequence[Sequence[int]],
    *,
    block: Block = Block.PEOPLE,
) -> list[int]:
    """Positions from people, places of standards and values (1, 0, -1); the ids of the memberships in order."""
    count = 1 + max(int(person) for person in votes[0])
    already = session.query(Membership).count()
    members = [
        Membership(
            consultation_id=consultation.id,
            display_name=f"Voter {already + number}",
            reference=f"voter {already + number}",
            joined_at=clock.now(),
            counted_from=clock.now(),
        )
        for number in range(count)
    ]
    session.add_all(members)
    session.flush()
    ids = [member.id for member in members]
    rows = [
        {
            "id": public_id(),
            "standard_id": standards[int(statement)].id,
            "membership_id": ids[int(person)],
            "block": block,
            "version": 1,
            "choice": CHOICES[int(value)],
            "taken_at": clock.now(),
        }
        for person, statement, value in zip(*votes, strict=True)
    ]
    session.execute(insert(Position), rows)
    session.flush()
    return ids


def found(session: Session, consultation: Consultation) -> bool:
    """Look for the groups and keep what is found, as the worker does; whether it is shown."""
    session.flush()
    return keep(session, found_in(read(session, consultation.id)))


def published(session: Session, consultation: Consultation, count: int) -> list[Standard]:
    """So many standards."""
    return crowds.standards(session, consultation, people.member(session, consultation), count)
