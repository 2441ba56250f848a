"""Statements of reasons in the field names of the Transparency Database under the EU's Digital Services Act.

Fields, lengths and enumerations are those of the database's interface as published for platforms (its categories since
July 2025), which follows Article 17 of Regulation (EU) 2022/2065. Free texts here are fixed sentences: no words of
authors or moderators, so that no personal data leaves with them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from app.models.moderation import Action, Reason

Fields = dict[str, str | list[str]]

LENGTHS: Mapping[str, int] = {
    "decision_facts": 5000,
    "decision_visibility_other": 500,
    "illegal_content_legal_ground": 500,
    "illegal_content_explanation": 2000,
    "incompatible_content_ground": 500,
    "incompatible_content_explanation": 2000,
    "puid": 500,
}
ENUMERATIONS: Mapping[str, frozenset[str]] = {
    "decision_visibility": frozenset(
        f"DECISION_VISIBILITY_{name}"
        for name in (
            *("CONTENT_REMOVED", "CONTENT_DISABLED", "CONTENT_DEMOTED", "CONTENT_AGE_RESTRICTED"),
            *("CONTENT_INTERACTION_RESTRICTED", "CONTENT_LABELLED", "OTHER"),
        )
    ),
    "decision_account": frozenset(("DECISION_ACCOUNT_SUSPENDED", "DECISION_ACCOUNT_TERMINATED")),
    "decision_ground": frozenset(("DECISION_GROUND_ILLEGAL_CONTENT", "DECISION_GROUND_INCOMPATIBLE_CONTENT")),
    "category": frozenset(
        f"STATEMENT_CATEGORY_{name}"
        for name in (
            *("ANIMAL_WELFARE", "CONSUMER_INFORMATION", "CYBER_VIOLENCE", "CYBER_VIOLENCE_AGAINST_WOMEN"),
            *("DATA_PROTECTION_AND_PRIVACY_VIOLATIONS", "ILLEGAL_OR_HARMFUL_SPEECH", "VIOLENCE"),
            *("INTELLECTUAL_PROPERTY_INFRINGEMENTS", "NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS"),
            *("NOT_SPECIFIED_NOTICE", "OTHER_VIOLATION_TC", "PROTECTION_OF_MINORS", "RISK_FOR_PUBLIC_SECURITY"),
            *("SCAMS_AND_FRAUD", "SELF_HARM", "UNSAFE_AND_PROHIBITED_PRODUCTS"),
        )
    ),
    "content_type": frozenset(
        f"CONTENT_TYPE_{name}"
        for name in ("APP", "AUDIO", "IMAGE", "PRODUCT", "SYNTHETIC_MEDIA", "TEXT", "VIDEO", "OTHER")
    ),
    "source_type": frozenset(
        ("SOURCE_ARTICLE_16", "SOURCE_TRUSTED_FLAGGER", "SOURCE_TYPE_OTHER_NOTIFICATION", "SOURCE_VOLUNTARY")
    ),
    "automated_detection": frozenset(("Yes", "No")),
    "automated_decision": frozenset(f"AUTOMATED_DECISION_{name}" for name in ("FULLY", "PARTIALLY", "NOT_AUTOMATED")),
}
REQUIRED = (
    *("decision_facts", "decision_ground", "category", "content_type", "content_date", "application_date"),
    *("source_type", "automated_detection", "automated_decision", "puid"),
)
GROUNDS: Mapping[str, tuple[str, ...]] = {
    "DECISION_GROUND_ILLEGAL_CONTENT": ("illegal_content_legal_ground", "illegal_content_explanation"),
    "DECISION_GROUND_INCOMPATIBLE_CONTENT": ("incompatible_content_ground", "incompatible_content_explanation"),
}
"""What each ground has to be explained by."""
COLUMNS = (
    *("puid", "decision_visibility", "decision_visibility_other", "decision_account"),
    *("end_date_account_restriction", "decision_facts", "decision_ground", "illegal_content_legal_ground"),
    *("illegal_content_explanation", "incompatible_content_ground", "incompatible_content_explanation"),
    *("category", "content_type", "content_date", "application_date", "content_language", "source_type"),
    *("automated_detection", "automated_decision"),
)
VISIBILITY: Mapping[Action, str] = {
    Action.NOTE: "DECISION_VISIBILITY_CONTENT_LABELLED",
    Action.RETURN: "DECISION_VISIBILITY_OTHER",
    Action.REDACT: "DECISION_VISIBILITY_OTHER",
    Action.DECLINE: "DECISION_VISIBILITY_CONTENT_REMOVED",
    Action.HIDE: "DECISION_VISIBILITY_CONTENT_DISABLED",
    Action.WARN: "DECISION_VISIBILITY_CONTENT_REMOVED",
    Action.SUSPEND: "DECISION_VISIBILITY_CONTENT_REMOVED",
}
OTHER_VISIBILITY: Mapping[Action, str] = {
    Action.RETURN: "Returned to its author, who can change it and send it again.",
    Action.REDACT: "Published without the passages that the reason is about.",
}
CATEGORY: Mapping[Reason, str] = {
    Reason.PERSONAL_DATA: "STATEMENT_CATEGORY_DATA_PROTECTION_AND_PRIVACY_VIOLATIONS",
    Reason.OWN_DATA: "STATEMENT_CATEGORY_DATA_PROTECTION_AND_PRIVACY_VIOLATIONS",
    Reason.HARASSMENT: "STATEMENT_CATEGORY_CYBER_VIOLENCE",
    Reason.THREAT: "STATEMENT_CATEGORY_VIOLENCE",
    Reason.HATE: "STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH",
    Reason.INCITEMENT: "STATEMENT_CATEGORY_VIOLENCE",
    Reason.IMPERSONATION: "STATEMENT_CATEGORY_SCAMS_AND_FRAUD",
    Reason.UNSAFE_LINK: "STATEMENT_CATEGORY_SCAMS_AND_FRAUD",
    Reason.COPYRIGHT: "STATEMENT_CATEGORY_INTELLECTUAL_PROPERTY_INFRINGEMENTS",
    Reason.ILLEGAL: "STATEMENT_CATEGORY_NOT_SPECIFIED_NOTICE",
}
OTHER_CATEGORY = "STATEMENT_CATEGORY_OTHER_VIOLATION_TC"


@dataclass(frozen=True, slots=True)
class Restriction:
    """What is known of one decision that restricts a text. `rule` is the sentence of the house rules on its reason."""

    puid: str
    action: Action
    reason: Reason | None
    rule: str
    content_date: date
    application_date: date
    language: str
    flagged: bool
    notified_as_unlawful: bool
    readers: int
    suspended_until: datetime | None = None


def fields_of(restriction: Restriction) -> Fields:
    """The fields of one statement; what does not apply is absent."""
    made: Fields = {
        "puid": restriction.puid,
        "decision_visibility": [VISIBILITY[restriction.action]],
        "decision_facts": _facts(restriction),
        "category": CATEGORY.get(restriction.reason, OTHER_CATEGORY) if restriction.reason else OTHER_CATEGORY,
        "content_type": ["CONTENT_TYPE_TEXT"],
        "content_date": restriction.content_date.isoformat(),
        "application_date": restriction.application_date.isoformat(),
        "content_language": restriction.language.partition("-")[0].upper(),
        "source_type": _source(restriction),
        "automated_detection": "No",
        "automated_decision": "AUTOMATED_DECISION_NOT_AUTOMATED",
    }
    if restriction.action in OTHER_VISIBILITY:
        made["decision_visibility_other"] = OTHER_VISIBILITY[restriction.action]
    if restriction.suspended_until is not None:
        made["decision_account"] = "DECISION_ACCOUNT_SUSPENDED"
        made["end_date_account_restriction"] = restriction.suspended_until.date().isoformat()
    return made | _ground(restriction)


def faults(fields: Mapping[str, str | list[str]]) -> list[str]:
    """What the database would refuse: a missing or unknown field, a text too long, a value outside its enumeration."""
    found = [f"{name} is missing" for name in REQUIRED if not fields.get(name)]
    found += [f"{name} is unknown" for name in fields if name not in COLUMNS]
    for name, most in LENGTHS.items():
        if len(str(fields.get(name, ""))) > most:
            found.append(f"{name} is longer than {most}")
    for name, allowed in ENUMERATIONS.items():
        value = fields.get(name, [])
        given = value if isinstance(value, list) else [value]
        found += [f"{name} cannot be {one}" for one in given if one not in allowed]
    if not fields.get("decision_visibility") and not fields.get("decision_account"):
        found.append("no decision is named")
    needed = GROUNDS.get(str(fields.get("decision_ground", "")), ())
    found += [f"{name} is missing" for name in needed if not fields.get(name)]
    if "DECISION_VISIBILITY_OTHER" in fields.get("decision_visibility", []) and not fields.get(
        "decision_visibility_other"
    ):
        found.append("decision_visibility_other is missing")
    return found


def _facts(restriction: Restriction) -> str:
    cause = "after a report" if restriction.flagged else "in the review of what is submitted"
    readers = "Two moderators" if restriction.readers > 1 else "A moderator"
    return f"{readers} read the text {cause} and decided. The author was told, with the reason and the way to appeal."


def _source(restriction: Restriction) -> str:
    if restriction.notified_as_unlawful:
        return "SOURCE_ARTICLE_16"
    return "SOURCE_TYPE_OTHER_NOTIFICATION" if restriction.flagged else "SOURCE_VOLUNTARY"


def _ground(restriction: Restriction) -> Fields:
    if restriction.reason == Reason.ILLEGAL:
        return {
            "decision_ground": "DECISION_GROUND_ILLEGAL_CONTENT",
            "illegal_content_legal_ground": "The law named in the notice, as the moderator found it.",
            "illegal_content_explanation": restriction.rule,
        }
    return {
        "decision_ground": "DECISION_GROUND_INCOMPATIBLE_CONTENT",
        "incompatible_content_ground": "House rules of the consultation",
        "incompatible_content_explanation": restriction.rule or "A note by moderation stands beside the text.",
    }
