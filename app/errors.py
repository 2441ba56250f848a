"""What can go wrong on purpose. Doors turn these into answers; nothing below a door knows how."""

from dataclasses import dataclass

from app.language import Message

FORBIDDEN = 403
CONFLICT = 409


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something may not be done: a stable code, a sentence, and the status: 403 by rule, 409 at this moment."""

    code: str
    message: Message
    status: int = FORBIDDEN


class DomainError(Exception):
    """The parent of everything that is refused with a sentence."""


class NotFound(DomainError):
    """It does not exist, or this viewer may not know that it does."""


class Refused(DomainError):
    """A rule says no."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


class Invalid(DomainError):
    """One or more fields hold something that cannot be used; `problems` pairs each with what to do."""

    def __init__(self, field: str, message: Message, *more: tuple[str, Message]) -> None:
        super().__init__(field)
        self.field = field
        self.message = message
        self.problems = [(field, message), *more]


def require(refusal: Refusal | None) -> None:
    """Do nothing when a rule has no objection.

    Raises:
        Refused: the rule's refusal.
    """
    if refusal is not None:
        raise Refused(refusal)
