"""What objections, dispositions, outcomes and responses are called."""

from collections.abc import Mapping

from app.language import Message, _
from app.models.comments import CommentType
from app.models.objections import ObjectionState, StepKind

STEPS: Mapping[str, Message] = {
    StepKind.ANSWER: _("Answered"),
    StepKind.SATISFIED: _("The objector is satisfied; the objection is withdrawn"),
    StepKind.NOT_SATISFIED: _("The objector is not satisfied; the objection is sustained"),
    StepKind.NO_REPLY: _("No reply in time; the objection has lapsed"),
    StepKind.MEDIATION: _("Note of a mediation"),
    StepKind.UPHELD: _("Upheld: the text has to change"),
    StepKind.OVERRULED: _("Overruled"),
    StepKind.APPEAL: _("The objector appealed"),
}
NEXT: Mapping[str, Message] = {
    ObjectionState.RAISED: _("Waits for an answer by the chair, a deputy or whoever proposed the standard."),
    ObjectionState.ANSWERED: _("Waits for the objector's reply."),
    ObjectionState.SUSTAINED: _("Waits for a decision by somebody whose decision is not in question."),
    ObjectionState.UPHELD: _("Waits for a version that changes the text, and for an answer that names it."),
    ObjectionState.APPEALED: _("Waits for the decision on the appeal, by somebody who has not decided yet."),
    ObjectionState.OVERRULED: _("Decided. The objector may appeal once; the objection stays in the summary."),
    ObjectionState.WITHDRAWN: _("Settled: the objector has withdrawn it."),
    ObjectionState.LAPSED: _("Settled: the answer found no reply in time."),
}
COMMENT_TYPES: Mapping[str, Message] = {
    CommentType.GENERAL: _("General"),
    CommentType.TECHNICAL: _("On the substance"),
    CommentType.EDITORIAL: _("Only wording"),
}
NOTICES: Mapping[str, Message] = {
    "objection_answered": _("Your objection was answered. Say whether that settles it."),
    "objection_decided": _("A decision was taken on your objection."),
    "objection_lapsed": _("The time to reply to the answer to your objection is over."),
    "objection_mediated": _("A note was added to your objection."),
    "objection_sustained": _("An objector is not satisfied with the answer. Somebody has to decide."),
    "objection_appealed": _("An objector appealed. Somebody who has not decided yet has to."),
    "followed_objection": _("Something happened to an objection to a standard that you follow."),
    "followed_version": _("A standard that you follow has a new text."),
    "followed_outcome": _("The outcome of a standard that you follow was stated."),
    "followed_response": _("The authority answered to a standard that you follow."),
    "response_overdue": _("The promised answer of the authority is overdue."),
    "comment_resolved": _("It was said what was done with your comment."),
}
