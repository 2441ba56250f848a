"""The desk of a moderator: taking a case, letting it go, keeping a text from readers at once, undoing a decision."""

from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app import clock
from app.actions import consultations, flags, moderation, publication, suspensions
from app.errors import CONFLICT, Refusal, require
from app.events import ContributionHeld, DecisionUndone, RoleGiven, record
from app.language import _
from app.models.appeals import Appeal
from app.models.consultations import Consultation, Identity, Membership, Role
from app.models.contributions import Contribution
from app.models.moderation import Action, Case, Decision, Reason, Standing
from app.models.people import Account
from app.rules.appeals import hands_of, state_after
from app.rules.moderation import (
    CLAIM,
    MOST_CLAIMS,
    Involved,
    due_at,
    eligible,
    why_not_claim,
    why_not_decide,
    why_not_hold,
    why_not_moderate,
    why_not_reported,
    why_not_step_in,
    why_not_touch,
    why_not_undo,
)

PROPOSAL = "proposal"
"""What the record says of a proposal that was taken back: not what was proposed."""


def claim(session: Session, consultation: Consultation, case: Case, *, by: Membership) -> None:
    """Take a case for ten minutes, so that nobody else reads it meanwhile; again extends it.

    Raises:
        Refused: not one's to decide, decided already, or held by somebody else.
    """
    consultations.lock(session, consultation)
    session.refresh(case)
    reading = moderation.read(session, case)
    first = reading.proposal.moderator_id if reading.proposal else None
    involved = Involved(reading.author, first, reading.reporters)
    require(why_not_decide(by, case, reading.contribution, involved, at=clock.now(), read_revision=None))
    _let_go(session, case, by)
    case.claimed_by_id, case.claimed_until = by.id, clock.now() + CLAIM


def _let_go(session: Session, case: Case, by: Membership) -> None:
    """Nobody holds more than a few cases: taking another one lets the oldest go."""
    held = select(Case).where(Case.claimed_by_id == by.id, Case.claimed_until > clock.now(), Case.id != case.id)
    for one in session.scalars(held.order_by(Case.claimed_until.desc(), Case.id).offset(MOST_CLAIMS - 1)):
        one.claimed_by_id = one.claimed_until = None


def release(session: Session, consultation: Consultation, case: Case, *, by: Membership) -> None:
    """Let a case go, so that others can take it; nothing happens to one that somebody else holds."""
    consultations.lock(session, consultation)
    session.refresh(case)
    require(why_not_moderate(by))
    if case.claimed_by_id == by.id:
        case.claimed_by_id = case.claimed_until = None


def hold(session: Session, consultation: Consultation, case: Case, *, by: Membership, reason: Reason | None) -> None:
    """Keep a text from readers at once, because somebody may be in danger; it is decided within a day.

    Raises:
        Refused: not one's to decide, not urgent, or not readable anyway.
    """
    consultations.lock(session, consultation)
    session.refresh(case)
    reading = moderation.read(session, case)
    require(why_not_touch(by, case, reading.author) or why_not_claim(by, case, at=clock.now()))
    require(why_not_reported(by, reading.reporters))
    require(why_not_hold(case, reading.contribution, reason))
    assert reason is not None
    case.held_at = clock.now()
    case.due_at = min(case.due_at, due_at(case.held_at, urgent=True))
    reading.contribution.reason = reason.value
    publication.take_away(session, reading.contribution)
    record(
        session,
        ContributionHeld(
            consultation_id=consultation.id,
            reason=reason.value,
            case_id=case.id,
            contribution_id=reading.contribution.id,
        ),
    )


def undo(session: Session, consultation: Consultation, case: Case, *, by: Membership) -> Decision:
    """Take back the last decision, or proposal, on a case within ten minutes: all is as it was, the case open again.

    Raises:
        Refused: not one's own decision, too late, or something has been built on it.
    """
    consultations.lock(session, consultation)
    session.refresh(case)
    contribution = session.get_one(Contribution, case.contribution_id, populate_existing=True)
    decision = last_decision(session, case)
    expected = state_after(decision) if decision is not None else contribution.state
    require(why_not_moderate(by))
    require(why_not_undo(by, decision, contribution, led_to=expected, at=clock.now()))
    assert decision is not None
    carried_out = decision.standing == Standing.TAKEN
    if carried_out:
        require(_why_not_reopen(session, decision) or publication.why_not_take_back(session, contribution, decision))
    decision.standing = Standing.UNDONE
    if carried_out:
        _bring_back(session, contribution, decision)
        _propose_again(session, decision)
        flags.reopen(session, case)
        case.closed_at = None
    record(
        session,
        DecisionUndone(
            consultation_id=consultation.id,
            action=decision.action.value if carried_out else PROPOSAL,
            decision_id=decision.id,
            contribution_id=contribution.id,
        ),
    )
    return decision


def step_in(session: Session, consultation: Consultation, case: Case, *, account: Account) -> Membership:
    """Let an administrator become a moderator of a consultation in which nobody may read second, or hear an appeal.

    Raises:
        Refused: not an administrator, somebody of the team can do it, or the administrator is of the team already.
    """
    consultations.lock(session, consultation)
    mine = select(Membership).where(Membership.consultation_id == consultation.id, Membership.account_id == account.id)
    membership = session.scalars(mine).one_or_none()
    author, hands = _parts(session, case)
    require(
        why_not_step_in(
            administrator=account.administrator,
            eligible_people=len(others(session, case)),
            membership=membership,
            author=author,
            hands=hands,
        )
    )
    membership = membership or Membership(
        consultation_id=consultation.id,
        account_id=account.id,
        identity=Identity.NAMED,
        display_name=account.display_name,
        joined_at=clock.now(),
    )
    membership.role = Role.MODERATOR
    session.add(membership)
    session.flush()
    record(session, RoleGiven(consultation_id=consultation.id, membership_id=membership.id, role=membership.role.value))
    return membership


def others(session: Session, case: Case) -> list[Membership]:
    """Those of the team who may decide a case now: nobody who wrote, proposed or decided it."""
    team = session.scalars(select(Membership).where(Membership.consultation_id == case.consultation_id)).all()
    author, hands = _parts(session, case)
    return eligible(team, author, but=hands | flags.reporters_of(session, case))


def _parts(session: Session, case: Case) -> tuple[Membership, set[int]]:
    """Who wrote the text of a case, and who has had a hand in it."""
    contribution = session.get_one(Contribution, case.contribution_id)
    read_before = select(Decision).where(
        Decision.case_id == case.id, Decision.standing.in_((Standing.PROPOSED, Standing.TAKEN))
    )
    hands = {person for decision in session.scalars(read_before) for person in hands_of(decision)}
    return session.get_one(Membership, contribution.membership_id), hands


def last_decision(session: Session, case: Case) -> Decision | None:
    """The latest decision, or proposal, on a case."""
    latest = select(Decision).where(Decision.case_id == case.id).order_by(Decision.id.desc())
    return session.scalars(latest.limit(1)).one_or_none()


def _why_not_reopen(session: Session, decision: Decision) -> Refusal | None:
    """What was built on a decision: another case, a later decision, an appeal."""
    here = decision.contribution_id
    built = (
        select(Case.id).where(Case.contribution_id == here, Case.closed_at.is_(None)),
        select(Decision.id).where(Decision.contribution_id == here, Decision.id > decision.id),
        select(Appeal.id).where(Appeal.decision_id == decision.id),
    )
    if all(session.scalar(one.limit(1)) is None for one in built):
        return None
    return Refusal("moved_on", _("Something happened since this decision. It can no longer be undone."), CONFLICT)


def _bring_back(session: Session, contribution: Contribution, decision: Decision) -> None:
    """All that the decision changed, as it was."""
    before: dict[str, Any] = decision.before
    author = session.get_one(Membership, contribution.membership_id)
    if decision.action == Action.SUSPEND:
        suspensions.renew(session, author)
    publication.bring_back(session, contribution, decision)
    contribution.reason, contribution.note, contribution.gist = before["reason"], before["note"], before["gist"]
    contribution.content_note = before["content_note"]
    session.flush()


def _propose_again(session: Session, decision: Decision) -> None:
    """The proposal that a second reader agreed with, or not, waits for one again."""
    settled = update(Decision).where(Decision.id == decision.before.get("proposal_id"))
    session.execute(settled.values(standing=Standing.PROPOSED))
