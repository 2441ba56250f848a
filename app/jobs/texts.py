"""What follows from a changed text: who is told of it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import events
from app.actions import notices
from app.jobs.following import tell_followers
from app.jobs.resolution import text_of
from app.models.amendments import Amendment
from app.models.consultations import Consultation, Membership
from app.models.contributions import READABLE
from app.models.notices import Notice
from app.models.positions import Position
from app.models.reorganisations import Reorganisation
from app.models.standards import Standard, StandardVersion
from app.rules.reorganisations import SUPPORTING

NEW_VERSION = ("text_changed", "followed_version")


def tell_holders(session: Session, event: events.Event) -> None:
    """Whoever holds a position that no longer counts is asked to confirm or change it; other followers hear of it."""
    version = _version_of(session, event)
    if version is not None:
        tell_of_version(session, version)


def tell_of_version(session: Session, version: StandardVersion) -> None:
    """The same, of a later version that everybody can read; once."""
    told_before = select(Notice.id).where(Notice.contribution_id == version.id, Notice.code.in_(NEW_VERSION))
    if version.number == 1 or version.state not in READABLE or session.scalar(told_before.limit(1)) is not None:
        return
    standard = session.get_one(Standard, version.standard_id)
    values = _place(session, standard, version.title)
    asked = _holders(session, standard) if standard.counts_from == version.number else []
    for _membership_id, account_id in asked:
        notices.tell(session, account_id, code="text_changed", values=values, contribution=version)
    link = f"/consultations/{values['slug']}/standards/{values['number']}"
    told = {"number": values["number"], "title": version.title, "link": link}
    but = [member for member, _ in asked]
    tell_followers(session, standard.id, code="followed_version", values=told, but=but, about=version)


def _holders(session: Session, standard: Standard) -> list[tuple[int, int]]:
    """Membership and account of those whose position was taken on a text that no longer counts."""
    holders = (
        select(Membership.id, Membership.account_id)
        .join(Position, Position.membership_id == Membership.id)
        .where(
            Position.standard_id == standard.id,
            Position.version < standard.counts_from,
            Membership.account_id.is_not(None),
        )
        .order_by(Membership.id)
    )
    return [(member, account_id) for member, account_id in session.execute(holders) if account_id is not None]


def tell_proposer(session: Session, event: events.Event) -> None:
    """Whoever proposed an amendment hears what became of it, with the reason."""
    assert isinstance(event, events.AmendmentAdopted | events.AmendmentDeclined)
    amendment = session.get_one(Amendment, event.amendment)
    proposer = session.get_one(Membership, amendment.membership_id)
    if proposer.account_id is None:
        return
    standard = session.get_one(Standard, amendment.standard_id)
    values = _place(session, standard, amendment.label)
    values |= {
        "amendment": str(amendment.number),
        "outcome": amendment.outcome.value,
        "reason": amendment.outcome_reason,
    }
    notices.tell(session, proposer.account_id, code="amendment", values=values)


def tell_supporters(session: Session, event: events.Event) -> None:
    """Those who support a standard hear what is proposed for it, and what came of that."""
    assert isinstance(event, events.ReorganisationProposed | events.ReorganisationEnded)
    found = session.get_one(Reorganisation, event.reorganisation)
    standard = session.get_one(Standard, found.standard_id)
    version = text_of(session, standard)
    values = _place(session, standard, version.title if version and version.state in READABLE else "")
    code = "reorganisation" if isinstance(event, events.ReorganisationProposed) else "reorganised"
    supporters = (
        select(Membership.account_id)
        .join(Position, Position.membership_id == Membership.id)
        .where(
            Position.standard_id == standard.id,
            Position.choice.in_(SUPPORTING),
            Membership.id != found.membership_id,
            Membership.account_id.is_not(None),
        )
        .order_by(Membership.id)
    )
    for account_id in session.scalars(supporters).all():
        if account_id is not None:
            notices.tell(session, account_id, code=code, values=values, contribution=version)


def _version_of(session: Session, event: events.Event) -> StandardVersion | None:
    if isinstance(event, events.ContributionPublished):
        return session.get(StandardVersion, event.contribution)
    assert isinstance(event, events.AmendmentAdopted)
    adopted = select(StandardVersion).where(StandardVersion.amendment_id == event.amendment)
    return session.scalars(adopted).one_or_none()


def _place(session: Session, standard: Standard, title: str) -> dict[str, str]:
    consultation = session.get_one(Consultation, standard.consultation_id)
    return {"slug": consultation.slug, "number": str(standard.number), "label": title}
