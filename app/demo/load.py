"""Storing the demonstration. Everything goes through the actions, so that its record is a real one."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.actions import consultations, imports
from app.actions.consultations import NewPhase
from app.demo import catalogue, deliberation, discussion, due_process, groups, outcomes, people, positions, proposals
from app.demo.content import written
from app.demo.story import Days, Story
from app.errors import CONFLICT, Refusal, require
from app.language import _
from app.models.consultations import Consultation, Identity, PhaseKind, Role, StakeholderGroup
from app.models.people import Account
from app.rules.groups import NewGroup


def load(session: Session) -> Consultation:
    """Store the demonstration, dated relative to now; the same one every time.

    Raises:
        Refused: it is here already.
    """
    require(_why_not_load(session))
    days = Days(clock.now())
    consultation = _consultation(days)
    story = Story(session, consultation, days)
    with clock.stop_at(days.day(-90, 9)):
        catalogue.store(session)
        _prepare(story)
        accounts = people.create_accounts(session, story)
        people.join_team(story, accounts)
        coming = _prepare_coming(story, accounts["chair@demo.example"].id)
    story.at(days.day(-76, 9), lambda: consultations.open_for_all(session, consultation))
    story.at(days.day(-74, 10), lambda: people.join_authors(story, accounts))
    story.at(days.day(-73, 8), lambda: people.join_crowd(story))
    story.at(days.day(-70, 9), lambda: catalogue.register_commitments(session, consultation))
    story.tell()
    proposals.arrange(story)
    discussion.arrange(story)
    positions.arrange(story)
    deliberation.arrange(story)
    due_process.arrange(story)
    outcomes.arrange(story)
    story.at(days.day(-60, 9), lambda: catalogue.link_commitments(session, consultation))
    story.tell()
    for told in (consultation, coming):
        imports.forget_consequences(session, told)
    session.flush()
    return consultation


def _why_not_load(session: Session) -> Refusal | None:
    slugs = [written("consultation")["slug"], written("coming")["slug"]]
    if session.scalar(select(Consultation.id).where(Consultation.slug.in_(slugs)).limit(1)) is not None or (
        people.sign_ins(session)
    ):
        return Refusal("demo_loaded", _("The demonstration is already here."), CONFLICT)
    return None


def _consultation(days: Days) -> Consultation:
    content = written("consultation")
    return Consultation(
        slug=content["slug"],
        title=content["title"],
        purpose=content["purpose"],
        asked_by=content["asked_by"],
        answered_by=content["answered_by"],
        answer_due=days.day(124).date(),
        opens_at=days.day(-76, 9),
        closes_at=days.day(18, 23.98),
        demo=True,
    )


def _prepare(story: Story) -> None:
    """Create the consultation with its fourteen groups; three phases run now, two come later."""
    day = story.days.day
    end = story.consultation.closes_at or day(19)
    phases = [
        NewPhase(PhaseKind.SUBMIT, day(-76, 9), end),
        NewPhase(PhaseKind.DISCUSS, day(-62), end),
        NewPhase(PhaseKind.POSITION, day(-48), end),
        NewPhase(PhaseKind.RESOLVE, end, day(40)),
        NewPhase(PhaseKind.SECOND_ROUND, day(40), day(56)),
        NewPhase(PhaseKind.OUTCOME, day(56), day(124)),
    ]
    consultations.create(story.session, story.consultation, groups=groups.usual(), phases=phases)
    found = select(StakeholderGroup).where(StakeholderGroup.consultation_id == story.consultation.id)
    story.groups |= {group.key: group for group in story.session.scalars(found)}


def _prepare_coming(story: Story, chair_account_id: int) -> Consultation:
    """One more consultation, still being prepared."""
    content = written("coming")
    coming = Consultation(
        slug=content["slug"],
        title=content["title"],
        purpose=content["purpose"],
        asked_by=content["asked_by"],
        answered_by=content["answered_by"],
        opens_at=story.days.day(40, 9),
        closes_at=story.days.day(110, 9),
        demo=True,
    )
    sides = [
        NewGroup("tenants", "Tenants", "People who rent", "Directly affected", directly_affected=True),
        NewGroup("landlords", "Landlords", "People and companies who let homes", "Letting homes"),
    ]
    consultations.create(story.session, coming, groups=sides)
    chair = story.session.get_one(Account, chair_account_id)
    member = consultations.join(
        story.session,
        coming,
        account=chair,
        display_name=chair.display_name,
        group_key="tenants",
        identity=Identity.NAMED,
    )
    consultations.give_role(story.session, coming, member, role=Role.CHAIR)
    return coming
