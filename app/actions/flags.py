"""Flags: complaints about what everybody can read. They open a case and never hide anything."""

import hashlib
import secrets

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app import clock
from app.actions import consultations, wordings
from app.actions.cases import open_case
from app.actions.texts import checked
from app.errors import Invalid, require
from app.events import ContributionFlagged, record
from app.language import _
from app.models.consultations import Consultation, Membership
from app.models.contributions import Contribution
from app.models.flags import Flag, FlagOutcome
from app.models.moderation import Case, Cause, Reason
from app.models.people import Account
from app.rules.flags import urgent, weight, why_not_flag, why_not_once_more
from app.rules.moderation import due_at
from app.rules.statements import Statement, flags_after

LONGEST_NOTE = 2000
TOKEN_BYTES = 24


def flag(
    session: Session,
    consultation: Consultation,
    contribution: Contribution,
    *,
    account: Account | None,
    reason: Reason | None,
    note: str = "",
) -> tuple[Flag, str]:
    """Complain about a text; returns the flag and, without an account, the token that finds its outcome later.

    Raises:
        Refused: not readable, one's own, flagged already, or a reason that needs an account.
        Invalid: the note is missing where there is no reason in the list, or for an unlawful text; or too long.
    """
    consultations.lock(session, consultation)
    session.refresh(contribution)
    _allow(session, contribution, account, reason)
    note = _note(note, needed=reason is None or account is None)
    token = "" if account else secrets.token_urlsafe(TOKEN_BYTES)
    case = open_case(session, contribution, cause=Cause.FLAGGED)
    made = Flag(
        case_id=case.id,
        contribution_id=contribution.id,
        account_id=account.id if account else None,
        group_id=_group_of(session, consultation, account),
        token_hash=hash_of(token) if token else None,
        reason=reason,
        note=note,
        text=wordings.original_text(session, contribution),
        weight=_weight_of(session, account),
        sent_at=clock.now(),
    )
    session.add(made)
    session.flush()
    _bring_forward(session, case)
    code = reason.value if reason else None
    here = {"consultation_id": consultation.id, "contribution_id": contribution.id}
    record(session, ContributionFlagged(**here, reason=code, flag_id=made.id))
    return made, token


def settle(session: Session, case: Case, statement: Statement) -> None:
    """Write down what became of the complaints about a text that was decided on."""
    session.execute(
        update(Flag)
        .where(Flag.case_id == case.id, Flag.outcome == FlagOutcome.OPEN)
        .values(outcome=flags_after(statement), settled_at=clock.now())
    )


def reopen(session: Session, case: Case) -> None:
    """Complaints wait again, because the decision on them was undone."""
    session.execute(update(Flag).where(Flag.case_id == case.id).values(outcome=FlagOutcome.OPEN, settled_at=None))


def find_unneeded(session: Session, case_id: int) -> None:
    """Complaints that a moderator shared were honest but unneeded after all, because the decision fell on appeal."""
    shared = update(Flag).where(Flag.case_id == case_id, Flag.outcome == FlagOutcome.SHARED)
    session.execute(shared.values(outcome=FlagOutcome.HONEST))


def of_case(session: Session, case_id: int) -> list[Flag]:
    """The complaints that a case is about."""
    return list(session.scalars(select(Flag).where(Flag.case_id == case_id).order_by(Flag.id)))


def reporters_of(session: Session, case: Case) -> frozenset[int]:
    """The memberships of those who complained about what a case is about: they do not decide it."""
    mine = (
        select(Membership.id)
        .join(Flag, Flag.account_id == Membership.account_id)
        .where(Flag.case_id == case.id, Membership.consultation_id == case.consultation_id)
    )
    return frozenset(session.scalars(mine))


def hash_of(token: str) -> str:
    """What is kept of the token by which somebody without an account finds the outcome."""
    return hashlib.sha256(token.encode()).hexdigest()


def _note(written: str, *, needed: bool) -> str:
    note = checked(written, field="note", needed=False, longest=LONGEST_NOTE)
    if needed and not note:
        raise Invalid("note", _("Say in your own words what is wrong, so that a moderator can look at it."))
    return note


def _allow(session: Session, contribution: Contribution, account: Account | None, reason: Reason | None) -> None:
    author = session.get_one(Membership, contribution.membership_id)
    mine = select(Flag.id).where(
        Flag.contribution_id == contribution.id,
        Flag.account_id == (account.id if account else None),
        Flag.outcome == FlagOutcome.OPEN,
    )
    if account is None:
        waiting = select(func.count()).where(
            Flag.contribution_id == contribution.id, Flag.account_id.is_(None), Flag.outcome == FlagOutcome.OPEN
        )
        require(why_not_once_more(session.scalar(waiting) or 0))
    require(
        why_not_flag(
            contribution,
            own=account is not None and author.account_id == account.id,
            flagged_before=account is not None and session.scalar(mine.limit(1)) is not None,
            signed_in=account is not None,
            reason=reason,
        )
    )


def _group_of(session: Session, consultation: Consultation, account: Account | None) -> int | None:
    if account is None:
        return None
    mine = select(Membership.group_id).where(
        Membership.consultation_id == consultation.id, Membership.account_id == account.id
    )
    return session.scalar(mine)


def _weight_of(session: Session, account: Account | None) -> float:
    if account is None:
        return weight(shared=0, misused=0)
    counted = select(Flag.outcome, func.count()).where(Flag.account_id == account.id).group_by(Flag.outcome)
    outcomes = dict(session.execute(counted).all())
    return weight(shared=outcomes.get(FlagOutcome.SHARED, 0), misused=outcomes.get(FlagOutcome.MISUSED, 0))


def _bring_forward(session: Session, case: Case) -> None:
    """Complaints that say there is danger are answered within a day."""
    sent = of_case(session, case.id)
    case.flags = len(sent)
    if urgent([one.reason for one in sent], [one.weight for one in sent]):
        case.due_at = min(case.due_at, due_at(clock.now(), urgent=True))
