"""The JSON Schema of the exported summary, published beside it.

It describes itself: fields come from the classes of the document. Only what programs rely on is written down here anew,
because it is narrower than a type: codes, counts, and that a group has either its figures or none.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, cast

from app.models.commitments import Binding, CommitmentState, Ending
from app.models.outcomes import OutcomeKind
from app.reports.campaigns_report import CampaignsShown
from app.reports.copies import Copy
from app.reports.document import SCHEMA, Moderation
from app.reports.json_shapes import shape
from app.reports.promises_report import PromiseReport
from app.reports.standard_report import Argument, Positions, StandardReport
from app.rules.consensus import ConsensusState

Schema = dict[str, Any]
REQUIRED = ("schema", "fingerprint", "consultation", "participation", "standards", "moderation")
COUNT: Schema = {"type": "integer", "minimum": 0}
TEXT: Schema = {"type": "string"}


def schema() -> Schema:
    """What every summary.json keeps to. Fields may be added later; none is renamed."""
    told = _properties(Copy)
    campaigns = {**told["campaigns"], "properties": _codes(told["campaigns"]["properties"], {"shown": CampaignsShown})}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Summary of a consultation",
        "type": "object",
        "required": list(REQUIRED),
        "properties": {
            **told,
            "schema": {"const": SCHEMA},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "participation": {"type": "array", "items": _either("people", COUNT)},
            "standards": {"type": "array", "items": _standard()},
            "moderation": _counts(Moderation),
            "commitments": {"type": "array", "items": _commitment()},
            "campaigns": campaigns,
        },
    }


def _properties(kind: type) -> dict[str, Schema]:
    return dict(cast("Mapping[str, Schema]", shape(kind)["properties"]))


def _codes(properties: Mapping[str, Schema], codes: Mapping[str, type[StrEnum]]) -> dict[str, Schema]:
    """The properties, with the codes that each of these may be."""
    return {**properties, **{name: {"enum": [one.value for one in kind]} for name, kind in codes.items()}}


def _counts(kind: type) -> Schema:
    """An object whose every field is a count."""
    told = shape(kind)
    return {**told, "properties": dict.fromkeys(_properties(kind), COUNT)}


def _commitment() -> Schema:
    codes = _codes(_properties(PromiseReport), {"ending": Ending, "binding": Binding, "state": CommitmentState})
    return {**shape(PromiseReport), "properties": codes}


def _standard() -> Schema:
    told = _properties(StandardReport)
    for side in ("arguments_for", "arguments_against"):
        del told[side]
    positions = _counts(Positions)
    reasons = {"type": "array", "items": shape(Argument)}
    told |= {
        "positions": positions,
        "by_group": {"type": "array", "items": _either("positions", positions)},
        "consensus_state": {"enum": [state.value for state in ConsensusState]},
        "outcome": {"enum": ["", *(kind.value for kind in OutcomeKind)]},
        "dispositions": {"type": "object", "additionalProperties": COUNT},
        "arguments": {
            "type": "object",
            "required": ["for", "against"],
            "properties": {"for": reasons, "against": reasons},
        },
    }
    needed = ("number", "title", "version", "clauses", "positions", "by_group", "consensus_state", "explanation")
    return {
        "type": "object",
        "required": [*needed, "minority", "arguments", "comments"],
        "properties": told,
    }


def _either(name: str, inside: Schema) -> Schema:
    """A group with its figure, or suppressed."""
    return {
        "type": "object",
        "required": ["group"],
        "properties": {"group": TEXT, name: inside, "suppressed": {"const": True}},
        "oneOf": [{"required": [name]}, {"required": ["suppressed"]}],
    }
