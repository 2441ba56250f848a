"""Planning phases: their order, opening and ending one by hand, moving one standard ahead of or behind the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.errors import CONFLICT, Refusal
from app.language import Message, _, ngettext
from app.models.consultations import Consultation, ConsultationState, Phase, PhaseKind
from app.models.standards import Standard
from app.rules.phases import phases_of

SEQUENCE = tuple(PhaseKind)
MOVES = tuple(kind for kind in SEQUENCE if kind != PhaseKind.SUBMIT)
"""Where one standard can be moved: proposing belongs to the consultation as a whole."""
FOLLOWS: Mapping[PhaseKind, tuple[PhaseKind, ...]] = {
    PhaseKind.SECOND_ROUND: (PhaseKind.POSITION,),
    PhaseKind.OUTCOME: (PhaseKind.POSITION, PhaseKind.SECOND_ROUND),
}
"""What has to be over before a phase begins; the others may overlap."""


@dataclass(frozen=True, slots=True)
class Span:
    """A phase as it is planned."""

    kind: PhaseKind
    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class Facts:
    """What is unfinished, in a consultation or in one standard; `unanswered_in` are numbers of standards."""

    unanswered: int = 0
    unanswered_in: tuple[int, ...] = ()
    unresolved: int = 0
    amendments: int = 0
    waiting: int = 0
    not_heard: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Something unfinished before a phase: a block, or a notice; `place` is where it is worked on."""

    code: str
    message: Message
    blocks: bool
    place: str


def spans_of(phases: Sequence[Phase]) -> tuple[Span, ...]:
    """Stored phases as a plan."""
    return tuple(Span(phase.kind, phase.opens_at, phase.closes_at) for phase in phases)


def problems_of_phases(spans: Sequence[Span]) -> list[tuple[str, Message]]:
    """What is wrong with the order of phases: each field with what to do. They may overlap where nothing forbids it."""
    found = [
        (f"{span.kind}-closes_at", _("It has to close after it opens."))
        for span in spans
        if span.closes_at <= span.opens_at
    ]
    planned = {span.kind: span for span in spans}
    earlier: Span | None = None
    for kind in SEQUENCE:
        span = planned.get(kind)
        if span is None:
            continue
        if earlier is not None and span.opens_at < earlier.opens_at:
            found.append((f"{kind}-opens_at", _("It cannot open before the phase above it does.")))
        elif any(before in planned and span.opens_at < planned[before].closes_at for before in FOLLOWS.get(kind, ())):
            found.append((f"{kind}-opens_at", _("It opens when the rounds of positions before it are over.")))
        earlier = span
    return found


def problems_of_rescheduling(
    before: Sequence[Phase], after: Sequence[Span], *, at: datetime
) -> list[tuple[str, Message]]:
    """What may not be planned any more once people take part: the past stays as it was."""
    planned = {span.kind: span for span in after}
    known = {phase.kind: phase for phase in before}
    found: list[tuple[str, Message]] = []
    for phase in before:
        span = planned.get(phase.kind)
        if phase.opens_at > at:
            continue
        if span is None or span.opens_at != phase.opens_at:
            found.append((f"{phase.kind}-opens_at", _("This phase has begun, so its beginning stays.")))
    for span in after:
        old = known.get(span.kind)
        if span.closes_at <= at and (old is None or span.closes_at != old.closes_at):
            found.append((f"{span.kind}-closes_at", _("Enter a time to come. To end a phase at once, use “End now”.")))
        elif span.opens_at < at and (old is None or (old.opens_at > at and span.opens_at != old.opens_at)):
            found.append((f"{span.kind}-opens_at", _("Enter a time to come. To open a phase at once, use “Open now”.")))
    return found


def obstacles(kind: PhaseKind, facts: Facts) -> tuple[Obstacle, ...]:
    """What is unfinished before a phase of this kind begins.

    A standard does not leave resolution with an unanswered objection, and what was sent in time is reviewed first.
    """
    ends = kind in (PhaseKind.SECOND_ROUND, PhaseKind.OUTCOME)
    last = kind == PhaseKind.OUTCOME
    found = (
        (facts.unanswered, Obstacle("unanswered_objections", _unanswered(facts), ends, "objections")),
        (facts.amendments, Obstacle("open_amendments", _amendments(facts), ends, "standards")),
        (facts.unresolved, Obstacle("unresolved_comments", _unresolved(facts), last, "comments")),
        (facts.waiting, Obstacle("waiting_cases", _waiting(facts), last, "moderation")),
        (len(facts.not_heard), Obstacle("not_yet_heard", _unheard(facts), blocks=False, place="overview")),
    )
    listed = [obstacle for count, obstacle in found if count]
    return tuple(sorted(listed, key=lambda obstacle: not obstacle.blocks))


def _unanswered(facts: Facts) -> Message:
    return ngettext("%(num)s objection has no answer.", "%(num)s objections have no answer.", facts.unanswered)


def _amendments(facts: Facts) -> Message:
    return ngettext(
        "%(num)s amendment is neither adopted nor declined.",
        "%(num)s amendments are neither adopted nor declined.",
        facts.amendments,
    )


def _unresolved(facts: Facts) -> Message:
    return ngettext(
        "%(num)s comment with another wording has no disposition.",
        "%(num)s comments with another wording have no disposition.",
        facts.unresolved,
    )


def _waiting(facts: Facts) -> Message:
    return ngettext("%(num)s case waits for moderation.", "%(num)s cases wait for moderation.", facts.waiting)


def _unheard(facts: Facts) -> Message:
    return _("Not yet heard: %(groups)s.", groups=list(facts.not_heard))


def next_kind(phases: Sequence[Phase], at: datetime) -> PhaseKind | None:
    """The phase that begins next, or None when all have begun."""
    coming = [phase for phase in phases if phase.opens_at > at]
    return min(coming, key=lambda phase: (phase.opens_at, SEQUENCE.index(phase.kind))).kind if coming else None


def why_not_begin(
    consultation: Consultation,
    phases: Sequence[Phase],
    kind: PhaseKind,
    facts: Facts,
    *,
    until: datetime | None,
    at: datetime,
) -> Refusal | None:
    """A phase is opened by hand while the consultation is open, in its order, and with nothing unfinished before it."""
    if refusal := why_not_open_now(consultation):
        return refusal
    old = next((phase for phase in phases if phase.kind == kind), None)
    if old is not None and old.opens_at <= at < old.closes_at:
        return Refusal("phase_running", _("This phase is running."), CONFLICT)
    end = until or (old.closes_at if old is not None else None)
    if end is None or end <= at:
        return Refusal("phase_without_end", _("Say until when this phase runs: a time to come."), CONFLICT)
    others = [span for span in spans_of(phases) if span.kind != kind]
    if problems_of_phases([*others, Span(kind, at, end)]):
        sentence = _("Other phases come first. Change their dates, or end them now, and come back to this one.")
        return Refusal("phase_order", sentence, CONFLICT)
    return _blocked(kind, facts)


def why_not_end(consultation: Consultation, phase: Phase | None, *, at: datetime) -> Refusal | None:
    """What runs can be ended."""
    if refusal := why_not_open_now(consultation):
        return refusal
    if phase is None or not phase.opens_at <= at < phase.closes_at:
        return Refusal("phase_not_running", _("This phase is not running."), CONFLICT)
    return None


def why_not_move(
    consultation: Consultation,
    phases: Sequence[Phase],
    standard: Standard,
    kind: PhaseKind,
    facts: Facts,
    *,
    until: datetime | None,
    at: datetime,
) -> Refusal | None:
    """One standard is moved while the consultation is open; a second round needs a first one."""
    if refusal := why_not_open_now(consultation):
        return refusal
    if standard.withdrawn_at is not None:
        return Refusal("standard_withdrawn", _("This standard was withdrawn. Its discussion stays readable."), CONFLICT)
    if kind not in MOVES:
        return Refusal("not_a_move", _("Proposing is open for all standards together or for none."))
    if until is not None and until <= at:
        return Refusal("phase_without_end", _("Say until when this phase runs: a time to come."), CONFLICT)
    own = phases_of(consultation, standard, phases)
    if kind == PhaseKind.SECOND_ROUND and not any(p.kind == PhaseKind.POSITION and p.opens_at <= at for p in own):
        return Refusal(
            "no_first_round", _("A second round needs a first one. Nobody could take a position yet."), CONFLICT
        )
    return _blocked(kind, facts)


def why_not_move_back(consultation: Consultation, standard: Standard) -> Refusal | None:
    """Only what was moved goes back among the others."""
    if refusal := why_not_open_now(consultation):
        return refusal
    if standard.moved_to is None:
        return Refusal("not_moved", _("This standard is in the same phase as the others."), CONFLICT)
    return None


def why_not_open_now(consultation: Consultation) -> Refusal | None:
    """Phases are opened, ended and moved by hand while the consultation is open."""
    if consultation.state != ConsultationState.OPEN:
        sentence = _("The consultation is not open. While it is being prepared, plan its phases by their dates.")
        return Refusal("not_open", sentence, CONFLICT)
    return None


def ahead(phases: Sequence[Phase], kind: PhaseKind, at: datetime) -> bool:
    """Whether a standard in a phase of this kind is ahead of the others, which are in the last phase that has begun."""
    begun = [SEQUENCE.index(phase.kind) for phase in phases if phase.opens_at <= at]
    return SEQUENCE.index(kind) > max(begun, default=-1)


def _blocked(kind: PhaseKind, facts: Facts) -> Refusal | None:
    blocks = [obstacle for obstacle in obstacles(kind, facts) if obstacle.blocks]
    if not blocks:
        return None
    return Refusal(blocks[0].code, _("Not yet. %(first)s", first=blocks[0].message), CONFLICT)
