"""Comments, waiting or published. Nothing here commits."""

import itertools

from sqlalchemy.orm import Session

from app.actions import comments, endorsements
from app.models.comments import Comment, Stance
from app.models.consultations import Consultation, Membership
from app.models.moderation import Action, Reason
from app.models.standards import Standard
from tests.factories import moderation, people

counter = itertools.count(1)


def pending(
    session: Session,
    standard: Standard,
    *,
    by: Membership | None = None,
    body: str = "",
    stance: Stance = Stance.NEUTRAL,
    reply_to: Comment | None = None,
    clause: str = "",
    proposed_change: str = "",
    language: str = "en",
) -> Comment:
    """A comment that waits for review, by a person of its own unless said otherwise."""
    consultation = session.get_one(Consultation, standard.consultation_id)
    return comments.post(
        session,
        consultation,
        standard,
        by=by or people.member(session, consultation),
        body=body or f"Who pays when the test is wrong, {next(counter)} times?",
        stance=stance,
        reply_to=reply_to.id if reply_to else None,
        clause=clause,
        proposed_change=proposed_change,
        language=language,
    )


def published(
    session: Session,
    standard: Standard,
    *,
    by: Membership | None = None,
    body: str = "",
    stance: Stance = Stance.NEUTRAL,
    reply_to: Comment | None = None,
    clause: str = "",
    proposed_change: str = "",
    language: str = "en",
    gist: str = "",
) -> Comment:
    """A comment that everybody can read; `gist` is needed for people who take part confidentially."""
    comment = pending(
        session,
        standard,
        by=by,
        body=body,
        stance=stance,
        reply_to=reply_to,
        clause=clause,
        proposed_change=proposed_change,
        language=language,
    )
    moderation.decide(session, comment, gist=gist)
    return comment


def returned(
    session: Session, standard: Standard, *, by: Membership | None = None, body: str = "", explanation: str = ""
) -> Comment:
    """A comment that its author is asked to change."""
    comment = pending(session, standard, by=by, body=body)
    moderation.decide(session, comment, Action.RETURN, explanation=explanation)
    return comment


def declined(
    session: Session,
    standard: Standard,
    *,
    by: Membership | None = None,
    body: str = "",
    reason: Reason = Reason.OFF_TOPIC,
) -> Comment:
    """A comment that was not published."""
    comment = pending(session, standard, by=by, body=body)
    moderation.decide(session, comment, Action.DECLINE, reason=reason)
    return comment


def endorsed(session: Session, comment: Comment, *, by: Membership | None = None, group: str = "public") -> Membership:
    """Let somebody stand behind a comment; returns who did."""
    consultation = session.get_one(Consultation, comment.consultation_id)
    by = by or people.member(session, consultation, group=group)
    endorsements.toggle(session, consultation, comment, by=by)
    return by
