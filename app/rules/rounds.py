"""The second round: limited to the clauses that changed since the first one, and to objections that are still open.

So that a text can settle, nobody reopens what was not changed (domain rule C16, after the recirculation of IEEE SA).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.errors import CONFLICT, Refusal
from app.language import Message, _
from app.models.consultations import Consultation, Phase, PhaseKind
from app.models.standards import Clause, Standard
from app.rules.consultations import running
from app.rules.differences import changed_numbers
from app.rules.phases import first_round_ended_at, phases_of


@dataclass(frozen=True, slots=True)
class PublishedText:
    """A version that everybody can read: its number, when it was published, and its clauses."""

    number: int
    published_at: datetime
    clauses: Sequence[Clause]


@dataclass(frozen=True, slots=True)
class SecondRound:
    """What a second round is about: the clauses that changed since version `since`, up to the text in force.

    `comments` says whether these are limited, too; where the discussion goes on beside it, they are not.
    """

    since: int
    changed: tuple[str, ...]
    comments: bool = True


def second_round(
    consultation: Consultation,
    phases: Sequence[Phase],
    standard: Standard,
    texts: Sequence[PublishedText],
    *,
    at: datetime,
) -> SecondRound | None:
    """The second round that runs on a standard; None where none does, or the text is newer than the first round."""
    own = phases_of(consultation, standard, phases)
    ended = first_round_ended_at(standard, phases)
    current = next((text for text in texts if text.number == standard.version), None)
    if running(own, PhaseKind.SECOND_ROUND, at) is None or ended is None or current is None:
        return None
    before = [text for text in texts if text.published_at <= ended and text.number <= current.number]
    if not before or running(own, PhaseKind.POSITION, at) is not None:
        return None
    base = max(before, key=lambda text: text.number)
    return SecondRound(
        since=base.number,
        changed=changed_numbers(base.clauses, current.clauses),
        comments=running(own, PhaseKind.DISCUSS, at) is None,
    )


def why_not_new_objection(found: SecondRound | None, clause: str, *, standing: bool) -> tuple[str, Message] | None:
    """The field and what to do: a new objection names a changed clause, unless its holder already has one standing."""
    if found is None or standing:
        return None
    return _why_not_clause(found, clause)


def why_not_reason(found: SecondRound | None, clause: str, *, standing: bool) -> tuple[str, Message] | None:
    """The field and what to do: a reason joins the discussion, so it is about a changed clause."""
    if found is None or standing or not found.comments:
        return None
    return _why_not_clause(found, clause)


def why_not_comment_now(
    found: SecondRound | None, clause: str, *, answers: str | None, under_open_objection: bool
) -> Refusal | None:
    """Comments are about a changed clause; replies also go under an open objection. `answers`: the branch's clause."""
    if found is None or not found.comments or under_open_objection:
        return None
    about = clause if answers is None else answers
    if about in found.changed:
        return None
    if not found.changed:
        sentence = _("No clause changed since the first round. You can reply to objections that are still open.")
    else:
        sentence = _(
            "This round is about the clauses that changed: %(clauses)s. You can comment on these, and reply to"
            " objections that are still open.",
            clauses=list(found.changed),
        )
    return Refusal("second_round", sentence, CONFLICT)


def _why_not_clause(found: SecondRound, clause: str) -> tuple[str, Message] | None:
    if clause in found.changed:
        return None
    if not found.changed:
        return "reason", _(
            "No clause changed since the first round, so there is nothing new to object to or to explain."
        )
    return "clause", _(
        "Choose the changed clause that this is about: %(clauses)s.",
        clauses=list(found.changed),
    )
