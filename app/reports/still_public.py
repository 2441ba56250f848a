"""What everybody may read now, beside the summary of now: earlier texts of standards, and comments on merged ones."""

from collections.abc import Collection, Iterator

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app import text
from app.models.comments import Comment
from app.models.consultations import Membership
from app.models.contributions import READABLE
from app.models.evidence import Evidence
from app.models.standards import Standard, StandardVersion
from app.queries.consultations import Frame
from app.queries.grounds import grounds_of
from app.queries.threads import name_of
from app.queries.visibility import readable_standard
from app.reports.corrections import CommentWords, Public, VersionWords, missing
from app.reports.document import Document
from app.reports.standard_report import ClauseLine, Source

AT_ONCE = 500


def public_for(session: Session, frame: Frame, stored: Document, live: Document) -> Public:
    """Everything that the words of a stored document are compared with. A few statements, however much is missing."""
    versions, comments = missing(stored, live)
    return Public(live, _versions(session, frame, versions), _comments(session, frame, comments))


def _versions(
    session: Session, frame: Frame, wanted: Collection[tuple[int, int]]
) -> dict[tuple[int, int], VersionWords]:
    if not wanted:
        return {}
    rows = session.execute(
        select(Standard.number, StandardVersion)
        .join(StandardVersion, StandardVersion.standard_id == Standard.id)
        .where(
            Standard.consultation_id == frame.consultation.id,
            Standard.number.in_({number for number, _version in wanted}),
            StandardVersion.state.in_(READABLE),
            Standard.id.in_(_readable(frame)),
        )
    ).all()
    found = {key: version for number, version in rows if (key := (number or 0, version.number or 0)) in wanted}
    grounds = grounds_of(session, [version.id for version in found.values()])
    return {
        key: VersionWords(
            title=version.title,
            summary=version.summary,
            clauses=tuple(ClauseLine(clause["number"], clause["text"]) for clause in version.clauses),
            grounding=tuple(f"{ground.label}: {ground.title}" for ground in grounds[version.id][0]),
            duty_bearers=tuple(bearer["name"] for bearer in version.duty_bearers),
            enforcement=version.enforcement,
            evidence=tuple(_source(piece) for piece in grounds[version.id][1]),
        )
        for key, version in found.items()
    }


def _source(piece: Evidence) -> Source:
    return Source(tuple(piece.authors), piece.year, piece.title, piece.venue, piece.url, piece.finding)


def _comments(session: Session, frame: Frame, wanted: Collection[int]) -> dict[int, CommentWords]:
    found: dict[int, CommentWords] = {}
    for ids in _batches(sorted(wanted)):
        rows = session.execute(
            select(Comment, Membership)
            .join(Membership, Membership.id == Comment.membership_id)
            .where(Comment.id.in_(ids), Comment.state.in_(READABLE), Comment.standard_id.in_(_readable(frame)))
        )
        for comment, author in rows:
            group = frame.group_of(author.group_id)
            found[comment.id] = CommentWords(
                author=name_of(author),
                group=group.name if group else "",
                text=text.plain(comment.gist or comment.body),
                proposed_change="" if comment.gist else comment.proposed_change,
                language=comment.language,
            )
    return found


def _readable(frame: Frame) -> Select[int]:
    """The standards with a page that everybody can open."""
    return (
        select(Standard.id)
        .join(StandardVersion, StandardVersion.standard_id == Standard.id)
        .where(Standard.consultation_id == frame.consultation.id, readable_standard())
    )


def _batches(ids: list[int]) -> Iterator[list[int]]:
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))
