"""Proposing standards: drafts, submission, and what happens when one can be read."""

from collections.abc import Iterable

from sqlalchemy import and_, delete, insert, select
from sqlalchemy.orm import Session

from app import clock, text
from app.actions import consultations
from app.actions.cases import close_case, open_case
from app.errors import Invalid, require
from app.events import ContributionPublished, ContributionReceived, ContributionWithdrawn, canonical, record, text_hash
from app.models.consultations import Consultation, Membership
from app.models.contributions import READABLE, State
from app.models.evidence import Evidence
from app.models.instruments import Provision
from app.models.moderation import Cause
from app.models.standards import (
    Citation,
    Draft,
    Grounding,
    SearchTerm,
    Standard,
    StandardVersion,
)
from app.rules.contributions import first_state
from app.rules.standards import (
    NewEvidence,
    Proposal,
    problems,
    why_not_propose,
    why_not_resubmit,
    why_not_withdraw_standard,
)
from app.search import terms

TITLE_WEIGHT = 4
LONGEST_TERM = 80
LABEL = 200


def save_draft(
    session: Session, membership: Membership, *, fields: dict[str, object], title: str, draft: Draft | None = None
) -> Draft:
    """Keep what has been typed of a proposal."""
    if draft is None:
        draft = Draft(membership_id=membership.id)
        session.add(draft)
    draft.fields, draft.title, draft.updated_at = fields, title[:LABEL], clock.now()
    draft.revision = (draft.revision or 0) + 1
    session.flush()
    return draft


def discard_draft(session: Session, draft: Draft) -> None:
    """Throw a draft away."""
    session.delete(draft)
    session.flush()


def propose(
    session: Session, consultation: Consultation, *, by: Membership, proposal: Proposal, draft: Draft | None = None
) -> StandardVersion:
    """Submit a proposed standard. It gets its number when it is first published.

    Raises:
        Refused: not a member, or not now.
        Invalid: something is missing or too long; every problem is named.
    """
    consultations.lock(session, consultation)
    phases = consultations.phases_of(session, consultation)
    require(why_not_propose(consultation, phases, by, at=clock.now()))
    check(proposal)
    if earlier := _same_again(session, by, proposal):
        return earlier
    standard = Standard(consultation_id=consultation.id, membership_id=by.id, created_at=clock.now())
    session.add(standard)
    session.flush()
    version = StandardVersion(
        standard_id=standard.id,
        number=1,
        consultation_id=consultation.id,
        membership_id=by.id,
        state=first_state(consultation, by),
        created_at=clock.now(),
    )
    write(session, version, proposal)
    if draft is not None:
        session.delete(draft)
    _receive(session, version, by, cause=Cause.REVIEW)
    return version


def resubmit(
    session: Session, consultation: Consultation, version: StandardVersion, *, by: Membership, proposal: Proposal
) -> StandardVersion:
    """Send a waiting or returned proposal again with a changed text.

    Raises:
        Refused: not the author, or no longer editable.
        Invalid: something is missing or too long.
    """
    consultations.lock(session, consultation)
    session.refresh(version)
    require(why_not_resubmit(by, version))
    check(proposal)
    for table in (Grounding, Citation):
        session.execute(delete(table).where(table.version_id == version.id))
    version.state, version.revision = State.PENDING, version.revision + 1
    write(session, version, proposal)
    _receive(session, version, by, cause=Cause.RESUBMITTED)
    return version


def withdraw(session: Session, consultation: Consultation, version: StandardVersion, *, by: Membership) -> None:
    """Take back a proposal.

    Raises:
        Refused: not the author, or withdrawn already.
    """
    consultations.lock(session, consultation)
    session.refresh(version)
    standard = session.get_one(Standard, version.standard_id, populate_existing=True)
    require(why_not_withdraw_standard(by, standard, version))
    if version.state not in READABLE:
        version.state = State.WITHDRAWN
    standard.withdrawn_at = version.settled_at = clock.now()
    standard.revision += 1
    close_case(session, version)
    record(session, ContributionWithdrawn(consultation_id=consultation.id, contribution_id=version.id))


def settle(session: Session, version: StandardVersion, state: State) -> None:
    """Put a version into the state that a moderator decided."""
    was_readable = version.state in READABLE
    version.state, version.settled_at = state, clock.now()
    if state in READABLE and not was_readable:
        enter(session, version)
    elif was_readable and state not in READABLE:
        session.execute(delete(SearchTerm).where(SearchTerm.standard_id == version.standard_id))


def enter(session: Session, version: StandardVersion) -> None:
    """Let everybody read a version: the standard gets its number with the first one, and is found by search."""
    version.published_at = version.published_at or clock.now()
    standard = session.get_one(Standard, version.standard_id)
    if standard.number is None:
        consultation = session.get_one(Consultation, standard.consultation_id)
        consultation.last_number += 1
        standard.number = consultation.last_number
    standard.version, standard.revision = version.number, standard.revision + 1
    session.flush()
    index(session, [version])
    record(
        session,
        ContributionPublished(
            consultation_id=version.consultation_id,
            contribution=version.id,
            contribution_kind=version.kind.value,
            subject=f"standard {standard.number}",
            text_hash=hash_of(version),
        ),
    )


def write(session: Session, version: StandardVersion, proposal: Proposal) -> None:
    """Put the text of a proposal into a version, with what it rests on."""
    version.title, version.summary, version.label = (
        proposal.title,
        proposal.summary,
        text.excerpt(proposal.title, LABEL),
    )
    version.measure, version.context, version.language = proposal.measure, proposal.context, proposal.language
    version.clauses = [{"number": str(n), "text": clause} for n, clause in enumerate(proposal.clauses, start=1)]
    version.duty_bearers = list(proposal.duty_bearers)
    version.enforcement_kinds, version.enforcement = list(proposal.enforcement_kinds), proposal.enforcement
    version.affected, version.affected_groups = proposal.affected, list(proposal.affected_groups)
    session.add(version)
    session.flush()
    _link(session, version, proposal)


def index(session: Session, versions: Iterable[StandardVersion]) -> None:
    """Make the texts that readers see findable."""
    rows: list[dict[str, object]] = []
    for version in versions:
        session.execute(delete(SearchTerm).where(SearchTerm.standard_id == version.standard_id))
        weights: dict[str, int] = {}
        body = " ".join([version.summary, *(clause["text"] for clause in version.clauses)])
        for weight, written in ((TITLE_WEIGHT, version.title), (1, body)):
            for term in terms(written, version.language):
                weights[term[:LONGEST_TERM]] = weights.get(term[:LONGEST_TERM], 0) + weight
        rows += [
            {
                "standard_id": version.standard_id,
                "term": term,
                "consultation_id": version.consultation_id,
                "weight": weight,
            }
            for term, weight in weights.items()
        ]
    if rows:
        session.execute(insert(SearchTerm), rows)


def hash_of(version: StandardVersion) -> str:
    """The hash by which the record proves what a version said."""
    return text_hash(canonical({"title": version.title, "clauses": version.clauses}).decode())


def check(proposal: Proposal) -> None:
    """Do nothing when a proposal can be sent.

    Raises:
        Invalid: with every problem.
    """
    found = problems(proposal)
    if found:
        raise Invalid(*found[0], *found[1:])


def _receive(session: Session, version: StandardVersion, by: Membership, *, cause: Cause) -> None:
    received = ContributionReceived(
        consultation_id=version.consultation_id, contribution_id=version.id, membership_id=by.id
    )
    record(session, received)
    open_case(session, version, cause=cause)
    if version.state in READABLE:
        enter(session, version)


def _link(session: Session, version: StandardVersion, proposal: Proposal) -> None:
    provisions = session.scalars(select(Provision.id).where(Provision.key.in_(proposal.groundings))).all()
    session.add_all(Grounding(version_id=version.id, provision_id=provision_id) for provision_id in provisions)
    for rank, piece in enumerate(proposal.evidence):
        evidence = _shared_evidence(session, version.consultation_id, piece)
        if evidence is None:
            evidence = Evidence(
                consultation_id=version.consultation_id,
                reference=piece.reference,
                authors=list(piece.authors),
                year=piece.year,
                title=piece.title,
                venue=piece.venue,
                url=piece.url,
                finding=piece.finding,
            )
            session.add(evidence)
            session.flush()
        session.add(Citation(version_id=version.id, evidence_id=evidence.id, rank=rank))
    session.flush()


def _shared_evidence(session: Session, consultation_id: int, piece: NewEvidence) -> Evidence | None:
    """The same piece as it was cited before: evidence is shared across a consultation."""
    same = (
        Evidence.reference == piece.reference
        if piece.reference is not None
        else and_(
            Evidence.title == piece.title, Evidence.year.is_not_distinct_from(piece.year), Evidence.url == piece.url
        )
    )
    known = session.scalars(select(Evidence).where(Evidence.consultation_id == consultation_id, same)).all()
    described = (list(piece.authors), piece.venue, piece.finding)
    return next((one for one in known if piece.reference or (one.authors, one.venue, one.finding) == described), None)


def _same_again(session: Session, by: Membership, proposal: Proposal) -> StandardVersion | None:
    waiting = select(StandardVersion).where(
        StandardVersion.membership_id == by.id,
        StandardVersion.title == proposal.title,
        StandardVersion.summary == proposal.summary,
        StandardVersion.state.in_((State.PENDING, *READABLE)),
    )
    return session.scalars(waiting.limit(1)).first()
