"""Proposed standards, waiting or published, and positions on them. Nothing here commits."""

import itertools
from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.actions import positions, standards
from app.models.consultations import Consultation, Membership
from app.models.contributions import READABLE
from app.models.moderation import Action
from app.models.positions import Choice, Position
from app.models.standards import Context, DutyBearer, MeasureKind, Standard, StandardVersion
from app.rules.standards import NewEvidence, Proposal
from tests.factories import moderation, people

CLAUSES = (
    "A police service shall treat a match only as a lead.",
    "The police service should publish the number of searches every year.",
)
EVIDENCE = NewEvidence(
    authors=("Joy Buolamwini", "Timnit Gebru"),
    title="Gender Shades",
    year=2018,
    venue="Proceedings of Machine Learning Research 81",
    url="https://proceedings.mlr.press/v81/buolamwini18a.html",
    finding="Error rates up to 34.7% for darker-skinned women",
)
counter = itertools.count(1)


def proposal(
    *,
    title: str = "",
    summary: str = "Nobody is arrested because of a match alone.",
    clauses: Sequence[str] = CLAUSES,
    groundings: Sequence[str] = (),
    affected_groups: Sequence[str] = ("wrongly",),
    evidence: Sequence[NewEvidence] = (EVIDENCE,),
    language: str = "en",
) -> Proposal:
    """A proposal in which nothing is missing but the rights, which need the catalogue."""
    return Proposal(
        title=title or f"A face match is a lead, no. {next(counter)}",
        clauses=tuple(clauses),
        summary=summary,
        measure=MeasureKind.STANDARD,
        context=Context.LAW_ENFORCEMENT,
        groundings=tuple(groundings),
        duty_bearers=(DutyBearer(name="Police services", sector="public"),),
        enforcement_kinds=("court",),
        enforcement="The trial court can exclude the result.",
        affected="People whose picture is searched",
        affected_groups=tuple(affected_groups),
        evidence=tuple(evidence),
        language=language,
    )


def pending(
    session: Session,
    consultation: Consultation,
    *,
    by: Membership | None = None,
    title: str = "",
    text: Proposal | None = None,
) -> StandardVersion:
    """A proposal that waits for review, by a person of its own unless said otherwise."""
    by = by or people.member(session, consultation)
    return standards.propose(session, consultation, by=by, proposal=text or proposal(title=title))


def published(
    session: Session,
    consultation: Consultation,
    *,
    by: Membership | None = None,
    title: str = "",
    text: Proposal | None = None,
) -> Standard:
    """A standard that everybody can read; it has its number."""
    version = pending(session, consultation, by=by, title=title, text=text)
    moderation.decide(session, version)
    return session.get_one(Standard, version.standard_id)


def returned(
    session: Session, consultation: Consultation, *, by: Membership | None = None, title: str = ""
) -> StandardVersion:
    """A proposal that its author is asked to change."""
    version = pending(session, consultation, by=by, title=title)
    moderation.decide(session, version, Action.RETURN)
    return version


def version_of(session: Session, standard: Standard) -> StandardVersion:
    """The text of a standard that is in force."""
    wanted = session.query(StandardVersion).filter_by(standard_id=standard.id, number=standard.version)
    found = wanted.one()
    assert found.state in READABLE
    return found


def position(
    session: Session,
    standard: Standard,
    choice: Choice = Choice.SUPPORT,
    *,
    by: Membership | None = None,
    group: str = "scanned",
    reason: str = "",
) -> Position:
    """A position on a standard; an objection gets a reason."""
    consultation = session.get_one(Consultation, standard.consultation_id)
    by = by or people.member(session, consultation, group=group)
    reason = reason or ("It stops too little." if choice == Choice.OBJECT else "")
    return positions.take(session, consultation, standard, by=by, choice=choice, reason=reason)


def positions_of(session: Session, standard: Standard, group: str, counts: dict[Choice, int]) -> list[Position]:
    """So many positions of each kind, by people of one group."""
    return [position(session, standard, choice, group=group) for choice, count in counts.items() for _ in range(count)]
