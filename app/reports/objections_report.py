"""What a summary says of objections and of what was done about them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step on the way of an objection; what was confided to those who decide has no text."""

    step: str
    on: str
    by: str
    disposition: str
    version: int | None
    text: str


@dataclass(frozen=True, slots=True)
class ObjectionLine:
    """An objection whose reason, the comment with this id, everybody can read, and how it was dealt with."""

    id: int
    state: str
    steps: tuple[StepLine, ...]
