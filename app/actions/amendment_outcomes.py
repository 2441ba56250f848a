"""What becomes of amendments: adopted into the text, declined with a reason, or a standard of their own."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.actions import consultations, in_force, versions
from app.actions.standards import save_draft
from app.actions.texts import checked
from app.actions.version_texts import copy, hash_of
from app.errors import Invalid, require
from app.events import AmendmentAdopted, AmendmentDeclined, record, text_hash
from app.language import _
from app.models.amendments import Amendment, AmendmentOutcome
from app.models.consultations import Consultation, Membership
from app.models.contributions import State
from app.models.standards import ChangeClass, Clause, Draft, Standard, StandardVersion
from app.rules.amendments import (
    amended,
    weighs_less,
    why_not_adjust,
    why_not_adopt,
    why_not_decline,
    why_not_on_this_text,
    why_not_promote,
)
from app.rules.standards import LONGEST_CLAUSE, MOST_CLAUSES, why_not_propose
from app.rules.versions import LONGEST_WHY


def adopt(
    session: Session,
    consultation: Consultation,
    amendment: Amendment,
    *,
    by: Membership,
    change_class: ChangeClass | None = None,
    text: str | None = None,
    reason: str = "",
    read_version: int | None = None,
) -> StandardVersion:
    """Make an amendment part of the text: a new version, in force at once, credited to whoever proposed it.

    `text` is what is adopted where it differs from what was proposed; `read_version` is the text that it was written
    for, when that is a later one than the proposer's.

    Raises:
        Refused: neither author nor chair, not now, decided already, or the clause has changed since.
        Invalid: too long, no clause would be left, or the change is larger than it is said to be.
    """
    consultations.lock(session, consultation)
    session.refresh(amendment)
    standard = session.get_one(Standard, amendment.standard_id, populate_existing=True)
    phases = consultations.phases_of(session, consultation)
    require(why_not_adopt(consultation, phases, standard, amendment, by, at=clock.now()))
    current = versions.in_force(session, standard)
    require(why_not_on_this_text(amendment, _clauses(session, amendment, read_version), current.clauses))
    adopted = amendment.text if text is None else checked(text, field="text", needed=False, longest=LONGEST_CLAUSE)
    before = next((one["text"] for one in current.clauses if one["number"] == amendment.clause), None)
    require(why_not_adjust(amendment, by, adopted=adopted, in_force=before))
    chosen = change_class or amendment.change_class
    if weighs_less(chosen, amendment.change_class) and not reason.strip():
        raise Invalid("reason", _("Say why the change weighs less than its proposer said. Everybody reads it."))
    version = _version(session, standard, current, amendment, adopted, chosen)
    version.adopted_by_id = by.id
    _decide(amendment, by, AmendmentOutcome.ADOPTED, reason)
    amendment.adopted_text = adopted if adopted != amendment.text else ""
    in_force.publish(session, version)
    _record_adoption(session, standard, amendment, version)
    return version


def decline(session: Session, consultation: Consultation, amendment: Amendment, *, by: Membership, reason: str) -> None:
    """Say why an amendment does not become part of the text.

    Raises:
        Refused: neither author nor chair, or decided already.
        Invalid: the reason is missing or too long.
    """
    consultations.lock(session, consultation)
    session.refresh(amendment)
    standard = session.get_one(Standard, amendment.standard_id, populate_existing=True)
    require(why_not_decline(standard, amendment, by))
    if not reason.strip():
        raise Invalid("reason", _("Give the reason. Its proposer and everybody else read it."))
    _decide(amendment, by, AmendmentOutcome.DECLINED, reason)
    standard.revision += 1
    record(
        session,
        AmendmentDeclined(
            consultation_id=consultation.id,
            amendment=amendment.id,
            subject=f"standard {standard.number}",
            text_hash=text_hash(amendment.outcome_reason),
        ),
    )


def promote(session: Session, consultation: Consultation, amendment: Amendment, *, by: Membership) -> Draft:
    """The draft of a standard of its own, with what its proposer wrote; sending it leaves a trail between both.

    Raises:
        Refused: not its proposer, not declined, or proposals are not taken now.
    """
    consultations.lock(session, consultation)
    session.refresh(amendment)
    phases = consultations.phases_of(session, consultation)
    require(why_not_promote(by, amendment, why_not_propose(consultation, phases, by, at=clock.now())))
    begun = select(Draft).where(Draft.amendment_id == amendment.id, Draft.membership_id == by.id)
    draft = session.scalars(begun.limit(1)).first()
    if draft is None:
        fields: dict[str, object] = {"summary": [amendment.why], "clauses-0-text": [amendment.text]}
        draft = save_draft(session, by, fields=fields, title="")
        draft.amendment_id = amendment.id
        session.flush()
    return draft


def _clauses(session: Session, amendment: Amendment, read_version: int | None) -> list[Clause]:
    """The clauses of the text that the wording to be adopted was written for."""
    wanted = select(StandardVersion.clauses).where(StandardVersion.standard_id == amendment.standard_id)
    number = read_version if read_version is not None else amendment.version
    return session.scalars(wanted.where(StandardVersion.number == number)).first() or []


def _version(
    session: Session,
    standard: Standard,
    current: StandardVersion,
    amendment: Amendment,
    adopted: str,
    change_class: ChangeClass,
) -> StandardVersion:
    used = versions.used_numbers(session, standard)
    clauses = amended(current.clauses, amendment.clause, adopted, used)
    if not clauses or len(clauses) > MOST_CLAUSES or (not amendment.clause and not adopted):
        raise Invalid("text", _("A standard has between one and %(most)s clauses.", most=MOST_CLAUSES))
    versions.check_class(change_class, current.clauses, clauses)
    version = StandardVersion(
        standard_id=standard.id,
        consultation_id=standard.consultation_id,
        membership_id=amendment.membership_id,
        state=State.PUBLISHED,
        created_at=clock.now(),
        based_on=standard.version,
        change_class=change_class,
        why=amendment.why,
        amendment_id=amendment.id,
    )
    copy(session, current, version, clauses)
    return version


def _record_adoption(session: Session, standard: Standard, amendment: Amendment, version: StandardVersion) -> None:
    record(
        session,
        AmendmentAdopted(
            consultation_id=standard.consultation_id,
            amendment=amendment.id,
            subject=f"standard {standard.number}",
            version=version.number or 0,
            text_hash=hash_of(version),
        ),
    )


def _decide(amendment: Amendment, by: Membership, outcome: AmendmentOutcome, reason: str) -> None:
    amendment.outcome_reason = checked(reason, field="reason", needed=False, longest=LONGEST_WHY)
    amendment.outcome, amendment.outcome_by_id, amendment.outcome_at = outcome, by.id, clock.now()
