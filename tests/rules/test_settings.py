"""What can be chosen for a consultation, and what may not change any more once people rely on it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.models.consultations import (
    Consultation,
    ConsultationState,
    Participation,
    Review,
    StakeholderGroup,
    TallyVisibility,
)
from app.rules.groups import (
    NewGroup,
    changes_of_groups,
    problems_of_affectedness,
    problems_of_groups,
    problems_of_removal,
)
from app.rules.settings import (
    Chosen,
    changes_of_settings,
    problems_of_settings,
    problems_once_open,
    suggested_slug,
    why_not_change_settings,
    why_not_set_up,
)

NOON = datetime(2026, 6, 10, 12, tzinfo=UTC)
GOOD = Chosen(
    slug="faces",
    title="Which rules should hold?",
    purpose="",
    language="en",
    asked_by="Ministry",
    answered_by="The minister",
    answer_due=date(2026, 12, 1),
    time_zone="Europe/Berlin",
    opens_at=NOON,
    closes_at=NOON + timedelta(days=60),
    participation=Participation.ANYONE,
    review=Review.BEFORE,
    tallies_visible=TallyVisibility.AFTER_POSITION,
    minimum_group=5,
    minimum_voices=20,
    consensus_percent=75,
    contested_percent=50,
    reply_days=14,
)


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({}, []),
        ({"title": ""}, ["title"]),
        ({"title": "x" * 301}, ["title"]),
        ({"slug": ""}, ["slug"]),
        ({"slug": "New Homes"}, ["slug"]),
        ({"slug": "new"}, ["slug"]),  # the address of setting up
        ({"slug": "a" * 81}, ["slug"]),
        ({"language": "xx"}, ["language"]),
        ({"time_zone": "Europe/Nowhere"}, ["time_zone"]),
        ({"minimum_group": 2}, ["minimum_group"]),
        ({"minimum_group": 3}, []),
        ({"minimum_voices": 0}, ["minimum_voices"]),
        ({"consensus_percent": 50}, ["consensus_percent"]),
        ({"consensus_percent": 101}, ["consensus_percent"]),
        ({"contested_percent": 76}, ["contested_percent"]),
        ({"reply_days": -1, "asked_by": "x" * 201}, ["asked_by", "reply_days"]),
        ({"closes_at": NOON}, ["closes_at"]),
        ({"closes_at": None}, []),
        ({"answer_due": date(2026, 8, 8)}, ["answer_due"]),
        ({"answer_due": date(2026, 8, 9)}, []),
    ],
)
def test_every_wrong_field_is_named(changed: dict[str, object], fields: list[str]) -> None:
    assert [field for field, _message in problems_of_settings(replace(GOOD, **changed))] == fields


def test_the_answer_is_due_after_the_closing_day_there() -> None:
    late = replace(GOOD, closes_at=datetime(2026, 8, 9, 23, tzinfo=UTC), answer_due=date(2026, 8, 9))
    assert [field for field, _message in problems_of_settings(late)] == ["answer_due"]  # it is 10 August in Berlin


@pytest.mark.parametrize(
    ("title", "slug"),
    [("Which rules – should hold?", "which-rules-should-hold"), ("Élan vital", "elan-vital"), ("住房", ""), ("", "")],
)
def test_an_address_is_suggested_from_the_words(title: str, slug: str) -> None:
    assert suggested_slug(title) == slug


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({}, []),
        ({"slug": "other"}, ["slug"]),
        ({"minimum_group": 4}, ["minimum_group"]),
        ({"minimum_group": 6}, []),
        ({"tallies_visible": TallyVisibility.ALWAYS}, ["tallies_visible"]),
        ({"tallies_visible": TallyVisibility.AFTER_CLOSING}, []),
        ({"opens_at": None}, ["opens_at"]),
        ({"title": "Another question", "closes_at": None, "review": Review.AFTER, "consensus_percent": 60}, []),
    ],
)
def test_nothing_that_protects_people_gets_weaker_once_open(changed: dict[str, object], fields: list[str]) -> None:
    stored = Consultation(
        slug="faces", minimum_group=5, tallies_visible=TallyVisibility.AFTER_POSITION, opens_at=GOOD.opens_at
    )
    assert [field for field, _message in problems_once_open(stored, replace(GOOD, **changed))] == fields


@pytest.mark.parametrize("state", ConsultationState)
def test_what_is_closed_stays_as_it_was(state: ConsultationState) -> None:
    refusal = why_not_change_settings(Consultation(state=state))
    assert (refusal is None) == (state in (ConsultationState.DRAFT, ConsultationState.OPEN))


def test_who_sets_up() -> None:
    assert why_not_set_up(administrator=True, chairs=False) is None
    assert why_not_set_up(administrator=False, chairs=True) is None
    assert why_not_set_up(administrator=False, chairs=False)


def test_changes_name_each_setting_before_and_after() -> None:
    later = replace(GOOD, closes_at=NOON + timedelta(days=61), review=Review.AFTER, answer_due=None)
    assert changes_of_settings(GOOD, later) == [
        {"setting": "answer_due", "before": "2026-12-01", "after": ""},
        {
            "setting": "closes_at",
            "before": "2026-08-09 14:00 Europe/Berlin",
            "after": "2026-08-10 14:00 Europe/Berlin",
        },
        {"setting": "review", "before": "before", "after": "after"},
    ]
    assert changes_of_settings(GOOD, GOOD) == []


def stored(key: str, name: str, affected: bool = False) -> StakeholderGroup:
    return StakeholderGroup(key=key, name=name, description="", family="", directly_affected=affected)


def test_groups_are_named_once_and_within_limits() -> None:
    rows = [NewGroup("a", "Tenants"), NewGroup("", ""), NewGroup("", "tenants"), NewGroup("", "x" * 121)]
    found = [field for field, _message in problems_of_groups(rows)]
    assert found == ["groups-1-name", "groups-2-name", "groups-3-name"]
    assert problems_of_groups([]) == []


def test_groups_that_somebody_speaks_from_stay_and_stay_affected() -> None:
    before = [stored("tenants", "Tenants", True), stored("owners", "Owners"), stored("public", "Public", True)]
    after = [NewGroup("tenants", "Renters")]
    assert [field for field, _m in problems_of_removal(before, after, {"tenants", "owners"})] == ["groups"]
    assert problems_of_removal(before, after, {"tenants"}) == []
    assert [f for f, _m in problems_of_affectedness(before, after, {"tenants"})] == ["groups-0-directly_affected"]
    assert problems_of_affectedness(before, after, {"owners"}) == []


def test_changes_of_groups_are_told_one_by_one() -> None:
    before = [stored("tenants", "Tenants"), stored("owners", "Owners", True), stored("public", "Public")]
    after = [NewGroup("tenants", "Renters", directly_affected=True), NewGroup("owners", "Owners"), NewGroup("", "Work")]
    told = [(change["setting"], change["before"], change["after"]) for change in changes_of_groups(before, after)]
    assert told == [
        ("group_added", "", "Work"),
        ("group_described", "Tenants", "Renters"),
        ("group_affected", "", "Renters"),
        ("group_affected", "Owners", ""),
        ("group_removed", "Public", ""),
    ]
