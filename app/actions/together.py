"""Deciding several cases in one go: each gets a decision, a statement and a ledger entry of its own."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions import consultations, moderation, wordings
from app.errors import Invalid, Refusal, Refused
from app.events import DecisionsTakenTogether, record
from app.language import Message, _
from app.models.consultations import Consultation, Membership
from app.models.contributions import READABLE, Contribution
from app.models.moderation import Action, Case, Decision, Standing
from app.rules.moderation import Chosen
from app.rules.statements import Statement

OFFERED = (Action.PUBLISH, Action.RETURN, Action.DECLINE, Action.HIDE)
MOST = 50


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: what was decided or proposed, and which cases were left alone, each with the reason."""

    decisions: tuple[Decision, ...]
    left: tuple[tuple[str, Message], ...]


def decide(
    session: Session, consultation: Consultation, chosen: Sequence[Chosen], statement: Statement, *, by: Membership
) -> Outcome:
    """Decide the selected cases alike; what cannot be decided so is left open and named.

    Raises:
        Invalid: nothing or too much selected, a decision that is taken one by one, or no case could be decided because
            the statement of reasons is incomplete.
    """
    _check(chosen, statement)
    consultations.lock(session, consultation)
    decisions: list[Decision] = []
    left: list[tuple[str, Message]] = []
    incomplete: Invalid | None = None
    for one in chosen:
        case, label = _case(session, consultation, one)
        if case is None:
            continue
        if statement.action == Action.DECLINE and _is_read(session, case):
            left.append((label, _("Readers see it already. Hide it instead.")))
            continue
        try:
            with session.begin_nested():
                made = moderation.decide(session, consultation, case, statement, by=by, read_revision=one.read_revision)
                made.together_id = decisions[0].id if decisions else made.id
            decisions.append(made)
        except Refused as error:
            left.append((label, error.refusal.message))
        except Invalid as error:
            incomplete = error
            left.append((label, error.message))
    if incomplete is not None and not decisions:
        raise incomplete
    _record(session, consultation, decisions, statement)
    return Outcome(tuple(decisions), tuple(left))


def _is_read(session: Session, case: Case) -> bool:
    """Whether readers see a text and no change of it waits: such a one is hidden, not declined."""
    contribution = session.get_one(Contribution, case.contribution_id)
    return contribution.state in READABLE and not wordings.change_waits(contribution)


def _check(chosen: Sequence[Chosen], statement: Statement) -> None:
    if not chosen:
        raise Invalid("case", _("Select at least one case."))
    if len(chosen) > MOST:
        raise Invalid("case", _("Select at most %(most)s cases.", most=MOST))
    if statement.action not in OFFERED:
        refusal = Refusal("one_by_one", _("Choose one of the decisions offered here."))
        raise Invalid("action", refusal.message)


def _case(session: Session, consultation: Consultation, one: Chosen) -> tuple[Case | None, str]:
    found = session.execute(
        select(Case, Contribution.label)
        .join(Contribution, Contribution.id == Case.contribution_id)
        .where(Case.id == one.case_id, Case.consultation_id == consultation.id)
    ).one_or_none()
    return (found[0], found[1]) if found else (None, "")


def _record(session: Session, consultation: Consultation, decisions: Sequence[Decision], statement: Statement) -> None:
    taken = [decision for decision in decisions if decision.standing == Standing.TAKEN]
    if len(taken) > 1:
        reason = statement.reason.value if statement.reason else None
        record(
            session,
            DecisionsTakenTogether(
                consultation_id=consultation.id, action=statement.action.value, reason=reason, decisions=len(taken)
            ),
        )
