"""What a person has submitted, with its state and what they can do next."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import and_, case, select
from sqlalchemy.orm import Session, aliased
from sqlalchemy.orm.attributes import set_committed_value

from app.errors import NotFound, Refusal
from app.models.amendments import Amendment, AmendmentOutcome
from app.models.comments import Comment
from app.models.consultations import Consultation, Membership
from app.models.contributions import READABLE, Contribution, State
from app.models.evidence import Evidence
from app.models.moderation import Action, Decision
from app.models.notices import Notice, named_by
from app.models.standards import Draft, Standard, StandardVersion
from app.queries.consultations import Frame, frame
from app.queries.grounds import Ground, grounds_of
from app.queries.my_positions import PositionLine, positions_of
from app.queries.own_decisions import NOTHING, Process, last_taken, last_taken_id, processes_of
from app.queries.people import MembershipLine, Viewer, memberships
from app.queries.visibility import own_contribution
from app.rules.comments import written_last
from app.rules.contributions import EDITABLE
from app.rules.standards import why_not_resubmit


@dataclass(frozen=True, slots=True)
class Item:
    """One contribution of mine. `decision` is the last one on it; number and title are those of its standard.

    The title is what readers see, so it is empty where the standard is not published.
    """

    contribution: Contribution
    consultation: Consultation
    standard_number: int | None
    standard_title: str
    decision: Decision | None
    comment: Comment | None = None
    version: StandardVersion | None = None
    amendment: Amendment | None = None
    process: Process = NOTHING

    @property
    def body(self) -> str:
        """The text as its author wrote it last."""
        if self.amendment is not None:
            return "\n\n".join(part for part in (self.amendment.text, self.amendment.why) if part)
        if self.comment is None:
            return self.version.summary if self.version else self.contribution.label
        return written_last(self.comment)[0]

    @property
    def change(self) -> str:
        """The wording that a comment suggests."""
        return written_last(self.comment)[1] if self.comment is not None else ""

    @property
    def readable(self) -> bool:
        """Whether everybody can read it."""
        return self.contribution.state in READABLE

    @property
    def change_waits(self) -> bool:
        """Whether a changed text waits for review while readers see the earlier one."""
        return self.comment is not None and self.comment.next_body is not None

    @property
    def change_refused(self) -> bool:
        """Whether a changed text was not published, so that the earlier one stands."""
        refused = self.decision is not None and self.decision.action in (Action.RETURN, Action.DECLINE)
        return refused and self.readable and not self.change_waits

    @property
    def reason(self) -> str | None:
        """Why it stands where it stands, if the last decision had to say so."""
        return self.decision.reason.value if self.decision and self.decision.reason else None

    @property
    def can_edit(self) -> bool:
        """Whether its author can change the text: a comment nearly always, a proposal until it is published."""
        editable = EDITABLE if self.comment is not None else (State.PENDING, State.RETURNED)
        return self.contribution.state in editable

    @property
    def can_withdraw(self) -> bool:
        """Whether there is something to take back: of a later version and an amendment only what is not decided."""
        if self.later_version:
            return self.contribution.state in (State.PENDING, State.RETURNED)
        if self.amendment is not None and self.amendment.outcome != AmendmentOutcome.OPEN:
            return False
        return self.contribution.state in EDITABLE

    @property
    def later_version(self) -> bool:
        """Whether it is a new version of a standard that was published before."""
        return self.version is not None and self.version.based_on is not None


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft of mine."""

    draft: Draft
    consultation: Consultation


@dataclass(frozen=True, slots=True)
class OwnProposal:
    """A proposal of mine with what it rests on, to be changed and sent again."""

    frame: Frame
    version: StandardVersion
    decision: Decision | None
    grounds: tuple[Ground, ...]
    evidence: tuple[Evidence, ...]
    why_not_resubmit: Refusal | None

    @property
    def reason(self) -> str | None:
        """Why it was returned."""
        return self.decision.reason.value if self.decision and self.decision.reason else None


@dataclass(frozen=True, slots=True)
class MyContributions:
    """Everything of mine, what needs me first."""

    memberships: tuple[MembershipLine, ...]
    returned: tuple[Item, ...]
    others: tuple[Item, ...]
    positions: tuple[PositionLine, ...]
    drafts: tuple[DraftLine, ...]
    processes: Mapping[int, Process]

    @property
    def published(self) -> int:
        """How many of them everybody can read."""
        return sum(item.readable for item in self.others)

    @property
    def waiting(self) -> int:
        """How many wait for review."""
        return sum(item.contribution.state == State.PENDING for item in self.others)

    @property
    def to_confirm(self) -> int:
        """How many positions belong to an earlier text."""
        return sum(line.to_confirm for line in self.positions)

    @property
    def needs_me(self) -> bool:
        """Whether anything waits for its author."""
        return bool(self.returned or self.to_confirm)


def mine(session: Session, account_id: int) -> MyContributions:
    """Everything that the owner of an account has submitted. The same number of statements for any size."""
    items = [*_comments(session, account_id), *_versions(session, account_id), *_amendments(session, account_id)]
    processes = processes_of(session, account_id)
    items = [replace(item, process=processes.get(item.contribution.id, NOTHING)) for item in items]
    items.sort(key=lambda item: item.contribution.created_at, reverse=True)
    returned = tuple(item for item in items if item.contribution.state == State.RETURNED)
    return MyContributions(
        memberships=memberships(session, account_id),
        returned=returned,
        others=tuple(item for item in items if item not in returned),
        positions=positions_of(session, account_id),
        drafts=_drafts(session, account_id),
        processes=processes,
    )


def notices(session: Session, account_id: int) -> tuple[Notice, ...]:
    """The latest hundred notices, the newest first; those about a version that is not readable any more name none."""
    gone = and_(StandardVersion.state.not_in(READABLE), Membership.account_id != account_id)
    rows = session.execute(
        select(Notice, gone)
        .outerjoin(StandardVersion, StandardVersion.id == Notice.contribution_id)
        .outerjoin(Membership, Membership.id == StandardVersion.membership_id)
        .where(Notice.account_id == account_id)
        .order_by(Notice.id.desc())
        .limit(100)
    ).all()
    for notice, unread in rows:
        if unread:
            set_committed_value(notice, "values", {**notice.values, named_by(notice.values): ""})
    return tuple(notice for notice, _unread in rows)


def draft(session: Session, account_id: int, draft_id: int) -> Draft | None:
    """A draft of one's own, or None."""
    wanted = select(Draft).join(Membership, Membership.id == Draft.membership_id)
    return session.scalars(wanted.where(Draft.id == draft_id, Membership.account_id == account_id)).one_or_none()


def own_proposal(session: Session, viewer: Viewer, contribution_id: int) -> OwnProposal:
    """A proposal of one's own, in whatever state.

    Raises:
        NotFound: it does not exist, is somebody else's, or is no proposal.
    """
    version = own_contribution(session, viewer.owner_id, contribution_id)
    if not isinstance(version, StandardVersion) or version.based_on is not None:
        raise NotFound
    slug = session.scalars(select(Consultation.slug).where(Consultation.id == version.consultation_id)).one()
    found = frame(session, slug, viewer)
    last = last_taken(session, version)
    grounds, evidence = grounds_of(session, [version.id])[version.id]
    return OwnProposal(found, version, last, grounds, evidence, why_not_resubmit(found.membership, version))


def _comments(session: Session, account_id: int) -> list[Item]:
    last, version = aliased(Decision), aliased(StandardVersion, flat=True)
    title = case((version.state.in_(READABLE), version.title), else_="")  # commenting gives no sight of what is hidden
    rows = session.execute(
        select(Comment, Consultation, Standard.number, title, last)
        .select_from(Comment)
        .join(Membership, Membership.id == Comment.membership_id)
        .join(Consultation, Consultation.id == Comment.consultation_id)
        .join(Standard, Standard.id == Comment.standard_id)
        .join(version, version.standard_id == Standard.id)
        .outerjoin(last, last.id == last_taken_id(Comment))
        .where(Membership.account_id == account_id, version.number == Standard.version)
    )
    return [
        Item(comment, consultation, number, title, decision, comment=comment)
        for comment, consultation, number, title, decision in rows
    ]


def _versions(session: Session, account_id: int) -> list[Item]:
    last = aliased(Decision)
    rows = session.execute(
        select(StandardVersion, Consultation, Standard.number, last)
        .select_from(StandardVersion)
        .join(Membership, Membership.id == StandardVersion.membership_id)
        .join(Consultation, Consultation.id == StandardVersion.consultation_id)
        .join(Standard, Standard.id == StandardVersion.standard_id)
        .outerjoin(last, last.id == last_taken_id(StandardVersion))
        .where(Membership.account_id == account_id)
    )
    return [
        Item(version, consultation, number, version.title, decision, version=version)
        for version, consultation, number, decision in rows
    ]


def _amendments(session: Session, account_id: int) -> list[Item]:
    last, version = aliased(Decision), aliased(StandardVersion, flat=True)
    title = case((version.state.in_(READABLE), version.title), else_="")  # amending gives no sight of what is hidden
    rows = session.execute(
        select(Amendment, Consultation, Standard.number, title, last)
        .select_from(Amendment)
        .join(Membership, Membership.id == Amendment.membership_id)
        .join(Consultation, Consultation.id == Amendment.consultation_id)
        .join(Standard, Standard.id == Amendment.standard_id)
        .join(version, version.standard_id == Standard.id)
        .outerjoin(last, last.id == last_taken_id(Amendment))
        .where(Membership.account_id == account_id, version.number == Standard.version)
    )
    return [
        Item(amendment, consultation, number, title, decision, amendment=amendment)
        for amendment, consultation, number, title, decision in rows
    ]


def _drafts(session: Session, account_id: int) -> tuple[DraftLine, ...]:
    rows = session.execute(
        select(Draft, Consultation)
        .join(Membership, Membership.id == Draft.membership_id)
        .join(Consultation, Consultation.id == Membership.consultation_id)
        .where(Membership.account_id == account_id)
        .order_by(Draft.updated_at.desc())
    )
    return tuple(DraftLine(draft, consultation) for draft, consultation in rows)
