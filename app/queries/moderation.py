"""A case as its reader needs it. Nothing here knows what a comment or a standard is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, exists, func, select
from sqlalchemy.orm import Session, aliased

from app import clock
from app.db import LARGEST_ID
from app.errors import NotFound, Refusal
from app.models.consultations import Consultation, Membership, StakeholderGroup
from app.models.contributions import READABLE, Contribution
from app.models.flags import Flag
from app.models.moderation import Action, Case, Decision, Standing
from app.queries.campaign_desk import ProposedLetter, proposed_for
from app.queries.contexts import Context, context_of
from app.queries.people import Viewer
from app.queries.queue import minutes_left
from app.queries.threads import name_of
from app.rules.appeals import hands_of
from app.rules.consultations import REVIEWING_ROLES
from app.rules.flags import one_sided
from app.rules.marks import Piece, marks_of, pieces, seems_written_in
from app.rules.moderation import Chosen, Involved, claimed_by_other, eligible, why_not_decide
from app.rules.moderation import why_not_step_in as may_step_in

_REVIEWER, _AUTHOR, _FIRST = (aliased(Membership) for _role in range(3))  # made once: that takes longer than to ask

LATELY = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Complaint:
    """A flag as a moderator sees it: never who sent it. `changed` when the text is no longer the one flagged."""

    flag: Flag
    changed: bool


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A decision with the names of whoever took it and, where two read, of the first reader."""

    decision: Decision
    moderator: str
    first_reader: str


@dataclass(frozen=True, slots=True)
class CasePage:
    """One case with its item in context, the author's history in numbers, and every decision so far.

    People who take part confidentially have no `author_name` here. `proposal` is what a first reader wants, `held_by`
    who reads it now, for `minutes` more. `readers` are those of the team who read its language; `one_sided` warns that
    reports about what this group says come from one other group. `pieces` are its words cut at hints, if it has any;
    `letters` are the same text by others. `nobody_else` when an administrator has to step in.
    """

    case: Case
    contribution: Contribution
    consultation: Consultation
    membership: Membership
    author: Membership
    author_name: str
    group: StakeholderGroup | None
    context: Context
    decisions: tuple[DecisionLine, ...]
    complaints: tuple[Complaint, ...]
    one_sided: bool
    readers: tuple[str, ...]
    held_by: str
    claimed_by_me: bool
    minutes: int
    nobody_else: bool
    pieces: tuple[Piece, ...]
    letters: ProposedLetter | None
    seems_written_in: str | None
    author_published: int
    author_submitted: int
    author_warned: bool
    waited: timedelta
    left: timedelta
    why_not_decide: Refusal | None

    @property
    def change_waits(self) -> bool:
        """Whether readers see an earlier text until this is decided."""
        return self.context.earlier is not None

    @property
    def proposal(self) -> DecisionLine | None:
        """The decision that a first reader proposed."""
        return next((line for line in self.decisions if line.decision.standing == Standing.PROPOSED), None)


def case_page(session: Session, viewer: Viewer, case_id: int) -> CasePage:
    """A case of a consultation that this viewer reviews.

    Raises:
        NotFound: there is none, or it is not theirs to see.
    """
    at, (case, consultation, membership, writer, group) = clock.now(), _found(session, viewer, case_id)
    contribution = session.get_one(Contribution, case.contribution_id)
    published, submitted, warned = _history(session, writer)
    context, decisions = context_of(session, contribution), _decisions(session, contribution)
    proposed = next((line.decision.moderator_id for line in decisions if _proposes(line, case)), None)
    complaints, team = _complaints(session, case, decisions), _team(session, consultation)
    involved = Involved(writer, proposed, _reporter(complaints, membership))
    return CasePage(
        case=case,
        contribution=contribution,
        consultation=consultation,
        membership=membership,
        author=writer,
        author_name=name_of(writer),
        group=group,
        context=context,
        decisions=decisions,
        complaints=complaints,
        one_sided=_one_sided(session, consultation, writer, at),
        readers=tuple(one.display_name for one in team if contribution.language in one.reads),
        held_by=_holder(team, membership, case, at),
        claimed_by_me=case.claimed_by_id == membership.id and minutes_left(case, at) > 0,
        minutes=minutes_left(case, at),
        nobody_else=not eligible(team, writer, but=[proposed] if proposed else []),
        pieces=_pieces(context, contribution),
        letters=proposed_for(session, contribution.id),
        seems_written_in=seems_written_in(context.written, contribution.language),
        author_published=published,
        author_submitted=submitted,
        author_warned=warned,
        waited=(case.closed_at or at) - case.opened_at,
        left=case.due_at - at,
        why_not_decide=why_not_decide(membership, case, contribution, involved, at=at, read_revision=None),
    )


def _holder(team: Sequence[Membership], membership: Membership, case: Case, at: datetime) -> str:
    """Who else reads a case now."""
    if not claimed_by_other(membership, case, at):
        return ""
    return next((one.display_name for one in team if one.id == case.claimed_by_id), "")


def _pieces(context: Context, contribution: Contribution) -> tuple[Piece, ...]:
    """The words cut at hints; none where there is no hint."""
    marks = marks_of(context.written, language=contribution.language)
    return pieces(context.written, marks) if marks else ()


def selected(
    session: Session, viewer: Viewer, chosen: Sequence[Chosen]
) -> list[tuple[Consultation, Membership, list[Chosen]]]:
    """The selected cases, consultation by consultation; those that this viewer does not review are left out."""
    rows = session.execute(
        select(Case.id, Consultation, Membership)
        .join(Consultation, Consultation.id == Case.consultation_id)
        .join(
            Membership,
            and_(
                Membership.consultation_id == Case.consultation_id,
                Membership.account_id == viewer.owner_id,
                Membership.role.in_(REVIEWING_ROLES),
            ),
        )
        .where(Case.id.in_([one.case_id for one in chosen if one.case_id <= LARGEST_ID]))
        .order_by(Consultation.id)
    ).all()
    known = {one.case_id: one for one in chosen}
    found: dict[int, tuple[Consultation, Membership, list[Chosen]]] = {}
    for case_id, consultation, membership in rows:
        found.setdefault(consultation.id, (consultation, membership, []))[2].append(known[case_id])
    return list(found.values())


def case_to_step_into(session: Session, case_id: int) -> tuple[Consultation, Case]:
    """An open case, or one with a decision that is appealed against, for an administrator.

    Raises:
        NotFound: there is none.
    """
    if case_id > LARGEST_ID:
        raise NotFound
    found = session.execute(
        select(Consultation, Case).join(Case, Case.consultation_id == Consultation.id).where(Case.id == case_id)
    ).one_or_none()
    if found is None:
        raise NotFound
    return found[0], found[1]


def why_not_step_in(session: Session, viewer: Viewer, case: Case) -> Refusal | None:
    """Why an administrator cannot become a moderator for this case: somebody of the team may, or they have a part."""
    contribution = session.get_one(Contribution, case.contribution_id)
    author = session.get_one(Membership, contribution.membership_id)
    consultation = session.get_one(Consultation, case.consultation_id)
    decided = select(Decision).where(
        Decision.case_id == case.id, Decision.standing.in_((Standing.PROPOSED, Standing.TAKEN))
    )
    hands = {person for decision in session.scalars(decided) for person in hands_of(decision)}
    mine = select(Membership).where(
        Membership.consultation_id == consultation.id, Membership.account_id == viewer.owner_id
    )
    return may_step_in(
        administrator=viewer.administrator,
        eligible_people=len(eligible(_team(session, consultation), author, but=hands)),
        membership=session.scalars(mine).one_or_none(),
        author=author,
        hands=hands,
    )


def _found(
    session: Session, viewer: Viewer, case_id: int
) -> tuple[Case, Consultation, Membership, Membership, StakeholderGroup | None]:
    if case_id > LARGEST_ID:
        raise NotFound
    reviews = and_(
        _REVIEWER.consultation_id == Case.consultation_id,
        _REVIEWER.account_id == viewer.owner_id,
        _REVIEWER.role.in_(REVIEWING_ROLES),
    )
    found = (
        select(Case, Consultation, _REVIEWER, _AUTHOR, StakeholderGroup)
        .join(Consultation, Consultation.id == Case.consultation_id)
        .join(Contribution, Contribution.id == Case.contribution_id)
        .join(_AUTHOR, _AUTHOR.id == Contribution.membership_id)
        .join(_REVIEWER, reviews)
        .outerjoin(StakeholderGroup, StakeholderGroup.id == _AUTHOR.group_id)
        .where(Case.id == case_id)
    )
    row = session.execute(found).one_or_none()
    if row is None:
        raise NotFound
    return row


def _history(session: Session, author: Membership) -> tuple[int, int, bool]:
    """How many of an author's contributions are readable, how many there are, and whether they were warned."""
    warned = (
        exists()
        .where(Decision.contribution_id == Contribution.id, Decision.action == Action.WARN)
        .where(Decision.standing == Standing.TAKEN)
    )
    counted = select(func.count().filter(Contribution.state.in_(READABLE)), func.count(), func.count().filter(warned))
    row = session.execute(counted.where(Contribution.membership_id == author.id)).one()
    return row[0], row[1], row[2] > 0


def _decisions(session: Session, contribution: Contribution) -> tuple[DecisionLine, ...]:
    rows = session.execute(
        select(Decision, Membership.display_name, _FIRST.display_name)
        .join(Membership, Membership.id == Decision.moderator_id)
        .outerjoin(_FIRST, _FIRST.id == Decision.first_reader_id)
        .where(Decision.contribution_id == contribution.id)
        .order_by(Decision.id)
    )
    return tuple(DecisionLine(decision, name, first_name or "") for decision, name, first_name in rows)


def _proposes(line: DecisionLine, case: Case) -> bool:
    return line.decision.case_id == case.id and line.decision.standing == Standing.PROPOSED


def _team(session: Session, consultation: Consultation) -> Sequence[Membership]:
    team = select(Membership).where(Membership.consultation_id == consultation.id, Membership.role.in_(REVIEWING_ROLES))
    return session.scalars(team.order_by(Membership.id)).all()


def _complaints(session: Session, case: Case, decisions: Sequence[DecisionLine]) -> tuple[Complaint, ...]:
    sent = session.scalars(select(Flag).where(Flag.case_id == case.id).order_by(Flag.id)).all()
    latest = sent[-1].text if sent else ""
    decided = next((line.decision.original for line in decisions if line.decision.case_id == case.id), latest)
    return tuple(Complaint(flag, changed=flag.text != decided) for flag in sent)


def _reporter(complaints: Sequence[Complaint], membership: Membership) -> frozenset[int]:
    """The viewer, if one of the complaints is theirs."""
    mine = any(one.flag.account_id is not None and one.flag.account_id == membership.account_id for one in complaints)
    return frozenset((membership.id,)) if mine else frozenset()


def _one_sided(session: Session, consultation: Consultation, author: Membership, at: datetime) -> bool:
    """Whether the reports of the last month about what this group says come from one other group."""
    counted = (
        select(Flag.group_id, func.count())
        .join(Contribution, Contribution.id == Flag.contribution_id)
        .join(Membership, Membership.id == Contribution.membership_id)
        .where(
            Contribution.consultation_id == consultation.id,
            Membership.group_id == author.group_id,
            Flag.sent_at > at - LATELY,
        )
        .group_by(Flag.group_id)
    )
    return one_sided(dict(session.execute(counted).all()), flagged_group=author.group_id)
