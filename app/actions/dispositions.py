"""Comment resolution: saying what was done with each comment, with the reason."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.actions import consultations
from app.actions.objections import published_versions
from app.actions.texts import checked
from app.db import PUBLIC_ID_BITS
from app.errors import Invalid, NotFound, require
from app.events import DispositionGiven, record, text_hash
from app.language import _
from app.models.comments import Comment
from app.models.consultations import Consultation, Membership
from app.models.dispositions import Disposition, DispositionKind
from app.models.objections import Objection
from app.models.standards import Standard
from app.rules.dispositions import CHANGING, Problem, problem_with_target, problem_with_words, why_not_dispose

LONGEST_REASON = 2000
LONGEST_DEFERRAL = 120


def give(
    session: Session,
    consultation: Consultation,
    comment: Comment,
    *,
    by: Membership,
    kind: DispositionKind,
    reason: str = "",
    version: int | None = None,
    duplicate_of: int | None = None,
    deferred_to: str = "",
) -> Disposition:
    """Say what was done with a comment; said again, the later one holds and the ledger keeps both.

    Raises:
        Refused: neither chair nor deputy, one's own comment, or the reason of an objection.
        Invalid: the reason, the version, the comment that says the same or the later version is missing.
    """
    consultations.lock(session, consultation)
    session.refresh(comment)
    state = session.scalar(select(Objection.state).where(Objection.comment_id == comment.id))
    require(why_not_dispose(by, comment, state))
    reason = checked(reason, field="reason", needed=False, longest=LONGEST_REASON)
    deferred_to = checked(deferred_to, field="deferred_to", needed=False, longest=LONGEST_DEFERRAL)
    same = _comment(session, duplicate_of)
    problem = problem_with_words(kind, reason, version, published_versions(session, comment.standard_id))
    check(problem or problem_with_target(kind, comment, same, deferred_to))
    wanted = {
        "kind": kind,
        "reason": reason,
        "version": version if kind in CHANGING else None,
        "duplicate_of_id": same.id if same and kind == DispositionKind.DUPLICATE else None,
        "deferred_to": deferred_to if kind == DispositionKind.DEFERRED else "",
    }
    return _store(session, comment, by, wanted)


def note_all(
    session: Session, consultation: Consultation, comment_ids: Sequence[int], *, by: Membership, reason: str
) -> int:
    """Note several comments at once with one reason; returns how many. All of them or none.

    Raises:
        Refused: one of them cannot be resolved by this person.
        Invalid: the reason is missing, or none was chosen.
        NotFound: one of them is not of this consultation.
    """
    if not comment_ids:
        raise Invalid("comments", _("Choose at least one comment."))
    for comment_id in sorted(set(comment_ids)):
        comment = get(session, consultation.id, comment_id)
        give(session, consultation, comment, by=by, kind=DispositionKind.NOTED, reason=reason)
    return len(set(comment_ids))


def check(problem: Problem | None) -> None:
    """Do nothing when nothing is missing.

    Raises:
        Invalid: the field at fault, with what to do.
    """
    if problem is not None:
        raise Invalid(problem[0], problem[1].message)


def get(session: Session, consultation_id: int, comment_id: int) -> Comment:
    """A comment of this consultation, for acting on it.

    Raises:
        NotFound: there is none with this number here.
    """
    found = _comment(session, comment_id)
    if found is None or found.consultation_id != consultation_id:
        raise NotFound
    return found


def _comment(session: Session, comment_id: int | None) -> Comment | None:
    if comment_id is None or comment_id >= 2**PUBLIC_ID_BITS:
        return None
    return session.get(Comment, comment_id)


def _store(session: Session, comment: Comment, by: Membership, wanted: Mapping[str, object]) -> Disposition:
    given = session.get(Disposition, comment.id, populate_existing=True)
    if given is not None and all(getattr(given, name) == value for name, value in wanted.items()):
        return given
    if given is None:
        given = Disposition(comment_id=comment.id)
        session.add(given)
    for name, value in wanted.items():
        setattr(given, name, value)
    given.membership_id, given.given_at = by.id, clock.now()
    standard = session.get_one(Standard, comment.standard_id)
    standard.revision += 1
    session.flush()
    event = DispositionGiven(
        consultation_id=comment.consultation_id,
        contribution=comment.id,
        subject=f"standard {standard.number}",
        disposition=given.kind.value,
        version=given.version,
        text_hash=text_hash(given.reason),
    )
    record(session, event)
    return given
