"""Statements of reasons for the Transparency Database: each fits, and what would not is found."""

from datetime import UTC, date, datetime

import pytest

from app.language import SOURCE, speaking
from app.models.moderation import Action, Reason
from app.rules.transparency import COLUMNS, ENUMERATIONS, LENGTHS, REQUIRED, Restriction, faults, fields_of
from app.rules.words_of_moderation import MEANINGS

ACTIONS = [action for action in Action if action != Action.PUBLISH]


def restriction(action: Action = Action.DECLINE, reason: Reason | None = Reason.OFF_TOPIC, **more) -> Restriction:
    with speaking(SOURCE):
        rule = str(MEANINGS[reason]) if reason else ""
    facts = {
        "puid": "faces-1",
        "content_date": date(2026, 6, 1),
        "application_date": date(2026, 6, 3),
        "language": "en",
        "flagged": False,
        "notified_as_unlawful": False,
        "readers": 1,
    }
    return Restriction(action=action, reason=reason, rule=rule, **{**facts, **more})


@pytest.mark.parametrize("reason", [*Reason, None])
@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("flagged", [True, False])
def test_every_decision_makes_a_statement_without_faults(action: Action, reason: Reason | None, flagged: bool) -> None:
    until = datetime(2026, 7, 1, tzinfo=UTC) if action == Action.SUSPEND else None
    for readers in (1, 2):
        made = restriction(action, reason, flagged=flagged, readers=readers, suspended_until=until)
        fields = fields_of(made)
        assert faults(fields) == []
        assert fields["automated_decision"] == "AUTOMATED_DECISION_NOT_AUTOMATED"
        assert fields["automated_detection"] == "No"
        assert ("decision_account" in fields) == (action == Action.SUSPEND)
        assert ("Two moderators" in fields["decision_facts"]) == (readers == 2)


@pytest.mark.parametrize(
    ("flagged", "unlawful", "expected"),
    [
        (False, False, "SOURCE_VOLUNTARY"),
        (True, False, "SOURCE_TYPE_OTHER_NOTIFICATION"),
        (True, True, "SOURCE_ARTICLE_16"),
    ],
)
def test_where_a_decision_came_from(flagged: bool, unlawful: bool, expected: str) -> None:
    assert fields_of(restriction(flagged=flagged, notified_as_unlawful=unlawful))["source_type"] == expected


def test_an_unlawful_text_is_the_one_ground_in_law() -> None:
    grounds = {reason: fields_of(restriction(reason=reason))["decision_ground"] for reason in Reason}
    unlawful = {reason for reason, ground in grounds.items() if ground == "DECISION_GROUND_ILLEGAL_CONTENT"}
    assert unlawful == {Reason.ILLEGAL}


def test_languages_are_named_by_their_code_alone() -> None:
    assert fields_of(restriction(language="zh-Hans"))["content_language"] == "ZH"


@pytest.mark.parametrize("name", REQUIRED)
def test_a_missing_field_is_found(name: str) -> None:
    fields = fields_of(restriction())
    assert faults({key: value for key, value in fields.items() if key != name}) == [f"{name} is missing"]
    assert f"{name} is missing" in faults({**fields, name: ""})


@pytest.mark.parametrize("name", LENGTHS)
def test_a_text_that_is_too_long_is_found(name: str) -> None:
    fields = fields_of(restriction())
    assert faults({**fields, name: "x" * LENGTHS[name]}) == []
    assert faults({**fields, name: "x" * (LENGTHS[name] + 1)}) == [f"{name} is longer than {LENGTHS[name]}"]


@pytest.mark.parametrize("name", ENUMERATIONS)
def test_a_value_that_the_database_does_not_know_is_found(name: str) -> None:
    fields = fields_of(restriction())
    wrong = ["NO_SUCH"] if isinstance(fields.get(name), list) else "NO_SUCH"
    assert f"{name} cannot be NO_SUCH" in faults({**fields, name: wrong})
    for allowed in sorted(ENUMERATIONS[name]):
        assert not [fault for fault in faults({**fields, name: allowed}) if fault.startswith(f"{name} cannot")]


def test_an_unknown_field_and_a_statement_of_nothing_are_found() -> None:
    fields = fields_of(restriction())
    assert faults({**fields, "author": "Ada"}) == ["author is unknown"]
    without = {key: value for key, value in fields.items() if key != "decision_visibility"}
    assert faults(without) == ["no decision is named"]
    assert faults({**without, "decision_account": "DECISION_ACCOUNT_SUSPENDED"}) == []


@pytest.mark.parametrize("action", [Action.RETURN, Action.REDACT])
def test_another_visibility_says_which(action: Action) -> None:
    fields = fields_of(restriction(action))
    del fields["decision_visibility_other"]
    assert faults(fields) == ["decision_visibility_other is missing"]


@pytest.mark.parametrize(
    ("reason", "name"),
    [
        (Reason.ILLEGAL, "illegal_content_legal_ground"),
        (Reason.ILLEGAL, "illegal_content_explanation"),
        (Reason.THREAT, "incompatible_content_ground"),
        (Reason.THREAT, "incompatible_content_explanation"),
    ],
)
def test_a_ground_without_its_explanation_is_found(reason: Reason, name: str) -> None:
    fields = fields_of(restriction(reason=reason))
    del fields[name]
    assert faults(fields) == [f"{name} is missing"]


def test_every_field_has_its_column() -> None:
    assert len(set(COLUMNS)) == len(COLUMNS)
    assert set(fields_of(restriction(Action.SUSPEND, suspended_until=datetime(2026, 7, 1, tzinfo=UTC)))) < set(COLUMNS)
