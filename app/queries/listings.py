"""Lists of standards: search, filters, order, pages."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session, load_only

from app.models.comments import Comment
from app.models.contributions import READABLE
from app.models.instruments import ProvisionTheme
from app.models.objections import Objection
from app.models.outcomes import Outcome
from app.models.positions import Position
from app.models.standards import Grounding, Standard, StandardVersion
from app.queries.consultations import Frame
from app.queries.positions import Result, Subject, results
from app.queries.reorganisations import in_its_own_right
from app.queries.search import search
from app.queries.visibility import readable_standard
from app.rules.consensus import ConsensusState
from app.rules.objections import REMAINING, TO_BE_ANSWERED, UNANSWERED

PAGE = 20
SHOWN = load_only(
    StandardVersion.title,
    StandardVersion.context,
    StandardVersion.language,
    StandardVersion.number,
    StandardVersion.affected_groups,
    raiseload=True,
)

Row = tuple[Standard, StandardVersion, int, int, int, Outcome | None]


class Sort(StrEnum):
    """In which order standards are listed."""

    UNHEARD = "unheard"
    CONTESTED = "contested"
    NUMBER = "number"
    NEWEST = "newest"
    COMMENTS = "comments"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which standards a list shows; empty fields do not filter."""

    q: str = ""
    sort: Sort = Sort.UNHEARD
    context: str = ""
    right: str = ""
    state: str = ""
    after: int = 0

    @property
    def filtering(self) -> bool:
        """Whether anything was asked for beside the order."""
        return bool(self.q or self.context or self.right or self.state)


@dataclass(frozen=True, slots=True)
class StandardLine:
    """One standard in a list."""

    standard: Standard
    version: StandardVersion
    result: Result
    comments: int
    relevance: float
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class StandardList:
    """A page of a list; `total` counts everything that matches, `next_after` continues it."""

    wanted: Wanted
    lines: tuple[StandardLine, ...]
    total: int
    next_after: int | None
    themes: tuple[str, ...]
    contexts: tuple[str, ...]


def listing(session: Session, frame: Frame, wanted: Wanted) -> StandardList:
    """The standards that everybody can read, filtered and ordered. The same number of statements for any size."""
    relevance = search(session, frame, wanted.q) if wanted.q else None
    rows = session.execute(_narrowed(_readable_versions(frame), wanted).options(SHOWN)).all()
    if relevance is not None:
        rows = [row for row in rows if row[0].id in relevance]
    subjects = [Subject(row[0], row[1].affected_groups, row[2], row[3], outcome=row[5]) for row in rows]
    computed = results(session, frame, subjects)
    lines = [
        StandardLine(row[0], row[1], computed[row[0].id], row[4], (relevance or {}).get(row[0].id, 0.0), row[5])
        for row in rows
    ]
    if wanted.state:
        lines = [line for line in lines if line.result.consensus.state == wanted.state]
    lines.sort(key=lambda line: _sort_key(line, wanted))
    shown = lines[wanted.after : wanted.after + PAGE]
    more = wanted.after + PAGE < len(lines)
    themes, contexts = _choices(session, frame)
    return StandardList(
        wanted, tuple(shown), len(lines), wanted.after + PAGE if more else None, themes=themes, contexts=contexts
    )


def most_telling(session: Session, frame: Frame) -> StandardLine | None:
    """The standard with the most positions, to show what a result looks like."""
    lines = listing(session, frame, Wanted(sort=Sort.NUMBER)).lines
    return max(lines, key=lambda line: line.result.people.size, default=None)


def readable_versions(session: Session, frame: Frame) -> list[Row]:
    """Every standard that everybody can read, by number.

    With its version in force, its unanswered and remaining objections, its comments counted, and its outcome.
    """
    rows = session.execute(_readable_versions(frame).order_by(Standard.number))
    return [(row[0], row[1], row[2], row[3], row[4], row[5]) for row in rows]


def objections() -> tuple[ColumnElement[int], ColumnElement[int]]:
    """How many objections to a standard wait for an answer, and how many were answered and remain.

    Only those of people whose position counts. A reason that was declined, hidden or withdrawn cannot be answered, so
    nothing waits for it; one that a moderator has still to read does wait.
    """
    counted = (
        select(func.count())
        .select_from(Objection)
        .join(
            Position,
            and_(
                Position.standard_id == Objection.standard_id,
                Position.membership_id == Objection.membership_id,
                Position.counted,
            ),
        )
        .where(Objection.standard_id == Standard.id)
    )
    waiting = counted.join(Comment, Comment.id == Objection.comment_id).where(
        Objection.state.in_(UNANSWERED), Comment.state.in_(TO_BE_ANSWERED)
    )
    unanswered = waiting.correlate(Standard).scalar_subquery()
    sustained = counted.where(Objection.state.in_(REMAINING)).correlate(Standard).scalar_subquery()
    return unanswered, sustained


def _readable_comments() -> ColumnElement[int]:
    return (
        select(func.count())
        .select_from(Comment)
        .where(Comment.standard_id == Standard.id, Comment.state.in_(READABLE))
        .correlate(Standard)
        .scalar_subquery()
    )


def _readable_versions(frame: Frame) -> Select[Standard, StandardVersion, int, int, int, Outcome]:
    unanswered, sustained = objections()
    return (
        select(Standard, StandardVersion, unanswered, sustained, _readable_comments(), Outcome)
        .join(StandardVersion, StandardVersion.standard_id == Standard.id)
        .outerjoin(Outcome, Outcome.standard_id == Standard.id)
        .where(Standard.consultation_id == frame.consultation.id, readable_standard(), in_its_own_right())
    )


def _narrowed(
    query: Select[Standard, StandardVersion, int, int, int, Outcome], wanted: Wanted
) -> Select[Standard, StandardVersion, int, int, int, Outcome]:
    if wanted.context:
        query = query.where(StandardVersion.context == wanted.context)
    if wanted.right:
        themed = (
            select(Grounding.version_id)
            .join(ProvisionTheme, ProvisionTheme.provision_id == Grounding.provision_id)
            .where(ProvisionTheme.theme == wanted.right)
        )
        query = query.where(StandardVersion.id.in_(themed))
    return query


def _choices(session: Session, frame: Frame) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The rights and contexts that occur here, so that no filter leads to an empty list."""
    here = (
        select(ProvisionTheme.theme, StandardVersion.context)
        .select_from(Standard)
        .join(StandardVersion, StandardVersion.standard_id == Standard.id)
        .outerjoin(Grounding, Grounding.version_id == StandardVersion.id)
        .outerjoin(ProvisionTheme, ProvisionTheme.provision_id == Grounding.provision_id)
        .where(Standard.consultation_id == frame.consultation.id, readable_standard())
        .distinct()
    )
    rows = session.execute(here).all()
    themes = sorted({theme for theme, _context in rows if theme})
    return tuple(themes), tuple(dict.fromkeys(sorted({context.value for _theme, context in rows})))


_STATE_ORDER = {
    ConsensusState.NOT_YET_HEARD: 0,
    ConsensusState.TOO_EARLY: 1,
    ConsensusState.CONTESTED: 2,
    ConsensusState.NO_CONSENSUS: 3,
    ConsensusState.SUPPORTED_WITH_RECORDED_OBJECTION: 4,
    ConsensusState.CONSENSUS: 5,
    ConsensusState.WITHDRAWN: 6,
}
_CONTESTED_FIRST = {ConsensusState.CONTESTED: 0, ConsensusState.NO_CONSENSUS: 1}


def _sort_key(line: StandardLine, wanted: Wanted) -> tuple[float, float, int]:
    number = line.standard.number or 0
    state = line.result.consensus.state
    match wanted.sort:
        case Sort.NUMBER:
            return (0, 0, number)
        case Sort.NEWEST:
            return (0, 0, -number)
        case Sort.COMMENTS:
            return (0, -line.comments, number)
        case Sort.CONTESTED:
            return (_CONTESTED_FIRST.get(state, 2), 0, number)
        case _:
            return (-line.relevance, _STATE_ORDER[state], number)
