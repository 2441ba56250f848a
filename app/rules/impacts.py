"""Impact cards: how grave the harm is that a standard answers to, as each group sees it.

Severity follows Principle 14 of the UN Guiding Principles on Business and Human Rights (how grave, how many, can it be
put right) and is never an average: the graver of scale and reversibility, raised by one where whole groups are hit.
Likelihood is shown beside it and never multiplied into it (Principle 24: the most severe comes first).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median_low

from app.errors import Refusal
from app.language import _
from app.models.consultations import Consultation, Membership, Phase
from app.models.standards import Standard
from app.rules.comments import DISCUSSING
from app.rules.standards import why_not_act_on

LEAST, MOST = 1, 4


@dataclass(frozen=True, slots=True)
class Scores:
    """One person's scores, each from 1 to 4; reversibility 4 cannot be undone; probability None: cannot tell."""

    scale: int
    scope: int
    reversibility: int
    probability: int | None = None

    def __post_init__(self) -> None:
        """Refuse scores that do not exist."""
        known = [self.scale, self.scope, self.reversibility, LEAST if self.probability is None else self.probability]
        if not all(LEAST <= score <= MOST for score in known):
            message = "a score lies between 1 and 4"
            raise ValueError(message)

    @property
    def severity(self) -> int:
        """From 1 to 5: the graver of scale and reversibility, and one more where the scope is the widest."""
        return max(self.scale, self.reversibility) + (self.scope == MOST)


@dataclass(frozen=True, slots=True)
class Spread:
    """The lowest, the middle (of two, the lower) and the highest score that was given."""

    low: int
    middle: int
    high: int


@dataclass(frozen=True, slots=True)
class Card:
    """What several people's scores come to. `unknown` people could not tell how likely it is."""

    people: int
    severity: Spread
    scale: Spread
    scope: Spread
    reversibility: Spread
    probability: Spread | None
    unknown: int


def why_not_score(
    consultation: Consultation,
    phases: Sequence[Phase],
    standard: Standard,
    membership: Membership | None,
    *,
    at: datetime,
) -> Refusal | None:
    """People score while a standard is discussed; harm is not felt by organisations."""
    if refusal := why_not_act_on(consultation, phases, standard, membership, DISCUSSING, at=at):
        return refusal
    if membership is not None and membership.organisation:
        sentence = _("Impacts are scored by people. As an organisation, say in a comment what you have seen.")
        return Refusal("organisation_scores", sentence)
    return None


def card(scores: Sequence[Scores]) -> Card:
    """The card of these people.

    Raises:
        ValueError: there is nobody.
    """
    if not scores:
        message = "a card needs somebody's scores"
        raise ValueError(message)
    told = [one.probability for one in scores if one.probability is not None]
    return Card(
        people=len(scores),
        severity=_spread(one.severity for one in scores),
        scale=_spread(one.scale for one in scores),
        scope=_spread(one.scope for one in scores),
        reversibility=_spread(one.reversibility for one in scores),
        probability=_spread(told) if told else None,
        unknown=len(scores) - len(told),
    )


def _spread(scores: Iterable[int]) -> Spread:
    ordered = sorted(scores)
    return Spread(ordered[0], median_low(ordered), ordered[-1])
