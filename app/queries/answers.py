"""The page of answers: what people said, what was stated, what the authority answers, and what it did."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import NotFound, Refusal
from app.events import ResponsePublished
from app.models.consultations import Source
from app.models.events import LedgerEntry
from app.models.outcomes import Outcome, Response
from app.models.standards import Standard, StandardVersion
from app.queries.consultations import Frame
from app.queries.listings import Row, readable_versions
from app.queries.positions import Result, Subject, results
from app.rules.outcomes import overdue_since, why_not_respond


@dataclass(frozen=True, slots=True)
class EarlierResponse:
    """What the authority said before it said something else; it stays in the record."""

    response: str
    text: str
    promised_on: date | None
    published_on: date


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One standard. `overdue` is the promised day that has passed; `why_not_respond` is for this viewer."""

    standard: Standard
    version: StandardVersion
    result: Result
    outcome: Outcome | None
    response: Response | None
    overdue: date | None
    why_not_respond: Refusal | None
    earlier: tuple[EarlierResponse, ...]

    @property
    def answered(self) -> bool:
        """Whether the authority has said something to it, here or where it was imported from."""
        return self.response is not None or bool(self.standard.response)


@dataclass(frozen=True, slots=True)
class Answers:
    """What became of a consultation, standard by standard."""

    frame: Frame
    lines: tuple[AnswerLine, ...]

    @property
    def stated(self) -> int:
        """How many standards have an outcome."""
        return sum(line.outcome is not None for line in self.lines)

    @property
    def answered(self) -> int:
        """How many have a response."""
        return sum(line.answered for line in self.lines)

    @property
    def overdue(self) -> int:
        """How many wait longer than was promised."""
        return sum(line.overdue is not None for line in self.lines)


def answers(session: Session, frame: Frame) -> Answers:
    """Every readable standard by number. Four statements."""
    rows = readable_versions(session, frame)
    subjects = [Subject(row[0], row[1].affected_groups, row[2], row[3], outcome=row[5]) for row in rows]
    computed = results(session, frame, subjects)
    given = _responses(session, rows)
    earlier = _earlier(session, frame)
    return Answers(
        frame,
        tuple(_line(frame, row, computed[row[0].id], given.get(row[0].id), earlier.get(row[0].id, ())) for row in rows),
    )


def line(session: Session, frame: Frame, number: int) -> AnswerLine:
    """One of them.

    Raises:
        NotFound: there is no such standard.
    """
    found = next((one for one in answers(session, frame).lines if one.standard.number == number), None)
    if found is None:
        raise NotFound
    return found


def _responses(session: Session, rows: Sequence[Row]) -> dict[int, Response]:
    wanted = select(Response).where(Response.standard_id.in_([row[0].id for row in rows]))
    return {response.standard_id: response for response in session.scalars(wanted)}


def _earlier(session: Session, frame: Frame) -> dict[int, tuple[EarlierResponse, ...]]:
    """What was said to each standard before the response that holds now, from the record. One statement."""
    entries = select(LedgerEntry.payload, LedgerEntry.recorded_at).where(
        LedgerEntry.consultation_id == frame.consultation.id, LedgerEntry.kind == ResponsePublished.__name__
    )
    found: dict[int, list[EarlierResponse]] = defaultdict(list)
    for payload, at in session.execute(entries.order_by(LedgerEntry.seq)):
        promised = str(payload["promised_on"])
        day = date.fromisoformat(promised) if promised else None
        said = EarlierResponse(str(payload["response"]), str(payload["text"]), day, at.date())
        found[int(str(payload["standard"]))].append(said)
    return {standard_id: tuple(said[:-1]) for standard_id, said in found.items()}


def _line(
    frame: Frame, row: Row, result: Result, response: Response | None, earlier: tuple[EarlierResponse, ...]
) -> AnswerLine:
    standard, version, outcome = row[0], row[1], row[5]
    elsewhere = bool(standard.response) or frame.consultation.source != Source.HERE
    late = overdue_since(frame.consultation, response, answered_elsewhere=elsewhere, at=frame.at)
    return AnswerLine(
        standard,
        version,
        result,
        outcome,
        response,
        late if outcome is not None else None,
        why_not_respond(frame.membership, outcome=outcome is not None, imported=bool(standard.response)),
        earlier,
    )
