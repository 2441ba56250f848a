"""Decisions of moderators, complaints and appeals. Nothing here commits."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions import appeals, cases, flags, moderation
from app.models.appeals import Appeal, AppealOutcome
from app.models.consultations import Consultation, Membership
from app.models.contributions import Contribution
from app.models.flags import Flag
from app.models.moderation import Action, Case, Cause, Decision, Reason, Standing
from app.models.people import Account
from app.rules.moderation import RESTRICTING
from app.rules.statements import FACTORS, Redaction, Statement
from tests.factories import consultations, people


def open_case(session: Session, contribution: Contribution) -> Case:
    """The case that waits for a decision on a contribution."""
    waiting = select(Case).where(Case.contribution_id == contribution.id, Case.closed_at.is_(None))
    return session.scalars(waiting).one()


def open_a_case(session: Session, contribution: Contribution) -> Case:
    """A case on a contribution that was written past the actions."""
    return cases.open_case(session, contribution, cause=Cause.REVIEW)


def statement(
    action: Action,
    reason: Reason | None = None,
    *,
    gist: str = "",
    redactions: tuple[Redaction, ...] = (),
    ends_at: datetime | None = None,
    second_reader: bool = False,
) -> Statement:
    """A complete statement of reasons."""
    restricts = action in RESTRICTING
    return Statement(
        action,
        reason or (Reason.PERSONAL_ATTACK if restricts else None),
        "The second sentence is about a person." if restricts or action == Action.NOTE else "",
        gist=gist,
        redactions=redactions,
        ends_at=ends_at,
        worksheet=dict.fromkeys(FACTORS, "Looked at.") if reason == Reason.INCITEMENT else {},
        second_reader=second_reader,
    )


def flagged(
    session: Session,
    contribution: Contribution,
    *,
    by: Membership | None = None,
    reason: Reason | None = Reason.PERSONAL_ATTACK,
    note: str = "Look at the end.",
) -> Flag:
    """A complaint about a text that everybody can read, by a person of its own unless said otherwise."""
    consultation = session.get_one(Consultation, contribution.consultation_id)
    account = session.get_one(Account, (by or people.member(session, consultation)).account_id)
    return flags.flag(session, consultation, contribution, account=account, reason=reason, note=note)[0]


def appealed(session: Session, contribution: Contribution, *, text: str = "Read it again, please.") -> Appeal:
    """An appeal of the author against the decision that holds."""
    consultation = session.get_one(Consultation, contribution.consultation_id)
    author = session.get_one(Membership, contribution.membership_id)
    return appeals.appeal(session, consultation, contribution, by=author, text=text)


def heard(
    session: Session,
    appeal: Appeal,
    *,
    by: Membership | None = None,
    outcome: AppealOutcome = AppealOutcome.OVERTURNED,
    instead: Statement | None = None,
    gist: str = "",
) -> Appeal:
    """An appeal answered, by a moderator of its own unless said otherwise."""
    consultation = session.get_one(Consultation, appeal.consultation_id)
    by = by or people.moderator(session, consultation)
    words = "We read it again."
    return appeals.decide(
        session, consultation, appeal, by=by, outcome=outcome, answer=words, replacement=instead, gist=gist
    )


def decide(
    session: Session,
    contribution: Contribution,
    action: Action = Action.PUBLISH,
    *,
    by: Membership | None = None,
    reason: Reason | None = None,
    explanation: str = "",
    gist: str = "",
    redactions: tuple[Redaction, ...] = (),
    ends_at: datetime | None = None,
) -> Decision:
    """Decide on what waits, by the first moderator who did not write it; what is asked for is filled in.

    Where two have to read, both do, unless it is said by whom.
    """
    consultation = session.get_one(Consultation, contribution.consultation_id)
    eligible = [m for m in consultations.moderators(session, consultation) if m.id != contribution.membership_id]
    if action in RESTRICTING:
        reason = reason or Reason.PERSONAL_ATTACK
    if action in RESTRICTING or action == Action.NOTE:
        explanation = explanation or "The second sentence is about a person. Please take it out."
    case = open_case(session, contribution)
    worksheet = dict.fromkeys(FACTORS, "Looked at.") if reason == Reason.INCITEMENT else {}
    statement = Statement(
        action, reason, explanation, gist=gist, redactions=redactions, ends_at=ends_at, worksheet=worksheet
    )
    made = moderation.decide(session, consultation, case, statement, by=by or eligible[0])
    if made.standing == Standing.PROPOSED and by is None:
        made = moderation.decide(session, consultation, case, statement, by=eligible[1])
    return made
