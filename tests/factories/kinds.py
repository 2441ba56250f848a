"""A contribution of each kind, in whatever words, waiting or readable. Nothing here commits."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from app.actions import comment_edits
from app.models.comments import Comment, CommentText
from app.models.consultations import Consultation, Membership
from app.models.contributions import Contribution
from app.models.flags import Flag
from app.models.moderation import Case
from app.models.objections import Objection
from app.models.standards import SearchTerm, Standard
from tests.factories import amendments, comments, commitments, moderation, objections, standards

WORDS = "Ingrid Sample"
Make = Callable[[Session, Consultation, Standard], Contribution]


def _comment(session: Session, _consultation: Consultation, standard: Standard) -> Contribution:
    return comments.pending(
        session, standard, body=f"Ask **{WORDS}** now.", proposed_change=f"shall ask {WORDS}", clause="1"
    )


def _objection(session: Session, _consultation: Consultation, standard: Standard) -> Contribution:
    made = objections.raised(
        session, standard, reason=f"{WORDS} was stopped.", would_change=f"If {WORDS} agrees.", published=False
    )
    return session.get_one(Comment, made.comment_id)


def _change(session: Session, consultation: Consultation, standard: Standard) -> Contribution:
    """A published comment, and a change of it that waits."""
    comment = comments.published(session, standard, body=f"First {WORDS}.", proposed_change="shall not")
    comments.endorsed(session, comment)
    comments.published(session, standard, reply_to=comment)
    author = session.get_one(Membership, comment.membership_id)
    body = f"Then {WORDS}, twice."
    return comment_edits.edit(session, consultation, comment, by=author, body=body, proposed_change=f"or {WORDS}")


def _proposal(session: Session, consultation: Consultation, _standard: Standard) -> Contribution:
    text = standards.proposal(
        title=f"What {WORDS} asks", summary=f"{WORDS} is heard.", clauses=(f"The court shall hear {WORDS}.",)
    )
    text = replace(text, enforcement=f"{WORDS} may sue.", affected=f"People like {WORDS}")
    return standards.pending(session, consultation, text=text)


def _version(session: Session, _consultation: Consultation, standard: Standard) -> Contribution:
    return amendments.waiting_version(session, standard, clauses={"1": f"They shall hear {WORDS}."})


def _amendment(session: Session, _consultation: Consultation, standard: Standard) -> Contribution:
    return amendments.pending(session, standard, text=f"They shall hear {WORDS}.", why=f"{WORDS} was not heard.")


def _update(session: Session, consultation: Consultation, _standard: Standard) -> Contribution:
    return commitments.sent(session, commitments.registered(session, consultation), what=f"{WORDS} saw it sold.")


WAITING: Mapping[str, Make] = {
    "comment": _comment,
    "objection": _objection,
    "change": _change,
    "proposal": _proposal,
    "version": _version,
    "amendment": _amendment,
    "update": _update,
}
"""Each names a person; whoever decides on it may take the name out."""


def readable(kind: str, session: Session, consultation: Consultation, standard: Standard) -> Contribution:
    """The same, published, with a complaint about it, so that it can be decided on again."""
    item = WAITING[kind](session, consultation, standard)
    moderation.decide(session, item)
    moderation.flagged(session, item)
    return item


def everything_of(session: Session, item: Contribution) -> dict[str, object]:
    """Every column of a contribution and of what hangs on it, but for counters of changes."""
    session.flush()
    session.expire_all()
    rows = {"": [session.get_one(type(item), item.id)]}
    for model in (CommentText, Objection):
        rows[model.__name__] = session.scalars(
            select(model).where(model.comment_id == item.id).order_by(model.id)
        ).all()
    for model in (Case, Flag):
        mine = select(model).where(model.contribution_id == item.id).order_by(model.id)
        rows[model.__name__] = session.scalars(mine).all()
    rows["author"] = [session.get_one(Membership, item.membership_id)]
    if standard_id := getattr(item, "standard_id", None):
        rows["standard"] = [session.get_one(Standard, standard_id)]
        terms = select(SearchTerm).where(SearchTerm.standard_id == standard_id).order_by(SearchTerm.term)
        rows["terms"] = session.scalars(terms).all()
    return {
        f"{name}.{number}.{column.key}": getattr(row, column.key)
        for name, found in rows.items()
        for number, row in enumerate(found)
        for column in inspect(type(row)).column_attrs
        if column.key != "revision"
    }


def words_in(session: Session, item: Contribution) -> list[str]:
    """Where the name stands that was taken out, among what readers may see of a contribution now or later."""
    found = everything_of(session, item)
    return [place for place, value in found.items() if WORDS in str(value) and not place.startswith("Flag.")]
