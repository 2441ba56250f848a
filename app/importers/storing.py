"""What every import has in common: where it goes, how far it has come, and what it reports."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy.orm import Session

from app.actions import consultations
from app.errors import CONFLICT, NotFound, Refusal, require
from app.importers.reading import Contradiction, SkippedRow
from app.language import _
from app.models.consultations import Consultation, Source

LONGEST_TITLE = 300
LISTED = 500

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Progress:
    """A batch of a file is complete and can be committed. `done` counts the rows of earlier runs too."""

    file: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file: its rows are those stored and those skipped."""

    file: str
    stored: int
    skipped: int

    @property
    def rows(self) -> int:
        """All rows of the file."""
        return self.stored + self.skipped


@dataclass(frozen=True, slots=True)
class Report:
    """What became of an export. `revotes` were replaced by a later vote of the same person; they stay in the record."""

    files: tuple[FileReport, ...]
    revotes: int
    skipped: tuple[SkippedRow, ...]
    contradictions: tuple[Contradiction, ...]

    def as_json(self) -> dict[str, object]:
        """The report as it is kept; of long lists the beginning."""
        return {
            "files": [{"file": f.file, "rows": f.rows, "stored": f.stored, "skipped": f.skipped} for f in self.files],
            "revotes": self.revotes,
            "skipped": [_line(row) for row in self.skipped[:LISTED]],
            "contradictions": [_line(row) for row in self.contradictions[:LISTED]],
        }


def report(
    stored: Mapping[str, int],
    skipped: Sequence[SkippedRow],
    contradictions: Sequence[Contradiction],
    *,
    revotes: int = 0,
) -> Report:
    """The report on an export of which so many rows of each file are stored."""
    names = [*stored, *dict.fromkeys(row.file for row in skipped if row.file not in stored)]
    files = [FileReport(name, stored.get(name, 0), sum(row.file == name for row in skipped)) for name in names]
    return Report(tuple(files), revotes, tuple(skipped), tuple(contradictions))


def existing(session: Session, slug: str, source: Source) -> Consultation | None:
    """The consultation at an address, when an earlier run of the same kind of import has made it.

    Raises:
        Refused: it was made in another way.
    """
    try:
        found = consultations.get(session, slug)
    except NotFound:
        return None
    require(_why_not_into(found, source))
    return found


def digest_of(digests: Mapping[str, str]) -> str:
    """One digest of all files together."""
    together = "\n".join(f"{name} {digest}" for name, digest in sorted(digests.items()))
    return hashlib.sha256(together.encode()).hexdigest()


def batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """The items in lists of at most `size`."""
    batch: list[Item] = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def display_name(reference: str) -> str:
    """How somebody is called who is known by an identifier only."""
    return f"Participant {reference}"


def _why_not_into(consultation: Consultation, source: Source) -> Refusal | None:
    if consultation.source != source:
        sentence = _(
            "The consultation %(slug)s was not made by this kind of import. Choose another address.",
            slug=consultation.slug,
        )
        return Refusal("other_source", sentence, CONFLICT)
    return None


def _line(row: SkippedRow | Contradiction) -> dict[str, object]:
    return {"file": row.file, "line": row.line, "reason": str(row.reason)}
