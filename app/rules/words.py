"""What each code is called on pages, in mails and in reports."""

from collections.abc import Mapping

from app.language import Message, _
from app.models.comments import Stance
from app.models.consultations import Channel, ConsultationState, Identity, PhaseKind, Role
from app.models.contributions import Kind, State
from app.models.moderation import Action, Cause, Reason
from app.models.positions import Choice
from app.models.standards import Context, MeasureKind
from app.rules.consensus import ConsensusState

ROLES: Mapping[str, Message] = {
    Role.PARTICIPANT: _("Participant"),
    Role.MODERATOR: _("Moderator"),
    Role.CHAIR: _("Chair"),
    Role.POLICYMAKER: _("Policymaker"),
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
    "rejected": _("Rejected"),
    "evaluating": _("Being examined"),
}
EVENTS: Mapping[str, Message] = {
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
}
NOTICES: Mapping[str, Message] = {
    "decision": _("A moderator decided on your contribution"),
    "reply": _("Somebody replied to you"),
}
THEMES: Mapping[str, Message] = {
    "access-to-information": _("Access to information"),
    "accessibility": _("Accessibility"),
    "accountability": _("Accountability"),
    "ai-governance": _("AI governance"),
    "algorithmic-bias": _("Algorithmic bias"),
    "anti-torture": _("Freedom from torture"),
    "assembly": _("Assembly"),
    "association": _("Association"),
    "asylum": _("Asylum"),
    "automated-decisions": _("Automated decisions"),
    "biometrics": _("Biometrics"),
    "border": _("Borders"),
    "business": _("Business and human rights"),
    "child-protection-services": _("Child protection services"),
    "children": _("Children"),
    "consent": _("Consent"),
    "consultation": _("Consultation"),
    "consumer": _("Consumers"),
    "corporate-commitments": _("Company promises"),
    "credit-for-work": _("Credit for work"),
    "culture": _("Culture"),
    "data-protection": _("Data protection"),
    "democracy": _("Democracy"),
    "dignity": _("Dignity"),
    "disability": _("Disability"),
    "duties": _("Duties"),
    "education": _("Education"),
    "equality": _("Equality"),
    "expression": _("Freedom of expression"),
    "fair-trial": _("Fair trial"),
    "function-creep": _("Function creep"),
    "gender-equality": _("Gender equality"),
    "good-administration": _("Good administration"),
    "grievance-mechanism": _("Grievance mechanisms"),
    "hate-speech": _("Hate speech"),
    "health": _("Health"),
    "home": _("Home"),
    "housing": _("Housing"),
    "identity": _("Identity"),
    "impact-assessment": _("Impact assessment"),
    "indigenous-peoples": _("Indigenous peoples"),
    "integrity": _("Integrity"),
    "intersectionality": _("Intersectionality"),
    "legal-personality": _("Recognition before the law"),
    "liberty": _("Liberty"),
    "life": _("Life"),
    "limitation-test": _("Limits on rights"),
    "migration": _("Migration"),
    "minorities": _("Minorities"),
    "monitoring": _("Monitoring"),
    "moratorium": _("Moratorium"),
    "movement": _("Freedom of movement"),
    "older-people": _("Older people"),
    "oversight": _("Oversight"),
    "participation": _("Participation"),
    "policing": _("Policing"),
    "presumption-of-innocence": _("Presumption of innocence"),
    "privacy": _("Privacy"),
    "procedural-safeguards": _("Procedural safeguards"),
    "property": _("Property"),
    "proportionality": _("Proportionality"),
    "protest": _("Protest"),
    "public-services": _("Public services"),
    "public-space": _("Public space"),
    "racial-equality": _("Racial equality"),
    "religion": _("Freedom of religion"),
    "remedy": _("Remedy"),
    "retail": _("Retail"),
    "science": _("Science"),
    "sentencing": _("Sentencing"),
    "social-security": _("Social security"),
    "statistics": _("Statistics"),
    "stereotyping": _("Stereotyping"),
    "surveillance": _("Surveillance"),
    "thought": _("Freedom of thought"),
    "transparency": _("Transparency"),
    "welfare": _("Welfare"),
    "work": _("Work"),
    "workplace-monitoring": _("Workplace monitoring"),
}
