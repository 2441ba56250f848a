"""The positions of a consultation as numbers, read in one moment: what opinion groups are found in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy.typing as npt
from sqlalchemy import Text, and_, case, cast, func, select
from sqlalchemy.orm import Session

from app import clock
from app.analysis.matrix import AGREE, DISAGREE, PASS, AnyIntegers, Integers, Keys
from app.analysis.one_thread import np
from app.models.consultations import Consultation, ConsultationState, Membership, StakeholderGroup
from app.models.events import LedgerEntry
from app.models.opinions import OpinionMember, OpinionRun
from app.models.positions import Block, Choice, Position
from app.models.standards import Standard, StandardVersion
from app.queries.earlier_tables import last_tables
from app.queries.visibility import readable_standard
from app.queries.voices import voices_of
from app.rules.opinion_runs import Member
from app.rules.versions import still_counts

AT_A_TIME = 20
"""So many standards are read at a time."""
FACTORS = (0x9E3779B97F4A7C15, 0xD1B54A32D192ED03, 0x8CB92BA72F3D8DD7)
"""Odd numbers that spread what they multiply over 64 bits."""
InForce = tuple[Standard, StandardVersion]


@dataclass(frozen=True, slots=True)
class Shown:
    """The run that is shown: its number, and what is kept of everybody by membership."""

    number: int
    members: Mapping[int, Member]


@dataclass(frozen=True, slots=True, eq=False)
class Taken:
    """Everybody's positions on everything.

    `members` are the memberships with a position, `spoken_from` the keys of their groups ("" for not stated), `marks`
    what all positions of each come to. Position number i is that of `members[people[i]]` on standard `standards[i]`, 1,
    0 or -1 in `values`: first the standards of `texts`, then, up to `width`, those that nobody may read. `hidden` are
    the stakeholder groups whose people are not counted where the overview says who has been heard.
    """

    consultation: Consultation
    closed: bool
    at: datetime
    seq: int
    shown: Shown | None
    members: Integers
    spoken_from: Sequence[str]
    hidden: frozenset[str]
    marks: Integers
    people: AnyIntegers
    standards: AnyIntegers
    values: AnyIntegers
    texts: Sequence[InForce]
    width: int


def read(session: Session, consultation_id: int) -> Taken:
    """The positions of people that count, on the texts in force. Twelve statements."""
    consultation = session.get_one(Consultation, consultation_id)
    seq = select(func.max(LedgerEntry.seq)).where(LedgerEntry.consultation_id == consultation_id)
    speakers = session.execute(
        select(Membership.id, StakeholderGroup.key)
        .outerjoin(StakeholderGroup, StakeholderGroup.id == Membership.group_id)
        .where(Membership.consultation_id == consultation_id)
        .order_by(Membership.id)
    ).all()
    texts = texts_of(session, consultation_id)
    others = select(Standard.id).where(Standard.consultation_id == consultation_id).order_by(Standard.id)
    readable = [standard.id for standard, _version in texts]
    standards = [*readable, *(key for key in session.scalars(others) if key not in set(readable))]
    everybody = np.array([key for key, _group in speakers], np.int64)
    marks, votes = _votes(session, consultation_id, everybody, standards, texts)
    present = np.flatnonzero(marks)
    return Taken(
        consultation=consultation,
        closed=consultation.state in (ConsultationState.CLOSED, ConsultationState.RESPONDED),
        at=clock.now(),
        seq=session.scalar(seq) or 0,
        shown=_shown(session, consultation_id),
        members=everybody[present],
        spoken_from=[speakers[place][1] or "" for place in present.tolist()],
        hidden=_hidden(session, consultation),
        marks=marks[present].view(np.int64),
        people=np.searchsorted(present, votes[0]).astype(np.int32),
        standards=votes[1],
        values=votes[2],
        texts=texts,
        width=len(standards),
    )


def texts_of(session: Session, consultation_id: int) -> Sequence[InForce]:
    """The standards that groups are found on: what everybody may read and nobody took back."""
    rows = session.execute(
        select(Standard, StandardVersion)
        .join(StandardVersion, and_(StandardVersion.standard_id == Standard.id, readable_standard()))
        .where(Standard.consultation_id == consultation_id, Standard.withdrawn_at.is_(None))
        .order_by(Standard.number)
    )
    return [(standard, version) for standard, version in rows]


def people_with_positions(session: Session, consultation_id: int, most: int) -> int:
    """How many people have a position that counts, counted up to `most`."""
    some = (
        select(Position.membership_id)
        .join(Standard, Standard.id == Position.standard_id)
        .where(Standard.consultation_id == consultation_id, Position.block == Block.PEOPLE, Position.counted)
        .distinct()
        .limit(most)
    )
    return session.scalar(select(func.count()).select_from(some.subquery())) or 0


def _hidden(session: Session, consultation: Consultation) -> frozenset[str]:
    """What the overview hides, or a stored summary did.

    Those without a group are hidden with others, so that they cannot be subtracted.
    """
    voices = voices_of(session, consultation, last_tables(session, consultation))
    hidden = frozenset(voices.groups.keys() - voices.shown)
    return hidden | {""} if hidden else hidden


def _shown(session: Session, consultation_id: int) -> Shown | None:
    run = session.get(OpinionRun, consultation_id)
    if run is None:
        return None
    kept = session.execute(
        select(OpinionMember.membership_id, OpinionMember.number, OpinionMember.mark)
        .join(Membership, Membership.id == OpinionMember.membership_id)
        .where(Membership.consultation_id == consultation_id)
    )
    return Shown(run.number, {key: Member(number, mark) for key, number, mark in kept})


Votes = tuple[AnyIntegers, AnyIntegers, AnyIntegers]
"""People, standards and values of positions."""


def _votes(
    session: Session, consultation_id: int, everybody: Integers, standards: Sequence[int], texts: Sequence[InForce]
) -> tuple[Keys, Votes]:
    """The mark of everybody, and the positions on texts in force, in narrow numbers since there may be millions."""
    order = np.argsort(np.array(standards, np.int64))
    known = np.array(standards, np.int64)[order]
    first, last = _counting(standards, texts)
    marks = np.zeros(len(everybody), np.uint64)
    parts: list[tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], npt.NDArray[np.int8]]] = []
    for rows in _rows(session, consultation_id):
        people = np.searchsorted(everybody, rows[:, 0])
        np.add.at(marks, people, _mixed(rows))
        place = order[np.searchsorted(known, rows[:, 1])]
        counts = (first[place] <= rows[:, 2]) & (rows[:, 2] <= last[place])
        narrow = people[counts].astype(np.int32), place[counts].astype(np.int32), rows[counts, 3].astype(np.int8)
        parts.append(narrow)
    if not parts:
        return marks, (np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.int8))
    people, place, values = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    return marks, (people, place, values)


def _counting(standards: Sequence[int], texts: Sequence[InForce]) -> tuple[Integers, Integers]:
    """From which version to which the positions on each standard count; all of them where nobody may read it."""
    first, last = np.zeros(len(standards), np.int64), np.full(len(standards), np.iinfo(np.int64).max)
    for place, (standard, version) in enumerate(texts):
        assert still_counts(standard, version.number or 0)
        first[place], last[place] = standard.counts_from, standard.version
    return first, last


def _rows(session: Session, consultation_id: int) -> Iterator[Integers]:
    """Membership, standard, version and value of each position, one standard at a time.

    The database puts the positions on a standard into one text: a row for each would take three times as long.
    """
    choice = case((Position.choice == Choice.OBJECT, DISAGREE), (Position.choice == Choice.ABSTAIN, PASS), else_=AGREE)
    written = [cast(number, Text) for number in (Position.membership_id, Position.version, choice)]
    wanted = (
        select(Position.standard_id, func.aggregate_strings(written[0] + "," + written[1] + "," + written[2], ","))
        .join(Standard, Standard.id == Position.standard_id)
        .where(Standard.consultation_id == consultation_id, Position.block == Block.PEOPLE, Position.counted)
        .group_by(Position.standard_id)
    )
    for standard_id, numbers in session.execute(wanted, execution_options={"yield_per": AT_A_TIME}):
        read = np.fromstring(numbers, np.int64, sep=",").reshape(-1, 3)
        yield np.insert(read, 1, standard_id, axis=1)


def _mixed(rows: Integers) -> Keys:
    """A number of 64 bits for each position; the sum of somebody's is the same in any order (SplitMix64, G. Steele)."""
    mixed = np.zeros(len(rows), np.uint64)
    for factor, column in zip(FACTORS, (1, 2, 3), strict=True):
        mixed = (mixed + rows[:, column].astype(np.uint64) + np.uint64(2)) * np.uint64(factor)
        mixed ^= mixed >> np.uint64(31)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))
