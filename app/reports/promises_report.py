"""What a summary says of promises."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PromiseEvent:
    """Something that happened after a promise, as it was reported at `source`."""

    date: str
    event: str
    what: str
    source: str


@dataclass(frozen=True, slots=True)
class PromiseReport:
    """A promise in its exact words, what happened since, and what the last panel found; the answer is the company's."""

    reference: str
    company: str
    made_on: str
    promise: str
    scope: str
    exceptions: str
    ending: str
    ends_on: str | None
    condition: str
    binding: str
    framing: str
    flags: tuple[str, ...]
    source: str
    state: str
    found_on: str | None
    panel: tuple[str, ...]
    reasons: str
    company_answer: str
    standards: tuple[int, ...]
    events: tuple[PromiseEvent, ...]
