"""Comments that come in with a commenting sheet, and what it says was done with them."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app import clock, text
from app.actions import dispositions
from app.actions.comments import LABEL
from app.db import PUBLIC_ID_BITS, public_id
from app.events import ContributionPublished, ContributionReceived, MemberJoined, record_history, text_hash
from app.models.comments import Comment, CommentType, Stance
from app.models.consultations import NOT_STATED, Channel, Consultation, Identity, Membership
from app.models.contributions import Kind, State
from app.models.dispositions import Disposition, SheetRow
from app.models.standards import Standard, StandardVersion
from app.rules.dispositions import CHANGING
from app.rules.sheets import read
from app.search import language_of

BODY = "mb "
"""What the reference of a membership begins with that stands for a member body of a sheet."""


@dataclass(frozen=True, slots=True)
class SheetComment:
    """One row of a sheet. `comment_id` is our number, if the row has one; `reference` tells it from other rows."""

    place: int
    reference: str
    comment_id: int | None
    member_body: str
    line: str
    clause: str
    standard: int
    clause_number: str
    paragraph: str
    type: CommentType
    body: str
    proposed_change: str
    observation: str


def standards_by_number(session: Session, consultation: Consultation) -> dict[int, tuple[Standard, StandardVersion]]:
    """The published standards, each with its version in force."""
    rows = session.execute(
        select(Standard, StandardVersion)
        .join(StandardVersion, StandardVersion.standard_id == Standard.id)
        .where(Standard.consultation_id == consultation.id, StandardVersion.number == Standard.version)
    )
    return {row[0].number: (row[0], row[1]) for row in rows if row[0].number is not None}


def known(session: Session, consultation: Consultation, row: SheetComment) -> Comment | None:
    """The comment of a row that is here already: by our number, or because the row came in before."""
    same = [Comment.reference == row.reference]
    if row.comment_id is not None and row.comment_id < 2**PUBLIC_ID_BITS:
        same.append(Comment.id == row.comment_id)
    wanted = select(Comment).where(Comment.consultation_id == consultation.id, or_(*same))
    return session.scalars(wanted.order_by(Comment.id).limit(1)).first()


def add(
    session: Session, consultation: Consultation, standard: tuple[Standard, StandardVersion], row: SheetComment
) -> Comment:
    """Publish the comment of a row under the name of its member body; its consequences lie in the past."""
    comment = _comment(session, consultation, standard, row)
    session.add(comment)
    session.flush()
    session.add(
        SheetRow(
            comment_id=comment.id,
            member_body=row.member_body,
            line=row.line,
            clause=row.clause,
            paragraph=row.paragraph,
        )
    )
    standard[0].revision += 1
    session.flush()
    _record(session, standard[0], comment)
    return comment


def _comment(
    session: Session, consultation: Consultation, standard: tuple[Standard, StandardVersion], row: SheetComment
) -> Comment:
    about, version = standard
    author = _member_body(session, consultation, row.member_body)
    here = row.clause_number if row.clause_number in {clause["number"] for clause in version.clauses} else ""
    comment_id, now = public_id(), clock.now() + timedelta(microseconds=row.place)  # rows keep their order
    return Comment(
        id=comment_id,
        consultation_id=consultation.id,
        membership_id=author.id,
        state=State.PUBLISHED,
        label=text.excerpt(row.body, LABEL) or row.body[:LABEL],
        language=language_of(row.body, consultation.language),
        channel=Channel.IMPORT,
        reference=row.reference,
        created_at=now,
        published_at=now,
        standard_id=about.id,
        root_id=comment_id,
        version=version.number,
        body=row.body,
        html=text.render(row.body),
        stance=Stance.NEUTRAL,
        type=row.type,
        clause=here,
        proposed_change=row.proposed_change,
    )


def observe(session: Session, consultation: Consultation, comment_id: int, cell: str, *, by: Membership) -> int:
    """Set what an observation says was done with a comment; returns how many dispositions are new or different.

    What was accepted without naming a version is taken to be in the version in force. Free text is kept.

    Raises:
        Refused: the comment cannot be resolved by this person, or is the reason of an objection.
        Invalid: the reason or what it points to is missing.
    """
    said = read(cell)
    if said is None:
        keep_observation(session, comment_id, cell)
        return 0
    comment = dispositions.get(session, consultation.id, comment_id)
    before = session.get(Disposition, comment_id)
    seen = (before.kind, before.reason, before.version, before.deferred_to) if before else None
    version = said.version
    if version is None and said.kind in CHANGING:
        version = session.get_one(Standard, comment.standard_id).version
    given = dispositions.give(
        session,
        consultation,
        comment,
        by=by,
        kind=said.kind,
        reason=said.reason,
        version=version,
        duplicate_of=_here(session, consultation, said.duplicate_of),
        deferred_to=said.deferred_to,
    )
    return int(seen != (given.kind, given.reason, given.version, given.deferred_to))


def keep_observation(session: Session, comment_id: int, cell: str) -> None:
    """Keep an observation as it was written."""
    kept = session.get(SheetRow, comment_id)
    if kept is None:
        kept = SheetRow(comment_id=comment_id)
        session.add(kept)
    kept.observation = cell
    session.flush()


def _here(session: Session, consultation: Consultation, number: int | None) -> int | None:
    """The comment that goes by a number in sheets."""
    if number is None:
        return None
    wanted = select(Comment.id).where(
        Comment.consultation_id == consultation.id, or_(Comment.id == number, Comment.reference == f"sheet {number}")
    )
    return session.scalar(wanted.limit(1))


def _member_body(session: Session, consultation: Consultation, code: str) -> Membership:
    reference = (BODY + code)[:80]
    found = session.scalars(
        select(Membership).where(Membership.consultation_id == consultation.id, Membership.reference == reference)
    ).one_or_none()
    if found is not None:
        return found
    made = Membership(
        consultation_id=consultation.id,
        identity=Identity.NAMED,
        display_name=code,
        channel=Channel.IMPORT,
        reference=reference,
        joined_at=clock.now(),
        counted_from=clock.now(),
    )
    session.add(made)
    session.flush()
    joined = MemberJoined(consultation_id=consultation.id, membership_id=made.id, group=NOT_STATED)
    record_history(session, consultation.id, [joined])
    return made


def _record(session: Session, standard: Standard, comment: Comment) -> None:
    received = ContributionReceived(
        consultation_id=comment.consultation_id, contribution_id=comment.id, membership_id=comment.membership_id
    )
    published = ContributionPublished(
        consultation_id=comment.consultation_id,
        contribution=comment.id,
        contribution_kind=Kind.COMMENT.value,
        subject=f"standard {standard.number}",
        text_hash=text_hash(comment.body),
    )
    record_history(session, comment.consultation_id, [received, published])
