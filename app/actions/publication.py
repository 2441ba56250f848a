"""What publishing, removing and bringing back mean for each kind of contribution; moderation need know none of them."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.actions import amendments, comments, commitment_updates, in_force, letters, notices, wordings
from app.actions import redactions as redacting
from app.actions.version_texts import hash_of
from app.errors import CONFLICT, Refusal
from app.events import ContributionEdited, record, text_hash
from app.language import _
from app.models.amendments import Amendment, AmendmentOutcome, AmendmentPosition
from app.models.comments import Comment, CommentText, CommentType, Stance
from app.models.commitments import CommitmentUpdate
from app.models.consultations import Membership
from app.models.contributions import READABLE, Contribution, State
from app.models.dispositions import Disposition
from app.models.moderation import Action, Decision
from app.models.objections import Objection, ObjectionStep
from app.models.standards import Standard, StandardVersion
from app.rules.moderation import same_organisation
from app.rules.statements import Redaction

SHORTEST_NAME = 4


def _comment(session: Session, contribution: Contribution, state: State) -> None:
    assert isinstance(contribution, Comment)
    comments.settle(session, contribution, state)


def _version(session: Session, contribution: Contribution, state: State) -> None:
    assert isinstance(contribution, StandardVersion)
    in_force.settle(session, contribution, state)


def _amendment(session: Session, contribution: Contribution, state: State) -> None:
    assert isinstance(contribution, Amendment)
    amendments.settle(session, contribution, state)


def _commitment_update(session: Session, contribution: Contribution, state: State) -> None:
    assert isinstance(contribution, CommitmentUpdate)
    commitment_updates.settle(session, contribution, state)


SETTLE: Mapping[type[Contribution], Callable[[Session, Contribution, State], None]] = {
    Comment: _comment,
    StandardVersion: _version,
    Amendment: _amendment,
    CommitmentUpdate: _commitment_update,
}


def settle(session: Session, contribution: Contribution, state: State) -> None:
    """Put a contribution of any kind into the state that was decided."""
    SETTLE[type(contribution)](session, contribution, state)


def why_not_settle(session: Session, contribution: Contribution, state: State) -> Refusal | None:
    """Why a contribution cannot come into this state now, whatever a moderator thinks of it."""
    if isinstance(contribution, StandardVersion):
        return in_force.why_not_settle(session, contribution, state)
    return None


def redact(session: Session, contribution: Contribution, redactions: tuple[Redaction, ...]) -> None:
    """Take passages out of a text; where everybody could read it, the record says that it changed.

    Raises:
        Invalid: a passage is not in the text.
    """
    changed = redacting.redact(session, contribution, redactions)
    notices.relabel(session, contribution)
    if contribution.state in READABLE and not wordings.change_waits(contribution):
        _note_change(session, contribution)
    for one in changed:
        if one.state in READABLE:
            _note_change(session, one)


def take_away(session: Session, contribution: Contribution) -> None:
    """Hide a text until it is decided on; a change of it that waits keeps waiting."""
    waiting = (contribution.next_body, contribution.next_change) if isinstance(contribution, Comment) else None
    settle(session, contribution, State.HIDDEN)
    if isinstance(contribution, Comment) and waiting is not None:
        contribution.next_body, contribution.next_change = waiting
    session.flush()


def why_not_take_back(session: Session, contribution: Contribution, decision: Decision) -> Refusal | None:
    """Why a publication cannot be undone: others have built on it."""
    before: dict[str, Any] = decision.before
    if contribution.state not in READABLE or before["published_at"] is not None:
        return None
    if isinstance(contribution, StandardVersion):
        sentence = _("A standard that is published stays: others see its number. You can hide it instead.")
        return Refusal("in_force", sentence, CONFLICT)
    if not _built_on(session, contribution):
        return None
    return Refusal("built_on", _("Somebody has answered it in the meantime. You can hide it instead."), CONFLICT)


def bring_back(session: Session, contribution: Contribution, decision: Decision) -> None:
    """Put a text and its state back to what they were before a decision."""
    before: dict[str, Any] = decision.before
    stood, parts = before["stood"], before["parts"]
    if stood is not None and isinstance(contribution, Comment):
        _forget_replacement(session, contribution, stood, since=decision.decided_at)
    elif decision.action == Action.REDACT:
        wordings.put(session, contribution, parts)
    _bring_back_earlier(session, contribution, decision)
    if contribution.state != State(before["state"]):
        settle(session, contribution, State(before["state"]))
    if stood is not None and isinstance(contribution, Comment):
        contribution.next_body, contribution.next_change = parts["body"], parts.get("proposed_change", "")
        contribution.type = CommentType(before.get("type") or contribution.type)
    if before["published_at"] is None:
        contribution.published_at = None
    contribution.settled_at = _moment(before.get("settled_at"))
    if contribution.state in READABLE and (stood is not None or decision.action == Action.REDACT):
        _note_change(session, contribution)
    session.flush()
    if isinstance(contribution, Comment):
        comments.leave(session, contribution)  # its branch is counted anew


def undo_words(session: Session, contribution: Contribution, decision: Decision) -> None:
    """Bring the words back that a decision took out, kept from readers, or put beside a text as a note."""
    before: dict[str, Any] = decision.before
    parts = before.get("parts", {})
    if before.get("stood") is not None and isinstance(contribution, Comment):
        contribution.next_body, contribution.next_change = parts["body"], parts.get("proposed_change", "")
    elif decision.action == Action.REDACT and parts:
        wordings.put(session, contribution, parts)
        _note_change(session, contribution)
    _bring_back_earlier(session, contribution, decision)
    if decision.action == Action.NOTE:
        contribution.note = before.get("note", "")


def opposes_organisation(session: Session, contribution: Contribution, member: Membership) -> bool:
    """Whether a text speaks against what a member's organisation proposed, or names the organisation in objecting."""
    name = (member.organisation or "").casefold()
    if not name or not isinstance(contribution, Comment | Amendment):
        return False
    if isinstance(contribution, Comment) and contribution.stance != Stance.OBJECTS:
        return False
    written = wordings.original_text(session, contribution).casefold()
    if len(name) >= SHORTEST_NAME and name in written:
        return True
    standard = session.get_one(Standard, contribution.standard_id)
    return same_organisation(session.get_one(Membership, standard.membership_id), member)


def _forget_replacement(session: Session, comment: Comment, stood: Mapping[str, str], *, since: datetime) -> None:
    """Let readers see the text that a changed one had replaced."""
    kept = delete(CommentText).where(CommentText.comment_id == comment.id, CommentText.replaced_at >= since)
    comment.edits -= session.execute(kept).rowcount  # type: ignore[attr-defined]
    if comment.body != stood["body"] or comment.proposed_change != stood["proposed_change"]:
        comments.write(comment, stood["body"], stood["proposed_change"])
        letters.index_again(session, comment)


def _bring_back_earlier(session: Session, contribution: Contribution, decision: Decision) -> None:
    """The words that a redaction took out of earlier texts, and of what would change an objector's mind."""
    before: dict[str, Any] = decision.before
    if decision.action == Action.REDACT:
        redacting.put_earlier(session, contribution, before.get("earlier", {}))
        wordings.put_would_change(session, contribution, before.get("parts", {}))


def _built_on(session: Session, contribution: Contribution) -> bool:
    """Whether somebody answered a text, took a position on it, or said what is to become of it."""
    here = contribution.id
    if isinstance(contribution, Comment):
        built = [
            select(Comment.id).where(Comment.parent_id == here),
            select(Disposition.comment_id).where(Disposition.comment_id == here),
            select(ObjectionStep.id)
            .join(Objection, Objection.id == ObjectionStep.objection_id)
            .where(Objection.comment_id == here),
        ]
    else:
        built = [
            select(AmendmentPosition.id).where(AmendmentPosition.amendment_id == here),
            select(Amendment.id).where(Amendment.id == here, Amendment.outcome != AmendmentOutcome.OPEN),
        ]
    return any(session.scalar(one.limit(1)) is not None for one in built)


def _moment(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None


def _note_change(session: Session, contribution: Contribution) -> None:
    hashed = (
        hash_of(contribution)
        if isinstance(contribution, StandardVersion)
        else text_hash(contribution.gist or next(iter(wordings.parts_of(session, contribution).values()), ""))
    )
    event = ContributionEdited(
        consultation_id=contribution.consultation_id, contribution=contribution.id, text_hash=hashed
    )
    record(session, event)
