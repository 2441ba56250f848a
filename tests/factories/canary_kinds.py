"""Every kind of contribution with a word in each of its text fields. Nothing here commits."""

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions import commitment_updates, positions, versions
from app.models.comments import Comment, Stance
from app.models.commitments import Commitment
from app.models.consultations import Consultation, Membership
from app.models.contributions import Contribution
from app.models.objections import Objection
from app.models.positions import Choice
from app.models.standards import ChangeClass, DutyBearer, Standard
from app.rules.commitments import Update
from app.rules.standards import NewEvidence, Proposal
from tests.factories import amendments, comments, standards

Words = Callable[[str], str]
"""From the name of a field to what stands in it."""


def comment(session: Session, standard: Standard, by: Membership, words: Words) -> Contribution:
    """A comment with another wording."""
    return comments.pending(
        session,
        standard,
        by=by,
        stance=Stance.QUESTION,
        clause="1",
        body=f"A comment with {words('body')} in it.",
        proposed_change=f"shall {words('change')}",
    )


def objection(session: Session, standard: Standard, by: Membership, words: Words) -> Contribution:
    """The reason of an objection, with what would change the objector's mind."""
    consultation = session.get_one(Consultation, standard.consultation_id)
    positions.take(
        session,
        consultation,
        standard,
        by=by,
        choice=Choice.OBJECT,
        reason=f"An objection with {words('reason')} in it.",
        would_change=f"If {words('mind')} were true.",
    )
    raised = select(Objection).where(Objection.membership_id == by.id, Objection.standard_id == standard.id)
    return session.get_one(Comment, session.scalars(raised).one().comment_id)


def proposal(session: Session, standard: Standard, by: Membership, words: Words) -> Contribution:
    """A standard of its own."""
    consultation = session.get_one(Consultation, standard.consultation_id)
    return standards.pending(session, consultation, by=by, text=_text(standards.proposal(), words))


def version(session: Session, standard: Standard, by: Membership, words: Words) -> Contribution:
    """A new version of a standard that everybody can read, by its author."""
    consultation = session.get_one(Consultation, standard.consultation_id)
    present = amendments.text_of(session, standard)
    clauses = (f"{present.clauses[0]} And {words('clause')}.", *present.clauses[1:])
    return versions.write(
        session,
        consultation,
        standard,
        by=by,
        proposal=replace(_text(present, words), clauses=clauses),
        change_class=ChangeClass.SUBSTANTIVE,
        why=f"Because {words('why')}.",
    )


def amendment(session: Session, standard: Standard, by: Membership, words: Words) -> Contribution:
    """Another wording of a clause."""
    text, why = f"A service shall {words('text')}.", f"Because of {words('why')}."
    return amendments.pending(session, standard, by=by, text=text, why=why)


def update(session: Session, standard: Standard, by: Membership, words: Words) -> Contribution:
    """What happened after a promise."""
    consultation = session.get_one(Consultation, standard.consultation_id)
    promise = session.scalars(select(Commitment).where(Commitment.consultation_id == consultation.id)).one()
    written = Update("2025-11", "reported_concern", f"{words('what')} happened.", f"https://example.org/{words('url')}")
    return commitment_updates.send(session, consultation, promise, by=by, update=written)


def _text(begin: Proposal, words: Words) -> Proposal:
    evidence = NewEvidence(
        authors=(f"Ada {words('evidenceauthor')}",),
        title=f"A study of {words('evidencetitle')}",
        year=2020,
        venue=f"Journal of {words('venue')}",
        url=f"https://example.org/{words('evidenceurl')}",
        finding=f"It shows {words('finding')}",
    )
    return replace(
        begin,
        title=f"Title {words('title')}",
        summary=f"About {words('summary')}.",
        clauses=(f"A service shall {words('clause')}.",),
        duty_bearers=(DutyBearer(name=f"Office {words('duty')}", sector="public"),),
        enforcement=f"By {words('enforcement')}.",
        affected=f"Those of {words('affected')}",
        evidence=(evidence,),
    )


KINDS: dict[str, Callable[[Session, Standard, Membership, Words], Contribution]] = {
    "comment": comment,
    "objection": objection,
    "amendment": amendment,
    "version": version,
    "proposal": proposal,
    "update": update,
}
