"""Finding standards by their words: a search that wants all of them, and what resembles a proposal."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.standards import SearchTerm, Standard, StandardVersion
from app.queries.consultations import Frame
from app.queries.visibility import readable_standard
from app.search import terms

SIMILAR = 3
SIMILAR_FROM = 0.25


@dataclass(frozen=True, slots=True)
class Similar:
    """A standard that resembles what somebody is about to propose."""

    number: int | None
    title: str


def similar(session: Session, frame: Frame, title: str, summary: str, language: str) -> tuple[Similar, ...]:
    """Up to three published standards whose words resemble these, the closest first."""
    words = Counter(terms(f"{title} {title} {summary}", language))
    if not words:
        return ()
    scores = _scores(session, frame.consultation.id, list(words))
    best = sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:SIMILAR]
    close = [standard_id for standard_id, score in best if score >= SIMILAR_FROM]
    rows = session.execute(
        select(Standard.id, Standard.number, StandardVersion.title)
        .join(StandardVersion, StandardVersion.standard_id == Standard.id)
        .where(Standard.id.in_(close), readable_standard())
    ).all()
    order = {standard_id: rank for rank, standard_id in enumerate(close)}
    return tuple(Similar(number, name) for _id, number, name in sorted(rows, key=lambda row: order[row[0]]))


def search(session: Session, frame: Frame, q: str) -> dict[int, float]:
    """Standards that hold every word, with their weights."""
    words = list(dict.fromkeys(terms(q, frame.consultation.language)))
    if not words:
        return {}
    rows = session.execute(
        select(SearchTerm.standard_id, func.sum(SearchTerm.weight))
        .where(SearchTerm.consultation_id == frame.consultation.id, SearchTerm.term.in_(words))
        .group_by(SearchTerm.standard_id)
        .having(func.count() == len(words))
    )
    return {standard_id: float(weight) for standard_id, weight in rows}


def _scores(session: Session, consultation_id: int, words: Sequence[str]) -> dict[int, float]:
    """The share of the words, weighed by their rarity, that each standard holds: 0 to 1."""
    rows = session.execute(
        select(SearchTerm.standard_id, SearchTerm.term).where(
            SearchTerm.consultation_id == consultation_id, SearchTerm.term.in_(words)
        )
    ).all()
    everywhere = select(func.count(func.distinct(SearchTerm.standard_id)))
    documents = session.scalar(everywhere.where(SearchTerm.consultation_id == consultation_id)) or 1
    frequency = Counter(term for _standard_id, term in rows)
    rarity = {term: math.log(1 + documents / (1 + frequency[term])) for term in words}
    whole = sum(rarity.values())
    scores: Counter[int] = Counter()
    for standard_id, term in rows:
        scores[standard_id] += rarity[term] / whole  # type: ignore[assignment] # a Counter may hold fractions
    return dict(scores)
