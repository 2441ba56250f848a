"""The text of a version: putting it down with what it rests on, and making it findable."""

from collections.abc import Iterable, Sequence

from sqlalchemy import and_, delete, insert, select
from sqlalchemy.orm import Session

from app import text
from app.errors import Invalid
from app.events import canonical, text_hash
from app.models.evidence import Evidence
from app.models.instruments import Provision
from app.models.standards import Citation, Clause, Grounding, SearchTerm, StandardVersion
from app.rules.standards import NewEvidence, Proposal, problems
from app.search import terms

TITLE_WEIGHT = 4
LONGEST_TERM = 80
LABEL = 200
COPIED = (
    *("title", "summary", "label", "language", "measure", "context", "duty_bearers"),
    *("enforcement_kinds", "enforcement", "affected", "affected_groups"),
)


def write(session: Session, version: StandardVersion, proposal: Proposal, clauses: Sequence[Clause]) -> None:
    """Put the text of a proposal into a version, its clauses numbered, with what it rests on; again replaces it."""
    version.title, version.summary, version.label = (
        proposal.title,
        proposal.summary,
        text.excerpt(proposal.title, LABEL),
    )
    version.measure, version.context, version.language = proposal.measure, proposal.context, proposal.language
    version.clauses = list(clauses)
    version.duty_bearers = list(proposal.duty_bearers)
    version.enforcement_kinds, version.enforcement = list(proposal.enforcement_kinds), proposal.enforcement
    version.affected, version.affected_groups = proposal.affected, list(proposal.affected_groups)
    session.add(version)
    session.flush()
    for table in (Grounding, Citation):
        session.execute(delete(table).where(table.version_id == version.id))
    _link(session, version, proposal)


def copy(session: Session, source: StandardVersion, version: StandardVersion, clauses: Sequence[Clause]) -> None:
    """Put the text of one version into another, with these clauses instead of its own, and all that it rests on."""
    for name in COPIED:
        setattr(version, name, getattr(source, name))
    version.clauses = list(clauses)
    session.add(version)
    session.flush()
    grounds = session.scalars(select(Grounding.provision_id).where(Grounding.version_id == source.id)).all()
    session.add_all(Grounding(version_id=version.id, provision_id=provision_id) for provision_id in grounds)
    cited = session.execute(select(Citation.evidence_id, Citation.rank).where(Citation.version_id == source.id)).all()
    session.add_all(Citation(version_id=version.id, evidence_id=piece, rank=rank) for piece, rank in cited)
    session.flush()


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
