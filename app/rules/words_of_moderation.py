"""The words of moderation: what each reason means, how to mend a text, and what a statement of reasons begins with."""

from collections.abc import Mapping

from app.language import Message, _
from app.models.appeals import AppealOutcome
from app.models.flags import FlagOutcome
from app.models.moderation import Action, Reason, Standing
from app.rules.redactions import WHAT

REMOVED = WHAT
MEANINGS: Mapping[str, Message] = {
    Reason.OFF_TOPIC: _("It has nothing to do with this consultation. Disagreeing with its question is on topic."),
    Reason.ADVERTISING: _("It sells something."),
    Reason.DUPLICATE: _(
        "You have already said the same here. The same text from different people counts for each of them."
    ),
    Reason.PERSONAL_DATA: _(
        "It says who or where another private person is, or how to reach them. We ask you to take that out; your point"
        " stays."
    ),
    Reason.OWN_DATA: _("It tells more about yourself than may be safe for you. We ask you first."),
    Reason.PERSONAL_ATTACK: _("It is about a person in the discussion, not about the argument."),
    Reason.HARASSMENT: _("It goes after the same person again and again, or calls on others to do so."),
    Reason.THREAT: _("It threatens somebody."),
    Reason.HATE: _("It says that people are worth less because of what they are."),
    Reason.INCITEMENT: _("It calls for violence or discrimination."),
    Reason.IMPERSONATION: _("Somebody seems to speak in another's name. We ask for proof first."),
    Reason.FALSELY_ATTRIBUTED: _("It puts words into the mouth of a person, an organisation or a source."),
    Reason.UNDISCLOSED_AUTOMATION: _(
        "A program wrote and sent it without saying so. It gets a label and is not removed for this."
    ),
    Reason.CONFIDENTIAL: _("It gives away what a court or a law keeps secret."),
    Reason.UNSAFE_LINK: _("It leads to a page that deceives or harms."),
    Reason.COPYRIGHT: _("It copies a work beyond what quoting allows."),
    Reason.ILLEGAL: _("Somebody sent a notice that it breaks a law, and they were right."),
    Reason.UNREADABLE: _("Nobody can tell what it says. We ask you."),
}
FLAGGING: Mapping[str, Message] = {
    **MEANINGS,
    Reason.DUPLICATE: _("The same person has already said the same here. The same text from others is no reason."),
    Reason.OWN_DATA: _("Its author tells more about themselves than may be safe for them."),
    Reason.PERSONAL_DATA: _("It says who or where a private person is, or how to reach them."),
    Reason.FALSELY_ATTRIBUTED: _("It says that I, or somebody else, said what was never said."),
    Reason.UNDISCLOSED_AUTOMATION: _("A program wrote and sent it without saying so. It gets a label."),
    Reason.IMPERSONATION: _("Somebody speaks in another's name."),
    Reason.ILLEGAL: _("It breaks a law. Say which one and why, as well as you can."),
    Reason.UNREADABLE: _("Nobody can tell what it says."),
}
"""What each reason means to somebody who reports a text."""
FIXES: Mapping[str, Message] = {
    Reason.OFF_TOPIC: _("Say which standard or clause it is about, and what you would change there."),
    Reason.ADVERTISING: _("Leave out what is for sale. What you know about the subject is welcome."),
    Reason.DUPLICATE: _("Change your earlier text if you want to add something."),
    Reason.PERSONAL_DATA: _("Write “a neighbour” or “an officer”, and leave out names, addresses and numbers."),
    Reason.OWN_DATA: _(
        "Leave out what could be used against you, or take part confidentially: then we publish a gist."
    ),
    Reason.PERSONAL_ATTACK: _("Say what is wrong with the argument and leave out the person."),
    Reason.HARASSMENT: _("Leave the person out of it. Your point about the standard is welcome."),
    Reason.THREAT: _("Say what you demand, without saying what will happen to somebody."),
    Reason.HATE: _("Say who did what, and leave out what you think of a whole group of people."),
    Reason.INCITEMENT: _("Say what should change, without calling for harm to anybody."),
    Reason.IMPERSONATION: _("Write under your own name or pseudonym, or show us that you may speak for them."),
    Reason.FALSELY_ATTRIBUTED: _("Name the source with its address, or leave the quotation out."),
    Reason.UNDISCLOSED_AUTOMATION: _("Say in the text that a program wrote it."),
    Reason.CONFIDENTIAL: _("Leave out what the court or the law keeps secret. What is public stays."),
    Reason.UNSAFE_LINK: _("Leave the address out, or name the source in words."),
    Reason.COPYRIGHT: _("Quote a sentence and name the source."),
    Reason.ILLEGAL: _("Leave out the passage that is meant. Ask for advice if you think that it is lawful."),
    Reason.UNREADABLE: _("Write it once more, in any language. Short is fine."),
}
BEGINNINGS: Mapping[str, Message] = {
    Action.RETURN: _("We would like to publish this. Please change the passage below and send it again."),
    Action.REDACT: _("We published your text and took out the passages below. Your point is unchanged."),
    Action.DECLINE: _("We did not publish this, because of the passage below."),
    Action.HIDE: _("We took this from readers, because of the passage below."),
    Action.WARN: _("We took this text away. If it happens again, you may be suspended for some time."),
    Action.SUSPEND: _("You were warned before. You cannot write here until the day below."),
}
NEVER: tuple[Message, ...] = (
    _("anger at an institution, or criticism of the police"),
    _("dialect, grammar or spelling, or being written in another language"),
    _("a pseudonym"),
    _("quoting abuse that the author suffered"),
    _("being in the minority"),
    _("being long"),
)
FACTORS: Mapping[str, Message] = {
    "context": _("Context: what is going on where it is said?"),
    "speaker": _("Speaker: who says it, and what standing do they have?"),
    "intent": _("Intent: is harm wanted, or is something reported or quoted?"),
    "content": _("Content and form: how direct is the call?"),
    "extent": _("Extent: how many people does it reach?"),
    "likelihood": _("Likelihood: how probable, and how near, is harm?"),
}
FLAG_OUTCOMES: Mapping[str, Message] = {
    FlagOutcome.OPEN: _("A moderator has not decided yet."),
    FlagOutcome.SHARED: _("A moderator saw it as you did."),
    FlagOutcome.HONEST: _("A moderator left the text as it is. Your report was honest, and costs you nothing."),
    FlagOutcome.TAKEN_BACK: _("Its author took the text back before a moderator decided."),
    FlagOutcome.MISUSED: _("A moderator left the text as it is, and found that the report was meant to harm."),
}
FLAGS_SETTLED: Mapping[str, Message] = {
    FlagOutcome.SHARED: _("They are right"),
    FlagOutcome.HONEST: _("Honest, but not needed: it costs nothing"),
    FlagOutcome.MISUSED: _("Meant to harm: such reports weigh less from now on"),
}
APPEAL_OUTCOMES: Mapping[str, Message] = {
    AppealOutcome.STANDS: _("The decision stands"),
    AppealOutcome.PARTLY: _("In part: something milder takes its place"),
    AppealOutcome.OVERTURNED: _("The decision falls: the text returns in its place"),
}
STANDINGS: Mapping[str, Message] = {
    Standing.PROPOSED: _("Proposed: a second person reads it"),
    Standing.SHARED: _("Proposed, and shared by the second reader"),
    Standing.NOT_SHARED: _("Proposed, and not shared by the second reader"),
    Standing.UNDONE: _("Undone"),
    Standing.REPLACED: _("Replaced later"),
}
NOTICES: Mapping[str, Message] = {
    "decision_undone": _("A decision on your contribution was taken back; it is read again"),
    "held": _("Your contribution is hidden until a moderator has decided on it, within a day"),
    "flag_outcome": _("What you reported was decided"),
    "answered_text_removed": _("A text that you answered was removed by moderation"),
    "text_returned": _("A text of which you heard that it was removed is readable again"),
    "second_reader": _("A case waits for a second reader"),
    "nobody_else": _("Nobody of a team may decide a case or hear an appeal. You can step in"),
    "alarm": _("Several reports say that a text endangers somebody"),
    "appeal_sent": _("An appeal waits for somebody who took no part in the decision"),
    "appeal_decided": _("Your appeal was decided"),
    "case_late": _("A case is late: it should have been decided by now"),
    "appeal_late": _("An appeal is late: it should have been decided by now"),
}
EVENTS: Mapping[str, Message] = {
    "DecisionProposed": _("A first reader proposed a decision; a second one reads"),
    "DecisionUndone": _("A moderator took a decision back"),
    "DecisionsTakenTogether": _("A moderator decided several cases together"),
    "ContributionHeld": _("A moderator hid a text until it is decided on"),
    "ContributionFlagged": _("Somebody flagged a text"),
    "AppealSent": _("An author appealed"),
    "AppealDecided": _("An appeal was decided"),
    "CaseLate": _("A case was late, and the team was told"),
    "AppealLate": _("An appeal was late, and was passed on"),
    "OriginalDeleted": _("The original of a redacted text was deleted"),
}


def beginning(action: Action, reason: Reason | None) -> str:
    """What a statement of reasons begins with, in the language being spoken: what was done, and why."""
    if action not in BEGINNINGS:
        return ""
    sentences = [str(BEGINNINGS[action])]
    if reason is not None:
        sentences.append(str(MEANINGS[reason]))
    return " ".join(sentences)
