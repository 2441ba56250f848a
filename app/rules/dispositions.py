"""What may be said of a comment or an objection: the vocabulary of standards bodies, and what each word of it needs.

A disposition without a reason of at least one sentence says nothing to whoever is answered, so only "accepted" goes
without; what was accepted names the published version that did it.
"""

from collections.abc import Mapping
from datetime import datetime

from app.errors import CONFLICT, Refusal
from app.language import _
from app.models.comments import Comment, CommentType
from app.models.consultations import Membership
from app.models.contributions import READABLE
from app.models.dispositions import DispositionKind
from app.models.objections import ObjectionState
from app.rules.consultations import why_not_chair
from app.rules.objections import STANDING

CHANGING = (DispositionKind.ACCEPTED, DispositionKind.MODIFIED)
"""Those that changed the text."""
ANSWERS = (
    *CHANGING,
    DispositionKind.NOT_ACCEPTED,
    DispositionKind.NOTED,
    DispositionKind.OUT_OF_SCOPE,
    DispositionKind.DEFERRED,
)
"""What an objection can be answered with: it is withdrawn by its objector alone."""
FEWEST_WORDS = 3
FEWEST_CHARACTERS = 6  # of a sentence in a script that has no spaces

Problem = tuple[str, Refusal]
"""The field at fault, and what to do."""


def says_why(reason: str) -> bool:
    """Whether a reason is a sentence rather than a word or two."""
    return len(reason.split()) >= FEWEST_WORDS or (not reason.isascii() and len(reason) >= FEWEST_CHARACTERS)


def problem_with_words(
    kind: DispositionKind,
    reason: str,
    version: int | None,
    published: Mapping[int, datetime],
    *,
    since: datetime | None = None,
) -> Problem | None:
    """What a disposition lacks. `published` are the readable versions by number, with when they were published.

    After an objection was upheld, at `since`, the text has to change: a version newer than that is needed.
    """
    if since is not None and kind not in CHANGING:
        sentence = _("It was upheld, so the text has to change. Answer with the version that changes it.")
        return "disposition", Refusal("change_needed", sentence)
    if kind != DispositionKind.ACCEPTED and not says_why(reason):
        sentence = _("Give the reason in at least one sentence. Whoever wrote it reads it, and so does everybody else.")
        return "reason", Refusal("reason_needed", sentence)
    if kind not in CHANGING:
        return None
    if version is None or version not in published:
        sentence = _("Choose the published version of the text that has the change.")
        return "version", Refusal("version_needed", sentence)
    if since is not None and published[version] < since:
        sentence = _("This version is older than the decision. Choose the one that was made because of it.")
        return "version", Refusal("version_too_old", sentence)
    return None


def problem_with_target(
    kind: DispositionKind, comment: Comment, duplicate_of: Comment | None, deferred_to: str
) -> Problem | None:
    """What a disposition of a comment has to point to: the comment that says the same, or a later version."""
    if kind == DispositionKind.DUPLICATE:
        there = duplicate_of is not None and duplicate_of.state in READABLE
        if not there or duplicate_of is None or duplicate_of.consultation_id != comment.consultation_id:
            sentence = _("Give the number of the comment that says the same. It is the last part of its address.")
            return "duplicate_of", Refusal("duplicate_needed", sentence)
        if duplicate_of.id == comment.id:
            sentence = _("A comment cannot say the same as itself. Give the number of another one.")
            return "duplicate_of", Refusal("own_duplicate", sentence)
    if kind == DispositionKind.DEFERRED and not deferred_to:
        sentence = _("Name the later version or round for which this is kept.")
        return "deferred_to", Refusal("deferral_needed", sentence)
    return None


def needs_disposition(comment: Comment) -> bool:
    """Whether a comment stands on the working table: a readable first comment, or a reply that suggests a change."""
    return comment.state in READABLE and (comment.depth == 0 or bool(comment.proposed_change))


def blocks(comment: Comment) -> bool:
    """Whether the outcome waits for a comment: one that suggests a change and is not merely editorial."""
    return comment.state in READABLE and bool(comment.proposed_change) and comment.type != CommentType.EDITORIAL


def type_of(proposed_change: str, *, wording_only: bool) -> CommentType:
    """What a comment is about: with another wording it is technical unless only the wording changes, else general."""
    if not proposed_change:
        return CommentType.GENERAL
    return CommentType.EDITORIAL if wording_only else CommentType.TECHNICAL


def type_after_edit(before: CommentType, proposed_change: str) -> CommentType:
    """What a comment is about once its author has changed it; whether only the wording changes stays as it was said."""
    return type_of(proposed_change, wording_only=before == CommentType.EDITORIAL)


def why_not_dispose(
    membership: Membership | None, comment: Comment, objection: ObjectionState | None
) -> Refusal | None:
    """The chair and the deputies say what was done with a readable comment; an objection is answered instead."""
    if refusal := why_not_chair(membership):
        return refusal
    if membership is not None and membership.id == comment.membership_id:
        return Refusal("own_comment", _("You cannot resolve your own comment. The chair or another deputy does."))
    if objection in STANDING:
        return Refusal(
            "answer_instead", _("This is the reason of an objection. Answer the objection instead."), CONFLICT
        )
    if not needs_disposition(comment):
        return Refusal("not_on_the_table", _("This comment is not on the table of what has to be resolved."), CONFLICT)
    return None
