"""The versions of a standard: a list, one as it was, and what changed between two."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from app.errors import NotFound, Refusal
from app.language import Message
from app.models.amendments import Amendment
from app.models.consultations import Membership
from app.models.contributions import READABLE
from app.models.evidence import Evidence
from app.models.standards import ChangeClass, Clause, Standard, StandardVersion
from app.queries.consultations import Frame
from app.queries.grounds import Ground, Grounds, grounds_of
from app.queries.positions import Result, Subject, results
from app.queries.threads import name_of
from app.queries.visibility import published_standard
from app.rules.differences import ClauseChange, Fate, Mark, Piece, clause_changes, compare
from app.rules.rounds import PublishedText, SecondRound, second_round
from app.rules.versions import why_not_write_version
from app.rules.words import CONTEXTS, ENFORCEMENT_KINDS, MEASURES

_ADOPTER, _AMENDMENT = aliased(Membership), aliased(Amendment, flat=True)  # made once: that takes longer than to ask


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version that everybody can read, and whom it is credited to; a name is empty where somebody stays unnamed."""

    number: int
    published_at: datetime
    change_class: ChangeClass
    why: str
    title: str
    language: str
    clauses: list[Clause] = field(repr=False)
    written_by: str
    amendment: int | None
    adopted_by: str | None


@dataclass(frozen=True, slots=True)
class VersionPage:
    """One version as it was."""

    frame: Frame
    standard: Standard
    version: StandardVersion
    line: VersionLine
    versions: tuple[VersionLine, ...]
    grounds: tuple[Ground, ...]
    evidence: tuple[Evidence, ...]

    @property
    def before(self) -> VersionLine | None:
        """The version that readers saw before this one."""
        earlier = [line for line in self.versions if line.number < self.line.number]
        return earlier[-1] if earlier else None


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A part of a version beside its clauses that changed."""

    name: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions side by side. The latter of both says why, and whose it is."""

    frame: Frame
    standard: Standard
    old: VersionLine
    new: VersionLine
    versions: tuple[VersionLine, ...]
    clauses: tuple[ClauseChange, ...]
    fields: tuple[FieldChange, ...]
    between: tuple[VersionLine, ...]
    result: Result | None

    @property
    def changed(self) -> tuple[ClauseChange, ...]:
        """The clauses that differ."""
        return tuple(change for change in self.clauses if change.fate != Fate.SAME)

    @property
    def unchanged(self) -> tuple[ClauseChange, ...]:
        """The clauses that say the same."""
        return tuple(change for change in self.clauses if change.fate == Fate.SAME)

    @property
    def words_added(self) -> int:
        """How many words the later text has more of, in clauses and other parts."""
        return self._words(Mark.ADDED)

    @property
    def words_removed(self) -> int:
        """How many words of the earlier text are gone."""
        return self._words(Mark.REMOVED)

    def _words(self, mark: Mark) -> int:
        texts = [*(change.pieces for change in self.clauses), *(change.pieces for change in self.fields)]
        return sum(piece.words for pieces in texts for piece in pieces if piece.mark == mark)


@dataclass(frozen=True, slots=True)
class WritingPage:
    """The text in force, to be changed by whoever answers for it."""

    frame: Frame
    standard: Standard
    version: StandardVersion
    grounds: tuple[Ground, ...]
    evidence: tuple[Evidence, ...]
    why_not_write: Refusal | None


def lines(session: Session, standard_id: int) -> tuple[VersionLine, ...]:
    """Every version of a standard that everybody can read, the earliest first. One statement."""
    return lines_of(session, [standard_id]).get(standard_id, ())


def lines_of(session: Session, standard_ids: Sequence[int]) -> dict[int, tuple[VersionLine, ...]]:
    """The same for several standards, by the standard's id. One statement."""
    rows = session.execute(
        select(StandardVersion, Membership, _ADOPTER, _AMENDMENT.number)
        .select_from(StandardVersion)
        .join(Membership, Membership.id == StandardVersion.membership_id)
        .outerjoin(_ADOPTER, _ADOPTER.id == StandardVersion.adopted_by_id)
        .outerjoin(_AMENDMENT, _AMENDMENT.id == StandardVersion.amendment_id)
        .where(StandardVersion.standard_id.in_(standard_ids), StandardVersion.state.in_(READABLE))
        .order_by(StandardVersion.number)
    )
    found: dict[int, tuple[VersionLine, ...]] = {}
    for version, author, adopted_by, amended in rows:
        key = version.standard_id
        found[key] = (*found.get(key, ()), line_of(version, author, adopted_by, amended))
    return found


def line_of(
    version: StandardVersion, author: Membership, adopted_by: Membership | None, amendment: int | None
) -> VersionLine:
    """A version as a line, with whom it is credited to."""
    return VersionLine(
        number=version.number or 0,
        published_at=version.published_at or version.created_at,
        change_class=version.change_class,
        why=version.why,
        title=version.title,
        language=version.language,
        clauses=version.clauses,
        written_by=name_of(author),
        amendment=amendment,
        adopted_by=name_of(adopted_by) if adopted_by is not None else None,
    )


def round_of(frame: Frame, standard: Standard, versions: tuple[VersionLine, ...]) -> SecondRound | None:
    """The second round that runs on a standard, if any."""
    texts = [PublishedText(line.number, line.published_at, line.clauses) for line in versions]
    return second_round(frame.consultation, frame.phases, standard, texts, at=frame.at)


def version_page(session: Session, frame: Frame, number: int, version_number: int) -> VersionPage:
    """A version as it was.

    Raises:
        NotFound: it was never published, or can no longer be read.
    """
    standard = published_standard(session, frame.consultation.id, number)
    [version] = _versions(session, standard, version_number)
    found = lines(session, standard.id)
    grounds, evidence = grounds_of(session, [version.id])[version.id]
    line = next(line for line in found if line.number == version_number)
    return VersionPage(frame, standard, version, line, found, grounds, evidence)


def writing_page(session: Session, frame: Frame, number: int) -> WritingPage:
    """What a new version begins with.

    Raises:
        NotFound: there is no such standard.
    """
    standard = published_standard(session, frame.consultation.id, number)
    [version] = _versions(session, standard, standard.version or 0)
    grounds, evidence = grounds_of(session, [version.id])[version.id]
    why_not = why_not_write_version(frame.consultation, frame.phases, standard, frame.membership, at=frame.at)
    return WritingPage(frame, standard, version, grounds, evidence, why_not)


def comparison(session: Session, frame: Frame, number: int, old_number: int, new_number: int) -> Comparison:
    """What changed from one version to another, both of which everybody can read. A fixed number of statements.

    Raises:
        NotFound: there is no such standard, or one of the versions cannot be read.
    """
    standard = published_standard(session, frame.consultation.id, number)
    old, new = _versions(session, standard, old_number, new_number)
    found = lines(session, standard.id)
    by_number = {line.number: line for line in found}
    grounds = grounds_of(session, [old.id, new.id])
    result = results(session, frame, [Subject(standard, new.affected_groups, 0, 0)])[standard.id]
    return Comparison(
        frame=frame,
        standard=standard,
        old=by_number[old_number],
        new=by_number[new_number],
        versions=found,
        clauses=clause_changes(old.clauses, new.clauses),
        fields=field_changes(old, new, grounds[old.id], grounds[new.id]),
        between=tuple(line for line in found if old_number < line.number <= new_number),
        result=result if new_number == standard.version and result.why_hidden is None else None,
    )


def field_changes(
    old: StandardVersion, new: StandardVersion, before: Grounds, after: Grounds
) -> tuple[FieldChange, ...]:
    """The parts beside the clauses that differ, in the order of the page."""
    earlier, later = _spoken(old, before), _spoken(new, after)
    return tuple(
        FieldChange(name, compare(earlier[name], later[name])) for name in earlier if earlier[name] != later[name]
    )


def _spoken(version: StandardVersion, grounds: Grounds) -> dict[str, str]:
    provisions, evidence = grounds
    kinds: list[str | Message] = [ENFORCEMENT_KINDS.get(kind, kind) for kind in version.enforcement_kinds]
    return {
        "title": version.title,
        "summary": version.summary,
        "measure": str(MEASURES[version.measure]),
        "context": str(CONTEXTS[version.context]),
        "grounding": "; ".join(f"{ground.label}: {ground.title}" for ground in provisions),
        "duty_bearers": "; ".join(bearer["name"] for bearer in version.duty_bearers),
        "enforcement": "; ".join([*(str(kind) for kind in kinds), version.enforcement]).strip("; "),
        "affected": version.affected,
        "evidence": "; ".join(f"{', '.join(piece.authors)}: {piece.title}" for piece in evidence),
    }


def _versions(session: Session, standard: Standard, *numbers: int) -> list[StandardVersion]:
    rows = session.scalars(
        select(StandardVersion).where(
            StandardVersion.standard_id == standard.id,
            StandardVersion.number.in_(numbers),
            StandardVersion.state.in_(READABLE),
        )
    )
    found = {version.number: version for version in rows}
    if not all(number in found for number in numbers):
        raise NotFound
    return [found[number] for number in numbers]
