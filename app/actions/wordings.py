"""The words of a contribution of any kind, part by part: to keep them, to take passages out, to bring them back."""

from collections.abc import Callable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import text
from app.actions import letters, version_texts
from app.models.amendments import Amendment
from app.models.comments import Comment
from app.models.commitments import CommitmentUpdate
from app.models.contributions import READABLE, Contribution
from app.models.objections import Objection
from app.models.standards import Standard, StandardVersion

LABEL = 120
MARKDOWN = ("body", "proposed_change")
Parts = dict[str, str]


def parts_of(session: Session, contribution: Contribution) -> Parts:
    """The words that a decision is about, by the name of their part; of a changed comment those that wait."""
    return READ[type(contribution)](session, contribution)


def put(session: Session, contribution: Contribution, parts: Mapping[str, str]) -> None:
    """Write these parts into a contribution, in the place that `parts_of` reads them from."""
    WRITE[type(contribution)](session, contribution, parts)
    contribution.revision += 1
    session.flush()


def change_waits(contribution: Contribution) -> bool:
    """Whether a changed text waits while readers see the earlier one."""
    return isinstance(contribution, Comment) and contribution.next_body is not None


def standing_text(contribution: Contribution) -> Parts | None:
    """The text that readers see while a changed one waits, or None where none does."""
    if not isinstance(contribution, Comment) or contribution.next_body is None:
        return None
    return {"body": contribution.body, "proposed_change": contribution.proposed_change}


def original_text(session: Session, contribution: Contribution) -> str:
    """The whole text as its author wrote it, for a statement of reasons."""
    if isinstance(contribution, StandardVersion):
        clauses = (f"{clause['number']}. {clause['text']}" for clause in contribution.clauses)
        written = (contribution.enforcement, contribution.affected, contribution.why)
        return _joined(contribution.title, contribution.summary, *clauses, *written)
    if isinstance(contribution, CommitmentUpdate):
        return _joined(contribution.happened_on, contribution.what, contribution.source)
    parts = parts_of(session, contribution)
    if isinstance(contribution, Comment):
        return _joined(parts["body"], parts.get("proposed_change", ""), parts.get("would_change", ""))
    return _joined(*parts.values())


def put_would_change(session: Session, contribution: Contribution, parts: Mapping[str, str]) -> None:
    """Write back what would change an objector's mind, if it is among these parts."""
    objection = session.scalar(select(Objection).where(Objection.comment_id == contribution.id))
    if objection is not None and "would_change" in parts:
        objection.would_change = parts["would_change"]


def _joined(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)


def _comment_parts(session: Session, comment: Contribution) -> Parts:
    assert isinstance(comment, Comment)
    waits = comment.next_body is not None
    parts = {"body": comment.next_body or comment.body}
    if change := comment.next_change if waits else comment.proposed_change:
        parts["proposed_change"] = change
    would_change = session.scalar(select(Objection.would_change).where(Objection.comment_id == comment.id))
    return parts | ({"would_change": would_change} if would_change else {})


def _put_comment(session: Session, comment: Contribution, parts: Mapping[str, str]) -> None:
    assert isinstance(comment, Comment)
    if comment.next_body is not None:
        comment.next_body, comment.next_change = parts["body"], parts.get("proposed_change", "")
    else:
        comment.body, comment.proposed_change = parts["body"], parts.get("proposed_change", "")
        comment.html, comment.label = text.render(comment.body), text.excerpt(comment.body, LABEL)
        letters.index_again(session, comment)
    put_would_change(session, comment, parts)


def _version_parts(_session: Session, version: Contribution) -> Parts:
    assert isinstance(version, StandardVersion)
    named = {name: getattr(version, name) for name in ("title", "summary", "enforcement", "affected", "why")}
    clauses = {f"clause {clause['number']}": clause["text"] for clause in version.clauses}
    return {name: written for name, written in (named | clauses).items() if written}


def _put_version(session: Session, version: Contribution, parts: Mapping[str, str]) -> None:
    assert isinstance(version, StandardVersion)
    for name in ("title", "summary", "enforcement", "affected", "why"):
        setattr(version, name, parts.get(name, ""))
    version.clauses = [
        {**clause, "text": parts.get(f"clause {clause['number']}", clause["text"])} for clause in version.clauses
    ]
    version.label = text.excerpt(version.title, LABEL)
    session.get_one(Standard, version.standard_id).revision += 1
    standard = session.get_one(Standard, version.standard_id)
    if version.state in READABLE and version.number == standard.version:
        version_texts.index(session, [version])


def _amendment_parts(_session: Session, amendment: Contribution) -> Parts:
    assert isinstance(amendment, Amendment)
    named = {"text": amendment.text, "why": amendment.why, "adopted_text": amendment.adopted_text}
    return {name: written for name, written in named.items() if written}


def _put_amendment(session: Session, amendment: Contribution, parts: Mapping[str, str]) -> None:
    assert isinstance(amendment, Amendment)
    amendment.text, amendment.why = parts.get("text", ""), parts.get("why", "")
    amendment.adopted_text = parts.get("adopted_text", "")
    amendment.label = text.excerpt(amendment.text or amendment.why, LABEL)
    session.get_one(Standard, amendment.standard_id).revision += 1


def _update_parts(_session: Session, update: Contribution) -> Parts:
    assert isinstance(update, CommitmentUpdate)
    return {"what": update.what, "source": update.source}


def _put_update(_session: Session, update: Contribution, parts: Mapping[str, str]) -> None:
    assert isinstance(update, CommitmentUpdate)
    update.what, update.source = parts["what"], parts["source"]
    update.label = text.excerpt(update.what, LABEL)


READ: Mapping[type[Contribution], Callable[[Session, Contribution], Parts]] = {
    Comment: _comment_parts,
    StandardVersion: _version_parts,
    Amendment: _amendment_parts,
    CommitmentUpdate: _update_parts,
}
WRITE: Mapping[type[Contribution], Callable[[Session, Contribution, Mapping[str, str]], None]] = {
    Comment: _put_comment,
    StandardVersion: _put_version,
    Amendment: _put_amendment,
    CommitmentUpdate: _put_update,
}
