"""How comments and objections were dealt with, and what the chair stated, for a summary."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
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
from app.reports.document import CommentLine, StandardReport
from app.reports.objections_report import ObjectionLine, StepLine
from app.rules.objections import CONFIDED, STANDING

OPEN = "open"
"""How comments are counted that nobody has resolved."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """What was done with one standard's comments and objections, and its outcome with who stated it."""

    outcome: Outcome | None
    stated_by: str
    objections: tuple[ObjectionLine, ...]
    standing: frozenset[int]
    dispositions: Mapping[int, str]


def gather_resolution(session: Session, rows: Sequence[Row]) -> dict[int, Resolution]:
    """What was done on each of these standards, by the standard's id. Four statements."""
    standard_ids = [row[0].id for row in rows]
    objections = _objections(session, standard_ids)
    given = _dispositions(session, standard_ids)
    staters = _names(session, [row[5].membership_id for row in rows if row[5] is not None])
    return {
        standard.id: Resolution(
            outcome=outcome,
            stated_by=staters.get(outcome.membership_id, "") if outcome else "",
            objections=tuple(objections[standard.id]),
            standing=frozenset(line.id for line in objections[standard.id] if line.state in STANDING),
            dispositions=given[standard.id],
        )
        for standard, _version, _unanswered, _sustained, _comments, outcome in rows
    }


def resolved(report: StandardReport, found: Resolution) -> StandardReport:
    """The report of a standard with what was done."""
    outcome = found.outcome
    return replace(
        report,
        comments=tuple(replace(line, disposition=found.dispositions.get(line.id, "")) for line in report.comments),
        outcome=outcome.kind.value if outcome else "",
        outcome_reasons=text.plain(outcome.reasons) if outcome else "",
        stated_by=found.stated_by,
        stated_on=outcome.stated_at.date().isoformat() if outcome else "",
        objections=found.objections,
        dispositions=_counts(report.comments, found),
    )


def _counts(comments: Sequence[CommentLine], found: Resolution) -> dict[str, int]:
    """How many comments each disposition has, and how many that have to be resolved are still open."""
    counts = Counter(found.dispositions[line.id] for line in comments if line.id in found.dispositions)
    open_ones = [
        line
        for line in comments
        if (line.reply_to is None or line.proposed_change)
        and line.id not in found.dispositions
        and line.id not in found.standing
    ]
    return {**dict(sorted(counts.items())), OPEN: len(open_ones)}


def _dispositions(session: Session, standard_ids: Sequence[int]) -> dict[int, dict[int, str]]:
    rows = session.execute(
        select(Comment.standard_id, Disposition.comment_id, Disposition.kind)
        .join(Comment, Comment.id == Disposition.comment_id)
        .where(Comment.standard_id.in_(standard_ids), Comment.state.in_(READABLE))
    )
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for standard_id, comment_id, kind in rows:
        found[standard_id][comment_id] = kind.value
    return found


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
