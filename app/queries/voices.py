"""How many people of each stakeholder group have been heard, and for which groups that may be shown."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from app.models.consultations import Consultation, Membership, StakeholderGroup
from app.models.contributions import READABLE, Contribution
from app.models.positions import Position
from app.queries.tally_cells import NOBODY, people_of_all
from app.rules.related_tables import PeopleByGroup, Sizes, shown_voices
from app.rules.withholding import NO_TABLES, VOICES, Tables, of_standard, table_in


@dataclass(frozen=True, slots=True)
class Voices:
    """Voices by the key of their group, the `unlisted` without one, organisations, and the groups `shown`."""

    groups: dict[str, int]
    unlisted: int
    organisations: int
    shown: frozenset[str]

    @property
    def people(self) -> int:
        """All of them, organisations aside."""
        return sum(self.groups.values()) + self.unlisted


def voices_of(session: Session, consultation: Consultation, earlier: Tables = NO_TABLES) -> Voices:
    """Who has been heard in a consultation, hiding what the `earlier` tables hid. Three statements.

    A voice is a person with a current position or a published contribution; organisations are counted apart.
    """
    here = StakeholderGroup.consultation_id == consultation.id
    keys = dict(session.execute(select(StakeholderGroup.id, StakeholderGroup.key).where(here)).all())
    is_organisation, answered = Membership.organisation.is_not(None), has_position()
    rows = session.execute(
        select(Membership.group_id, is_organisation, answered, func.count())
        .where(Membership.consultation_id == consultation.id, or_(answered, has_spoken()))
        .group_by(Membership.group_id, is_organisation, answered)
    ).all()
    everybody: Counter[int | None] = Counter()
    with_position: Counter[int | None] = Counter()
    for group_id, organisation, took_one, count in rows:
        if not organisation:
            everybody[group_id] += count
            with_position[group_id] += count * bool(took_one)
    found, minimum = _sizes(keys, everybody), consultation.minimum_group
    tallies = [
        PeopleByGroup(
            {key: cells.get(of, NOBODY) for of, key in keys.items()},
            cells.get(None, NOBODY),
            table_in(earlier, of_standard(*text)),
        )
        for text, cells in people_of_all(session, consultation.id).items()
    ]
    return Voices(
        groups=dict(found.groups),
        unlisted=found.unlisted,
        organisations=sum(count for _group, organisation, _took_one, count in rows if organisation),
        shown=shown_voices(found, _sizes(keys, with_position), tallies, minimum, table_in(earlier, VOICES)),
    )


def has_position() -> ColumnElement[bool]:
    """Whether a membership has a current position that counts."""
    return select(Position.id).where(Position.membership_id == Membership.id, Position.counted).exists()


def has_spoken() -> ColumnElement[bool]:
    """Whether something that a membership wrote can be read."""
    mine = and_(Contribution.membership_id == Membership.id, Contribution.state.in_(READABLE))
    return select(Contribution.id).where(mine).exists()


def _sizes(keys: dict[int, str], counts: Counter[int | None]) -> Sizes:
    return Sizes({key: counts[of] for of, key in keys.items()}, counts[None])
