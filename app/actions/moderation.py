"""Deciding cases. Every decision has a statement of reasons, and its author is told."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock, text
from app.actions import commitment_updates, consultations, publication
from app.actions.texts import checked
from app.errors import Invalid, NotFound, Refusal, require
from app.events import DecisionTaken, record
from app.models.amendments import Amendment
from app.models.comments import Comment
from app.models.commitments import CommitmentUpdate
from app.models.consultations import Consultation, Identity, Membership
from app.models.contributions import Contribution
from app.models.moderation import Action, Case, Decision, Reason
from app.models.objections import Objection
from app.models.standards import StandardVersion
from app.rules.moderation import GISTED, NEXT_STATE, next_state, why_not_action, why_not_decide

LONGEST_EXPLANATION = 2000


def decide(
    session: Session,
    consultation: Consultation,
    case: Case,
    *,
    by: Membership,
    action: Action,
    reason: Reason | None = None,
    explanation: str = "",
    gist: str = "",
    read_revision: int | None = None,
) -> Decision:
    """Decide an open case: publish, publish with a note, return for changes, decline or hide.

    Raises:
        Refused: not a moderator here, one's own item, decided in the meantime, or the text changed since it was read.
        Invalid: the statement of reasons is incomplete.
    """
    consultations.lock(session, consultation)
    session.refresh(case)
    contribution = session.get_one(Contribution, case.contribution_id, populate_existing=True)
    author = session.get_one(Membership, contribution.membership_id)
    _allow(session, by, case, contribution, author, action, read_revision)
    explanation = checked(explanation, field="explanation", needed=False, longest=LONGEST_EXPLANATION)
    gist = _gist_for(author, contribution, gist)
    _check(why_not_action(action, reason, explanation, contribution, author, gist=gist))
    case.closed_at = clock.now()
    decision = Decision(
        case_id=case.id,
        contribution_id=contribution.id,
        moderator_id=by.id,
        action=action,
        reason=reason,
        explanation=explanation,
        original=original_text(session, contribution),
        decided_at=case.closed_at,
    )
    _carry_out(session, contribution, decision, gist)
    _record(session, contribution, decision)
    return decision


def case_of(session: Session, consultation_id: int, case_id: int) -> Case:
    """A case of this consultation.

    Raises:
        NotFound: there is none with this number here.
    """
    case = session.scalars(
        select(Case).where(Case.id == case_id, Case.consultation_id == consultation_id)
    ).one_or_none()
    if case is None:
        raise NotFound
    return case


def original_text(session: Session, contribution: Contribution) -> str:
    """The text that was decided on, as its author wrote it, with what would change an objector's mind."""
    if isinstance(contribution, Comment):
        would_change = session.scalar(select(Objection.would_change).where(Objection.comment_id == contribution.id))
        return "\n\n".join(part for part in (contribution.next_body or contribution.body, would_change) if part)
    if isinstance(contribution, StandardVersion):
        clauses = (f"{clause['number']}. {clause['text']}" for clause in contribution.clauses)
        return "\n\n".join(
            part for part in (contribution.title, contribution.summary, *clauses, contribution.why) if part
        )
    if isinstance(contribution, Amendment):
        return "\n\n".join(part for part in (contribution.text, contribution.why) if part)
    if isinstance(contribution, CommitmentUpdate):
        return commitment_updates.original_text(contribution)
    return text.clean(contribution.label)


def _allow(
    session: Session,
    by: Membership,
    case: Case,
    contribution: Contribution,
    author: Membership,
    action: Action,
    read_revision: int | None,
) -> None:
    require(why_not_decide(by, case, contribution, author, read_revision=read_revision))
    if action in NEXT_STATE:
        require(publication.why_not_settle(session, contribution, next_state(action)))


def _gist_for(author: Membership, contribution: Contribution, gist: str) -> str:
    """What is published instead of a text: of confidential people alone, since nobody else's words are replaced."""
    if author.identity != Identity.CONFIDENTIAL or contribution.kind not in GISTED:
        return ""
    return checked(gist, field="gist", needed=False, longest=LONGEST_EXPLANATION)


def _check(problem: tuple[str, Refusal] | None) -> None:
    if problem is not None:
        raise Invalid(problem[0], problem[1].message)


def _carry_out(session: Session, contribution: Contribution, decision: Decision, gist: str) -> None:
    session.add(decision)
    contribution.reason = decision.reason.value if decision.reason else None
    contribution.note = decision.explanation if decision.action == Action.NOTE else contribution.note
    contribution.gist = gist or contribution.gist
    publication.settle(session, contribution, next_state(decision.action))
    session.flush()


def _record(session: Session, contribution: Contribution, decision: Decision) -> None:
    record(
        session,
        DecisionTaken(
            consultation_id=contribution.consultation_id,
            action=decision.action.value,
            reason=decision.reason.value if decision.reason else None,
            contribution_kind=contribution.kind.value,
            decision_id=decision.id,
            contribution_id=contribution.id,
        ),
    )
