"""Published comments as lines of a summary, in the order in which they were written."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app import text
from app.models.campaigns import Campaign, CampaignLetter
from app.models.comments import Comment
from app.models.consultations import Membership
from app.models.contributions import READABLE, Contribution
from app.models.dispositions import Disposition, SheetRow
from app.queries.campaigns import letter_in, letter_of
from app.queries.consultations import Frame
from app.queries.threads import shown_name
from app.reports.standard_report import CommentLine, SheetPlace
from app.rules.sheets import Observation, number_told, written

BATCH = 500
_same = Contribution.__table__.alias("same")


class StreamedComments(Sequence[CommentLine]):
    """The comments on one standard, read from the database each time somebody goes through them.

    They need the open session of the gathering, whose transaction sees one state of the data from beginning to end.
    """

    def __init__(self, session: Session, frame: Frame, standard_id: int, count: int) -> None:
        self._session, self._frame, self._standard_id, self._count = session, frame, standard_id, count

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[CommentLine]:
        rows = self._session.execute(_wanted([self._standard_id]), execution_options={"yield_per": BATCH})
        names = _names(self._frame)
        return (_line(names, row) for row in rows)

    def __getitem__(self, index: Any) -> Any:
        return list(self)[index]


def comments_of(session: Session, frame: Frame, standard_ids: Sequence[int]) -> dict[int, tuple[CommentLine, ...]]:
    """All comments that readers see on each of these standards. One statement."""
    found: dict[int, list[CommentLine]] = defaultdict(list)
    names = _names(frame)
    for row in session.execute(_wanted(standard_ids)):
        found[row.standard_id].append(_line(names, row))
    return {key: tuple(found[key]) for key in standard_ids}


def streamed(session: Session, frame: Frame, standard_ids: Sequence[int]) -> dict[int, StreamedComments]:
    """The same, read when they are written out. One statement now, one for each standard and reading later."""
    counts = dict(
        session.execute(
            select(Comment.standard_id, func.count())
            .where(Comment.standard_id.in_(standard_ids), Comment.state.in_(READABLE))
            .group_by(Comment.standard_id)
        ).all()
    )
    return {key: StreamedComments(session, frame, key, counts.get(key, 0)) for key in standard_ids}


def published_text(gist: str, body: str) -> str:
    """The words that readers see: of confidential people the gist alone."""
    return text.plain(gist or body)


def _wanted(standard_ids: Iterable[int]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            *(Comment.id, Comment.standard_id, Comment.parent_id, Comment.stance, Comment.clause, Comment.body),
            *(Comment.gist, Comment.proposed_change, Comment.created_at, Comment.endorsements),
            *(Comment.endorsing_groups, Comment.channel, Comment.language),
            *(Membership.group_id, Membership.identity, Membership.display_name),
            Disposition.kind.label("disposition"),
            Campaign.number.label("campaign"),
            *(Comment.type, Comment.reference, Disposition.reason, Disposition.version, Disposition.deferred_to),
            *(Disposition.duplicate_of_id, _same.c.reference.label("same_reference")),
            *(SheetRow.comment_id.label("sheet"), SheetRow.member_body, SheetRow.line, SheetRow.paragraph),
            *(SheetRow.clause.label("sheet_clause"), SheetRow.observation),
        )
        .join(Membership, Membership.id == Comment.membership_id)
        .outerjoin(Disposition, Disposition.comment_id == Comment.id)
        .outerjoin(_same, (_same.c.id == Disposition.duplicate_of_id) & _same.c.state.in_(READABLE))
        .outerjoin(SheetRow, SheetRow.comment_id == Comment.id)
        .outerjoin(CampaignLetter, letter_in())
        .outerjoin(Campaign, letter_of())
        .where(Comment.standard_id.in_(standard_ids), Comment.state.in_(READABLE))
        .order_by(Comment.standard_id, Comment.created_at, Comment.id)
    )


def _names(frame: Frame) -> dict[int | None, str]:
    """How each stakeholder group is called."""
    return {group.id: group.name for group in frame.groups}


def _line(names: Mapping[int | None, str], row: Any) -> CommentLine:
    return CommentLine(
        id=row.id,
        reply_to=row.parent_id,
        author=shown_name(row.identity, row.display_name),
        group=names.get(row.group_id, ""),
        stance=row.stance.value,
        clause=row.clause,
        text=published_text(row.gist, row.body),
        proposed_change="" if row.gist else row.proposed_change,
        created_at=row.created_at.date().isoformat(),
        endorsements=row.endorsements,
        endorsing_groups=row.endorsing_groups,
        channel=row.channel.value,
        language=row.language,
        disposition=row.disposition.value if row.disposition else "",
        campaign=row.campaign,
        type=row.type.value,
        observation=_observation(row),
        sheet=_place(row),
    )


def _observation(row: Any) -> str:
    """What was done with a comment; free words of a sheet where nothing was, or what fits no word of ours."""
    if row.disposition is None:
        return row.observation or ""
    told = number_told(row.same_reference)
    return written(
        Observation(
            kind=row.disposition,
            reason=row.reason,
            version=row.version,
            duplicate_of=row.duplicate_of_id if told is None else told,
            deferred_to=row.deferred_to,
        )
    )


def _place(row: Any) -> SheetPlace | None:
    """Where a comment stood on the sheet that it came with; None for one that was written here."""
    number = number_told(row.reference)
    if row.sheet is None:
        return None if number is None else SheetPlace(number)
    return SheetPlace(number, row.member_body, row.line, row.sheet_clause, row.paragraph)
