"""What is said of promises: findings, what they mean, later events, flags, who enforces one, what it argues from."""

from collections.abc import Mapping

from app.language import Message, _
from app.models.commitments import Binding, CommitmentState, Ending

FINDINGS: Mapping[str, Message] = {
    CommitmentState.UNDER_REVIEW: _("Under review"),
    CommitmentState.IN_FORCE: _("In force"),
    CommitmentState.KEPT: _("Kept"),
    CommitmentState.PARTLY_KEPT: _("Partly kept"),
    CommitmentState.CONTESTED: _("Contested"),
    CommitmentState.DEPARTED_FROM: _("Departed from"),
    CommitmentState.EXPIRED: _("Expired"),
    CommitmentState.FULFILLED: _("Fulfilled"),
    CommitmentState.NOT_ASSESSABLE: _("Cannot be assessed"),
}
MEANINGS: Mapping[str, Message] = {
    CommitmentState.UNDER_REVIEW: _("The panel has not decided."),
    CommitmentState.IN_FORCE: _("A court or regulator can enforce it today."),
    CommitmentState.KEPT: _("Evidence shows it was followed."),
    CommitmentState.PARTLY_KEPT: _("Followed in part, or its scope became narrower."),
    CommitmentState.CONTESTED: _("Credible sources and the company disagree."),
    CommitmentState.DEPARTED_FROM: _("A later act does not fit the words."),
    CommitmentState.EXPIRED: _("The end date passed and nothing replaced it."),
    CommitmentState.FULFILLED: _("Its end condition came true."),
    CommitmentState.NOT_ASSESSABLE: _("The words allow no test."),
}
HAPPENINGS: Mapping[str, Message] = {
    "extended": _("Extended"),
    "narrowed": _("Narrowed"),
    "widened": _("Widened"),
    "implemented": _("Put into practice"),
    "reported_concern": _("Concern reported"),
    "scope_gap_reported": _("Gap in scope reported"),
    "company_reply": _("The company answers"),
    "regulator_view": _("A regulator has spoken"),
    "law_adopted": _("A law was adopted"),
    "related_product": _("A related product"),
    "related_development": _("A related development"),
    "related_policy_changed": _("A related policy changed"),
    "expired": _("The end date passed"),
}
"""What can happen after a promise."""
FLAGS: Mapping[str, Message] = {
    "reported_concern": _("Concern reported"),
    "company_disputes": _("Company disputes it"),
    "extended": _("Extended"),
    "scope_wording_changed": _("Scope worded differently later"),
    "condition_open": _("Condition still open"),
    "scope_gap_reported": _("Gap in scope reported"),
    "implemented_in_product_terms": _("Built into product terms"),
    "regulator_view": _("A regulator has spoken"),
    "related_policy_changed": _("Related policy changed"),
    "related_development_reported": _("Related development reported"),
    "time_limited": _("Ends on a date"),
}
BINDINGS: Mapping[str, Message] = {
    Binding.VOLUNTARY: _("Voluntary"),
    Binding.REGULATOR_ORDER: _("Ordered by a regulator"),
    Binding.COURT_ENFORCEABLE: _("Enforceable in court"),
    Binding.STATUTORY: _("Required by law"),
}
FRAMINGS: Mapping[str, Message] = {
    "human-rights": _("Human rights"),
    "ethics": _("Ethics"),
    "privacy": _("Privacy"),
    "civil-rights": _("Civil rights"),
    "consumer-protection": _("Consumer protection"),
}
ENDINGS: Mapping[str, Message] = {
    Ending.DATE: _("On a date"),
    Ending.CONDITION: _("On a condition"),
    Ending.NONE: _("No end named"),
}
