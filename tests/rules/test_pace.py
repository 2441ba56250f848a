"""A break in time: after many decisions, sooner after distressing ones, never because of others."""

from datetime import UTC, datetime, timedelta

import pytest

from app.rules.pace import MANY, MANY_DISTRESSING, WHILE, time_for_a_break

NOON = datetime(2026, 6, 10, 12, tzinfo=UTC)


def suggestion(count: int, *, distressing: int = 0, ago: timedelta = timedelta(minutes=5)) -> str:
    decided = [(NOON - ago, number < distressing) for number in range(count)]
    return str(time_for_a_break(decided, at=NOON) or "")


@pytest.mark.parametrize(("count", "expected"), [(0, False), (MANY - 1, False), (MANY, True), (MANY + 40, True)])
def test_many_decisions_in_a_row_ask_for_a_break(count: int, expected: bool) -> None:
    assert ("take ten minutes" in suggestion(count)) == expected


@pytest.mark.parametrize(
    ("distressing", "expected"), [(0, False), (MANY_DISTRESSING - 1, False), (MANY_DISTRESSING, True)]
)
def test_distressing_texts_ask_for_one_sooner(distressing: int, expected: bool) -> None:
    assert ("distressing" in suggestion(MANY_DISTRESSING, distressing=distressing)) == expected


def test_after_many_and_distressing_ones_the_distressing_count() -> None:
    assert "distressing" in suggestion(MANY, distressing=MANY_DISTRESSING)


def test_only_the_last_while_counts() -> None:
    assert suggestion(MANY, ago=WHILE)
    assert not suggestion(MANY, ago=WHILE + timedelta(seconds=1))
    assert not suggestion(MANY, ago=-timedelta(seconds=1))  # what is to come
    assert time_for_a_break([], at=NOON) is None
