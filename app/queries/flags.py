"""What somebody complains about, and what became of it."""

from dataclasses import dataclass

from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import text
from app.db import PUBLIC_ID_BITS
from app.errors import NotFound
from app.models.amendments import Amendment
from app.models.comments import Comment
from app.models.commitments import Commitment, CommitmentUpdate
from app.models.consultations import Consultation
from app.models.contributions import Contribution
from app.models.flags import Flag
from app.models.standards import Standard, StandardVersion
from app.queries.consultations import frame
from app.queries.people import Viewer
from app.queries.visibility import readable, readable_standard


@dataclass(frozen=True, slots=True)
class FlaggedPage:
    """A text that everybody can read, as readers see it, and its address."""

    contribution: Contribution
    consultation: Consultation
    html: Markup
    address: str


@dataclass(frozen=True, slots=True)
class OutcomePage:
    """What became of a report that was sent without an account."""

    flag: Flag
    consultation: Consultation


def flagged_page(session: Session, viewer: Viewer, contribution_id: int) -> FlaggedPage:
    """A readable contribution of any kind.

    Raises:
        NotFound: there is none, or not everybody can read it.
    """
    if contribution_id >= 2**PUBLIC_ID_BITS:
        raise NotFound
    found = session.execute(
        select(Contribution, Consultation.slug)
        .join(Consultation, Consultation.id == Contribution.consultation_id)
        .where(Contribution.id == contribution_id, readable())
    ).one_or_none()
    if found is None:
        raise NotFound
    contribution, slug = found
    consultation = frame(session, slug, viewer).consultation
    base = f"/consultations/{slug}"
    return FlaggedPage(contribution, consultation, _shown(contribution), base + _place(session, contribution))


def outcome(session: Session, token_hash: str) -> OutcomePage:
    """What a token leads to.

    Raises:
        NotFound: nothing.
    """
    row = session.execute(
        select(Flag, Consultation)
        .join(Contribution, Contribution.id == Flag.contribution_id)
        .join(Consultation, Consultation.id == Contribution.consultation_id)
        .where(Flag.token_hash == token_hash)
    ).one_or_none()
    if row is None:
        raise NotFound
    return OutcomePage(row[0], row[1])


def _shown(contribution: Contribution) -> Markup:
    if contribution.gist:
        return Markup(text.render(contribution.gist))
    if isinstance(contribution, Comment):
        return Markup(contribution.html)
    if isinstance(contribution, StandardVersion):
        return Markup("<p><b>{}</b></p><p>{}</p>").format(contribution.title, contribution.summary)
    if isinstance(contribution, Amendment):
        return Markup("<p>{}</p><p>{}</p>").format(contribution.text, contribution.why)
    if isinstance(contribution, CommitmentUpdate):
        return Markup("<p>{}</p>").format(contribution.what)
    return Markup("<p>{}</p>").format(contribution.label)


def _place(session: Session, contribution: Contribution) -> str:
    """The page on which it stands, inside its consultation; nobody comes to the texts on a standard that is hidden."""
    if isinstance(contribution, CommitmentUpdate):
        named = select(Commitment.reference).where(Commitment.id == contribution.commitment_id)
        return f"/commitments/{session.scalars(named).one()}"
    assert isinstance(contribution, Comment | StandardVersion | Amendment)
    standing = select(Standard.number).join(StandardVersion, StandardVersion.standard_id == Standard.id)
    number = session.scalar(standing.where(Standard.id == contribution.standard_id, readable_standard()))
    if number is None:
        raise NotFound
    if isinstance(contribution, Amendment):
        return f"/standards/{number}/amendments/{contribution.number}"
    return f"/standards/{number}" + (f"#k{contribution.id}" if isinstance(contribution, Comment) else "")
