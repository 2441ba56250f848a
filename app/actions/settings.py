"""Setting up a consultation, and changing its settings: free while it is prepared, public with a reason once open."""

from collections.abc import Collection, Sequence
from dataclasses import fields, replace

from sqlalchemy import select, union
from sqlalchemy.orm import Session

from app import clock
from app.actions import consultations, passwords
from app.actions.consultations import NewPhase
from app.actions.texts import checked
from app.errors import Invalid, require
from app.events import MemberJoined, RoleGiven, SettingsChanged, record
from app.language import Message, _
from app.models.consultations import (
    NOT_STATED,
    Consultation,
    ConsultationState,
    Identity,
    Membership,
    Participation,
    PhaseKind,
    Role,
    StakeholderGroup,
)
from app.models.contributions import Endorsement
from app.models.people import Account
from app.models.positions import Position
from app.models.standards import StandardVersion
from app.rules.consultations import CHAIRING_ROLES, why_not_chair
from app.rules.groups import (
    NewGroup,
    changes_of_groups,
    problems_of_affectedness,
    problems_of_groups,
    problems_of_removal,
)
from app.rules.readiness import why_not_open_itself
from app.rules.settings import (
    LONGEST_REASON,
    Chosen,
    changes_of_settings,
    chosen,
    problems_of_settings,
    problems_once_open,
    suggested_slug,
    why_not_change_settings,
    why_not_set_up,
)

LONGEST_KEY = 40
FIRST_PHASES = (PhaseKind.SUBMIT, PhaseKind.DISCUSS, PhaseKind.POSITION)


def set_up(
    session: Session, *, by: Account, choice: Chosen, groups: Sequence[NewGroup], invitation_code: str = ""
) -> Consultation:
    """Create a consultation as a draft; whoever sets it up is its chair.

    The phases of taking part run from opening to closing, where both are chosen, until the chair plans them.

    Raises:
        Refused: neither an administrator nor a chair of another consultation.
        Invalid: fields that need changing.
    """
    leads = select(Membership.id).where(Membership.account_id == by.id, Membership.role.in_(CHAIRING_ROLES))
    require(why_not_set_up(administrator=by.administrator, chairs=session.scalar(leads.limit(1)) is not None))
    choice = replace(choice, slug=choice.slug or suggested_slug(choice.title))
    _check(problems_of_settings(choice) + problems_of_groups(groups) + _problem_of_code(choice, "", invitation_code))
    consultation = Consultation(invitation_hash=_hashed(invitation_code))
    _choose(consultation, choice)
    spans: list[NewPhase] = []
    if choice.opens_at and choice.closes_at:
        spans = [NewPhase(kind, choice.opens_at, choice.closes_at) for kind in FIRST_PHASES]
    consultations.create(session, consultation, groups=keyed(groups), phases=spans)
    _make_chair(session, consultation, by)
    return consultation


def change(
    session: Session,
    consultation: Consultation,
    *,
    by: Membership,
    choice: Chosen,
    groups: Sequence[NewGroup],
    invitation_code: str = "",
    reason: str = "",
) -> None:
    """Change settings and groups. Once the consultation is open this needs a reason and is written down for everybody.

    Raises:
        Refused: not the chair, or it is closed.
        Invalid: fields that need changing, or that may not be changed any more.
    """
    consultations.lock(session, consultation)
    require(why_not_chair(by) or why_not_change_settings(consultation))
    is_open = consultation.state == ConsultationState.OPEN
    before, stored = chosen(consultation), _groups(session, consultation)
    in_use = _in_use(session, consultation)
    problems = problems_of_settings(choice) + problems_of_groups(groups) + problems_of_removal(stored, groups, in_use)
    problems += _problem_of_code(choice, consultation.invitation_hash, invitation_code)
    if is_open:
        problems += problems_once_open(consultation, choice) + problems_of_affectedness(stored, groups, in_use)
    changes = changes_of_settings(before, choice) + changes_of_groups(stored, groups)
    changes += [{"setting": "invitation_code", "before": "", "after": ""}] if invitation_code else []
    if is_open and changes and not reason.strip():
        problems.append(("reason", _("Say why. Everybody can read what changed and the reason.")))
    _check(problems + _problem_of_slug(session, consultation, choice))
    reason = checked(reason, field="reason", needed=False, longest=LONGEST_REASON)
    _choose(consultation, choice)
    consultation.invitation_hash = _hashed(invitation_code) or consultation.invitation_hash
    _store_groups(session, consultation, stored, keyed(groups))
    if is_open and changes:
        record(session, SettingsChanged(consultation_id=consultation.id, changes=changes, reason=reason))


def open_itself(session: Session, consultation: Consultation, *, by: Membership, wanted: bool) -> None:
    """Let a draft open at its opening time, or not.

    Raises:
        Refused: not the chair, not a draft, or no time to come is chosen.
    """
    consultations.lock(session, consultation)
    require(why_not_chair(by) or (why_not_open_itself(consultation, at=clock.now()) if wanted else None))
    consultation.opens_itself = wanted
    session.flush()


def keyed(groups: Sequence[NewGroup]) -> list[NewGroup]:
    """The groups, each with a key: the one it has, else one made of its name."""
    taken = {group.key for group in groups if group.key}
    named: list[NewGroup] = []
    for group in groups:
        key = group.key or _free_key(suggested_slug(group.name)[: LONGEST_KEY - 4].strip("-") or "group", taken)
        taken.add(key)
        named.append(replace(group, key=key))
    return named


def _free_key(wanted: str, taken: Collection[str]) -> str:
    endings = ("", *(f"-{number}" for number in range(2, 1000)))
    return next(wanted + ending for ending in endings if wanted + ending not in {*taken, NOT_STATED})


def _make_chair(session: Session, consultation: Consultation, account: Account) -> None:
    """The convener speaks from no stakeholder group."""
    membership = Membership(
        consultation_id=consultation.id,
        account_id=account.id,
        role=Role.CHAIR,
        identity=Identity.NAMED,
        display_name=account.display_name,
        name_key=consultations.name_key(account.display_name),
        joined_at=clock.now(),
        counted_from=account.proved_at,
    )
    session.add(membership)
    session.flush()
    record(session, MemberJoined(consultation_id=consultation.id, membership_id=membership.id, group=NOT_STATED))
    record(session, RoleGiven(consultation_id=consultation.id, membership_id=membership.id, role=Role.CHAIR.value))


def _choose(consultation: Consultation, choice: Chosen) -> None:
    """Without an opening time nothing opens by itself."""
    consultation.opens_itself = bool(consultation.opens_itself and choice.opens_at)
    for field in fields(Chosen):
        setattr(consultation, field.name, getattr(choice, field.name))


def _hashed(code: str) -> str:
    return passwords.hashed(code) if code else ""


def _check(problems: list[tuple[str, Message]]) -> None:
    if problems:
        raise Invalid(*problems[0], *problems[1:])


def _problem_of_code(choice: Chosen, stored: str, typed: str) -> list[tuple[str, Message]]:
    if choice.participation == Participation.INVITATION and not (stored or typed):
        return [("invitation_code", _("Choose a code that you give to those who may take part."))]
    if len(typed) > passwords.LONGEST:
        return [("invitation_code", _("Shorten this to %(most)s characters.", most=passwords.LONGEST))]
    return []


def _problem_of_slug(session: Session, consultation: Consultation, choice: Chosen) -> list[tuple[str, Message]]:
    others = select(Consultation.id).where(Consultation.slug == choice.slug, Consultation.id != consultation.id)
    if session.scalar(others) is None:
        return []
    return [("slug", _("There is already a consultation at this address. Choose another one."))]


def _groups(session: Session, consultation: Consultation) -> list[StakeholderGroup]:
    here = select(StakeholderGroup).where(StakeholderGroup.consultation_id == consultation.id)
    return list(session.scalars(here.order_by(StakeholderGroup.rank)))


def _in_use(session: Session, consultation: Consultation) -> set[str]:
    """The keys of groups from which somebody speaks or spoke, or which a standard names."""
    members = select(Membership.group_id).where(Membership.consultation_id == consultation.id)
    of_members = select(Membership.id).where(Membership.consultation_id == consultation.id)
    spoken = union(
        members,
        select(Position.group_id).where(Position.membership_id.in_(of_members)),
        select(Endorsement.group_id).where(Endorsement.membership_id.in_(of_members)),
    ).subquery()
    keys = select(StakeholderGroup.key).where(StakeholderGroup.id.in_(select(spoken.c[0])))
    named = select(StandardVersion.affected_groups).where(StandardVersion.consultation_id == consultation.id)
    return set(session.scalars(keys)) | {key for versions in session.scalars(named) for key in versions}


def _store_groups(
    session: Session, consultation: Consultation, stored: Sequence[StakeholderGroup], groups: Sequence[NewGroup]
) -> None:
    known = {group.key: group for group in stored}
    left = {group.key for group in groups}
    for rank, group in enumerate(groups, start=1):
        row = known.get(group.key)
        if row is None:
            row = StakeholderGroup(consultation_id=consultation.id, key=group.key)
            session.add(row)
        row.name, row.description, row.family = group.name, group.description, group.family
        row.rank, row.directly_affected = rank, group.directly_affected
    for gone in (row for key, row in known.items() if key not in left):
        session.delete(gone)
    session.flush()
