"""The JSON Schema of the exported summary, published beside it."""

from collections.abc import Mapping

from app.models.commitments import Binding, CommitmentState, Ending
from app.models.outcomes import OutcomeKind
from app.reports.campaigns_report import CampaignsShown
from app.reports.document import SCHEMA
from app.rules.consensus import ConsensusState

COUNT = {"type": "integer", "minimum": 0}
TEXT = {"type": "string"}
MAYBE_TEXT = {"type": ["string", "null"]}
POSITIONS = {
    "type": "object",
    "required": ["support", "support_with_reservations", "abstain", "object", "n"],
    "properties": {
        "support": COUNT,
        "support_with_reservations": COUNT,
        "abstain": COUNT,
        "object": COUNT,
        "n": COUNT,
    },
}

RESOLUTION: dict[str, object] = {
    "outcome": {"enum": ["", *(kind.value for kind in OutcomeKind)]},
    "outcome_reasons": TEXT,
    "stated_by": TEXT,
    "stated_on": TEXT,
    "objections": {"type": "array"},
    "versions": {"type": "array"},
    "dispositions": {"type": "object", "additionalProperties": COUNT},
}

MODERATION = ("received", "published", "redacted", "returned", "declined", "hidden", "appeals", "overturned")
CAMPAIGNS = {
    "type": "object",
    "required": ["shown", "campaigns", "letters", "people", "organisations"],
    "properties": {"shown": {"enum": [shown.value for shown in CampaignsShown]}},
    "additionalProperties": COUNT,
}


CORRECTION = {
    "type": "object",
    "required": ["fingerprint", "texts"],
    "properties": {"fingerprint": TEXT, "texts": COUNT},
}


def schema() -> dict[str, object]:
    """What every summary.json keeps to. Fields may be added later; none is renamed."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Summary of a consultation",
        "type": "object",
        "required": ["schema", "fingerprint", "consultation", "participation", "standards", "moderation"],
        "properties": {
            "schema": {"const": SCHEMA},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "consultation": {
                "type": "object",
                "required": ["slug", "title", "state", "opens_at", "closes_at"],
                "properties": {
                    "slug": TEXT,
                    "title": TEXT,
                    "state": TEXT,
                    "opens_at": MAYBE_TEXT,
                    "closes_at": MAYBE_TEXT,
                },
            },
            "participation": {"type": "array", "items": _either("people", COUNT)},
            "standards": {"type": "array", "items": _standard()},
            "moderation": {
                "type": "object",
                "required": list(MODERATION),
                "additionalProperties": COUNT,
            },
            "commitments": {"type": "array", "items": _commitment()},
            "campaigns": CAMPAIGNS,
            "corrections": {"type": "array", "items": CORRECTION},
            "part": {"type": ["object", "null"]},
        },
    }


def _commitment() -> dict[str, object]:
    return {
        "type": "object",
        "required": ["reference", "company", "made_on", "promise", "scope", "ending", "binding", "state", "events"],
        "properties": {
            "reference": TEXT,
            "company": TEXT,
            "made_on": TEXT,
            "promise": TEXT,
            "scope": TEXT,
            "ending": {"enum": [ending.value for ending in Ending]},
            "ends_on": MAYBE_TEXT,
            "binding": {"enum": [binding.value for binding in Binding]},
            "state": {"enum": [state.value for state in CommitmentState]},
            "events": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["date", "event", "what", "source"],
                    "properties": {"date": TEXT, "event": TEXT, "what": TEXT, "source": TEXT},
                },
            },
        },
    }


def _standard() -> dict[str, object]:
    clause = {"type": "object", "required": ["number", "text"], "properties": {"number": TEXT, "text": TEXT}}
    return {
        "type": "object",
        "required": [
            "number",
            "title",
            "version",
            "clauses",
            "positions",
            "by_group",
            "consensus_state",
            "explanation",
            "minority",
            "arguments",
            "comments",
        ],
        "properties": {
            "number": COUNT,
            "title": TEXT,
            "version": COUNT,
            "clauses": {"type": "array", "items": clause},
            "positions": POSITIONS,
            "by_group": {"type": "array", "items": _either("positions", POSITIONS)},
            "consensus_state": {"enum": [state.value for state in ConsensusState]},
            "explanation": TEXT,
            "minority": {"type": "array"},
            "arguments": {
                "type": "object",
                "required": ["for", "against"],
                "properties": {"for": {"type": "array"}, "against": {"type": "array"}},
            },
            "comments": {"type": "array"},
            **RESOLUTION,
        },
    }


def _either(name: str, shape: Mapping[str, object]) -> dict[str, object]:
    """A group with its figure, or suppressed."""
    return {
        "type": "object",
        "required": ["group"],
        "properties": {"group": TEXT, name: shape, "suppressed": {"const": True}},
        "oneOf": [{"required": [name]}, {"required": ["suppressed"]}],
    }
