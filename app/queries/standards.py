"""Standards: the page of one, the list with search and filters, and what resembles a proposal."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session, aliased

from app.errors import NotFound, Refusal
from app.models.comments import Comment
from app.models.consultations import Membership
from app.models.contributions import READABLE
from app.models.objections import Objection, ObjectionState
from app.models.outcomes import Follow, Outcome, Response
from app.models.positions import Position
from app.models.reorganisations import RelationKind, Reorganisation
from app.models.standards import Standard, StandardVersion
from app.queries import amendments, reorganisations, versions
from app.queries.amendments import AmendmentCounts
from app.queries.consultations import Frame, Moved, moved
from app.queries.dispositions import open_changes
from app.queries.grounds import Chain, chain_of
from app.queries.listings import objections
from app.queries.positions import Result, Subject, results
from app.queries.reorganisations import Trail
from app.queries.threads import Asked, Thread, name_of, thread
from app.queries.versions import VersionLine
from app.queries.visibility import in_thread, published_standard, readable_standard
from app.rules.amendments import why_not_amend
from app.rules.comments import why_not_comment
from app.rules.positions import why_not_take_position
from app.rules.reorganisations import why_not_reorganise
from app.rules.rounds import SecondRound
from app.rules.standards import missing_links
from app.rules.versions import still_counts, why_not_write_version


@dataclass(frozen=True, slots=True)
class StandardPage:
    """Everything on the page of one standard."""

    frame: Frame
    standard: Standard
    version: StandardVersion
    proposed_by: str
    chain: Chain
    result: Result
    thread: Thread
    comments_by_clause: dict[str, int]
    my_position: Position | None
    my_objection: Objection | None
    why_not_position: Refusal | None
    why_not_comment: Refusal | None
    versions: tuple[VersionLine, ...]
    second_round: SecondRound | None
    amendments: AmendmentCounts
    why_not_amend: Refusal | None
    why_not_write_version: Refusal | None
    trails: tuple[Trail, ...]
    reorganisation: Reorganisation | None
    unanswered: int = 0
    sustained: int = 0
    outcome: Outcome | None = None
    stated_by: str = ""
    response: Response | None = None
    followed: bool = False
    open_changes: int = 0

    @property
    def merged_into(self) -> int | None:
        """The number of the standard that this one became part of."""
        merged = RelationKind.MERGED_INTO.value
        return next((trail.number for trail in self.trails if trail.onward and trail.kind == merged), None)

    @property
    def may_reorganise(self) -> bool:
        """Whether this viewer may ask its supporters to merge, split or withdraw it."""
        why_not = why_not_reorganise(self.frame.consultation, self.standard, self.frame.membership, self.reorganisation)
        return why_not is None

    @property
    def to_confirm(self) -> bool:
        """Whether my position was taken on an earlier text."""
        return self.my_position is not None and self.my_position.version != self.standard.version

    @property
    def counts(self) -> bool:
        """Whether my position counts for the text in force."""
        return self.my_position is not None and still_counts(self.standard, self.my_position.version)

    @property
    def credit(self) -> VersionLine | None:
        """The version in force as a line, when it is not the first one."""
        return next((line for line in self.versions if line.number == self.standard.version), None)

    @property
    def comments(self) -> int:
        """How many comments have a place in the thread."""
        return sum(self.comments_by_clause.values())

    @property
    def moved(self) -> Moved | None:
        """Where the chair moved it by itself, if anywhere."""
        return moved(self.frame, self.standard)

    @property
    def affected_names(self) -> list[str]:
        """The stakeholder groups that the standard names."""
        return [group.name for group in self.frame.groups if group.key in self.version.affected_groups]

    @property
    def missing(self) -> tuple[str, ...]:
        """Which links of right, duty-bearer and enforcement the text lacks."""
        return missing_links(self.version, grounded=bool(self.chain.grounds))


def find(session: Session, frame: Frame, number: int) -> Standard:
    """A standard that everybody can read, for acting on it.

    Raises:
        NotFound: there is none with this number.
    """
    return published_standard(session, frame.consultation.id, number)


def page(session: Session, frame: Frame, number: int, asked: Asked) -> StandardPage:
    """The page of a standard, in nine statements for any number of comments.

    Raises:
        NotFound: there is none with this number.
    """
    row = session.execute(_with_mine(frame).where(Standard.number == number)).one_or_none()
    if row is None:
        raise NotFound
    (
        standard,
        version,
        author,
        position,
        objection,
        unanswered,
        sustained,
        outcome,
        stater,
        response,
        followed,
        changes,
    ) = row
    has_position = position is not None
    subject = Subject(standard, version.affected_groups, unanswered, sustained, has_position, outcome)
    acting = (frame.consultation, frame.phases, standard, frame.membership)
    texts = versions.lines(session, standard.id)
    return StandardPage(
        frame=frame,
        standard=standard,
        version=version,
        proposed_by=name_of(author),
        chain=chain_of(session, version.id),
        result=results(session, frame, [subject])[standard.id],
        thread=thread(session, frame, standard.id, asked),
        comments_by_clause=_comments_by_clause(session, frame, standard),
        my_position=position,
        my_objection=objection,
        why_not_position=why_not_take_position(*acting, at=frame.at),
        why_not_comment=why_not_comment(*acting, at=frame.at),
        versions=texts,
        second_round=versions.round_of(frame, standard, texts),
        amendments=amendments.counts(session, standard.id),
        why_not_amend=why_not_amend(*acting, at=frame.at),
        why_not_write_version=why_not_write_version(*acting, at=frame.at),
        trails=reorganisations.trails(session, standard.id),
        reorganisation=reorganisations.asked(session, standard.id),
        unanswered=unanswered,
        sustained=sustained,
        outcome=outcome,
        stated_by=name_of(stater) if stater else "",
        response=response,
        followed=followed,
        open_changes=changes,
    )


def _with_mine(frame: Frame) -> Select[*tuple[Any, ...]]:
    unanswered, sustained = objections()
    mine, stater = aliased(Objection), aliased(Membership)
    followed = (
        select(Follow.standard_id)
        .where(Follow.standard_id == Standard.id, Follow.membership_id == frame.membership_id)
        .exists()
    )
    latest = (
        select(func.max(Objection.id))
        .where(
            Objection.standard_id == Standard.id,
            Objection.membership_id == frame.membership_id,
            Objection.state != ObjectionState.WITHDRAWN,
        )
        .scalar_subquery()
    )
    return (
        select(
            Standard,
            StandardVersion,
            Membership,
            Position,
            mine,
            unanswered,
            sustained,
            Outcome,
            stater,
            Response,
            followed,
            open_changes(),
        )
        .join(StandardVersion, StandardVersion.standard_id == Standard.id)
        .join(Membership, Membership.id == Standard.membership_id)
        .outerjoin(Position, and_(Position.standard_id == Standard.id, Position.membership_id == frame.membership_id))
        .outerjoin(mine, mine.id == latest)
        .outerjoin(Outcome, Outcome.standard_id == Standard.id)
        .outerjoin(stater, stater.id == Outcome.membership_id)
        .outerjoin(Response, Response.standard_id == Standard.id)
        .where(Standard.consultation_id == frame.consultation.id, readable_standard())
    )


def _comments_by_clause(session: Session, frame: Frame, standard: Standard) -> dict[str, int]:
    counted = (
        select(Comment.clause, func.count())
        .where(Comment.standard_id == standard.id, in_thread(frame.membership_id), Comment.state.in_(READABLE))
        .group_by(Comment.clause)
    )
    return dict(session.execute(counted).all())
