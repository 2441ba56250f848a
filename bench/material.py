"""A consultation of any size: deterministic, written in bulk."""

import random
from datetime import timedelta

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app import clock
from app.actions import consultations, in_force, projections, standards
from app.actions.consultations import NewGroup, NewPhase
from app.actions.people import create_account
from app.db import Database, public_id
from app.models.comments import Comment, Stance
from app.models.consultations import Consultation, ConsultationState, Membership, PhaseKind, Role, StakeholderGroup
from app.models.contributions import Channel, Contribution, Endorsement, Kind, State
from app.models.moderation import Case, Cause
from app.models.people import Account
from app.models.positions import Block, Choice, Position
from app.models.standards import Standard
from app.queries.people import Viewer
from app.rules.moderation import due_at
from app.rules.standards import Proposal

SLUG = "bench"
GROUPS = 14
PEOPLE = 1000
STANDARDS = 20
STANCES = list(Stance)
CHOICES = list(Choice)


def fill(
    database: Database,
    *,
    comments: int,
    share_pending: int = 10,
    people: int = PEOPLE,
    proposed: int = STANDARDS,
    discussed: int = 1,
) -> None:
    """Write the consultation: `proposed` standards, comments on the first `discussed`, one in so many still pending.

    Everybody takes a position on every standard, and two people stand behind each published comment.
    """
    chance = random.Random(7)
    with database.write() as session:
        consultation = _consultation(session)
        members = _members(session, consultation, people)
        _moderator(session, consultation)
        found = _standards(session, consultation, members[0], proposed)
        for standard in found:
            _positions(session, standard, members, chance)
        for standard in found[:discussed]:
            _comments(session, standard, members, comments // discussed, chance, share_pending)
        projections.rebuild(session)
        session.commit()


def some(session: Session, standards: int) -> tuple[Consultation, list[Standard], Membership]:
    """A consultation with people and so many standards, none with a position, and whoever joined last."""
    consultation = _consultation(session)
    members = _members(session, consultation, PEOPLE)
    return consultation, _standards(session, consultation, members[0], standards), members[-1]


def moderator(database: Database) -> Viewer:
    """Who reads the queue."""
    with database.read() as session:
        account_id = session.scalar(select(Account.id).where(Account.email == "moderator@bench.example"))
    return Viewer(account_id=account_id, moderates=True)


def _consultation(session: Session) -> Consultation:
    now = clock.now()
    consultation = Consultation(slug=SLUG, title="A consultation of some size", state=ConsultationState.OPEN)
    groups = [
        NewGroup(key=f"group{n}", name=f"Group {n}", family=f"Family {n // 4}", directly_affected=n < 4)  # noqa: PLR2004 - a share
        for n in range(GROUPS)
    ]
    phases = [
        NewPhase(kind, now - timedelta(days=1), now + timedelta(days=30))
        for kind in (PhaseKind.SUBMIT, PhaseKind.DISCUSS, PhaseKind.POSITION)
    ]
    return consultations.create(session, consultation, groups=groups, phases=phases)


def _members(session: Session, consultation: Consultation, people: int) -> list[Membership]:
    groups = session.scalars(select(StakeholderGroup).where(StakeholderGroup.consultation_id == consultation.id)).all()
    now = clock.now()
    members = [
        Membership(
            consultation_id=consultation.id,
            group_id=groups[n % GROUPS].id,
            display_name=f"Person {n}",
            joined_at=now,
            counted_from=now,
        )
        for n in range(people)
    ]
    session.add_all(members)
    session.flush()
    return members


def _moderator(session: Session, consultation: Consultation) -> None:
    account = create_account(
        session, email="moderator@bench.example", password="a bench password", display_name="Moderator", proved=True
    )
    session.add(
        Membership(
            consultation_id=consultation.id,
            account_id=account.id,
            role=Role.MODERATOR,
            display_name="Moderator",
            joined_at=clock.now(),
        )
    )
    session.flush()


def _standards(session: Session, consultation: Consultation, author: Membership, proposed: int) -> list[Standard]:
    found = []
    for n in range(proposed):
        proposal = Proposal(title=f"Standard {n}", summary="A summary.", clauses=("Somebody shall do something.",) * 5)
        version = standards.propose(session, consultation, by=author, proposal=proposal)
        in_force.settle(session, version, State.PUBLISHED)
        found.append(session.get_one(Standard, version.standard_id))
    return found


def _positions(session: Session, standard: Standard, members: list[Membership], chance: random.Random) -> None:
    now = clock.now()
    rows = [
        {
            "id": public_id(),
            "standard_id": standard.id,
            "membership_id": member.id,
            "group_id": member.group_id,
            "block": Block.PEOPLE,
            "version": 1,
            "choice": chance.choice(CHOICES),
            "channel": Channel.WEB,
            "counted": True,
            "taken_at": now,
        }
        for member in members
    ]
    session.execute(insert(Position), rows)


def _comments(
    session: Session,
    standard: Standard,
    members: list[Membership],
    count: int,
    chance: random.Random,
    share_pending: int,
) -> None:
    now = clock.now()
    parents, rows, details, cases, endorsed = [], [], [], [], []
    for n in range(count):
        comment_id = public_id()
        above = chance.choice(parents[-200:]) if parents and n % 3 else None
        state = State.PENDING if n % share_pending == share_pending - 1 else State.PUBLISHED
        at = now - timedelta(minutes=count - n)
        author = members[n % len(members)]
        rows.append(_parent_row(comment_id, standard, author, state, at))
        details.append(_comment_row(comment_id, standard, above, n, chance))
        if state == State.PENDING:
            case = {"contribution_id": comment_id, "cause": Cause.REVIEW, "opened_at": at, "due_at": due_at(at)}
            cases.append({**case, "consultation_id": standard.consultation_id})
            continue
        endorsed += [_endorsement(comment_id, members[(n + step) % len(members)], at) for step in (1, 5)]
        if above is None:
            parents.append(comment_id)
    session.execute(insert(Contribution.__table__), rows)
    session.execute(insert(Comment.__table__), details)
    if cases:
        session.execute(insert(Case), cases)
    if endorsed:
        session.execute(insert(Endorsement), endorsed)


def _endorsement(comment_id: int, member: Membership, at: object) -> dict[str, object]:
    return {
        "contribution_id": comment_id,
        "membership_id": member.id,
        "group_id": member.group_id,
        "created_at": at,
    }


def _parent_row(comment_id: int, standard: Standard, author: Membership, state: State, at: object) -> dict[str, object]:
    return {
        "id": comment_id,
        "kind": Kind.COMMENT,
        "consultation_id": standard.consultation_id,
        "membership_id": author.id,
        "state": state,
        "label": "A comment",
        "note": "",
        "gist": "",
        "content_note": "",
        "language": "en",
        "channel": Channel.WEB,
        "revision": 1,
        "created_at": at,
        "published_at": at if state == State.PUBLISHED else None,
    }


def _comment_row(
    comment_id: int, standard: Standard, above: int | None, n: int, chance: random.Random
) -> dict[str, object]:
    return {
        "id": comment_id,
        "standard_id": standard.id,
        "parent_id": above,
        "root_id": above or comment_id,
        "depth": 1 if above else 0,
        "version": 1,
        "body": f"What number {n} has to say about this, in a sentence or two. " * 3,
        "html": f"<p>What number {n} has to say about this, in a sentence or two.</p>",
        "stance": chance.choice(STANCES),
        "clause": str(1 + n % 5),
        "proposed_change": "",
        "next_change": "",
        "edits": 0,
        "endorsements": chance.randrange(50),
        "endorsing_groups": chance.randrange(10),
        "replies": 0,
    }
