"""A consultation with one unmistakable word in every text that nobody but its author may read. Nothing here commits."""

from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions import amendments as amending
from app.actions import comment_edits, positions
from app.actions import comments as commenting
from app.actions import standards as proposing
from app.models.comments import Comment
from app.models.consultations import Consultation, Identity, Membership, Review
from app.models.moderation import Action
from app.models.objections import Objection
from app.models.positions import Choice
from app.models.standards import Standard, StandardVersion
from tests.factories import amendments, comments, consultations, moderation, people, standards


@dataclass
class Aviary:
    """Where the words are: each canary with its author."""

    consultation: Consultation
    standard: Standard
    hidden_standard: Standard
    authors: dict[str, Membership] = field(default_factory=dict)
    comments: dict[str, Comment] = field(default_factory=dict)
    versions: dict[str, StandardVersion] = field(default_factory=dict)
    commenter: Membership | None = None

    @property
    def words(self) -> list[str]:
        """Every word that must not be seen."""
        return sorted(self.authors)


def planted(session: Session) -> Aviary:
    """All of them, around one published standard with one published comment."""
    consultation = consultations.opened(session, slug="aviary")
    standard = standards.published(session, consultation, title="Seen by everybody")
    hidden = _hidden_standard(session, consultation)
    aviary = Aviary(consultation, standard, hidden)
    aviary.authors["hiddenproposal"] = session.get_one(Membership, hidden.membership_id)
    aviary.commenter = people.member(session, consultation)
    consultation.review = Review.AFTER
    _post(session, aviary, "hiddencomment", action=Action.HIDE)
    _post(session, aviary, "returnedlater", action=Action.RETURN)
    consultation.review = Review.BEFORE
    comments.published(session, standard, body="Everybody reads this.", by=aviary.commenter)
    _post(session, aviary, "pendingcomment")
    _post(session, aviary, "returnedcomment", action=Action.RETURN)
    _post(session, aviary, "declinedcomment", action=Action.DECLINE)
    _withdrawn(session, aviary)
    _waiting_edit(session, aviary)
    _confidential(session, aviary)
    _objection(session, aviary)
    _proposals(session, aviary)
    _changes(session, aviary)
    session.flush()
    return aviary


def _author(session: Session, aviary: Aviary, word: str, identity: Identity = Identity.PSEUDONYM) -> Membership:
    aviary.authors[word] = people.member(session, aviary.consultation, identity=identity)
    return aviary.authors[word]


def _post(session: Session, aviary: Aviary, word: str, *, action: Action | None = None) -> Comment:
    body = f"A sentence with {word} in it."
    author = _author(session, aviary, word)
    comment = comments.pending(session, aviary.standard, by=author, body=body, proposed_change=f"shall {word}")
    aviary.comments[word] = comment
    if action is not None:
        moderation.decide(session, comment, action)
    return comment


def _withdrawn(session: Session, aviary: Aviary) -> None:
    comment = _post(session, aviary, "withdrawncomment", action=Action.PUBLISH)
    commenting.withdraw(session, aviary.consultation, comment, by=aviary.authors["withdrawncomment"])


def _waiting_edit(session: Session, aviary: Aviary) -> None:
    author = _author(session, aviary, "waitingedit")
    comment = comments.published(session, aviary.standard, by=author, body="The text that stands.")
    body = "A sentence with waitingedit in it."
    comment_edits.edit(session, aviary.consultation, comment, by=author, body=body, proposed_change="shall waitingedit")
    aviary.comments["waitingedit"] = comment


def _confidential(session: Session, aviary: Aviary) -> None:
    author = _author(session, aviary, "confidentialbody", Identity.CONFIDENTIAL)
    author.display_name = "Confidentialname"
    aviary.authors["confidentialname"] = author
    body, change = "A sentence with confidentialbody in it.", "shall confidentialbody"
    comment = comments.published(
        session, aviary.standard, by=author, body=body, proposed_change=change, gist="A gist for everybody."
    )
    aviary.comments["confidentialbody"] = comment


def _objection(session: Session, aviary: Aviary) -> None:
    author = _author(session, aviary, "objectionreason")
    positions.take(
        session,
        aviary.consultation,
        aviary.standard,
        by=author,
        choice=Choice.OBJECT,
        reason="A sentence with objectionreason in it.",
        would_change="If wouldchangemind were true.",
    )
    aviary.authors["wouldchangemind"] = author
    objection = session.scalars(select(Objection)).one()
    aviary.comments["objectionreason"] = session.get_one(Comment, objection.comment_id)


def _proposals(session: Session, aviary: Aviary) -> None:
    for word, action in (("pendingproposal", None), ("declinedproposal", Action.DECLINE)):
        text = standards.proposal(title=f"Title {word}", summary=f"About {word}.", clauses=(f"A {word} shall.",))
        author = _author(session, aviary, word)
        version = standards.pending(session, aviary.consultation, by=author, text=text)
        aviary.versions[word] = version
        if action is not None:
            moderation.decide(session, version, action)
    author = _author(session, aviary, "draftproposal")
    proposing.save_draft(session, author, fields={"summary": "About draftproposal."}, title="Title draftproposal")


def _changes(session: Session, aviary: Aviary) -> None:
    """Other wordings and a new version that nobody else may read, or read no more."""
    for word, action in (("pendingamendment", None), ("declinedamendment", Action.DECLINE)):
        author = _author(session, aviary, word)
        made = amendments.pending(session, aviary.standard, by=author, text=f"A {word} shall.", why=f"For {word}.")
        if action is not None:
            moderation.decide(session, made, action)
    author = _author(session, aviary, "withdrawnamendment")
    made = amendments.published(session, aviary.standard, by=author, text="A withdrawnamendment shall.")
    amending.withdraw(session, aviary.consultation, made, by=author)
    aviary.authors["pendingversion"] = session.get_one(Membership, aviary.standard.membership_id)
    amendments.waiting_version(session, aviary.standard, clauses={"1": "A pendingversion shall."})


def _hidden_standard(session: Session, consultation: Consultation) -> Standard:
    consultation.review = Review.AFTER
    text = standards.proposal(title="Title hiddenproposal", summary="About hiddenproposal.")
    version = standards.pending(session, consultation, text=text)
    consultation.review = Review.BEFORE
    return session.get_one(Standard, version.standard_id)
