"""Keeping the opinion groups that were found outside of any transaction, if nobody else kept others meanwhile."""

from collections.abc import Mapping

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from app.actions import consultations
from app.models.consultations import Consultation, Membership
from app.models.opinions import OpinionMember, OpinionRun
from app.rules.opinion_runs import Member, NewRun

AT_A_TIME = 500


def keep(session: Session, found: NewRun) -> bool:
    """Show what was found instead of the run before, or note that too little has changed; whether it is shown.

    Nothing happens where another worker kept a run meanwhile.
    """
    consultation = session.get_one(Consultation, found.consultation_id)
    if found.figures is None:
        session.execute(
            update(OpinionRun)
            .where(OpinionRun.consultation_id == consultation.id, OpinionRun.number == found.number - 1)
            .values(looked_at=found.at)
        )
        return False
    consultations.lock(session, consultation)
    run = session.get(OpinionRun, consultation.id)
    if (run.number if run else 0) != found.number - 1:
        return False
    if run is None:
        run = OpinionRun(consultation_id=consultation.id)
        session.add(run)
    run.number, run.seq, run.final, run.figures = found.number, found.seq, found.final, found.figures
    run.found_at = run.looked_at = found.at
    run.minimum, run.algorithm = found.minimum, found.algorithm
    session.flush()
    _keep_members(session, consultation, found.members)
    return True


def _keep_members(session: Session, consultation: Consultation, members: Mapping[int, Member]) -> None:
    """Write what differs from what is kept, so that a hundred thousand people cost little when few have moved."""
    here = select(Membership.id).where(Membership.consultation_id == consultation.id)
    kept = {
        key: Member(number, mark)
        for key, number, mark in session.execute(
            select(OpinionMember.membership_id, OpinionMember.number, OpinionMember.mark).where(
                OpinionMember.membership_id.in_(here)
            )
        )
    }
    present = set(session.scalars(here))
    gone = sorted(kept.keys() - members.keys())
    for first in range(0, len(gone), AT_A_TIME):
        session.execute(delete(OpinionMember).where(OpinionMember.membership_id.in_(gone[first : first + AT_A_TIME])))
    rows = {
        key: {"membership_id": key, "number": member.number, "mark": member.mark}
        for key, member in members.items()
        if key in present
    }
    if added := [row for key, row in rows.items() if key not in kept]:
        session.execute(insert(OpinionMember), added)
    if changed := [row for key, row in rows.items() if key in kept and kept[key] != members[key]]:
        session.execute(update(OpinionMember), changed)
