"""What each code is called on pages, in mails and in reports."""

from collections.abc import Mapping

from app.language import Message, _
from app.models.comments import Stance
from app.models.consultations import Channel, ConsultationState, Identity, PhaseKind, Role
from app.models.contributions import Kind, State
from app.models.dispositions import DispositionKind
from app.models.moderation import Action, Cause, Reason
from app.models.outcomes import OutcomeKind
from app.models.positions import Choice
from app.models.standards import ChangeClass, Context, MeasureKind
from app.rules import (
    team,
    words_of_impacts,
    words_of_marks,
    words_of_moderation,
    words_of_promises,
    words_of_resolution,
    words_of_rights,
    words_of_settings,
    words_of_summaries,
    words_of_texts,
)
from app.rules.consensus import ConsensusState

THEMES = words_of_rights.THEMES
ASKERS, RUN_STEPS, RUN_ERRORS = words_of_summaries.ASKERS, words_of_summaries.STEPS, words_of_summaries.ERRORS
IMPACTS = words_of_impacts.IMPACTS
MARKS, CAUTIONS = words_of_marks.MARKS, words_of_marks.CAUTIONS
REORGANISATIONS = words_of_texts.REORGANISATIONS
STEPS, NEXT_STEPS = words_of_resolution.STEPS, words_of_resolution.NEXT
COMMENT_TYPES = words_of_resolution.COMMENT_TYPES
OF_SETTINGS = words_of_settings
OF_TEAM = team.DUTIES
OF_PROMISES = words_of_promises
OF_MODERATION = words_of_moderation
ROLES: Mapping[str, Message] = {
    Role.PARTICIPANT: _("Participant"),
    Role.MODERATOR: _("Moderator"),
    Role.CHAIR: _("Chair"),
    Role.POLICYMAKER: _("Policymaker"),
    Role.DEPUTY: _("Deputy chair"),
}
CONSULTATION_STATES: Mapping[str, Message] = {
    ConsultationState.DRAFT: _("Being prepared"),
    ConsultationState.OPEN: _("Open"),
    ConsultationState.CLOSED: _("Closed"),
    ConsultationState.RESPONDED: _("Answered"),
}
PHASES: Mapping[str, Message] = {
    PhaseKind.SUBMIT: _("Propose standards"),
    PhaseKind.DISCUSS: _("Discuss"),
    PhaseKind.POSITION: _("Take positions"),
    PhaseKind.RESOLVE: _("Settle the text"),
    PhaseKind.SECOND_ROUND: _("Second round"),
    PhaseKind.OUTCOME: _("Answer with reasons"),
}
IDENTITIES: Mapping[str, Message] = {
    Identity.NAMED: _("Under a name"),
    Identity.PSEUDONYM: _("Under a pseudonym"),
    Identity.CONFIDENTIAL: _("Confidentially"),
}
CHANNELS: Mapping[str, Message] = {
    Channel.WEB: _("On this site"),
    Channel.PHONE: _("Given by phone"),
    Channel.PAPER: _("Given on paper"),
    Channel.WORKSHOP: _("Given at a workshop"),
    Channel.IMPORT: _("Imported"),
}
KINDS: Mapping[str, Message] = {
    Kind.STANDARD_VERSION: _("Standard"),
    Kind.AMENDMENT: _("Amendment"),
    Kind.COMMENT: _("Comment"),
    Kind.COMMITMENT_UPDATE: _("Update to a commitment"),
}
STATES: Mapping[str, Message] = {
    State.PENDING: _("Waiting for review"),
    State.PUBLISHED: _("Published"),
    State.REDACTED: _("Published with redactions"),
    State.RETURNED: _("Returned to you"),
    State.DECLINED: _("Declined"),
    State.HIDDEN: _("Hidden"),
    State.WITHDRAWN: _("Withdrawn"),
}
STANCES: Mapping[str, Message] = {
    Stance.SUPPORTS: _("Supports"),
    Stance.OBJECTS: _("Objects"),
    Stance.NEUTRAL: _("Neutral"),
    Stance.QUESTION: _("Asks"),
}
CHOICES: Mapping[str, Message] = {
    Choice.SUPPORT: _("Support"),
    Choice.RESERVATIONS: _("Support with reservations"),
    Choice.ABSTAIN: _("Abstain"),
    Choice.OBJECT: _("Object"),
}
MEASURES: Mapping[str, Message] = {
    MeasureKind.STANDARD: _("A standard"),
    MeasureKind.MORATORIUM: _("A moratorium"),
    MeasureKind.DISCLOSURE: _("A duty to disclose"),
    MeasureKind.INVESTMENT: _("An investment"),
    MeasureKind.REMEDY: _("A remedy"),
    MeasureKind.OTHER: _("Another measure"),
}
CONTEXTS: Mapping[str, Message] = {
    Context.LAW_ENFORCEMENT: _("Policing"),
    Context.PUBLIC_SPACE: _("Public space"),
    Context.PROCUREMENT: _("Public buying"),
    Context.HOUSING: _("Housing"),
    Context.WELFARE: _("Welfare"),
    Context.SENTENCING: _("Courts"),
    Context.BORDER: _("Borders"),
    Context.WORKPLACE: _("Work"),
    Context.COMMITMENTS: _("Company promises"),
    Context.STANDARD_SETTING: _("Setting standards"),
    Context.OTHER: _("Elsewhere"),
}
SECTORS: Mapping[str, Message] = {
    "public": _("Public bodies"),
    "business": _("Businesses"),
    "both": _("Public bodies and businesses"),
}
ENFORCEMENT_KINDS: Mapping[str, Message] = {
    "court": _("A court"),
    "complaint": _("A complaint procedure"),
    "inquiry": _("An inquiry"),
    "urgent-procedure": _("An urgent procedure"),
    "reporting": _("Regular reporting"),
    "peer-review": _("Review by other states"),
    "expert-communication": _("A letter to independent experts"),
    "inter-state": _("A complaint by another state"),
    "supervision": _("Supervision"),
    "regulator": _("A regulator"),
    "ombudsman": _("An ombudsperson"),
    "national-body": _("A national body"),
    "company-mechanism": _("A company's own procedure"),
    "mediation": _("Mediation"),
}
CONSENSUS: Mapping[str, Message] = {
    ConsensusState.TOO_EARLY: _("Too early to say"),
    ConsensusState.NOT_YET_HEARD: _("Not yet heard"),
    ConsensusState.CONSENSUS: _("Consensus"),
    ConsensusState.SUPPORTED_WITH_RECORDED_OBJECTION: _("Supported, with a recorded objection"),
    ConsensusState.CONTESTED: _("Contested"),
    ConsensusState.NO_CONSENSUS: _("No consensus"),
    ConsensusState.WITHDRAWN: _("Withdrawn"),
}
ACTIONS: Mapping[str, Message] = {
    Action.PUBLISH: _("Publish"),
    Action.NOTE: _("Publish with a note"),
    Action.RETURN: _("Return to the author"),
    Action.REDACT: _("Publish with redactions"),
    Action.DECLINE: _("Decline"),
    Action.HIDE: _("Hide"),
    Action.WARN: _("Warn"),
    Action.SUSPEND: _("Suspend"),
}
CAUSES: Mapping[str, Message] = {
    Cause.REVIEW: _("Review"),
    Cause.FIRST: _("First contribution"),
    Cause.EDITED: _("Edited"),
    Cause.RESUBMITTED: _("Sent again"),
    Cause.FLAGGED: _("Flagged"),
}
REASONS: Mapping[str, Message] = {
    Reason.OFF_TOPIC: _("Off topic"),
    Reason.ADVERTISING: _("Advertising"),
    Reason.DUPLICATE: _("The same text again"),
    Reason.PERSONAL_DATA: _("Personal data of others"),
    Reason.OWN_DATA: _("Own sensitive data"),
    Reason.PERSONAL_ATTACK: _("Personal attack"),
    Reason.HARASSMENT: _("Harassment"),
    Reason.THREAT: _("Threat"),
    Reason.HATE: _("Hateful generalisation"),
    Reason.INCITEMENT: _("Incitement"),
    Reason.IMPERSONATION: _("Suspected impersonation"),
    Reason.FALSELY_ATTRIBUTED: _("Falsely attributed"),
    Reason.UNDISCLOSED_AUTOMATION: _("Undisclosed automation"),
    Reason.CONFIDENTIAL: _("Confidential or before a court"),
    Reason.UNSAFE_LINK: _("Unsafe link"),
    Reason.COPYRIGHT: _("Copyright"),
    Reason.ILLEGAL: _("Notice of illegal content"),
    Reason.UNREADABLE: _("Unreadable"),
}
RESPONSES: Mapping[str, Message] = {
    "accepted": _("Accepted"),
    "accepted_in_part": _("Accepted in part"),
    "rejected": _("Rejected"),
    "evaluating": _("Being examined"),
}
EVENTS: Mapping[str, Message] = {
    **words_of_moderation.EVENTS,
    "ConsultationCreated": _("The consultation was set up"),
    "ConsultationOpened": _("The consultation was opened"),
    "ConsultationClosed": _("The consultation was closed"),
    "MemberJoined": _("Somebody joined"),
    "RoleGiven": _("Somebody was given a role"),
    "ContributionReceived": _("A contribution was received"),
    "ContributionPublished": _("A contribution was published"),
    "ContributionEdited": _("A contribution was edited"),
    "ContributionWithdrawn": _("A contribution was withdrawn by its author"),
    "ContributionEndorsed": _("A contribution was endorsed"),
    "EndorsementTakenBack": _("An endorsement was taken back"),
    "DecisionTaken": _("A moderator decided"),
    "PositionTaken": _("A position was taken or changed"),
    "PositionWithdrawn": _("A position was withdrawn"),
    "SettingsChanged": _("The chair changed settings"),
    "StandardMoved": _("A standard was moved to another phase"),
    "MemberInvited": _("Somebody was invited to a role"),
    "InvitationWithdrawn": _("An invitation was taken back"),
    "AmendmentPositionTaken": _("A position on an amendment was taken or changed"),
    "AmendmentPositionWithdrawn": _("A position on an amendment was withdrawn"),
    "AmendmentAdopted": _("An amendment was adopted"),
    "AmendmentDeclined": _("An amendment was declined"),
    "AmendmentPromoted": _("An amendment was proposed as a standard of its own"),
    "ReorganisationProposed": _("A merger, split or withdrawal was proposed"),
    "ReorganisationAnswered": _("A supporter answered to a merger, split or withdrawal"),
    "ReorganisationEnded": _("A merger, split or withdrawal came to its end"),
    "ObjectionMoved": _("An objection took a step"),
    "DispositionGiven": _("A comment was resolved"),
    "OutcomeStated": _("The outcome of a standard was stated"),
    "ResponsePublished": _("The authority responded"),
    "ResponseOverdue": _("A response became overdue"),
    "ConsultationAnswered": _("Every outcome has its response"),
    "ImpactScored": _("Somebody scored an impact"),
    "CommitmentRegistered": _("A promise was entered"),
    "CommitmentReworded": _("A promise was worded differently"),
    "CommitmentFound": _("A panel found how a promise stands"),
    "CommitmentEnding": _("A promise is about to end"),
    "CampaignMoved": _("A moderator decided about near-identical letters"),
    "SummaryMade": _("A version of the summary was stored"),
}
NOTICES: Mapping[str, Message] = {
    "decision": _("A moderator decided on your contribution"),
    "reply": _("Somebody replied to you"),
    "text_changed": _("The text has changed since you took a position. Please confirm or change it."),
    "amendment": _("Your amendment was decided"),
    "opening_blocked": _("Your consultation could not open by itself: something is left to prepare"),
    "commitment_ending": _("A promise comes to its end"),
    "closing_blocked": _("Your consultation could not close by itself: something is unfinished"),
    "reorganisation": _("A standard that you support is to be merged, split or withdrawn. Do you agree?"),
    "reorganised": _("What you were asked about a standard that you support has come to its end"),
    **words_of_resolution.NOTICES,
    **words_of_moderation.NOTICES,
}

DISPOSITIONS: Mapping[str, Message] = {
    DispositionKind.ACCEPTED: _("Accepted"),
    DispositionKind.MODIFIED: _("Accepted with modification"),
    DispositionKind.NOT_ACCEPTED: _("Not accepted"),
    DispositionKind.NOTED: _("Noted"),
    DispositionKind.DUPLICATE: _("Says the same as another comment"),
    DispositionKind.OUT_OF_SCOPE: _("Out of scope"),
    DispositionKind.DEFERRED: _("Kept for a later version"),
    DispositionKind.WITHDRAWN: _("Withdrawn"),
}
OUTCOMES: Mapping[str, Message] = {
    OutcomeKind.ADOPTED: _("Adopted"),
    OutcomeKind.ADOPTED_IN_PART: _("Adopted in part"),
    OutcomeKind.NOT_ADOPTED: _("Not adopted"),
}
CHANGE_CLASSES: Mapping[str, Message] = {
    ChangeClass.EDITORIAL: _("Editorial: the meaning stays"),
    ChangeClass.SUBSTANTIVE: _("Substantive: the meaning changes"),
    ChangeClass.NEW_REQUIREMENT: _("A new requirement"),
}
