"""A consultation with a canary in every field of everything that people submit, in every state. Nothing here commits.

`opened` makes what everybody may read and everybody who takes part; `planted` adds what was never published, and
`removed` what was published once, so that counts can be compared in between.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from app.actions import comment_edits
from app.actions import standards as proposing
from app.models.comments import Comment
from app.models.consultations import Consultation, Identity, Membership, Role
from app.models.contributions import Contribution
from app.models.moderation import Action
from app.models.people import Account
from app.models.standards import Standard
from tests.factories import comments, commitments, consultations, people, standards
from tests.factories.canary_kinds import KINDS, Words
from tests.factories.canary_states import NEVER_PUBLISHED, ONCE_PUBLISHED, Keepers
from tests.factories.canary_words import Flock, What

SLUG, ELSEWHERE, PREPARED = "aviary", "elsewhere", "nest"
BESIDE = ("confidential", "edited", "flagged", "drafting")
STATES = {**NEVER_PUBLISHED, **ONCE_PUBLISHED}
REDACTABLE = {"body", "change", "reason", "mind", "title", "summary", "clause", "enforcement", "affected", "why"} | {
    *("text", "what", "url")
}
IMPOSSIBLE = {("proposal", "retracted"), ("version", "retracted")}
"""A standard that is taken back stays readable."""
PLACES = ("pending", *ONCE_PUBLISHED, "confidential")
"""The states for which there is a standard; the texts of those after one of them are on the same standard."""
TOLD_MEANWHILE = ("hidden", "redacted", "retracted")
CHAIRING = {"chair": Role.CHAIR, "deputy": Role.DEPUTY, "policymaker": Role.POLICYMAKER}


@dataclass
class Menagerie:
    """The consultation, its people, the public standard on which the texts of each state are, and all the words.

    `summaries` were stored, one after the other, while texts could be read that were removed later.
    """

    flock: Flock
    keepers: Keepers
    authors: dict[str, Membership] = field(default_factory=dict)
    roles: dict[str, Account] = field(default_factory=dict)
    standards: dict[str, Standard] = field(default_factory=dict)
    token: str = ""
    summaries: list[list[bytes]] = field(default_factory=list)

    @property
    def consultation(self) -> Consultation:
        """The one that everything is in."""
        return self.keepers.consultation


def opened(session: Session) -> Menagerie:
    """Everybody, and what everybody may read: the standards, each with a comment."""
    consultation = consultations.opened(session, slug=SLUG, title="Seen by everybody")
    flock = Flock()
    chairing = {name: _somebody(session, flock, consultation, name, role=role) for name, role in CHAIRING.items()}
    participant = _somebody(session, flock, consultation, "participant")
    flagger = _somebody(session, flock, consultation, "flagger", what=What.FLAGGER)
    moderators = consultations.moderators(session, consultation)
    known = {**chairing, "participant": participant, "flagger": flagger, "moderator": moderators[0]}
    known["second moderator"] = moderators[1]
    roles = {name: session.get_one(Account, one.account_id) for name, one in known.items()}
    keepers = Keepers(session, flock, consultation, moderators, chairing["chair"], roles["flagger"])
    made = Menagerie(flock, keepers, roles=roles)
    _elsewhere(session, made)
    commitments.registered(session, consultation)
    for state in (*STATES, *BESIDE):
        _author(session, made, state)
        if state in PLACES:
            standard = standards.published(session, consultation, by=participant, title=f"Public {state}")
            comments.published(session, standard, body="Everybody reads this.", by=participant)
        made.standards[state] = standard
    for state in ("pending", "declined", "returned"):
        comments.published(session, made.standards["edited"], by=made.authors["edited"], body=f"It stands, {state}.")
    for name in ("once", "proposed"):
        comments.published(session, made.standards["flagged"], body=f"Complained about, {name}.")
    return made


def planted(session: Session, made: Menagerie) -> None:
    """What was never published; every page for everybody stays as it is."""
    for state in NEVER_PUBLISHED:
        for kind in KINDS:
            if kind != "objection":  # that a position objects is counted whatever becomes of its reason
                _plant(session, made, kind, state)
    _edit(session, made)
    _flags(session, made)
    _draft(session, made)
    _prepare(session, made)


def removed(session: Session, made: Menagerie, meanwhile: Callable[[], object]) -> None:
    """What leaves a trace for everybody: objections, and what was published once.

    `meanwhile` is called after some of it was published, so that people are told of it before it goes; the rest goes
    before anybody was told.
    """
    for state in STATES:
        for kind in KINDS:
            if (kind, state) not in IMPOSSIBLE and (state in ONCE_PUBLISHED or kind == "objection"):
                _plant(session, made, kind, state, meanwhile)
    _under_hidden(session, made)
    _confide(session, made)
    session.flush()


def _plant(
    session: Session, made: Menagerie, kind: str, state: str, meanwhile: Callable[[], object] = lambda: None
) -> Contribution:
    by, name = made.authors[state], f"{kind}{state}"
    if state == "suspended" and kind == "comment":  # somebody is suspended only after a warning
        first = KINDS[kind](session, made.standards[state], by, _words(made, f"{kind}before", by))
        STATES["warned"](made.keepers, first, f"{kind}before")
    by.suspended_until = None
    standard = made.standards[state]
    whose, standard.membership_id = standard.membership_id, by.id  # only its author writes a new version
    item = KINDS[kind](session, standard, by, _words(made, name, by, redactable=state == "redacted"))
    standard.membership_id = whose
    if state in ONCE_PUBLISHED:
        made.keepers.publish(item)
        if state in TOLD_MEANWHILE:
            meanwhile()
    STATES[state](made.keepers, item, name)
    session.flush()
    return item


def _words(made: Menagerie, name: str, by: Membership, *, redactable: bool = False, what: What = What.TEXT) -> Words:
    def word(part: str) -> str:
        if redactable and part not in REDACTABLE:
            return "something"
        return made.flock.word(what, name, part, owner=by.account_id)

    return word


def _somebody(
    session: Session,
    flock: Flock,
    consultation: Consultation,
    name: str,
    *,
    what: What | None = None,
    role: Role = Role.PARTICIPANT,
    identity: Identity = Identity.PSEUDONYM,
) -> Membership:
    """Somebody whose address is a canary, as is the name of the account; the name shown too, if it says `what`."""
    owner = people.account(session, name=f"Account {flock.word(What.ACCOUNT, name, 'account')}")
    owner.email = f"{flock.word(What.ADDRESS, name, 'address')}@example.org"
    for kind, part in ((What.ACCOUNT, "account"), (What.ADDRESS, "address")):
        flock.word(kind, name, part, owner=owner.id)
    shown = flock.word(what, name, "name", owner=owner.id) if what else f"Public {name}"
    return people.member(session, consultation, name=shown, role=role, identity=identity, owner=owner)


def _author(session: Session, made: Menagerie, state: str) -> None:
    confidential = state == "confidential"
    unseen = state not in ONCE_PUBLISHED and state != "edited"
    what = What.PERSON if confidential else What.NAME if unseen else None
    identity = Identity.CONFIDENTIAL if confidential else Identity.PSEUDONYM
    by = _somebody(session, made.flock, made.consultation, f"{state}author", what=what, identity=identity)
    made.authors[state] = by
    made.roles[f"author of what is {state}"] = session.get_one(Account, by.account_id)


def _elsewhere(session: Session, made: Menagerie) -> None:
    """Another consultation with its moderator, an administrator who takes part nowhere, and somebody new."""
    other = consultations.opened(session, slug=ELSEWHERE, title="Another one")
    standards.published(session, other, title="Something else")
    moderator = _somebody(session, made.flock, other, "elsewhere", role=Role.MODERATOR)
    chair = _somebody(session, made.flock, other, "elsewherechair", role=Role.CHAIR)
    made.roles["moderator of another one"] = session.get_one(Account, moderator.account_id)
    made.roles["chair of another one"] = session.get_one(Account, chair.account_id)
    made.roles["administrator"] = people.account(session, name="Root", administrator=True)


def _edit(session: Session, made: Menagerie) -> None:
    """A published comment with a change that waits, one with a change that was declined, and one returned."""
    by = made.authors["edited"]
    for state, action in (("pending", None), ("declined", Action.DECLINE), ("returned", Action.RETURN)):
        words = _words(made, f"edit{state}", by)
        comment = session.query(Comment).filter_by(body=f"It stands, {state}.").one()
        body, change = f"A later text with {words('body')}.", f"shall {words('change')}"
        comment_edits.edit(session, made.consultation, comment, by=by, body=body, proposed_change=change)
        if action:
            made.keepers.decide(comment, action, f"edit{state}")


def _flags(session: Session, made: Menagerie) -> None:
    """A published comment that somebody complained about, and one that a first reader would hide."""
    once, proposed = (
        session.query(Comment).filter_by(body=f"Complained about, {name}.").one() for name in ("once", "proposed")
    )
    made.token = made.keepers.flag(once, "flaggedonce")
    made.keepers.flag(proposed, "flaggedproposed")
    made.keepers.propose(proposed, "flaggedproposed", Action.HIDE)


def _draft(session: Session, made: Menagerie) -> None:
    by = made.authors["drafting"]
    words = _words(made, "draft", by, what=What.DRAFT)
    proposing.save_draft(session, by, fields={"summary": f"About {words('summary')}."}, title=f"Title {words('title')}")


def _prepare(session: Session, made: Menagerie) -> None:
    """A consultation that is being prepared, by a chair who is nobody here."""
    draft = consultations.draft(
        session, slug=PREPARED, title=f"On {made.flock.word(What.PREPARED, 'prepared', 'title')}"
    )
    draft.purpose = f"Is {made.flock.word(What.PREPARED, 'prepared', 'purpose')} good?"
    leading = _somebody(session, made.flock, draft, "preparing", role=Role.CHAIR)
    made.roles["chair of what is prepared"] = session.get_one(Account, leading.account_id)
    for part in ("title", "purpose"):
        made.flock.word(What.PREPARED, "prepared", part, owner=leading.account_id)
        made.flock.word(What.PREPARED, "prepared", part, owner=made.roles["administrator"].id)


def _under_hidden(session: Session, made: Menagerie) -> None:
    """Texts on a standard that is hidden afterwards: published, but nobody comes to them any more."""
    by, consultation = made.authors["drafting"], made.consultation
    standard = standards.published(session, consultation, by=made.authors["hidden"], title="Soon hidden")
    for kind in ("comment", "objection", "amendment"):
        item = KINDS[kind](session, standard, by, _words(made, f"{kind}under", by, what=What.UNDER))
        made.keepers.publish(item)
    version = standards.version_of(session, standard)
    made.keepers.flag(version, "under")
    made.keepers.decide(version, Action.HIDE, "under")


def _confide(session: Session, made: Menagerie) -> None:
    """What somebody says confidentially: the gist is public; of an amendment the text, without the name."""
    by, standard = made.authors["confidential"], made.standards["confidential"]
    for kind in ("comment", "objection", "update"):
        said = _words(made, f"{kind}confidential", by, what=What.ORIGINAL)
        words: Words = lambda part, said=said: "paper" if part == "url" else said(part)  # noqa: E731 - sources are public
        made.keepers.publish(KINDS[kind](session, standard, by, words), gist="The gist of it.")
    plain: Callable[[str], str] = "something {}".format
    made.keepers.publish(KINDS["amendment"](session, standard, by, plain))
    made.keepers.publish(KINDS["proposal"](session, standard, by, plain))
