"""Appeals: another person looks at a decision, and answers in words."""

from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.actions import consultations, flags, moderation, publication, suspensions
from app.actions.texts import checked
from app.errors import CONFLICT, Invalid, Refusal, require
from app.events import AppealDecided, AppealSent, record
from app.language import _
from app.models.appeals import Appeal, AppealOutcome
from app.models.consultations import Consultation, Membership
from app.models.contributions import READABLE, Contribution, State
from app.models.moderation import Action, Case, Decision, Standing
from app.rules.appeals import ANSWERED_IN, state_after, why_not_answer, why_not_appeal, why_not_hear
from app.rules.moderation import RESTRICTING, why_not_reported
from app.rules.statements import Item, Statement, problem_of

LONGEST, LONGEST_SUPPORTER = 4000, 500


def appeal(
    session: Session,
    consultation: Consultation,
    contribution: Contribution,
    *,
    by: Membership | None,
    text: str,
    supporter: str = "",
) -> Appeal:
    """Ask for another person to look at the last decision on one's own text.

    Raises:
        Refused: not the author, nothing that restricts the text, appealed before, or six months are over.
        Invalid: the text is missing or too long.
    """
    consultations.lock(session, consultation)
    session.refresh(contribution)
    decision = _appealable(session, contribution, by)
    made = Appeal(
        consultation_id=consultation.id,
        contribution_id=contribution.id,
        decision_id=decision.id,
        text=checked(text, field="text", longest=LONGEST),
        supporter=checked(supporter, field="supporter", needed=False, longest=LONGEST_SUPPORTER),
        sent_at=clock.now(),
        due_at=clock.now() + ANSWERED_IN,
    )
    session.add(made)
    session.flush()
    here = {"consultation_id": consultation.id, "contribution_id": contribution.id}
    record(session, AppealSent(**here, action=decision.action.value, appeal_id=made.id))
    return made


def decide(
    session: Session,
    consultation: Consultation,
    appeal: Appeal,
    *,
    by: Membership,
    outcome: AppealOutcome,
    answer: str,
    replacement: Statement | None = None,
    gist: str = "",
) -> Appeal:
    """Hear an appeal: the decision stands, a milder one takes its place, or it falls and the text returns.

    `gist` is published instead of the text of confidential people, of whom none was published yet.

    Raises:
        Refused: not a moderator here, one took part in the decision, one's own, or decided in the meantime.
        Invalid: no answer in words, or no milder decision where one is to take the place.
    """
    consultations.lock(session, consultation)
    session.refresh(appeal)
    decision = session.get_one(Decision, appeal.decision_id)
    contribution = session.get_one(Contribution, appeal.contribution_id, populate_existing=True)
    author = session.get_one(Membership, contribution.membership_id)
    require(why_not_hear(by, appeal, author, decision))
    require(why_not_reported(by, flags.reporters_of(session, session.get_one(Case, decision.case_id))))
    answer = checked(answer, field="answer", needed=False, longest=LONGEST)
    if problem := why_not_answer(decision, outcome, replacement.action if replacement else None, answer):
        raise Invalid(problem[0], problem[1].message)
    appeal.outcome, appeal.answer = outcome, answer
    appeal.decided_at, appeal.decided_by_id = clock.now(), by.id
    if outcome != AppealOutcome.STANDS:
        require(_why_not_overturn(contribution, decision))
        milder = replacement if outcome == AppealOutcome.PARTLY else None
        statement = _instead(milder, answer, gist or contribution.gist)
        appeal.replacement_id = _overturn(session, contribution, decision, author, by, statement).id
    instead = replacement.action.value if replacement and outcome == AppealOutcome.PARTLY else None
    here = {"consultation_id": consultation.id, "contribution_id": contribution.id}
    record(session, AppealDecided(**here, outcome=outcome.value, replacement=instead, appeal_id=appeal.id))
    return appeal


def last_taken(session: Session, contribution: Contribution) -> Decision | None:
    """The decision that holds for a contribution, if there is one."""
    taken = select(Decision).where(Decision.contribution_id == contribution.id, Decision.standing == Standing.TAKEN)
    return session.scalars(taken.order_by(Decision.id.desc()).limit(1)).one_or_none()


def _appealable(session: Session, contribution: Contribution, by: Membership | None) -> Decision:
    """The decision that an author appeals against."""
    decision = last_taken(session, contribution)
    before = select(Appeal.id).where(Appeal.decision_id == (decision.id if decision else None))
    appealed = session.scalar(before) is not None
    require(why_not_appeal(by, decision, contribution, appealed=appealed, at=clock.now()))
    assert decision is not None
    return decision


def _why_not_overturn(contribution: Contribution, decision: Decision) -> Refusal | None:
    unchanged = contribution.revision == decision.before.get("led_to_revision", contribution.revision)
    if unchanged and contribution.state == state_after(decision) and decision.standing == Standing.TAKEN:
        return None
    sentence = _("The author has changed the text, or taken it back, since they appealed. It is read as a case.")
    return Refusal("moved_on", sentence, CONFLICT)


def _instead(milder: Statement | None, answer: str, gist: str) -> Statement:
    """What takes the place of a decision that falls: the milder one, or publication."""
    statement = milder or Statement(Action.PUBLISH, explanation=answer)
    return replace(statement, gist=statement.gist or gist)


def _overturn(
    session: Session,
    contribution: Contribution,
    decision: Decision,
    author: Membership,
    by: Membership,
    statement: Statement,
) -> Decision:
    """Let a decision fall: the text returns in its place and with its time, or under a milder decision."""
    before: dict[str, Any] = decision.before
    decision.standing = Standing.REPLACED
    if statement.action not in RESTRICTING:
        flags.find_unneeded(session, decision.case_id)
    if decision.action == Action.SUSPEND:
        suspensions.renew(session, author)
    publication.undo_words(session, contribution, decision)
    session.flush()
    item = Item(contribution, author, held=contribution.state == State.HIDDEN, asked_before=True, warned=True)
    if problem := problem_of(statement, item, at=clock.now()):
        raise Invalid(problem[0], problem[1].message)
    reading = moderation.read(session, session.get_one(Case, decision.case_id))
    require(publication.why_not_settle(session, contribution, reading.leads_to(statement.action)))
    made = moderation.put_in_place(session, reading, statement, by, instead_of=decision)
    if contribution.state in READABLE and before.get("published_at") is None and before.get("stood") is None:
        contribution.published_at = decision.decided_at
    return made
