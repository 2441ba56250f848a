"""The impact card of a standard: scores by group, those directly affected first, with their spread."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import NotFound, Refusal
from app.models.consultations import Membership, StakeholderGroup
from app.models.impacts import ImpactScore
from app.models.standards import Standard, StandardVersion
from app.queries.consultations import Frame
from app.queries.visibility import readable_standard
from app.rules.impacts import Card, Scores, card, why_not_score


@dataclass(frozen=True, slots=True)
class GroupCard:
    """What one group's scores come to; no card where fewer people scored than may be shown."""

    group: StakeholderGroup
    card: Card | None


@dataclass(frozen=True, slots=True)
class ImpactPage:
    """The cards of one standard, and the viewer's own."""

    frame: Frame
    standard: Standard
    version: StandardVersion
    groups: tuple[GroupCard, ...]
    mine: ImpactScore | None
    why_not_score: Refusal | None

    @property
    def severities(self) -> tuple[int, int] | None:
        """The lowest and the highest middle severity among the groups that are shown."""
        middles = [one.card.severity.middle for one in self.groups if one.card is not None]
        return (min(middles), max(middles)) if middles else None


def page(session: Session, frame: Frame, number: int) -> ImpactPage:
    """The impact card of a standard. Two statements.

    Raises:
        NotFound: nobody can read a standard with this number.
    """
    row = session.execute(
        select(Standard, StandardVersion)
        .join(StandardVersion, StandardVersion.standard_id == Standard.id)
        .where(Standard.consultation_id == frame.consultation.id, Standard.number == number, readable_standard())
    ).one_or_none()
    if row is None:
        raise NotFound
    standard, version = row
    scored = session.scalars(
        select(ImpactScore)
        .join(Membership, Membership.id == ImpactScore.membership_id)
        .where(ImpactScore.standard_id == standard.id, Membership.counted_from.is_not(None))
    ).all()
    by_group: dict[int | None, list[Scores]] = defaultdict(list)
    for one in scored:
        by_group[one.group_id].append(Scores(one.scale, one.scope, one.reversibility, one.probability))
    minimum = frame.consultation.minimum_group
    ordered = sorted(frame.groups, key=lambda group: (not group.directly_affected, group.rank))
    mine = select(ImpactScore).where(
        ImpactScore.standard_id == standard.id, ImpactScore.membership_id == frame.membership_id
    )
    return ImpactPage(
        frame=frame,
        standard=standard,
        version=version,
        groups=tuple(
            GroupCard(group, card(by_group[group.id]) if len(by_group[group.id]) >= minimum else None)
            for group in ordered
        ),
        mine=session.scalars(mine).one_or_none() if frame.membership is not None else None,
        why_not_score=why_not_score(frame.consultation, frame.phases, standard, frame.membership, at=frame.at),
    )
