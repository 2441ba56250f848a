"""What an action must answer: `with refused("case_closed"):` or `with invalid("reason"):`."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from app.errors import CONFLICT, FORBIDDEN, Invalid, Refused


@contextmanager
def refused(code: str, status: int = CONFLICT) -> Iterator[None]:
    """The block is refused by the rule with this code."""
    with pytest.raises(Refused) as caught:
        yield
    assert (caught.value.refusal.code, caught.value.refusal.status) == (code, status)


def forbidden(code: str):
    """The block is refused to this person, whenever they try."""
    return refused(code, FORBIDDEN)


@contextmanager
def invalid(*fields: str) -> Iterator[None]:
    """The block is refused because of these fields, each named with a sentence."""
    with pytest.raises(Invalid) as caught:
        yield
    assert [field for field, _message in caught.value.problems] == list(fields)
    assert all(str(message) for _field, message in caught.value.problems)
