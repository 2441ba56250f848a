"""The statement of reasons: what each decision has to say before it can be recorded."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.errors import Refusal
from app.language import _
from app.models.consultations import Identity, Membership
from app.models.contributions import READABLE, Contribution, Kind
from app.models.flags import FlagOutcome
from app.models.moderation import Action, Reason
from app.rules.moderation import REMOVING, RESTRICTING

LONGEST_SUSPENSION = timedelta(days=183)
GISTED = (Kind.COMMENT, Kind.COMMITMENT_UPDATE)
"""Of confidential people the gist of these is published; texts of standards and amendments stand word for word."""
FACTORS = ("context", "speaker", "intent", "content", "extent", "likelihood")
"""The six factors of incitement (Rabat Plan of Action, A/HRC/22/17/Add.4, appendix, paragraph 29)."""
ASK_FIRST = (Reason.OWN_DATA, Reason.UNREADABLE)
LABEL_ONLY = (Reason.UNDISCLOSED_AUTOMATION,)


@dataclass(frozen=True, slots=True)
class Redaction:
    """A passage, word for word as the author wrote it, and the code of what it holds."""

    passage: str
    what: str = "other"


@dataclass(frozen=True, slots=True)
class Statement:
    """What a moderator decides and tells the author.

    `passage` is the one that is meant; `worksheet` has a sentence on each of `FACTORS`; `gist` is published instead of
    the text of confidential people; `content_note` warns readers (None leaves it); `flags` is what becomes of the
    complaints (None follows from the action); `second_reader` asks for one.
    """

    action: Action
    reason: Reason | None = None
    explanation: str = ""
    passage: str = ""
    redactions: tuple[Redaction, ...] = ()
    worksheet: Mapping[str, str] = field(default_factory=dict)
    gist: str = ""
    content_note: str | None = None
    ends_at: datetime | None = None
    flags: FlagOutcome | None = None
    second_reader: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """What a statement is about: the text, its author, and what happened to them before.

    `held` when a moderator keeps the text from readers until the decision; `asked_before` when its author was asked to
    change it; `warned` when its author was warned in this consultation.
    """

    contribution: Contribution
    author: Membership
    held: bool = False
    asked_before: bool = False
    warned: bool = False


Problem = tuple[str, Refusal]


def problem_of(statement: Statement, item: Item, *, at: datetime) -> Problem | None:
    """The field at fault and why: what is missing before the decision can be recorded."""
    return (
        _of_action(statement, item)
        or _of_reason(statement, item)
        or _of_explanation(statement)
        or _of_worksheet(statement)
        or _of_suspension(statement, at)
        or _of_gist(statement, item)
    )


def flags_after(statement: Statement) -> FlagOutcome:
    """What a decision means for the complaints: shared when it restricts, honest but unneeded when it does not."""
    if statement.flags is not None:
        return statement.flags
    return FlagOutcome.SHARED if statement.action in RESTRICTING else FlagOutcome.HONEST


def _of_action(statement: Statement, item: Item) -> Problem | None:
    readable = item.contribution.state in READABLE
    if statement.action == Action.HIDE and not readable and not item.held:
        sentence = _("Only a published text can be hidden. Decline or return this one.")
        return "action", Refusal("not_published", sentence)
    if statement.action == Action.SUSPEND and not item.warned:
        sentence = _("Somebody is suspended only after a warning. Choose “Warn” first.")
        return "action", Refusal("warn_first", sentence)
    if statement.action == Action.REDACT and not statement.redactions:
        sentence = _("Mark the passages that are to be taken out, each as the author wrote it.")
        return "redactions", Refusal("redactions_needed", sentence)
    return None


def _of_reason(statement: Statement, item: Item) -> Problem | None:
    action, reason = statement.action, statement.reason
    if action not in RESTRICTING:
        return None
    if reason is None:
        return "reason", Refusal("reason_needed", _("Choose the reason. The author sees it."))
    if reason in LABEL_ONLY:
        sentence = _("A text written by a machine is labelled, not removed: publish it with a note.")
        return "action", Refusal("label_only", sentence)
    if reason in ASK_FIRST and action != Action.RETURN and not item.asked_before:
        sentence = _("Ask the author first: return the text with your question.")
        return "action", Refusal("ask_first", sentence)
    return None


def _of_explanation(statement: Statement) -> Problem | None:
    if statement.action in RESTRICTING and not statement.explanation:
        return "explanation", Refusal(
            "explanation_needed", _("Explain to the author what is meant and what to change.")
        )
    if statement.action == Action.NOTE and not statement.explanation:
        return "explanation", Refusal("note_needed", _("Write the note that readers see with the text."))
    return None


def _of_worksheet(statement: Statement) -> Problem | None:
    if statement.reason != Reason.INCITEMENT or statement.action not in REMOVING:
        return None
    missing = next((factor for factor in FACTORS if not statement.worksheet.get(factor)), None)
    if missing is None:
        return None
    sentence = _("Incitement is judged by six factors. Write a sentence on each before the text is removed.")
    return missing, Refusal("worksheet_needed", sentence)


def _of_suspension(statement: Statement, at: datetime) -> Problem | None:
    if statement.action != Action.SUSPEND:
        return None
    if statement.ends_at is None or not at < statement.ends_at <= at + LONGEST_SUSPENSION:
        sentence = _("Say until which day, at most six months from now.")
        return "ends_on", Refusal("end_needed", sentence)
    return None


def _of_gist(statement: Statement, item: Item) -> Problem | None:
    if (
        item.contribution.kind in GISTED
        and item.author.identity == Identity.CONFIDENTIAL
        and statement.action in (Action.PUBLISH, Action.NOTE, Action.REDACT)
        and not statement.gist
    ):
        return "gist", Refusal(
            "gist_needed", _("This person takes part confidentially. Write the gist that is published instead.")
        )
    return None
