"""Amendments: how many there are, the list by clause, and the page of one with the positions on it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from app.errors import NotFound, Refusal
from app.models.amendments import Amendment, AmendmentPosition
from app.models.consultations import Membership
from app.models.contributions import READABLE
from app.models.reorganisations import StandardRelation
from app.models.standards import ChangeClass, Standard, StandardVersion
from app.queries.amendment_lines import AmendmentLine, against, lines_of, listed
from app.queries.amendment_tallies import tallies
from app.queries.consultations import Frame
from app.queries.positions import Tally
from app.queries.threads import name_of
from app.queries.visibility import published_standard, readable_standard
from app.rules.amendments import (
    amended,
    text_of,
    why_not_adopt,
    why_not_amend,
    why_not_decline,
    why_not_on_this_text,
    why_not_position_on,
    why_not_promote,
    why_not_weigh,
    why_not_withdraw_amendment,
)
from app.rules.differences import Piece
from app.rules.standards import why_not_propose
from app.rules.versions import ORDER, least_class


@dataclass(frozen=True, slots=True)
class AmendmentCounts:
    """How many amendments everybody can read: in all, and those that wait for a decision by clause."""

    total: int
    open_by_clause: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class AmendmentList:
    """The amendments of a standard, those to the same clause together; `""` holds new clauses."""

    frame: Frame
    standard: Standard
    version: StandardVersion
    clauses: tuple[tuple[str, str, tuple[AmendmentLine, ...]], ...]
    total: int
    why_not_amend: Refusal | None


@dataclass(frozen=True, slots=True)
class AmendmentPage:
    """One amendment: what it changes in the text in force, who stands where, and what may be done with it."""

    frame: Frame
    standard: Standard
    version: StandardVersion
    line: AmendmentLine
    against_current: tuple[Piece, ...]
    against_original: tuple[Piece, ...] | None
    others: tuple[AmendmentLine, ...]
    tally: Tally
    my_position: AmendmentPosition | None
    adopted: StandardVersion | None
    promoted_to: int | None
    decided_by: str
    suggested_class: ChangeClass
    why_not_position: Refusal | None
    why_not_adopt: Refusal | None
    why_not_decline: Refusal | None
    why_not_withdraw: Refusal | None
    why_not_promote: Refusal | None
    clause_changed: Refusal | None


@dataclass(frozen=True, slots=True)
class ProposingPage:
    """The clause that somebody wants to word otherwise."""

    frame: Frame
    standard: Standard
    version: StandardVersion
    why_not_amend: Refusal | None


def listing(session: Session, frame: Frame, number: int) -> AmendmentList:
    """The amendments of a standard by clause. A fixed number of statements.

    Raises:
        NotFound: there is no such standard.
    """
    standard = published_standard(session, frame.consultation.id, number)
    version = _version(session, standard)
    lines = lines_of(session, frame, version, listed(frame), Amendment.standard_id == standard.id)
    by_clause: dict[str, list[AmendmentLine]] = defaultdict(list)
    for line in lines:
        by_clause[line.clause].append(line)
    order = [clause["number"] for clause in version.clauses]
    gone = sorted(clause for clause in by_clause if clause and clause not in order)
    return AmendmentList(
        frame,
        standard,
        version,
        tuple(
            (clause, text_of(clause, version.clauses), tuple(by_clause[clause]))
            for clause in (*order, *gone, "")
            if clause in by_clause
        ),
        total=len(lines),
        why_not_amend=_why_not_amend(frame, standard),
    )


def proposing_page(session: Session, frame: Frame, number: int) -> ProposingPage:
    """The text in force, for whoever proposes another wording.

    Raises:
        NotFound: there is no such standard.
    """
    standard = published_standard(session, frame.consultation.id, number)
    return ProposingPage(frame, standard, _version(session, standard), _why_not_amend(frame, standard))


def find(session: Session, frame: Frame, number: int, amendment_number: int) -> tuple[Standard, Amendment]:
    """A standard and one of its amendments that has been published, for acting on it.

    Raises:
        NotFound: there is none with these numbers.
    """
    standard = published_standard(session, frame.consultation.id, number)
    here = (Amendment.standard_id == standard.id, Amendment.number == amendment_number)
    amendment = session.scalars(select(Amendment).where(*here)).one_or_none()
    if amendment is None:
        raise NotFound
    return standard, amendment


def page(session: Session, frame: Frame, number: int, amendment_number: int) -> AmendmentPage:
    """The page of an amendment. A fixed number of statements.

    Raises:
        NotFound: there is none with these numbers.
    """
    standard, amendment = find(session, frame, number, amendment_number)
    version = _version(session, standard)
    same_clause = and_(Amendment.standard_id == standard.id, Amendment.clause == amendment.clause)
    lines = lines_of(session, frame, version, listed(frame), same_clause)
    line = next(line for line in lines if line.id == amendment.id)
    original, adopted = _texts(session, amendment)
    least = least_class(version.clauses, amended(version.clauses, line.clause, amendment.text, _numbers(version)))
    mine = _my_position(session, frame, amendment)
    clause_changed = why_not_on_this_text(amendment, original.clauses, version.clauses)
    acting, member = (frame.consultation, frame.phases, standard), frame.membership
    why_not_begin = why_not_propose(frame.consultation, frame.phases, member, at=frame.at)
    return AmendmentPage(
        frame=frame,
        standard=standard,
        version=version,
        line=line,
        against_current=line.pieces,
        against_original=_original(amendment, original, clause_changed),
        others=tuple(other for other in lines if other is not line),
        tally=tallies(session, frame, [amendment.id], has_position=mine is not None)[amendment.id],
        my_position=mine,
        adopted=adopted,
        promoted_to=_promoted_to(session, amendment),
        decided_by=_decided_by(session, amendment),
        suggested_class=max(amendment.change_class, least, key=ORDER.index),
        why_not_position=why_not_position_on(amendment) or why_not_weigh(*acting, member, at=frame.at),
        why_not_adopt=why_not_adopt(*acting, amendment, member, at=frame.at),
        why_not_decline=why_not_decline(standard, amendment, member),
        why_not_withdraw=why_not_withdraw_amendment(member, amendment),
        why_not_promote=why_not_promote(member, amendment, why_not_begin),
        clause_changed=clause_changed,
    )


def _version(session: Session, standard: Standard) -> StandardVersion:
    wanted = (StandardVersion.standard_id == standard.id, StandardVersion.number == standard.version)
    return session.scalars(select(StandardVersion).where(*wanted)).one()


def _texts(session: Session, amendment: Amendment) -> tuple[StandardVersion, StandardVersion | None]:
    """The version that an amendment was written for, and the one that it became."""
    rows = session.scalars(
        select(StandardVersion).where(
            StandardVersion.standard_id == amendment.standard_id,
            or_(StandardVersion.number == amendment.version, StandardVersion.amendment_id == amendment.id),
        )
    ).all()
    original = next(version for version in rows if version.number == amendment.version)
    return original, next((one for one in rows if one.amendment_id == amendment.id and one.state in READABLE), None)


def _original(
    amendment: Amendment, original: StandardVersion, clause_changed: Refusal | None
) -> tuple[Piece, ...] | None:
    """What it changes in the text that it was written for, where that is another one and everybody may read both."""
    if clause_changed is None or amendment.state not in READABLE or original.state not in READABLE:
        return None
    return against(amendment, original)


def _promoted_to(session: Session, amendment: Amendment) -> int | None:
    """The number of the standard that came out of it, once everybody can read that one."""
    trail = (
        select(Standard.number)
        .join(StandardRelation, StandardRelation.to_id == Standard.id)
        .join(StandardVersion, StandardVersion.standard_id == Standard.id)
        .where(StandardRelation.amendment_id == amendment.id, readable_standard())
    )
    return session.scalar(trail.limit(1))


def _my_position(session: Session, frame: Frame, amendment: Amendment) -> AmendmentPosition | None:
    mine = (AmendmentPosition.amendment_id == amendment.id, AmendmentPosition.membership_id == frame.membership_id)
    return session.scalars(select(AmendmentPosition).where(*mine)).one_or_none()


def _decided_by(session: Session, amendment: Amendment) -> str:
    if amendment.outcome_by_id is None:
        return ""
    return name_of(session.get_one(Membership, amendment.outcome_by_id))


def _why_not_amend(frame: Frame, standard: Standard) -> Refusal | None:
    return why_not_amend(frame.consultation, frame.phases, standard, frame.membership, at=frame.at)


def _numbers(version: StandardVersion) -> list[str]:
    return [clause["number"] for clause in version.clauses]
