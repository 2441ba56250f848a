"""Taking passages out of a text and of everything that repeats it, and bringing them back."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import text
from app.actions import wordings
from app.errors import Invalid
from app.language import _
from app.models.amendments import Amendment
from app.models.comments import Comment, CommentText
from app.models.contributions import Contribution
from app.models.standards import StandardVersion
from app.rules.redactions import LITTLE, MOST, SHORTEST, kept_share, still_there, taken_out
from app.rules.statements import Redaction


def redact(session: Session, contribution: Contribution, redactions: tuple[Redaction, ...]) -> list[Contribution]:
    """Take passages out of every part, out of earlier texts that readers could see, and out of what is made of it.

    Returns the other contributions that changed: versions and amendments of the same standard.

    Raises:
        Invalid: a passage is not in the text, is too short, or can still be read in another form.
    """
    _check_passages(redactions)
    parts, found = _without(contribution, wordings.parts_of(session, contribution), redactions)
    for redaction in redactions:
        if redaction not in found:
            sentence = _("“%(passage)s” is not in the text. Copy it as it stands there.", passage=redaction.passage)
            raise Invalid("redactions", sentence)
    if left := still_there("\n".join(parts.values()), redactions):
        sentence = _(
            "“%(passage)s” can still be read in another form. Copy each form as it stands in the text, marks included.",
            passage=left.passage,
        )
        raise Invalid("redactions", sentence)
    wordings.put(session, contribution, parts)
    _redact_earlier(session, contribution, redactions)
    return _redact_kin(session, contribution, redactions)


def earlier_texts(session: Session, contribution: Contribution, redactions: tuple[Redaction, ...]) -> dict[str, str]:
    """What a redaction changes elsewhere: earlier texts of a comment by ids, parts of kin by ids and names."""
    if not redactions:
        return {}
    kept = select(CommentText).where(CommentText.comment_id == contribution.id).order_by(CommentText.id)
    texts = {str(earlier.id): earlier.body for earlier in session.scalars(kept)}
    for one in _kin(session, contribution):
        for name, written in wordings.parts_of(session, one).items():
            if taken_out(written, redactions, language=one.language)[1]:
                texts[f"{one.id} {name}"] = written
    return texts


def put_earlier(session: Session, contribution: Contribution, texts: Mapping[str, str]) -> None:
    """Write earlier texts back, as `earlier_texts` read them."""
    for earlier in session.scalars(select(CommentText).where(CommentText.comment_id == contribution.id)):
        earlier.body = texts.get(str(earlier.id), earlier.body)
        earlier.html = text.render(earlier.body)
    for one in _kin(session, contribution):
        mine = {name.partition(" ")[2]: said for name, said in texts.items() if name.startswith(f"{one.id} ")}
        if mine:
            wordings.put(session, one, wordings.parts_of(session, one) | mine)


def _redact_earlier(session: Session, contribution: Contribution, redactions: tuple[Redaction, ...]) -> None:
    """What was taken out of a text is in none of its earlier ones either, nor in the one that it takes the place of."""

    def without(written: str) -> str:
        return taken_out(written, redactions, language=contribution.language, block=True)[0]

    for earlier in session.scalars(select(CommentText).where(CommentText.comment_id == contribution.id)):
        earlier.body = without(earlier.body)
        earlier.html = text.render(earlier.body)
    if isinstance(contribution, Comment) and contribution.next_body is not None:
        contribution.body = without(contribution.body)
        contribution.html = text.render(contribution.body)
        contribution.proposed_change = without(contribution.proposed_change)


def leave_little(session: Session, contribution: Contribution, redactions: tuple[Redaction, ...]) -> bool:
    """Whether passages are so much of a text that taking them out takes the text away."""
    written = " ".join(wordings.parts_of(session, contribution).values())
    return kept_share(written, redactions) < LITTLE


def _check_passages(redactions: tuple[Redaction, ...]) -> None:
    if len(redactions) > MOST:
        raise Invalid("redactions", _("Mark at most %(most)s passages; longer ones hold several words.", most=MOST))
    short = next((one for one in redactions if len(one.passage) < SHORTEST), None)
    if short is not None:
        sentence = _("“%(passage)s” is too short: it would be taken out everywhere.", passage=short.passage)
        raise Invalid("redactions", sentence)


def _without(
    contribution: Contribution, parts: wordings.Parts, redactions: tuple[Redaction, ...]
) -> tuple[wordings.Parts, set[Redaction]]:
    """Parts without the passages, and those that were found."""
    found, left = set[Redaction](), dict[str, str]()
    for name, written in parts.items():
        block = isinstance(contribution, Comment) and name in wordings.MARKDOWN
        left[name], here = taken_out(written, redactions, language=contribution.language, block=block)
        found |= here
    return left, found


def _kin(session: Session, contribution: Contribution) -> list[Contribution]:
    """The other versions of a standard and the amendments to it: they share words."""
    if not isinstance(contribution, StandardVersion | Amendment):
        return []
    versions = select(StandardVersion).where(StandardVersion.standard_id == contribution.standard_id)
    amendments = select(Amendment).where(Amendment.standard_id == contribution.standard_id)
    kin: list[Contribution] = [*session.scalars(versions), *session.scalars(amendments)]
    return [one for one in kin if one.id != contribution.id]


def _redact_kin(session: Session, contribution: Contribution, redactions: tuple[Redaction, ...]) -> list[Contribution]:
    changed = []
    for one in _kin(session, contribution):
        parts, found = _without(one, wordings.parts_of(session, one), redactions)
        if found:
            wordings.put(session, one, parts)
            changed.append(one)
    return changed
