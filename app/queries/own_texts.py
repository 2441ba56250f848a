"""Texts of one's own that change a published standard, in whatever state: versions and amendments."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import NotFound, Refusal
from app.models.amendments import Amendment
from app.models.consultations import Consultation
from app.models.contributions import Contribution
from app.models.evidence import Evidence
from app.models.moderation import Decision
from app.models.standards import Standard, StandardVersion
from app.queries.consultations import Frame, frame
from app.queries.grounds import Ground, grounds_of
from app.queries.own_decisions import last_taken
from app.queries.people import Viewer
from app.queries.visibility import own_contribution
from app.rules.amendments import why_not_change_amendment
from app.rules.versions import why_not_change_waiting


@dataclass(frozen=True, slots=True)
class OwnVersion:
    """A later version of mine with what it rests on, to be changed and sent again."""

    frame: Frame
    standard: Standard
    version: StandardVersion
    decision: Decision | None
    grounds: tuple[Ground, ...]
    evidence: tuple[Evidence, ...]
    why_not_change: Refusal | None

    @property
    def reason(self) -> str | None:
        """Why it was returned."""
        return self.decision.reason.value if self.decision and self.decision.reason else None


@dataclass(frozen=True, slots=True)
class OwnAmendment:
    """An amendment of mine, to be changed and sent again, with the text that is in force."""

    frame: Frame
    standard: Standard
    amendment: Amendment
    version: StandardVersion
    decision: Decision | None
    why_not_change: Refusal | None

    @property
    def reason(self) -> str | None:
        """Why it was returned."""
        return self.decision.reason.value if self.decision and self.decision.reason else None


def own_version(session: Session, viewer: Viewer, contribution_id: int) -> OwnVersion:
    """A later version of one's own, in whatever state.

    Raises:
        NotFound: it does not exist, is somebody else's, or is no later version.
    """
    version = own_contribution(session, viewer.owner_id, contribution_id)
    if not isinstance(version, StandardVersion) or version.based_on is None:
        raise NotFound
    found = _frame_of(session, viewer, version)
    grounds, evidence = grounds_of(session, [version.id])[version.id]
    return OwnVersion(
        found,
        session.get_one(Standard, version.standard_id),
        version,
        last_taken(session, version),
        grounds,
        evidence,
        why_not_change_waiting(found.membership, version),
    )


def own_amendment(session: Session, viewer: Viewer, contribution_id: int) -> OwnAmendment:
    """An amendment of one's own, in whatever state.

    Raises:
        NotFound: it does not exist, is somebody else's, or is no amendment.
    """
    amendment = own_contribution(session, viewer.owner_id, contribution_id)
    if not isinstance(amendment, Amendment):
        raise NotFound
    found = _frame_of(session, viewer, amendment)
    standard = session.get_one(Standard, amendment.standard_id)
    version = session.scalars(
        select(StandardVersion).where(
            StandardVersion.standard_id == standard.id, StandardVersion.number == standard.version
        )
    ).one()
    return OwnAmendment(
        found,
        standard,
        amendment,
        version,
        last_taken(session, amendment),
        why_not_change_amendment(found.membership, amendment),
    )


def _frame_of(session: Session, viewer: Viewer, contribution: Contribution) -> Frame:
    slug = session.scalars(select(Consultation.slug).where(Consultation.id == contribution.consultation_id)).one()
    return frame(session, slug, viewer)
