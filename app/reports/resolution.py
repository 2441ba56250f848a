"""How comments and objections were dealt with, and what the chair stated, for a summary."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload

from app import text
from app.models.comments import Comment
from app.models.consultations import Membership
from app.models.contributions import READABLE
from app.models.dispositions import Disposition
from app.models.objections import Objection, ObjectionStep
from app.models.outcomes import Outcome
from app.queries.listings import Row
from app.queries.threads import name_of
from app.reports.objections_report import ObjectionLine, StepLine
from app.reports.standard_report import StandardReport
from app.rules.objections import CONFIDED, STANDING

OPEN = "open"
"""How comments are counted that nobody has resolved."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """What was done with one standard's comments and objections, and its outcome with who stated it."""

    outcome: Outcome | None
    stated_by: str
    objections: tuple[ObjectionLine, ...]
    dispositions: Mapping[str, int]


def gather_resolution(session: Session, rows: Sequence[Row]) -> dict[int, Resolution]:
    """What was done on each of these standards, by the standard's id. Five statements."""
    standard_ids = [row[0].id for row in rows]
    objections = _objections(session, standard_ids)
    given = _dispositions(session, standard_ids)
    left = _open(session, standard_ids)
    staters = _names(session, [row[5].membership_id for row in rows if row[5] is not None])
    return {
        standard.id: Resolution(
            outcome=outcome,
            stated_by=staters.get(outcome.membership_id, "") if outcome else "",
            objections=tuple(objections[standard.id]),
            dispositions={**given[standard.id], OPEN: left.get(standard.id, 0)},
        )
        for standard, _version, _unanswered, _sustained, _comments, outcome in rows
    }


def resolved(report: StandardReport, found: Resolution) -> StandardReport:
    """The report of a standard with what was done."""
    outcome = found.outcome
    return replace(
        report,
        outcome=outcome.kind.value if outcome else "",
        outcome_reasons=text.plain(outcome.reasons) if outcome else "",
        stated_by=found.stated_by,
        stated_on=outcome.stated_at.date().isoformat() if outcome else "",
        objections=found.objections,
        dispositions=found.dispositions,
    )


def _dispositions(session: Session, standard_ids: Sequence[int]) -> dict[int, dict[str, int]]:
    """How many readable comments of each standard have each disposition."""
    rows = session.execute(
        select(Comment.standard_id, Disposition.kind, func.count())
        .join(Comment, Comment.id == Disposition.comment_id)
        .where(Comment.standard_id.in_(standard_ids), Comment.state.in_(READABLE))
        .group_by(Comment.standard_id, Disposition.kind)
    )
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for standard_id, kind, count in sorted(rows, key=lambda row: (row[0], row[1].value)):
        found[standard_id][kind.value] = count
    return found


def _open(session: Session, standard_ids: Sequence[int]) -> dict[int, int]:
    """How many comments that have to be resolved nobody has: first ones and suggested changes, objections apart."""
    standing = select(Objection.comment_id).where(Objection.state.in_(STANDING))
    rows = session.execute(
        select(Comment.standard_id, func.count())
        .outerjoin(Disposition, Disposition.comment_id == Comment.id)
        .where(
            *(Comment.standard_id.in_(standard_ids), Comment.state.in_(READABLE), Disposition.comment_id.is_(None)),
            or_(Comment.parent_id.is_(None), Comment.proposed_change != ""),
            Comment.id.not_in(standing),
        )
        .group_by(Comment.standard_id)
    )
    return dict(rows.all())


def _objections(session: Session, standard_ids: Sequence[int]) -> dict[int, list[ObjectionLine]]:
    rows = session.scalars(
        select(Objection)
        .join(Comment, Comment.id == Objection.comment_id)
        .where(Objection.standard_id.in_(standard_ids), Comment.state.in_(READABLE))
        .order_by(Objection.standard_id, Objection.raised_at, Objection.id)
    ).all()
    steps: dict[int, list[StepLine]] = defaultdict(list)
    taken = (
        select(ObjectionStep)
        .options(joinedload(ObjectionStep.membership))
        .where(ObjectionStep.objection_id.in_([objection.id for objection in rows]))
        .order_by(ObjectionStep.id)
    )
    for step in session.scalars(taken):
        steps[step.objection_id].append(_step(step))
    found: dict[int, list[ObjectionLine]] = defaultdict(list)
    for objection in rows:
        line = ObjectionLine(objection.comment_id, objection.state.value, tuple(steps[objection.id]))
        found[objection.standard_id].append(line)
    return found


def _step(step: ObjectionStep) -> StepLine:
    return StepLine(
        step=step.kind.value,
        on=step.taken_at.date().isoformat(),
        by=name_of(step.membership) if step.membership and step.kind not in CONFIDED else "",
        disposition=step.disposition.value if step.disposition else "",
        version=step.version,
        text="" if step.kind in CONFIDED else text.plain(step.text),
    )


def _names(session: Session, membership_ids: Sequence[int]) -> dict[int, str]:
    rows = session.scalars(select(Membership).where(Membership.id.in_(membership_ids)))
    return {member.id: name_of(member) for member in rows}
