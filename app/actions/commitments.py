"""The register of promises: entering one, wording it differently, what a panel found, and its links to standards."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app import clock
from app.actions import consultations
from app.actions.texts import checked
from app.errors import Invalid, NotFound, require
from app.events import (
    CommitmentEnding,
    CommitmentFound,
    CommitmentRegistered,
    CommitmentReworded,
    record,
    text_hash,
)
from app.language import Message, _
from app.models.commitments import (
    Commitment,
    CommitmentLink,
    CommitmentState,
    CommitmentWording,
    Ending,
    Finding,
    PanelMember,
)
from app.models.consultations import Consultation, Membership, StakeholderGroup
from app.models.standards import Standard
from app.rules.commitments import (
    LONGEST_NOTE,
    LONGEST_TEXT,
    PanelSeat,
    Promise,
    problems_of_ending,
    problems_of_promise,
    problems_of_wording,
    reminder_due,
    why_not_panel,
)
from app.rules.consultations import why_not_chair
from app.rules.settings import suggested_slug

LONGEST_WHY = 1000


@dataclass(frozen=True, slots=True)
class NewWording:
    """How a promise is worded from now on, and how it ends."""

    promise: str
    scope: str
    source: str
    exceptions: str = ""
    ending: Ending = Ending.NONE
    ends_on: date | None = None
    condition: str = ""


def register(
    session: Session,
    consultation: Consultation,
    new: Promise,
    *,
    by: Membership | None = None,
    later_events: Sequence[dict[str, object]] = (),
) -> Commitment:
    """Enter a promise; its state stays "under review" until a panel has set it.

    `by` is the chair; None where a catalogue is stored. `later_events` are dated, sourced and in order.

    Raises:
        Refused: not the chair.
        Invalid: fields that need changing, or an address that is taken.
    """
    consultations.lock(session, consultation)
    if by is not None:
        require(why_not_chair(by))
        _check(problems_of_promise(new))
    taken = select(Commitment.id).where(
        Commitment.consultation_id == consultation.id, Commitment.reference == new.reference
    )
    if session.scalar(taken) is not None:
        raise Invalid("reference", _("There is already a promise at this address. Choose another one."))
    commitment = Commitment(
        consultation_id=consultation.id,
        later_events=list(later_events),
        **{**asdict(new), "flags": list(new.flags)},
    )
    session.add(commitment)
    session.flush()
    hashed = text_hash(new.promise)
    record(session, CommitmentRegistered(consultation_id=consultation.id, commitment=new.reference, text_hash=hashed))
    return commitment


def reword(
    session: Session, consultation: Consultation, commitment: Commitment, *, by: Membership, new: NewWording, why: str
) -> None:
    """Word a promise as the company does from now on; the earlier wording stays beside it.

    Raises:
        Refused: not the chair.
        Invalid: no words, no source, no reason, or nothing changed.
    """
    consultations.lock(session, consultation)
    session.refresh(commitment)
    require(why_not_chair(by))
    problems = problems_of_wording(new.promise, new.scope, new.source)
    problems += problems_of_ending(new.ending, new.ends_on, new.condition)
    if not why.strip():
        problems.append(("why", _("Say who changed the words, and when.")))
    _check(problems)
    why = checked(why, field="why", longest=LONGEST_WHY)
    for name in ("exceptions", "condition"):
        checked(getattr(new, name), field=name, needed=False, longest=LONGEST_NOTE)
    session.add(
        CommitmentWording(
            commitment_id=commitment.id,
            promise=commitment.promise,
            scope=commitment.scope,
            source=commitment.source,
            why=why,
            replaced_at=clock.now(),
        )
    )
    _word(commitment, new)
    session.flush()
    hashed = text_hash(new.promise)
    record(
        session,
        CommitmentReworded(consultation_id=consultation.id, commitment=commitment.reference, text_hash=hashed),
    )


def find(
    session: Session,
    consultation: Consultation,
    commitment: Commitment,
    *,
    by: Membership,
    state: CommitmentState,
    reasons: str,
    company_answer: str = "",
    panel: Sequence[str],
) -> Finding:
    """Write down what a panel found. `panel` holds the names of its members as they appear in the consultation.

    Raises:
        Refused: not the chair.
        Invalid: no reasons, somebody unknown on the panel, or a panel from too few groups.
    """
    consultations.lock(session, consultation)
    session.refresh(commitment)
    require(why_not_chair(by))
    reasons = checked(reasons, field="reasons", longest=LONGEST_TEXT)
    answer = checked(company_answer, field="company_answer", needed=False, longest=LONGEST_TEXT)
    members = _panel(session, consultation, panel)
    finding = Finding(
        commitment_id=commitment.id,
        state=state,
        reasons=reasons,
        company_answer=answer,
        membership_id=by.id,
        found_at=clock.now(),
    )
    _seat(session, finding, members)
    commitment.state = state
    session.flush()
    hashed, reference = text_hash(reasons), commitment.reference
    record(
        session,
        CommitmentFound(consultation_id=consultation.id, commitment=reference, state=state.value, text_hash=hashed),
    )
    return finding


def link(session: Session, consultation: Consultation, commitment: Commitment, numbers: Sequence[int]) -> None:
    """Say on which standards a promise bears, by their numbers; those that were linked before and are not named go."""
    consultations.lock(session, consultation)
    wanted = select(Standard.id).where(Standard.consultation_id == consultation.id, Standard.number.in_(numbers))
    session.execute(delete(CommitmentLink).where(CommitmentLink.commitment_id == commitment.id))
    for standard_id in session.scalars(wanted.order_by(Standard.number)).all():
        session.add(CommitmentLink(commitment_id=commitment.id, standard_id=standard_id))
    session.flush()


def remind_of_ending(session: Session, commitment_id: int) -> bool:
    """Remind the team that a promise comes to its end, once 60 and once 14 days before; says whether it was due."""
    commitment = session.get_one(Commitment, commitment_id)
    consultation = session.get_one(Consultation, commitment.consultation_id)
    consultations.lock(session, consultation)
    session.refresh(commitment)
    today = clock.now().date()
    if not reminder_due(commitment.ends_on, commitment.reminded_on, today) or commitment.ends_on is None:
        return False
    commitment.reminded_on = today
    days = (commitment.ends_on - today).days
    record(session, CommitmentEnding(consultation_id=consultation.id, commitment=commitment.reference, days=days))
    return True


def get(session: Session, consultation_id: int, reference: str) -> Commitment:
    """The promise at an address.

    Raises:
        NotFound: there is none.
    """
    here = (Commitment.consultation_id == consultation_id, Commitment.reference == reference)
    commitment = session.scalars(select(Commitment).where(*here)).one_or_none()
    if commitment is None:
        raise NotFound
    return commitment


def suggested_reference(company: str, made_on: str) -> str:
    """An address for a promise: the company and the year."""
    return suggested_slug(f"c {company[:60]} {made_on[:4]}")


def _seat(session: Session, finding: Finding, members: Sequence[tuple[Membership, StakeholderGroup]]) -> None:
    session.add(finding)
    session.flush()
    for member, group in members:
        session.add(PanelMember(finding_id=finding.id, membership_id=member.id, group_id=group.id))


def _word(commitment: Commitment, new: NewWording) -> None:
    """Another end is another thing to be reminded of."""
    if commitment.ends_on != new.ends_on:
        commitment.reminded_on = None
    for name, value in asdict(new).items():
        setattr(commitment, name, value)


def _panel(
    session: Session, consultation: Consultation, names: Sequence[str]
) -> list[tuple[Membership, StakeholderGroup]]:
    keys = {consultations.name_key(name): name for name in names if name.strip()}
    rows = session.execute(
        select(Membership, StakeholderGroup)
        .join(StakeholderGroup, StakeholderGroup.id == Membership.group_id)
        .where(Membership.consultation_id == consultation.id, Membership.name_key.in_(keys))
        .order_by(Membership.id)
    ).all()
    known = {membership.name_key for membership, _group in rows}
    unknown = [name for key, name in keys.items() if key not in known]
    if unknown:
        raise Invalid(
            "panel", _("Nobody with a group takes part under these names: %(names)s. Check them.", names=unknown)
        )
    refusal = why_not_panel([PanelSeat(group.key, group.directly_affected) for _membership, group in rows])
    if refusal is not None:
        raise Invalid("panel", refusal.message)
    return [(membership, group) for membership, group in rows]


def _check(problems: list[tuple[str, Message]]) -> None:
    if problems:
        raise Invalid(*problems[0], *problems[1:])
