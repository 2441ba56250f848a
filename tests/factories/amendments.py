"""Amendments and later versions, waiting or published. Nothing here commits."""

from dataclasses import replace

from sqlalchemy.orm import Session

from app.actions import amendment_positions, amendments, versions
from app.models.amendments import Amendment, AmendmentPosition
from app.models.consultations import Consultation, Membership
from app.models.positions import Choice
from app.models.standards import ChangeClass, Standard, StandardVersion
from app.rules.standards import Proposal
from tests.factories import moderation, people, standards

WORDING = "A police service shall treat a match only as a lead and shall not arrest anybody on it alone."


def pending(
    session: Session,
    standard: Standard,
    *,
    by: Membership | None = None,
    clause: str = "1",
    text: str = WORDING,
    why: str = "People were arrested on a match alone.",
    change_class: ChangeClass = ChangeClass.SUBSTANTIVE,
) -> Amendment:
    """An amendment that waits for review, by a person of its own unless said otherwise."""
    consultation = session.get_one(Consultation, standard.consultation_id)
    return amendments.propose(
        session,
        consultation,
        standard,
        by=by or people.member(session, consultation),
        clause=clause,
        text=text,
        why=why,
        change_class=change_class,
    )


def published(
    session: Session,
    standard: Standard,
    *,
    by: Membership | None = None,
    clause: str = "1",
    text: str = WORDING,
    change_class: ChangeClass = ChangeClass.SUBSTANTIVE,
) -> Amendment:
    """An amendment that everybody can read; it has its number."""
    amendment = pending(session, standard, by=by, clause=clause, text=text, change_class=change_class)
    moderation.decide(session, amendment)
    return amendment


def position(
    session: Session, amendment: Amendment, choice: Choice = Choice.SUPPORT, *, group: str = "scanned"
) -> AmendmentPosition:
    """A position on an amendment, by a person of its own."""
    consultation = session.get_one(Consultation, amendment.consultation_id)
    by = people.member(session, consultation, group=group)
    return amendment_positions.take(session, consultation, amendment, by=by, choice=choice)


def text_of(session: Session, standard: Standard) -> Proposal:
    """The text of a standard in force, as whoever changes it begins with it."""
    current = standards.version_of(session, standard)
    return replace(
        standards.proposal(title=current.title, summary=current.summary),
        clauses=tuple(clause["text"] for clause in current.clauses),
        numbers=tuple(clause["number"] for clause in current.clauses),
    )


def waiting_version(
    session: Session,
    standard: Standard,
    *,
    by: Membership | None = None,
    change_class: ChangeClass = ChangeClass.SUBSTANTIVE,
    clauses: dict[str, str] | None = None,
    added: tuple[str, ...] = (),
) -> StandardVersion:
    """A new version that waits for review: these clauses say something else (nothing: they go), these are new."""
    consultation = session.get_one(Consultation, standard.consultation_id)
    text, changed = text_of(session, standard), clauses or {}
    written = [(changed.get(n, old), n) for n, old in zip(text.numbers, text.clauses, strict=True)]
    kept = [(words, n) for words, n in (*written, *((words, "") for words in added)) if words]
    return versions.write(
        session,
        consultation,
        standard,
        by=by or session.get_one(Membership, standard.membership_id),
        proposal=replace(text, clauses=tuple(w for w, _n in kept), numbers=tuple(n for _w, n in kept)),
        change_class=change_class,
        why="Asked for in the discussion.",
    )


def version(
    session: Session,
    standard: Standard,
    *,
    change_class: ChangeClass = ChangeClass.SUBSTANTIVE,
    clauses: dict[str, str] | None = None,
    added: tuple[str, ...] = (),
) -> StandardVersion:
    """A new version that everybody can read."""
    made = waiting_version(session, standard, change_class=change_class, clauses=clauses, added=added)
    moderation.decide(session, made)
    return made
