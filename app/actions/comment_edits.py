"""Changing one's own comment: freely at first, later with the earlier text kept."""

from sqlalchemy.orm import Session

from app import clock
from app.actions import comments, consultations, letters
from app.actions.cases import call_off, open_case
from app.actions.texts import checked
from app.errors import Invalid, Refusal, require
from app.events import ContributionReceived, record
from app.language import _
from app.models.comments import Comment
from app.models.consultations import Consultation, Membership
from app.models.contributions import READABLE, State
from app.models.moderation import Cause
from app.models.standards import Standard
from app.rules.comments import DISCUSSING
from app.rules.consultations import why_not_now, why_not_suspended
from app.rules.contributions import first_state, why_not_edit
from app.rules.phases import phases_of


def edit(
    session: Session,
    consultation: Consultation,
    comment: Comment,
    *,
    by: Membership,
    body: str,
    proposed_change: str = "",
    read_revision: int | None = None,
) -> Comment:
    """Change one's own text: freely at first, later with the earlier text kept; a returned one goes back to review.

    Raises:
        Refused: not the author, or no longer editable.
        Invalid: empty, too long, or changed elsewhere in the meantime.
    """
    consultations.lock(session, consultation)
    session.refresh(comment)
    require(why_not_edit(by, comment))
    if comment.state in READABLE:  # what came in on time may still be mended for its moderator after closing
        require(why_not_suspended(by, at=clock.now()) or _why_not_discuss(session, consultation, comment))
    body, proposed_change = checked(body), checked(proposed_change, field="proposed_change", needed=False)
    if read_revision is not None and read_revision != comment.revision:
        raise Invalid(
            "body",
            _("You changed this text elsewhere in the meantime. Load the page again to see it, then change it."),
        )
    if (body, proposed_change) == (comment.body, comment.proposed_change) and comment.state != State.RETURNED:
        _call_off(session, comment)
        return comment
    if comment.state not in READABLE:
        _write_anew(session, comment, body, proposed_change)
        _read_again(session, comment, by, cause=Cause.RESUBMITTED)
    elif comment.state == State.REDACTED or first_state(consultation, by, at=clock.now()) == State.PENDING:
        comment.next_body, comment.next_change, comment.revision = body, proposed_change, comment.revision + 1
        _read_again(session, comment, by, cause=Cause.EDITED)
    else:
        comments.replace(session, comment, body, proposed_change)
        open_case(session, comment, cause=Cause.EDITED)
    return comment


def _write_anew(session: Session, comment: Comment, body: str, proposed_change: str) -> None:
    comments.write(comment, body, proposed_change)
    letters.index_again(session, comment)


def _why_not_discuss(session: Session, consultation: Consultation, comment: Comment) -> Refusal | None:
    standard = session.get_one(Standard, comment.standard_id)
    phases = phases_of(consultation, standard, consultations.phases_of(session, consultation))
    return why_not_now(consultation, phases, DISCUSSING, at=clock.now())


def _call_off(session: Session, comment: Comment) -> None:
    """Whoever writes the published text again wants no other text published."""
    if comment.next_body is not None:
        comment.next_body, comment.next_change, comment.revision = None, "", comment.revision + 1
        call_off(session, comment)


def _read_again(session: Session, comment: Comment, by: Membership, *, cause: Cause) -> None:
    comment.state = comment.state if comment.state in READABLE else State.PENDING
    open_case(session, comment, cause=cause)
    received = ContributionReceived(
        consultation_id=comment.consultation_id, contribution_id=comment.id, membership_id=by.id
    )
    record(session, received)
