"""The bulk twin of proposing: standards with one version and one clause each, dated as they were."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app import text
from app.actions import version_texts
from app.actions.version_texts import LABEL
from app.db import public_id
from app.events import ContributionPublished, ContributionReceived, Event, record_history
from app.models.consultations import Channel, Consultation
from app.models.contributions import READABLE, Kind, State
from app.models.moderation import Case, Cause
from app.models.standards import MeasureKind, Standard, StandardVersion
from app.rules.moderation import due_at


@dataclass(frozen=True, slots=True)
class NewStandard:
    """A proposal from elsewhere. Its text becomes the one clause and is never cut.

    `reference` is its identifier in the imported file, `version_reference` the one of its text among all contributions.
    `response` is the authority's answer; `supports` is a figure, never positions.
    """

    reference: str
    version_reference: str
    membership_id: int
    title: str
    text: str
    language: str
    created_at: datetime
    state: State = State.PUBLISHED
    supports: int | None = None
    response: str = ""
    response_text: str = ""
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A stored standard: its id, and its number if it is published."""

    id: int
    number: int | None

    @property
    def subject(self) -> str:
        """How the record names it."""
        return f"standard {self.number}"


def store(session: Session, consultation: Consultation, new: Sequence[NewStandard]) -> None:
    """Store standards in the order in which they are numbered; only the published ones get a number and are found."""
    if not new:
        return
    numbers = _numbers(consultation, new)
    rows = [_standard_row(consultation, standard, number) for standard, number in zip(new, numbers, strict=True)]
    inserted = insert(Standard).returning(Standard.id, sort_by_parameter_order=True)
    ids = session.scalars(inserted, rows).all()
    versions = [_version_row(consultation, standard, i) for standard, i in zip(new, ids, strict=True)]
    session.execute(insert(StandardVersion), versions)
    waiting = [_case_row(consultation, row) for row in versions if row["state"] == State.PENDING]
    if waiting:
        session.execute(insert(Case), waiting)
    texts = [_text(consultation, standard, i) for standard, i in zip(new, ids, strict=True)]
    version_texts.index(session, [text for text, one in zip(texts, new, strict=True) if one.state in READABLE])
    record_history(session, consultation.id, _events(consultation, versions, numbers, texts))
    session.flush()


def places(session: Session, consultation: Consultation, references: Collection[str]) -> dict[str, Place]:
    """Where the standards with these references are."""
    wanted = select(Standard.reference, Standard.id, Standard.number).where(
        Standard.consultation_id == consultation.id, Standard.reference.in_(set(references))
    )
    return {ref: Place(found_id, number) for ref, found_id, number in session.execute(wanted) if ref is not None}


def _numbers(consultation: Consultation, new: Sequence[NewStandard]) -> list[int | None]:
    numbers: list[int | None] = []
    for standard in new:
        published = standard.state in READABLE
        consultation.last_number += published
        numbers.append(consultation.last_number if published else None)
    return numbers


def _standard_row(consultation: Consultation, standard: NewStandard, number: int | None) -> dict[str, object]:
    return {
        "consultation_id": consultation.id,
        "membership_id": standard.membership_id,
        "number": number,
        "version": 1 if number is not None else None,
        "reference": standard.reference,
        "imported_supports": standard.supports,
        "response": standard.response,
        "response_text": standard.response_text,
        "withdrawn_at": standard.withdrawn_at,
        "created_at": standard.created_at,
    }


def _version_row(consultation: Consultation, standard: NewStandard, standard_id: int) -> dict[str, object]:
    settled = standard.state != State.PENDING
    return {
        "id": public_id(),
        "consultation_id": consultation.id,
        "membership_id": standard.membership_id,
        "state": standard.state,
        "label": text.excerpt(standard.title, LABEL) or standard.title[:LABEL],
        "language": standard.language,
        "channel": Channel.IMPORT,
        "reference": standard.version_reference,
        "created_at": standard.created_at,
        "published_at": standard.created_at if standard.state in READABLE else None,
        "settled_at": standard.created_at if settled else None,
        "standard_id": standard_id,
        "number": 1,
        "title": standard.title,
        "measure": MeasureKind.OTHER,
        "clauses": [{"number": "1", "text": standard.text}],
    }


def _case_row(consultation: Consultation, version: dict[str, object]) -> dict[str, object]:
    opened_at = version["created_at"]
    assert isinstance(opened_at, datetime)
    return {
        "consultation_id": consultation.id,
        "contribution_id": version["id"],
        "cause": Cause.REVIEW,
        "opened_at": opened_at,
        "due_at": due_at(opened_at),
    }


def _text(consultation: Consultation, standard: NewStandard, standard_id: int) -> StandardVersion:
    """What is indexed and hashed of a version; it is stored by its row, not by this object."""
    return StandardVersion(
        consultation_id=consultation.id,
        standard_id=standard_id,
        title=standard.title,
        summary="",
        clauses=[{"number": "1", "text": standard.text}],
        language=standard.language,
    )


def _events(
    consultation: Consultation,
    versions: Sequence[dict[str, object]],
    numbers: Sequence[int | None],
    texts: Sequence[StandardVersion],
) -> list[Event]:
    events: list[Event] = []
    for version, number, text_of_it in zip(versions, numbers, texts, strict=True):
        version_id, membership_id = int(str(version["id"])), int(str(version["membership_id"]))
        events.append(
            ContributionReceived(
                consultation_id=consultation.id, contribution_id=version_id, membership_id=membership_id
            )
        )
        if number is not None:
            events.append(
                ContributionPublished(
                    consultation_id=consultation.id,
                    contribution=version_id,
                    contribution_kind=Kind.STANDARD_VERSION.value,
                    subject=f"standard {number}",
                    text_hash=version_texts.hash_of(text_of_it),
                )
            )
    return events
