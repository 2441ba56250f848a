"""The evidence of a consultation: what the standards rest on, and which standard cites what."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.evidence import Evidence
from app.models.standards import Citation, Standard, StandardVersion
from app.queries.consultations import Frame
from app.queries.visibility import readable_standard
from app.rules.evidence import doi_of


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """A piece of evidence and the standards that cite it now, each as number and title."""

    evidence: Evidence
    cited_in: tuple[tuple[int, str], ...]

    @property
    def doi(self) -> str:
        """Its DOI, if its address is one."""
        return doi_of(self.evidence.url)


@dataclass(frozen=True, slots=True)
class EvidencePage:
    """What was asked for, and what was found of `total` pieces."""

    q: str
    lines: tuple[EvidenceLine, ...]
    total: int


def evidence(session: Session, frame: Frame, q: str = "") -> EvidencePage:
    """What the texts in force cite, by first author and year, with every word of `q` in it. One statement."""
    rows = session.execute(
        select(Evidence, Standard.number, StandardVersion.title)
        .join(Citation, Citation.evidence_id == Evidence.id)
        .join(StandardVersion, StandardVersion.id == Citation.version_id)
        .join(Standard, Standard.id == StandardVersion.standard_id)
        .where(Evidence.consultation_id == frame.consultation.id, readable_standard())
        .order_by(Standard.number)
    ).all()
    cited: dict[int, list[tuple[int, str]]] = {}
    pieces: dict[int, Evidence] = {}
    for piece, number, title in rows:
        pieces[piece.id] = piece
        cited.setdefault(piece.id, []).append((number or 0, title))
    lines = [EvidenceLine(piece, tuple(cited[piece.id])) for piece in pieces.values()]
    lines.sort(key=lambda line: (_first_author(line.evidence), line.evidence.year or 0, line.evidence.title))
    words = q.casefold().split()
    found = tuple(line for line in lines if all(word in _said(line) for word in words))
    return EvidencePage(q, found, len(lines))


def _first_author(piece: Evidence) -> str:
    return next(iter(piece.authors), "").casefold()


def _said(line: EvidenceLine) -> str:
    piece = line.evidence
    return " ".join([*piece.authors, piece.title, piece.venue, piece.finding, str(piece.year or "")]).casefold()
