"""A consultation worth a summary: groups that may be shown and groups that may not. Nothing here commits."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions import positions
from app.models.comments import Comment, Stance
from app.models.consultations import Consultation, TallyVisibility
from app.models.objections import Objection
from app.models.positions import Choice
from app.models.standards import Standard
from tests.factories import comments, consultations, moderation, people, standards

SUPPORT, RESERVATIONS, ABSTAIN, OBJECT = Choice
LONE_REASON = "Only I see what this does at night."
SMALL = ("researchers", "makers")
SHOWN = {"wrongly": (6, 1, 0, 2), "scanned": (5, 2, 3, 0)}


def told(session: Session, *, visible: TallyVisibility = TallyVisibility.ALWAYS) -> Consultation:
    """Two standards, on the first of which 24 people of four groups took positions; two of the groups are small.

    Among the three researchers is one who objects, with a published reason; an organisation stands apart.
    """
    consultation = consultations.opened(session, slug="faces")
    consultation.tallies_visible = visible
    first = standards.published(session, consultation, title="A match is a lead")
    standards.published(session, consultation, title="No search without a warrant")
    for group, counts in SHOWN.items():
        standards.positions_of(session, first, group, dict(zip(Choice, counts, strict=True)))
    standards.positions_of(session, first, "researchers", {SUPPORT: 2})
    standards.positions_of(session, first, "makers", {ABSTAIN: 2})
    _lone_objection(session, consultation, first)
    organisation = people.member(session, consultation, group="makers", organisation="Example Cameras Ltd")
    standards.position(session, first, RESERVATIONS, by=organisation)
    for stance, body in ((Stance.SUPPORTS, "It protects people."), (Stance.OBJECTS, "It costs too much.")):
        comment = comments.published(session, first, stance=stance, body=body)
        comments.endorsed(session, comment, group="wrongly")
    session.flush()
    return consultation


def _lone_objection(session: Session, consultation: Consultation, first: Standard) -> None:
    researcher = people.member(session, consultation, group="researchers")
    positions.take(
        session,
        consultation,
        first,
        by=researcher,
        choice=OBJECT,
        reason=LONE_REASON,
        would_change="An audit by somebody else.",
    )
    raised = select(Objection).where(Objection.membership_id == researcher.id)
    moderation.decide(session, session.get_one(Comment, session.scalars(raised).one().comment_id))
