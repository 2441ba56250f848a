"""What people said, for a summary: reasons for and against in equal number, voices of each group, minority positions.

Reasons are chosen across groups (rules/bridging), never by count alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import text
from app.models.campaigns import Campaign, CampaignLetter
from app.models.comments import Comment, Stance
from app.models.consultations import Membership
from app.models.contributions import READABLE, Endorsement
from app.models.objections import Objection
from app.models.positions import Choice, Position
from app.models.standards import Standard
from app.queries import campaigns
from app.queries.campaigns import letter_in, letter_of
from app.queries.consultations import Frame
from app.queries.positions import Result
from app.queries.threads import shown_name
from app.reports.campaigns_report import CampaignsShown
from app.reports.comment_lines import published_text
from app.reports.standard_report import Argument, MinorityPosition
from app.rules.bridging import Candidate, across_groups, bridging
from app.rules.objections import STANDING

STRONGEST = 5
MOST_VOICES = 6
"""So many groups at most are heard in their own words on one standard, on either side of being affected."""

Senders = Mapping[int | None, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Voices:
    """What people said on one standard."""

    arguments_for: tuple[Argument, ...] = ()
    arguments_against: tuple[Argument, ...] = ()
    from_affected: tuple[Argument, ...] = ()
    from_others: tuple[Argument, ...] = ()
    minority: tuple[MinorityPosition, ...] = ()


@dataclass(frozen=True, slots=True)
class Chosen:
    """The comments of one standard that are printed, by what they are printed for, and the senders of each."""

    of: Mapping[str, tuple[Candidate, ...]]
    senders: Mapping[int, int]


def gather_voices(
    session: Session, frame: Frame, computed: Mapping[int, Result], shown: CampaignsShown = CampaignsShown.GROUPED
) -> dict[int, Voices]:
    """What was said on each of these standards, by the standard's id. Five statements, six with campaigns grouped.

    Among the reasons a grouped letter stands once.
    """
    objections = _objections(session, list(computed))
    senders = campaigns.senders(session, frame.consultation.id) if shown == CampaignsShown.GROUPED else {}
    chosen = _chosen(session, frame, list(computed), senders)
    told = _told(session, frame, {one.id for mine in chosen.values() for some in mine.of.values() for one in some})
    found: dict[int, Voices] = {}
    for standard_id, result in computed.items():
        mine = chosen[standard_id]
        printed = {name: _printed(some, told, mine.senders) for name, some in mine.of.items()}
        found[standard_id] = Voices(
            arguments_for=printed["for"],
            arguments_against=printed["against"],
            from_affected=printed["affected"],
            from_others=printed["others"],
            minority=_minority(frame, result, objections[standard_id]),
        )
    return found


def _chosen(session: Session, frame: Frame, standard_ids: Sequence[int], senders: Senders) -> dict[int, Chosen]:
    """First comments by what they are chosen for. Three statements."""
    behind, active = _endorsed(session, standard_ids)
    affected = {group.id for group in frame.groups if group.directly_affected}
    candidates: dict[int, list[tuple[Stance, Candidate]]] = defaultdict(list)
    sent: dict[int, dict[int, int]] = defaultdict(dict)
    for row in session.execute(_first_comments(standard_ids)):
        if row.campaign in senders and senders[row.campaign][0] != row.id:
            continue
        score = bridging(behind.get(row.id, {}), active.get(row.standard_id, {}))
        candidate = Candidate(row.id, row.group_id, score, row.created_at.isoformat(), row.membership_id)
        candidates[row.standard_id].append((row.stance, candidate))
        sent[row.standard_id][row.id] = senders[row.campaign][1] if row.campaign in senders else 0
    return {key: Chosen(_by_use(candidates[key], affected), sent[key]) for key in standard_ids}


def _by_use(found: Sequence[tuple[Stance, Candidate]], affected: set[int]) -> dict[str, tuple[Candidate, ...]]:
    everybody = [candidate for _stance, candidate in found if candidate.group is not None]
    return {
        "for": _best((one for stance, one in found if stance == Stance.SUPPORTS), STRONGEST),
        "against": _best((one for stance, one in found if stance == Stance.OBJECTS), STRONGEST),
        "affected": _one_each(one for one in everybody if one.group in affected),
        "others": _one_each(one for one in everybody if one.group not in affected),
    }


def _best(candidates: Iterable[Candidate], most: int) -> tuple[Candidate, ...]:
    return tuple(across_groups(candidates, most))


def _one_each(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """The best of each group."""
    listed = list(candidates)
    return _best(listed, min(MOST_VOICES, len({one.group for one in listed})))


def _first_comments(standard_ids: Sequence[int]) -> Any:
    return (
        select(
            *(Comment.id, Comment.standard_id, Comment.stance, Comment.created_at),
            *(Comment.membership_id, Membership.group_id),
            Campaign.number.label("campaign"),
        )
        .join(Membership, Membership.id == Comment.membership_id)
        .outerjoin(CampaignLetter, letter_in())
        .outerjoin(Campaign, letter_of())
        .where(Comment.standard_id.in_(standard_ids), Comment.state.in_(READABLE), Comment.parent_id.is_(None))
    )


Behind = dict[int, dict[int | None, int]]


def _endorsed(session: Session, standard_ids: Sequence[int]) -> tuple[Behind, Behind]:
    """People by group behind each first comment, and behind any on each standard. Two statements."""
    of_first = (Comment.standard_id.in_(standard_ids), Comment.state.in_(READABLE), Comment.parent_id.is_(None))
    each = (
        select(Endorsement.contribution_id, Endorsement.group_id, func.count())
        .join(Comment, Comment.id == Endorsement.contribution_id)
        .where(*of_first)
        .group_by(Endorsement.contribution_id, Endorsement.group_id)
    )
    together = (
        select(Comment.standard_id, Endorsement.group_id, func.count(Endorsement.membership_id.distinct()))
        .join(Comment, Comment.id == Endorsement.contribution_id)
        .where(*of_first)
        .group_by(Comment.standard_id, Endorsement.group_id)
    )
    return _nested(session, each), _nested(session, together)


def _nested(session: Session, counted: Any) -> Behind:
    found: Behind = defaultdict(dict)
    for key, group_id, count in session.execute(counted):
        found[key][group_id] = count
    return found


def _told(session: Session, frame: Frame, ids: set[int]) -> dict[int, Argument]:
    """The words of these comments, and how their authors appear. One statement."""
    rows = session.execute(
        select(
            *(Comment.id, Comment.body, Comment.gist, Comment.stance, Comment.language, Comment.channel),
            *(Comment.endorsements, Comment.endorsing_groups),
            *(Membership.identity, Membership.display_name, Membership.group_id),
        )
        .join(Membership, Membership.id == Comment.membership_id)
        .where(Comment.id.in_(sorted(ids)))
    )
    found = {}
    for row in rows:
        group = frame.group_of(row.group_id)
        found[row.id] = Argument(
            id=row.id,
            author=shown_name(row.identity, row.display_name),
            group=group.name if group else "",
            text=published_text(row.gist, row.body),
            endorsements=row.endorsements,
            endorsing_groups=row.endorsing_groups,
            stance=row.stance.value,
            language=row.language,
            channel=row.channel.value,
            appears=row.identity.value,
        )
    return found


def _printed(
    chosen: Sequence[Candidate], told: Mapping[int, Argument], senders: Mapping[int, int]
) -> tuple[Argument, ...]:
    return tuple(replace(told[one.id], bridging=f"{one.score:.2f}", senders=senders[one.id]) for one in chosen)


def _objections(session: Session, standard_ids: Sequence[int]) -> dict[int, list[tuple[Objection, Comment, Position]]]:
    rows = session.execute(
        select(Objection, Comment, Position)
        .join(Comment, Comment.id == Objection.comment_id)
        .join(Standard, Standard.id == Objection.standard_id)
        .join(
            Position,
            (Position.standard_id == Objection.standard_id) & (Position.membership_id == Objection.membership_id),
        )
        .where(Objection.standard_id.in_(standard_ids), Objection.state.in_(STANDING), Position.counted)
        .order_by(Objection.standard_id, Comment.endorsing_groups.desc(), Objection.raised_at, Objection.id)
    )
    found: dict[int, list[tuple[Objection, Comment, Position]]] = defaultdict(list)
    for objection, comment, position in rows:
        found[objection.standard_id].append((objection, comment, position))
    return found


def _minority(
    frame: Frame, result: Result, objections: Sequence[tuple[Objection, Comment, Position]]
) -> tuple[MinorityPosition, ...]:
    """Every standing objection, even of one person; the group is named only where its cells are shown."""
    if result.why_hidden is not None:
        return ()
    shown = {tally.group_key: tally.name for tally in result.groups if tally.shown}
    found = []
    for objection, comment, position in objections:
        group = frame.group_of(position.group_id)
        readable = comment.state in READABLE
        found.append(
            MinorityPosition(
                position=Choice.OBJECT.value,
                group=shown.get(group.key, "") if group else "",
                text=published_text(comment.gist, comment.body) if readable else "",
                state=objection.state.value,
                would_change=text.plain(objection.would_change) if readable and not comment.gist else "",
                id=comment.id if readable else None,
                language=comment.language if readable else "",
            )
        )
    return tuple(found)
