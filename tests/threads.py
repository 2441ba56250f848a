"""Several at once: each in a thread of its own, let go together; what one of them raises fails the test."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Answer = TypeVar("Answer")
PATIENCE = 60


def together(*acts: Callable[[], Answer]) -> list[Answer]:
    """Start all at the same moment and give their answers in order."""
    gate = threading.Barrier(len(acts))

    def start(act: Callable[[], Answer]) -> Answer:
        gate.wait(PATIENCE)
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result(PATIENCE) for future in [pool.submit(start, act) for act in acts]]


def times(count: int, act: Callable[[int], Answer]) -> list[Answer]:
    """The same act by so many at once, each knowing its number."""
    return together(*(lambda number=number: act(number) for number in range(count)))


def outcome(act: Callable[[], object], *expected: type[Exception]) -> str:
    """`done`, or the name of the expected exception that it raised."""
    try:
        act()
    except expected as error:
        return type(error).__name__
    return "done"


def sorted_outcomes(outcomes: Sequence[str]) -> dict[str, int]:
    """How often each outcome occurred."""
    return {name: list(outcomes).count(name) for name in sorted(set(outcomes))}
