"""What a promise and an update must hold, who sits on a panel, when a reminder is due, what happened to the words."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.errors import Refusal
from app.models.commitments import Ending
from app.models.consultations import Consultation, ConsultationState, Membership
from app.rules.commitments import (
    PanelSeat,
    is_when,
    problems_of_promise,
    problems_of_update,
    reminder_due,
    why_not_panel,
    why_not_update,
)
from tests.factories.commitments import PROMISE, UPDATE

NOON = datetime(2026, 6, 10, 12, tzinfo=UTC)
TODAY = NOON.date()


def code(refusal: Refusal | None) -> str | None:
    return refusal.code if refusal else None


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({}, []),
        ({"company": ""}, ["company"]),
        ({"promise": ""}, ["promise"]),
        ({"promise": "x" * 4001}, ["promise"]),
        ({"source": "example.org"}, ["source"]),
        ({"source": "https://example.org/" + "x" * 1000}, ["source"]),
        ({"source": "javascript:alert(1)"}, ["source"]),
        ({"made_on": "June"}, ["made_on"]),
        ({"reference": "new"}, ["reference"]),
        ({"reference": "A b"}, ["reference"]),
        ({"ending": Ending.DATE}, ["ends_on"]),
        ({"ending": Ending.CONDITION}, ["condition"]),
        ({"ending": Ending.CONDITION, "condition": "A law is adopted."}, []),
        ({"framing": "profit", "flags": ("evil",)}, ["framing", "flags"]),
    ],
)
def test_what_a_promise_must_hold(changed: dict[str, object], fields: list[str]) -> None:
    assert [field for field, _message in problems_of_promise(replace(PROMISE, **changed))] == fields


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({}, []),
        ({"happened_on": "2026-06-10"}, []),
        ({"happened_on": "2026-06-11"}, ["happened_on"]),
        ({"happened_on": "2026"}, []),
        ({"event": "scandal"}, ["event"]),
        ({"what": "", "source": ""}, ["what", "source"]),
        ({"what": "x" * 2001}, ["what"]),
        ({"source": "https://example.org/a b"}, ["source"]),
    ],
)
def test_no_claim_without_date_kind_and_source(changed: dict[str, object], fields: list[str]) -> None:
    assert [field for field, _message in problems_of_update(replace(UPDATE, **changed), today=TODAY)] == fields


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2020", True),
        ("2020-06", True),
        ("2020-06-08", True),
        ("2020-13", False),
        ("2020-02-30", False),
        ("0000", False),
        ("20", False),
        ("2020-06-08-01", False),
        ("٢٠٢٠", False),
        ("", False),
    ],
)
def test_a_day_a_month_or_a_year(written: str, expected: bool) -> None:
    assert is_when(written) == expected


A, B, C, NOBODY = PanelSeat("a", True), PanelSeat("b", False), PanelSeat("c", False), PanelSeat(None, True)


@pytest.mark.parametrize(
    ("seats", "expected"),
    [
        ([A, B, C], None),
        ([A, B, C, C], None),
        ([A, B, B, B], "panel_too_narrow"),
        ([A, B, NOBODY], "panel_too_narrow"),
        ([], "panel_too_narrow"),
        ([B, C, PanelSeat("d", False)], "panel_without_affected"),
        ([B, C, PanelSeat("d", False), NOBODY], "panel_without_affected"),
    ],
)
def test_a_panel_has_three_groups_and_affected_people(seats: list[PanelSeat], expected: str | None) -> None:
    assert code(why_not_panel(seats)) == expected


@pytest.mark.parametrize("state", ConsultationState)
def test_members_send_updates_long_after_the_closing(state: ConsultationState) -> None:
    expected = "consultation_not_open" if state == ConsultationState.DRAFT else None
    assert code(why_not_update(Consultation(state=state), Membership(), at=NOON)) == expected
    assert code(why_not_update(Consultation(state=ConsultationState.CLOSED), None, at=NOON)) == "not_joined"


END = date(2026, 8, 31)


@pytest.mark.parametrize(
    ("days_before", "reminded_before", "expected"),
    [
        (61, None, False),
        (60, None, True),
        (40, None, True),
        (59, 60, False),
        (14, 60, True),
        (13, 14, False),
        (1, None, True),
        (0, None, False),
        (-1, 60, False),
    ],
)
def test_reminders_come_sixty_and_fourteen_days_before(
    days_before: int, reminded_before: int | None, expected: bool
) -> None:
    reminded = None if reminded_before is None else END - timedelta(days=reminded_before)
    assert reminder_due(END, reminded, END - timedelta(days=days_before)) == expected
    assert not reminder_due(None, None, TODAY)


def test_every_ending_is_remembered_twice_and_no_more() -> None:
    reminded: date | None = None
    told = []
    for day in (END - timedelta(days=left) for left in range(100, -5, -1)):
        if reminder_due(END, reminded, day):
            reminded = day
            told.append((END - day).days)
    assert told == [60, 14]
