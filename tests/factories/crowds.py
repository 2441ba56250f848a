"""Many rows at once, written past the actions, to see whether a page costs more when there is more. Nothing commits."""

from datetime import timedelta

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app import clock
from app.db import public_id
from app.models.appeals import Appeal
from app.models.comments import Comment, Stance
from app.models.consultations import Consultation, Membership
from app.models.contributions import State
from app.models.evidence import Evidence
from app.models.flags import Flag
from app.models.moderation import Action, Case, Cause, Decision, Reason
from app.models.positions import Choice, Position
from app.models.standards import Citation, Standard, StandardVersion


def comments(
    session: Session, standard: Standard, by: Membership, count: int, *, state: State = State.PUBLISHED
) -> list[Comment]:
    """So many branches with a reply each."""
    made = []
    for number in range(count):
        root = _comment(standard, by, number, state)
        made += [root, _comment(standard, by, number, state, under=root)]
    session.add_all(made)
    session.flush()
    return made


def standards(session: Session, consultation: Consultation, by: Membership, count: int) -> list[Standard]:
    """So many published standards with evidence."""
    made = []
    for _ in range(count):
        consultation.last_number += 1
        made.append(
            Standard(
                consultation_id=consultation.id,
                membership_id=by.id,
                number=consultation.last_number,
                version=1,
                created_at=clock.now(),
            )
        )
    session.add_all(made)
    session.flush()
    versions = [_version(standard, by) for standard in made]
    evidence = [Evidence(consultation_id=consultation.id, authors=["A B"], title="A study") for _ in made]
    session.add_all([*versions, *evidence])
    session.flush()
    pairs = zip(versions, evidence, strict=True)
    session.add_all(Citation(version_id=version.id, evidence_id=piece.id) for version, piece in pairs)
    session.flush()
    return made


def cases(session: Session, standard: Standard, by: Membership, count: int) -> list[Case]:
    """So many comments that wait."""
    waiting = comments(session, standard, by, count, state=State.PENDING)[::2]
    made = [
        Case(
            consultation_id=comment.consultation_id,
            contribution_id=comment.id,
            cause=Cause.REVIEW,
            opened_at=clock.now(),
            due_at=clock.now() + timedelta(hours=48),
        )
        for comment in waiting
    ]
    session.add_all(made)
    session.flush()
    return made


def appeals(session: Session, case: Case, by: Membership, count: int) -> list[Appeal]:
    """So many decisions with an appeal and a complaint each, on texts of the author of a case."""
    item = session.get_one(Comment, case.contribution_id)
    standard, author = session.get_one(Standard, item.standard_id), session.get_one(Membership, item.membership_id)
    decided = [_declined(one, by) for one in cases(session, standard, author, count)]
    session.add_all(decided)
    session.flush()
    sent = []
    for made in decided:
        about = {"contribution_id": made.contribution_id, "text": "A comment", "sent_at": clock.now()}
        session.add(Flag(**about, case_id=made.case_id, weight=0.5))
        due = clock.now() + timedelta(days=14)
        sent.append(Appeal(**about, consultation_id=case.consultation_id, decision_id=made.id, due_at=due))
    session.add_all(sent)
    session.flush()
    return sent


def _declined(case: Case, by: Membership) -> Decision:
    case.closed_at = clock.now()
    return Decision(
        case_id=case.id,
        contribution_id=case.contribution_id,
        moderator_id=by.id,
        action=Action.DECLINE,
        reason=Reason.OFF_TOPIC,
        original="A comment",
        before={"state": "pending", "led_to": "pending"},
        decided_at=clock.now(),
    )


def positions(session: Session, standards: list[Standard], by: Membership) -> None:
    """One position of this person on each of these standards; no tally is kept of them."""
    rows = [
        {
            "id": public_id(),
            "standard_id": standard.id,
            "membership_id": by.id,
            "group_id": by.group_id,
            "version": 1,
            "choice": Choice.SUPPORT,
            "taken_at": clock.now(),
        }
        for standard in standards
    ]
    session.execute(insert(Position), rows)


def _comment(standard: Standard, by: Membership, number: int, state: State, *, under: Comment | None = None) -> Comment:
    comment_id, written = public_id(), clock.now() + timedelta(seconds=number)
    return Comment(
        id=comment_id,
        consultation_id=standard.consultation_id,
        membership_id=by.id,
        state=state,
        label="A comment",
        language="en",
        created_at=written,
        published_at=written if state == State.PUBLISHED else None,
        standard_id=standard.id,
        parent_id=under.id if under else None,
        root_id=under.id if under else comment_id,
        depth=1 if under else 0,
        body="A comment",
        html="<p>A comment</p>",
        stance=Stance.SUPPORTS,
    )


def _version(standard: Standard, by: Membership) -> StandardVersion:
    return StandardVersion(
        standard_id=standard.id,
        number=1,
        consultation_id=standard.consultation_id,
        membership_id=by.id,
        state=State.PUBLISHED,
        label="A standard",
        language="en",
        created_at=clock.now(),
        published_at=clock.now(),
        title=f"Standard {standard.number}",
        summary="It shall.",
        clauses=[{"number": "1", "text": "They shall."}],
    )
