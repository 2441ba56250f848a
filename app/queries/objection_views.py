"""An objection as one viewer sees it: its reason, every step so far, and what this viewer may do next."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app import text
from app.errors import Refusal
from app.models.comments import Comment
from app.models.consultations import Membership
from app.models.contributions import READABLE, State
from app.models.dispositions import DispositionKind
from app.models.objections import Objection, ObjectionState, ObjectionStep, StepKind
from app.models.outcomes import Outcome
from app.models.standards import Standard, StandardVersion
from app.queries.consultations import Frame
from app.queries.threads import CommentView, name_of, view_of
from app.rules.consultations import CHAIRING_ROLES
from app.rules.objections import (
    CONFIDED,
    DECISIONS,
    Involved,
    reply_until,
    why_not_answer,
    why_not_appeal,
    why_not_decide,
    why_not_mediate,
    why_not_reply,
)

Row = tuple[Objection, Comment, Membership, Standard, StandardVersion, bool]
"""An objection with its reason, its objector, the standard in force, and whether the position counts."""


@dataclass(frozen=True, slots=True)
class StepView:
    """A step as this viewer sees it; `confided` words are for those who decide and those concerned."""

    kind: StepKind
    disposition: DispositionKind | None
    version: int | None
    taken_at: datetime
    by: str
    mine: bool
    words: Markup
    confided: bool


@dataclass(frozen=True, slots=True)
class ObjectionView:
    """An objection with its way so far, and why this viewer may not take the next step."""

    id: int
    state: ObjectionState
    raised_at: datetime
    standard: Standard
    title: str
    comment: CommentView
    readable: bool
    counted: bool
    would_change: Markup
    steps: tuple[StepView, ...]
    reply_until: datetime | None
    why_not_answer: Refusal | None
    why_not_reply: Refusal | None
    why_not_mediate: Refusal | None
    why_not_decide: Refusal | None
    why_not_appeal: Refusal | None

    @property
    def waits_for_moderation(self) -> bool:
        """Whether its reason has still to be read by a moderator."""
        return self.comment.state == State.PENDING

    @property
    def may_act(self) -> bool:
        """Whether this viewer can take any step."""
        rules = (self.why_not_answer, self.why_not_reply, self.why_not_mediate, self.why_not_decide)
        return any(rule is None for rule in (*rules, self.why_not_appeal))


def steps_of(session: Session, rows: Sequence[Row]) -> dict[int, list[ObjectionStep]]:
    """The steps of each objection in order, with who took them. One statement."""
    taken = (
        select(ObjectionStep)
        .options(joinedload(ObjectionStep.membership))
        .where(ObjectionStep.objection_id.in_([row[0].id for row in rows]))
        .order_by(ObjectionStep.id)
    )
    found: dict[int, list[ObjectionStep]] = defaultdict(list)
    for step in session.scalars(taken):
        found[step.objection_id].append(step)
    return found


def with_outcome(session: Session, rows: Sequence[Row]) -> frozenset[int]:
    """The ids of those standards whose outcome is stated. One statement."""
    stated = select(Outcome.standard_id).where(Outcome.standard_id.in_({row[3].id for row in rows}))
    return frozenset(session.scalars(stated))


def involved_in(
    rows: Sequence[Row], steps: Mapping[int, Sequence[ObjectionStep]], stated: frozenset[int]
) -> dict[int, Involved]:
    """Who has a part in each objection, by its id; `stated` are the standards that have their outcome."""
    return {
        objection.id: Involved(
            objector=objector,
            author_id=standard.membership_id,
            adopted_by_id=version.adopted_by_id,
            answered_by=_takers(steps[objection.id], StepKind.ANSWER),
            decided_by=_takers(steps[objection.id], *DECISIONS),
            appealed=any(step.kind == StepKind.APPEAL for step in steps[objection.id]),
            outcome_stated=standard.id in stated,
        )
        for objection, _comment, objector, standard, version, _counted in rows
    }


def _takers(steps: Sequence[ObjectionStep], *kinds: StepKind) -> frozenset[int]:
    return frozenset(step.membership_id or 0 for step in steps if step.kind in kinds)


def views(session: Session, frame: Frame, rows: Sequence[Row]) -> list[ObjectionView]:
    """Each objection as this viewer sees it. Two statements for any number."""
    steps = steps_of(session, rows)
    involved = involved_in(rows, steps, with_outcome(session, rows))
    return [_view(frame, row, steps[row[0].id], involved[row[0].id]) for row in rows]


def _view(frame: Frame, row: Row, steps: Sequence[ObjectionStep], involved: Involved) -> ObjectionView:
    objection, comment, objector, standard, version, counted = row
    me, days = frame.membership, frame.consultation.reply_days
    readable = comment.state in READABLE
    open_words = readable and not comment.gist
    said = open_words or frame.membership_id == objector.id
    confidant = _is_confidant(frame, involved)
    return ObjectionView(
        id=objection.id,
        state=objection.state,
        raised_at=objection.raised_at,
        standard=standard,
        title=version.title,
        comment=view_of(frame, comment, objector, objection.state),
        readable=readable,
        counted=counted,
        would_change=Markup(text.render(objection.would_change)) if said else Markup(),
        steps=tuple(_step_view(frame, step, confidant=confidant) for step in steps),
        reply_until=reply_until(objection, days) if objection.state == ObjectionState.ANSWERED else None,
        why_not_answer=why_not_answer(objection, comment.state, involved, me),
        why_not_reply=why_not_reply(objection, involved, me, reply_days=days, at=frame.at),
        why_not_mediate=why_not_mediate(objection, me),
        why_not_decide=why_not_decide(objection, involved, me, administrator=frame.viewer.administrator),
        why_not_appeal=why_not_appeal(objection, involved, me),
    )


def _is_confidant(frame: Frame, involved: Involved) -> bool:
    """Whether this viewer may read what an objector wrote to those who decide."""
    me = frame.membership
    if me is None:
        return False
    concerned = me.id in (involved.objector.id, *involved.answered_by)
    return concerned or me.role in CHAIRING_ROLES or frame.viewer.administrator


def _step_view(frame: Frame, step: ObjectionStep, *, confidant: bool) -> StepView:
    confided = step.kind in CONFIDED and bool(step.text)
    return StepView(
        kind=step.kind,
        disposition=step.disposition,
        version=step.version,
        taken_at=step.taken_at,
        by=name_of(step.membership) if step.membership else "",
        mine=step.membership_id is not None and step.membership_id == frame.membership_id,
        words=Markup(text.render(step.text)) if confidant or not confided else Markup(),
        confided=confided,
    )
