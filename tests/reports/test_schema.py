"""summary.json keeps to the schema that is published beside it."""

import json

import pytest

from app.actions import consultations as chair
from app.reports.formats import FORMATS
from app.reports.gather import gather
from app.reports.schema import schema
from tests.factories import consultations, objections, summaries
from tests.factories.viewers import frame

pytestmark = pytest.mark.usefixtures("stopped_clock")
TYPES = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "null": type(None),
    "boolean": bool,
    "number": float,
}


def faults(value: object, wanted: dict, place: str = "") -> list[str]:
    """Where a value does not keep to a schema: types, constants, choices, minima, required and alternative fields."""
    if "anyOf" in wanted:
        tried = [faults(value, choice, place) for choice in wanted["anyOf"]]
        return [] if [] in tried else min(tried, key=len)
    found = []
    if "type" in wanted:
        names = [wanted["type"]] if isinstance(wanted["type"], str) else wanted["type"]
        if type(value) not in [TYPES[name] for name in names]:
            return [f"{place} is no {names}"]
    if ("const" in wanted and value != wanted["const"]) or ("enum" in wanted and value not in wanted["enum"]):
        found.append(f"{place} is {value!r}")
    if isinstance(value, int) and value < wanted.get("minimum", value):
        found.append(f"{place} is {value}")
    if isinstance(value, list):
        first = wanted.get("prefixItems", [])
        for index, item in enumerate(value):
            inner = first[index] if index < len(first) else wanted.get("items", {})
            found += faults(item, inner or {}, f"{place}[{index}]")
        found += [f"{place} has more than {len(first)}"] if wanted.get("items") is False and value[len(first) :] else []
    if isinstance(value, dict):
        found += [f"{place}.{name} is missing" for name in wanted.get("required", []) if name not in value]
        either = wanted.get("oneOf")
        if either and sum(set(choice["required"]) <= set(value) for choice in either) != 1:
            found.append(f"{place} is not exactly one of {either}")
        known = wanted.get("properties")
        if known is not None and not wanted.get("additionalProperties") and not either:
            found += [f"{place}.{name} is not in the schema" for name in value.keys() - known.keys()]
        for name, inner in value.items():
            rest = wanted.get("additionalProperties", {})
            found += faults(inner, wanted.get("properties", {}).get(name, rest), f"{place}.{name}")
    return found


def exported(session, consultation) -> dict:
    return json.loads(FORMATS["json"].render(gather(session, frame(session, consultation))))


def test_every_summary_keeps_to_the_schema(session):
    told = summaries.told(session)
    empty = consultations.opened(session)
    for consultation in (told, empty):
        assert faults(exported(session, consultation), schema()) == []
    objections.all_answered(session, told)
    chair.close(session, told)
    assert faults(exported(session, told), schema()) == []


def test_the_check_bites(session):
    data = exported(session, summaries.told(session))
    data["standards"][0]["consensus_state"] = "unanimous"
    data["standards"][0]["by_group"][0]["suppressed"] = True
    data["moderation"]["received"] = -1
    del data["standards"][1]["minority"]
    data["participation"][0]["group"] = 7
    assert len(faults(data, schema())) == 5


def test_the_names_that_programs_rely_on_are_there(session):
    data = exported(session, summaries.told(session))
    assert {"schema", "fingerprint", "consultation", "participation", "standards", "moderation"} <= set(data)
    assert {"slug", "title", "state", "opens_at", "closes_at"} <= set(data["consultation"])
    standard = data["standards"][0]
    assert {"for", "against"} == set(standard["arguments"])
    assert {"number", "text"} == set(standard["clauses"][0])
    assert {"support", "support_with_reservations", "abstain", "object", "n"} == set(standard["positions"])
    moderation = {"received", "published", "redacted", "returned", "declined", "hidden", "appeals", "overturned"}
    assert moderation == set(data["moderation"])
