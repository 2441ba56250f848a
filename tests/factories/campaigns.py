"""Letters that many people send, and the groups they make. Nothing here commits."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions import campaigns
from app.models.campaigns import Campaign, CampaignLetter, LetterState
from app.models.comments import Comment
from app.models.consultations import Consultation
from app.models.standards import Standard
from tests.factories import comments, consultations

LETTER = (
    "I support strong rules on facial recognition. Please adopt clauses 2.1 to 2.5 without change because everyone has "
    "the right to walk in public without being identified, and because nobody has asked us before the cameras came."
)
OWN_WORDS = "My brother was stopped twice at the station and never learned why."


def letters(session: Session, standard: Standard, count: int = 3, *, waiting: bool = False) -> list[Comment]:
    """So many people send the same letter; the second one adds words of their own."""
    send = comments.pending if waiting else comments.published
    return [send(session, standard, body=f"{OWN_WORDS} {LETTER}" if n == 1 else LETTER) for n in range(count)]


def of(session: Session, comment: Comment) -> Campaign:
    """The campaign that a comment is a letter of."""
    return session.get_one(Campaign, session.get_one(CampaignLetter, comment.id).campaign_id)


def confirmed(session: Session, standard: Standard, count: int = 3, *, waiting: bool = False) -> Campaign:
    """A campaign of so many letters that a moderator has confirmed."""
    campaign = of(session, letters(session, standard, count, waiting=waiting)[0])
    consultation = session.get_one(Consultation, standard.consultation_id)
    campaigns.confirm(session, consultation, campaign, by=consultations.moderators(session, consultation)[0])
    return campaign


def states(session: Session, campaign: Campaign) -> dict[int, LetterState]:
    """Each letter of a campaign with its state."""
    rows = session.scalars(select(CampaignLetter).where(CampaignLetter.campaign_id == campaign.id))
    return {letter.contribution_id: letter.state for letter in rows}
