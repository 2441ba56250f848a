"""The register of promises: every one at a glance, one with its whole story, those that bear on a standard."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.errors import NotFound, Refusal
from app.models.commitments import (
    Commitment,
    CommitmentLink,
    CommitmentUpdate,
    CommitmentWording,
    Finding,
    PanelMember,
)
from app.models.consultations import StakeholderGroup
from app.models.contributions import READABLE
from app.models.standards import Standard, StandardVersion
from app.queries.consultations import Frame
from app.queries.visibility import own_waiting, readable, readable_standard
from app.rules.commitments import why_not_update
from app.rules.consultations import why_not_chair
from app.rules.differences import Piece, compare


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which promises a list shows; empty fields do not filter."""

    state: str = ""
    binding: str = ""
    framing: str = ""

    @property
    def filtering(self) -> bool:
        """Whether anything was asked for."""
        return bool(self.state or self.binding or self.framing)


@dataclass(frozen=True, slots=True)
class Happening:
    """What happened after a promise. `mine` waits and is seen by me alone; `unchecked` has a source to open."""

    when: str
    event: str
    text: str
    source: str
    language: str = ""
    unchecked: bool = False
    mine: bool = False
    contribution_id: int | None = None


@dataclass(frozen=True, slots=True)
class FoundLine:
    """What a panel found, and from which groups it came."""

    finding: Finding
    groups: tuple[str, ...]
    members: int
    affected: int


@dataclass(frozen=True, slots=True)
class Rewording:
    """An earlier wording, and what became of its words in the wording that took its place."""

    wording: CommitmentWording
    promise: tuple[Piece, ...]
    scope: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class BearsOn:
    """A standard that a promise bears on."""

    number: int
    title: str
    language: str


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """One promise with what happened since and what the last panel found."""

    commitment: Commitment
    happenings: tuple[Happening, ...]
    found: FoundLine | None
    reworded: int
    standards: tuple[BearsOn, ...]


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """The register. The mappings count every promise, whatever the filters are."""

    frame: Frame
    wanted: Wanted
    lines: tuple[PromiseLine, ...]
    total: int
    states: Mapping[str, int]
    bindings: Mapping[str, int]
    framings: Mapping[str, int]
    leads: bool


@dataclass(frozen=True, slots=True)
class PromisePage:
    """One promise, its wordings with what changed, its findings, and what this viewer can do."""

    frame: Frame
    line: PromiseLine
    rewordings: tuple[Rewording, ...]
    findings: tuple[FoundLine, ...]
    why_not_update: Refusal | None
    leads: bool


def promises(session: Session, frame: Frame) -> tuple[PromiseLine, ...]:
    """Every promise of a consultation as everybody may read it, the oldest first. Five statements for any number."""
    return _lines(session, frame, _rows(session, frame))


def register(session: Session, frame: Frame, wanted: Wanted) -> RegisterPage:
    """The register, filtered."""
    rows = _rows(session, frame)
    matching = [row for row in rows if _matches(row, wanted)]
    return RegisterPage(
        frame=frame,
        wanted=wanted,
        lines=_lines(session, frame, matching),
        total=len(rows),
        states=_counted(row.state.value for row in rows),
        bindings=_counted(row.binding.value for row in rows),
        framings=_counted(row.framing for row in rows if row.framing),
        leads=why_not_chair(frame.membership) is None,
    )


def page(session: Session, frame: Frame, reference: str) -> PromisePage:
    """The page of one promise.

    Raises:
        NotFound: there is none at this address.
    """
    here = (Commitment.consultation_id == frame.consultation.id, Commitment.reference == reference)
    commitment = session.scalars(select(Commitment).where(*here)).one_or_none()
    if commitment is None:
        raise NotFound
    [line] = _lines(session, frame, [commitment])
    return PromisePage(
        frame=frame,
        line=line,
        rewordings=_rewordings(session, commitment),
        findings=tuple(reversed(_findings(session, [commitment.id])[commitment.id])),
        why_not_update=why_not_update(frame.consultation, frame.membership, at=frame.at),
        leads=why_not_chair(frame.membership) is None,
    )


def bearing_on(session: Session, standard: Standard) -> tuple[Commitment, ...]:
    """The promises that bear on a standard."""
    linked = select(Commitment).join(CommitmentLink, CommitmentLink.commitment_id == Commitment.id)
    return tuple(session.scalars(linked.where(CommitmentLink.standard_id == standard.id).order_by(Commitment.made_on)))


def standards_to_link(session: Session, frame: Frame) -> tuple[BearsOn, ...]:
    """The standards that a promise can bear on, by number."""
    rows = session.execute(
        select(Standard.number, StandardVersion.title, StandardVersion.language)
        .join(StandardVersion, StandardVersion.standard_id == Standard.id)
        .where(Standard.consultation_id == frame.consultation.id, readable_standard())
        .order_by(Standard.number)
    )
    return tuple(BearsOn(number or 0, title, language) for number, title, language in rows)


def _rows(session: Session, frame: Frame) -> list[Commitment]:
    here = select(Commitment).where(Commitment.consultation_id == frame.consultation.id)
    return list(session.scalars(here.order_by(Commitment.made_on, Commitment.id)))


def _matches(row: Commitment, wanted: Wanted) -> bool:
    asked = ((wanted.state, row.state.value), (wanted.binding, row.binding.value), (wanted.framing, row.framing))
    return all(not value or value == found for value, found in asked)


def _lines(session: Session, frame: Frame, rows: Sequence[Commitment]) -> tuple[PromiseLine, ...]:
    ids = [row.id for row in rows]
    updates, findings = _updates(session, frame, ids), _findings(session, ids)
    reworded, standards = _reworded(session, ids), _standards(session, ids)
    return tuple(
        PromiseLine(
            commitment=row,
            happenings=tuple(sorted((*_entered(row), *updates[row.id]), key=lambda one: one.when)),
            found=findings[row.id][-1] if findings[row.id] else None,
            reworded=reworded.get(row.id, 0),
            standards=tuple(standards[row.id]),
        )
        for row in rows
    )


def _entered(row: Commitment) -> list[Happening]:
    return [
        Happening(
            when=str(event.get("date", "")),
            event=str(event.get("type", "")),
            text=str(event.get("what", "")),
            source=str(event.get("source", "")),
            unchecked=event.get("verified") is False,
        )
        for event in row.later_events
    ]


def _updates(session: Session, frame: Frame, ids: Sequence[int]) -> defaultdict[int, list[Happening]]:
    found: defaultdict[int, list[Happening]] = defaultdict(list)
    shown = or_(readable(), own_waiting(frame.membership_id))
    wanted = select(CommitmentUpdate).where(CommitmentUpdate.commitment_id.in_(ids), shown)
    for update in session.scalars(wanted.order_by(CommitmentUpdate.created_at, CommitmentUpdate.id)):
        mine = update.state not in READABLE
        found[update.commitment_id].append(
            Happening(
                when=update.happened_on,
                event=update.event,
                text=update.gist if update.gist and not mine else update.what,
                source=update.source,
                language=update.language,
                mine=mine,
                contribution_id=update.id,
            )
        )
    return found


def _findings(session: Session, ids: Sequence[int]) -> defaultdict[int, list[FoundLine]]:
    """The findings on each promise, the latest last."""
    seats: defaultdict[int, list[Any]] = defaultdict(list)
    found: dict[int, Finding] = {}
    rows = session.execute(
        select(Finding, StakeholderGroup.name, StakeholderGroup.directly_affected)
        .outerjoin(PanelMember, PanelMember.finding_id == Finding.id)
        .outerjoin(StakeholderGroup, StakeholderGroup.id == PanelMember.group_id)
        .where(Finding.commitment_id.in_(ids))
        .order_by(Finding.id, StakeholderGroup.rank)
    )
    for finding, name, affected in rows:
        found[finding.id] = finding
        if name is not None:
            seats[finding.id].append((name, affected))
    by_commitment: defaultdict[int, list[FoundLine]] = defaultdict(list)
    for key, finding in found.items():
        groups = tuple(dict.fromkeys(name for name, _affected in seats[key]))
        count = sum(bool(one) for _name, one in seats[key])
        by_commitment[finding.commitment_id].append(FoundLine(finding, groups, len(seats[key]), count))
    return by_commitment


def _reworded(session: Session, ids: Sequence[int]) -> dict[int, int]:
    counted = select(CommitmentWording.commitment_id, func.count()).where(CommitmentWording.commitment_id.in_(ids))
    return dict(session.execute(counted.group_by(CommitmentWording.commitment_id)).all())


def _standards(session: Session, ids: Sequence[int]) -> defaultdict[int, list[BearsOn]]:
    found: defaultdict[int, list[BearsOn]] = defaultdict(list)
    rows = session.execute(
        select(CommitmentLink.commitment_id, Standard.number, StandardVersion.title, StandardVersion.language)
        .join(Standard, Standard.id == CommitmentLink.standard_id)
        .join(StandardVersion, StandardVersion.standard_id == Standard.id)
        .where(CommitmentLink.commitment_id.in_(ids), readable_standard())
        .order_by(Standard.number)
    )
    for commitment_id, number, title, language in rows:
        found[commitment_id].append(BearsOn(number or 0, title, language))
    return found


def _rewordings(session: Session, commitment: Commitment) -> tuple[Rewording, ...]:
    """Each earlier wording beside the one that took its place, the latest change first."""
    wanted = select(CommitmentWording).where(CommitmentWording.commitment_id == commitment.id)
    wordings = list(session.scalars(wanted.order_by(CommitmentWording.id)))
    after: list[CommitmentWording | Commitment] = [*wordings[1:], commitment]
    pairs = zip(wordings, after, strict=True) if wordings else ()
    return tuple(
        Rewording(old, compare(old.promise, new.promise), compare(old.scope, new.scope))
        for old, new in reversed(list(pairs))
    )


def _counted(values: Any) -> dict[str, int]:
    counts: dict[str, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    return counts
