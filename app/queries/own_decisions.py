"""What was decided on one's own texts, and what can be done about it. Proposals of a first reader are nobody's yet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import Session

from app import clock
from app.language import Message
from app.models.appeals import Appeal
from app.models.consultations import Membership
from app.models.contributions import Contribution
from app.models.moderation import Decision, Standing
from app.rules.appeals import open_until, why_not_appeal_now
from app.rules.moderation import RESTRICTING
from app.rules.words_of_moderation import FIXES

TOLD = (Standing.TAKEN, Standing.REPLACED, Standing.UNDONE)


@dataclass(frozen=True, slots=True)
class Process:
    """Everything that moderation did with one text, for its author. `appeal` is the one against the last decision."""

    decisions: tuple[Decision, ...] = ()
    appeals: Mapping[int, Appeal] = field(default_factory=dict)
    may_appeal: bool = False

    @property
    def holding(self) -> Decision | None:
        """The decision that holds, if one does."""
        return next((one for one in reversed(self.decisions) if one.standing == Standing.TAKEN), None)

    @property
    def appeal(self) -> Appeal | None:
        """The last appeal."""
        return list(self.appeals.values())[-1] if self.appeals else None

    @property
    def until(self) -> datetime | None:
        """Until when the decision that holds can be appealed."""
        return open_until(self.holding.decided_at) if self.holding else None

    @property
    def fix(self) -> Message | None:
        """How the text can be mended."""
        holding = self.holding
        return FIXES[holding.reason] if holding and holding.reason and holding.action in RESTRICTING else None


NOTHING = Process()


def processes_of(session: Session, account_id: int) -> Mapping[int, Process]:
    """What happened to each contribution of a person that was decided on. Two statements."""
    mine = (
        select(Decision, Contribution)
        .join(Contribution, Contribution.id == Decision.contribution_id)
        .join(Membership, Membership.id == Contribution.membership_id)
        .where(Membership.account_id == account_id, Decision.standing.in_(TOLD))
        .order_by(Decision.id)
    )
    sent = (
        select(Appeal)
        .join(Contribution, Contribution.id == Appeal.contribution_id)
        .join(Membership, Membership.id == Contribution.membership_id)
        .where(Membership.account_id == account_id)
        .order_by(Appeal.id)
    )
    appeals = {appeal.decision_id: appeal for appeal in session.scalars(sent)}
    decisions: dict[int, list[Decision]] = {}
    contributions: dict[int, Contribution] = {}
    for decision, contribution in session.execute(mine):
        if decision.standing == Standing.UNDONE and "led_to" not in decision.before:
            continue  # a proposal that was taken back: nobody but the team ever heard of it
        decisions.setdefault(contribution.id, []).append(decision)
        contributions[contribution.id] = contribution
    return {key: _process(contributions[key], taken, appeals) for key, taken in decisions.items()}


def last_taken_id(contribution: type[Contribution]) -> ScalarSelect[int]:
    """The id of the last decision that holds for each row of a query."""
    newest = select(func.max(Decision.id)).where(
        Decision.contribution_id == contribution.id, Decision.standing == Standing.TAKEN
    )
    return newest.correlate(contribution).scalar_subquery()


def last_taken(session: Session, contribution: Contribution) -> Decision | None:
    """The decision that holds for a contribution, if there is one."""
    taken = select(Decision).where(Decision.contribution_id == contribution.id, Decision.standing == Standing.TAKEN)
    return session.scalars(taken.order_by(Decision.id.desc()).limit(1)).one_or_none()


def _process(contribution: Contribution, taken: list[Decision], appeals: Mapping[int, Appeal]) -> Process:
    mine = {one.id: appeals[one.id] for one in taken if one.id in appeals}
    holding = next((one for one in reversed(taken) if one.standing == Standing.TAKEN), None)
    refusal = why_not_appeal_now(
        holding, contribution, appealed=holding is not None and holding.id in mine, at=clock.now()
    )
    return Process(tuple(taken), mine, may_appeal=refusal is None)
