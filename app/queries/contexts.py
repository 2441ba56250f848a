"""A contribution in its place: what a moderator has to see around it."""

from dataclasses import dataclass

from markupsafe import Markup
from sqlalchemy import and_, select
from sqlalchemy.orm import Session, aliased

from app import text
from app.language import Message
from app.models.amendments import Amendment
from app.models.comments import Comment
from app.models.commitments import Commitment, CommitmentUpdate
from app.models.consultations import Membership, StakeholderGroup
from app.models.contributions import READABLE, Contribution
from app.models.objections import Objection
from app.models.standards import Standard, StandardVersion
from app.queries.grounds import Grounds, grounds_of
from app.queries.threads import name_of, tombstone
from app.queries.versions import FieldChange, field_changes
from app.rules.amendments import text_of
from app.rules.differences import ClauseChange, Fate, clause_changes, compare

_ANSWERED, _ANSWERER = aliased(Comment, flat=True), aliased(Membership)  # made once: that takes longer than to ask

NO_GROUNDS: Grounds = ((), ())


@dataclass(frozen=True, slots=True)
class Above:
    """The comment that is answered, as readers see it; where they see none, `gone` says why."""

    comment: Comment
    author_name: str
    group_name: str
    directly_affected: bool
    html: Markup
    gone: Message | None


@dataclass(frozen=True, slots=True)
class Context:
    """Where a contribution stands: the standard, the clause, the comment it answers, and its own full text.

    `written` is that text as its author wrote it, for hints.

    `html` and `proposed_change` are what is to be decided on; `earlier` is what readers see until then. A proposal
    comes with its version, the provisions it rests on and its evidence; a later version and an amendment also with what
    they change in the text that is in force.
    """

    standard_number: int | None
    standard_title: str
    html: Markup
    clause: str = ""
    clause_text: str = ""
    above: Above | None = None
    comment: Comment | None = None
    earlier: Markup | None = None
    proposed_change: Markup | None = None
    would_change: str = ""
    version: StandardVersion | None = None
    update: CommitmentUpdate | None = None
    written: str = ""
    grounds: Grounds = NO_GROUNDS
    amendment: Amendment | None = None
    clauses: tuple[ClauseChange, ...] = ()
    fields: tuple[FieldChange, ...] = ()

    @property
    def changed(self) -> tuple[ClauseChange, ...]:
        """The clauses that the text would change if it were published now."""
        return tuple(change for change in self.clauses if change.fate != Fate.SAME)


def context_of(session: Session, contribution: Contribution) -> Context:
    """The place of a contribution of any kind. At most two statements."""
    if isinstance(contribution, Comment):
        return _of_comment(session, contribution)
    if isinstance(contribution, StandardVersion):
        return _of_version(session, contribution)
    if isinstance(contribution, Amendment):
        return _of_amendment(session, contribution)
    if isinstance(contribution, CommitmentUpdate):
        return _of_commitment_update(session, contribution)
    return Context(None, contribution.label, Markup())


def _of_commitment_update(session: Session, update: CommitmentUpdate) -> Context:
    """The promise that it is about, what happened, and its source to be opened."""
    company = session.scalars(select(Commitment.company).where(Commitment.id == update.commitment_id)).one()
    written = f"{update.what}\n\n{update.source}"
    return Context(None, company, Markup("<p>{}</p>").format(update.what), update=update, written=written)


def _of_version(session: Session, version: StandardVersion) -> Context:
    number, current = session.execute(
        select(Standard.number, StandardVersion)
        .outerjoin(
            StandardVersion,
            and_(StandardVersion.standard_id == Standard.id, StandardVersion.number == Standard.version),
        )
        .where(Standard.id == version.standard_id)
    ).one()
    replaces: StandardVersion | None = current if version.based_on is not None and current is not version else None
    grounds = grounds_of(session, [version.id, *([replaces.id] if replaces else [])])
    return Context(
        number,
        version.title,
        _rendered(version.summary),
        version=version,
        written="\n\n".join((version.title, version.summary, *(clause["text"] for clause in version.clauses))),
        grounds=grounds[version.id],
        clauses=clause_changes(replaces.clauses, version.clauses) if replaces else (),
        fields=field_changes(replaces, version, grounds[replaces.id], grounds[version.id]) if replaces else (),
    )


def _of_amendment(session: Session, amendment: Amendment) -> Context:
    number, current = session.execute(
        select(Standard.number, StandardVersion)
        .join(StandardVersion, StandardVersion.standard_id == Standard.id)
        .where(Standard.id == amendment.standard_id, StandardVersion.number == Standard.version)
    ).one()
    now = text_of(amendment.clause, current.clauses)
    fate = Fate.ADDED if not amendment.clause else Fate.CHANGED if amendment.text else Fate.REMOVED
    return Context(
        number,
        current.title,
        _rendered(amendment.why),
        clause=amendment.clause,
        clause_text=now,
        amendment=amendment,
        written=f"{amendment.text}\n\n{amendment.why}".strip(),
        clauses=(ClauseChange(amendment.clause, fate, now, amendment.text, compare(now, amendment.text)),),
    )


def _of_comment(session: Session, comment: Comment) -> Context:
    number, version, parent, author, group = session.execute(
        select(Standard.number, StandardVersion, _ANSWERED, _ANSWERER, StakeholderGroup)
        .join(StandardVersion, StandardVersion.standard_id == Standard.id)
        .outerjoin(_ANSWERED, _ANSWERED.id == comment.parent_id)
        .outerjoin(_ANSWERER, _ANSWERER.id == _ANSWERED.membership_id)
        .outerjoin(StakeholderGroup, StakeholderGroup.id == _ANSWERER.group_id)
        .where(Standard.id == comment.standard_id, StandardVersion.number == Standard.version)
    ).one()
    waiting = comment.next_body is not None
    change = comment.next_change if waiting else comment.proposed_change
    would_change = session.scalar(select(Objection.would_change).where(Objection.comment_id == comment.id)) or ""
    return Context(
        number,
        version.title,
        _rendered(comment.next_body or "") if waiting else Markup(comment.html),
        clause=comment.clause,
        clause_text=next((clause["text"] for clause in version.clauses if clause["number"] == comment.clause), ""),
        above=_above(parent, author, group),
        comment=comment,
        earlier=Markup(comment.html) if waiting else None,
        proposed_change=_rendered(change) if change else None,
        would_change=would_change,
        written="\n\n".join(filter(None, (comment.next_body or comment.body, change, would_change))),
    )


def _above(comment: Comment | None, author: Membership, group: StakeholderGroup | None) -> Above | None:
    if comment is None:
        return None
    readable = comment.state in READABLE
    html = _rendered(comment.gist) if comment.gist else Markup(comment.html)
    return Above(
        comment=comment,
        author_name=name_of(author),
        group_name=group.name if group else "",
        directly_affected=bool(group and group.directly_affected),
        html=html if readable else Markup(),
        gone=None if readable else tombstone(comment),
    )


def _rendered(written: str) -> Markup:
    return Markup(text.render(written))
