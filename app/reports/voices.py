"""What people said, for a summary: published comments, reasons for and against in equal number, minority positions.

Reasons are chosen across groups: first those that people from most different groups stand behind, never by count alone.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import text
from app.models.campaigns import Campaign, CampaignLetter
from app.models.comments import Comment, Stance
from app.models.consultations import Membership
from app.models.contributions import READABLE
from app.models.objections import Objection
from app.models.positions import Choice, Position
from app.models.standards import Standard
from app.queries import campaigns
from app.queries.campaigns import letter_in, letter_of
from app.queries.consultations import Frame
from app.queries.positions import Result
from app.queries.threads import name_of
from app.reports.campaigns_report import CampaignsShown
from app.reports.document import Argument, CommentLine, MinorityPosition
from app.rules.objections import STANDING

STRONGEST = 5


@dataclass(frozen=True, slots=True)
class Voices:
    """What people said on one standard."""

    comments: tuple[CommentLine, ...] = ()
    arguments_for: tuple[Argument, ...] = ()
    arguments_against: tuple[Argument, ...] = ()
    minority: tuple[MinorityPosition, ...] = ()


def gather_voices(
    session: Session, frame: Frame, computed: Mapping[int, Result], shown: CampaignsShown = CampaignsShown.GROUPED
) -> dict[int, Voices]:
    """What was said on each of these standards, by the standard's id. Three statements.

    Comments are all there, whether campaigns are grouped or apart; among the reasons a grouped letter stands once.
    """
    lines = _comments(session, frame, list(computed))
    objections = _objections(session, list(computed))
    senders = campaigns.senders(session, frame.consultation.id) if shown == CampaignsShown.GROUPED else {}
    found: dict[int, Voices] = {}
    for standard_id, result in computed.items():
        said = lines[standard_id]
        found[standard_id] = Voices(
            comments=tuple(said),
            arguments_for=_strongest(said, Stance.SUPPORTS, senders),
            arguments_against=_strongest(said, Stance.OBJECTS, senders),
            minority=_minority(frame, result, objections[standard_id]),
        )
    return found


def _comments(session: Session, frame: Frame, standard_ids: Sequence[int]) -> dict[int, list[CommentLine]]:
    rows = session.execute(
        select(Comment, Membership, Campaign.number)
        .join(Membership, Membership.id == Comment.membership_id)
        .outerjoin(CampaignLetter, letter_in())
        .outerjoin(Campaign, letter_of())
        .where(Comment.standard_id.in_(standard_ids), Comment.state.in_(READABLE))
        .order_by(Comment.standard_id, Comment.created_at, Comment.id)
    )
    found: dict[int, list[CommentLine]] = defaultdict(list)
    for comment, author, campaign in rows:
        group = frame.group_of(author.group_id)
        found[comment.standard_id].append(
            CommentLine(
                id=comment.id,
                reply_to=comment.parent_id,
                author=name_of(author),
                group=group.name if group else "",
                stance=comment.stance.value,
                clause=comment.clause,
                text=published_text(comment),
                proposed_change="" if comment.gist else comment.proposed_change,
                created_at=comment.created_at.date().isoformat(),
                endorsements=comment.endorsements,
                endorsing_groups=comment.endorsing_groups,
                channel=comment.channel.value,
                language=comment.language,
                campaign=campaign,
            )
        )
    return found


def published_text(comment: Comment) -> str:
    """The words that readers see: of confidential people the gist alone."""
    return text.plain(comment.gist or comment.body)


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
                text=published_text(comment) if readable else "",
                state=objection.state.value,
                would_change=text.plain(objection.would_change) if readable and not comment.gist else "",
                id=comment.id if readable else None,
            )
        )
    return tuple(found)


def _strongest(
    lines: Sequence[CommentLine], stance: Stance, senders: Mapping[int | None, tuple[int, int]]
) -> tuple[Argument, ...]:
    """The strongest reasons. `senders` has the comment that is shown for a campaign and how many people sent it."""
    alone = [line for line in lines if line.campaign not in senders or senders[line.campaign][0] == line.id]
    of_stance = [line for line in alone if line.stance == stance.value and line.reply_to is None]
    of_stance.sort(key=lambda line: (-line.endorsing_groups, -line.endorsements, line.created_at, line.id))
    return tuple(
        Argument(
            line.id,
            line.author,
            line.group,
            line.text,
            line.endorsements,
            line.endorsing_groups,
            senders[line.campaign][1] if line.campaign in senders else 0,
        )
        for line in of_stance[:STRONGEST]
    )
