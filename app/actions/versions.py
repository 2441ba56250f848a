"""New versions of a published standard: written, sent again, taken back."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.actions import consultations
from app.actions.cases import close_case
from app.actions.in_force import receive
from app.actions.texts import checked
from app.actions.version_texts import check, hash_of
from app.actions.version_texts import write as write_text
from app.errors import Invalid, require
from app.events import ContributionWithdrawn, record
from app.language import _
from app.models.consultations import Consultation, Membership
from app.models.contributions import State
from app.models.moderation import Cause
from app.models.standards import ChangeClass, Citation, Clause, Grounding, Standard, StandardVersion
from app.rules.contributions import first_state
from app.rules.standards import Proposal
from app.rules.versions import (
    LONGEST_WHY,
    numbered,
    why_not_based_on,
    why_not_change_waiting,
    why_not_class,
    why_not_write_version,
)


def write(
    session: Session,
    consultation: Consultation,
    standard: Standard,
    *,
    by: Membership,
    proposal: Proposal,
    change_class: ChangeClass,
    why: str,
    read_version: int | None = None,
) -> StandardVersion:
    """Send a new version of a published standard. Where review comes first the old text stays until it is published.

    Raises:
        Refused: neither author nor chair, not now, or the text changed since it was read.
        Invalid: something is missing or too long, nothing changed, or the change is larger than it is said to be.
    """
    consultations.lock(session, consultation)
    session.refresh(standard)
    phases = consultations.phases_of(session, consultation)
    require(why_not_write_version(consultation, phases, standard, by, at=clock.now()))
    require(why_not_based_on(standard, read_version))
    version = StandardVersion(
        standard_id=standard.id,
        consultation_id=consultation.id,
        membership_id=by.id,
        state=first_state(consultation, by, at=clock.now()),
        created_at=clock.now(),
    )
    _fill(session, standard, version, proposal, change_class, why)
    receive(session, version, by, cause=Cause.REVIEW)
    return version


def resubmit(
    session: Session,
    consultation: Consultation,
    version: StandardVersion,
    *,
    by: Membership,
    proposal: Proposal,
    change_class: ChangeClass,
    why: str,
    read_version: int | None = None,
) -> StandardVersion:
    """Send a waiting or returned version again; from now on it is based on the text in force.

    Raises:
        Refused: not its author, decided already, not now, or the text changed since it was read.
        Invalid: as for a new version.
    """
    consultations.lock(session, consultation)
    session.refresh(version)
    standard = session.get_one(Standard, version.standard_id, populate_existing=True)
    require(why_not_change_waiting(by, version))
    require(why_not_based_on(standard, read_version))
    version.state, version.revision = State.PENDING, version.revision + 1
    _fill(session, standard, version, proposal, change_class, why)
    receive(session, version, by, cause=Cause.RESUBMITTED)
    return version


def withdraw(session: Session, consultation: Consultation, version: StandardVersion, *, by: Membership) -> None:
    """Take back a version that nobody else has read; the standard stays as it is.

    Raises:
        Refused: not its author, or decided already.
    """
    consultations.lock(session, consultation)
    session.refresh(version)
    require(why_not_change_waiting(by, version))
    version.state, version.settled_at = State.WITHDRAWN, clock.now()
    close_case(session, version)
    record(session, ContributionWithdrawn(consultation_id=consultation.id, contribution_id=version.id))


def in_force(session: Session, standard: Standard) -> StandardVersion:
    """The text of a published standard that readers see."""
    wanted = select(StandardVersion).where(
        StandardVersion.standard_id == standard.id, StandardVersion.number == standard.version
    )
    return session.scalars(wanted).one()


def used_numbers(session: Session, standard: Standard) -> list[str]:
    """The numbers of the clauses of all versions, whatever became of them: none is given twice."""
    texts = session.scalars(select(StandardVersion.clauses).where(StandardVersion.standard_id == standard.id))
    return [clause["number"] for clauses in texts for clause in clauses]


def check_class(chosen: ChangeClass, old: list[Clause], new: list[Clause]) -> None:
    """Do nothing when a change is as large as it is said to be.

    Raises:
        Invalid: it is larger.
    """
    problem = why_not_class(chosen, old, new)
    if problem is not None:
        raise Invalid("change_class", problem)


def _fill(
    session: Session,
    standard: Standard,
    version: StandardVersion,
    proposal: Proposal,
    change_class: ChangeClass,
    why: str,
) -> None:
    current = in_force(session, standard)
    why = checked(why, field="why", longest=LONGEST_WHY)
    check(proposal)
    kept = [clause["number"] for clause in current.clauses]
    clauses = numbered(proposal.clauses, proposal.numbers, kept, used_numbers(session, standard))
    check_class(change_class, current.clauses, clauses)
    version.based_on, version.change_class, version.why = standard.version, change_class, why
    write_text(session, version, proposal, clauses)
    if _same(session, current, version):
        raise Invalid("title", _("Change something before you send a new version."))


def _same(session: Session, one: StandardVersion, other: StandardVersion) -> bool:
    def rests_on(version: StandardVersion) -> set[tuple[str, int]]:
        grounds = select(Grounding.provision_id).where(Grounding.version_id == version.id)
        cited = select(Citation.evidence_id).where(Citation.version_id == version.id)
        return {("ground", key) for key in session.scalars(grounds)} | {
            ("cited", key) for key in session.scalars(cited)
        }

    fields = ("measure", "context", "duty_bearers", "enforcement_kinds", "enforcement", "affected", "affected_groups")
    if hash_of(one) != hash_of(other) or one.summary != other.summary:
        return False
    return all(getattr(one, name) == getattr(other, name) for name in fields) and rests_on(one) == rests_on(other)
