"""Bringing a contribution into every state in which it, or what was said about it, is not for everybody.

Each function takes what waits; the words it plants beside the text belong to the author, the team or whoever flagged.
Nothing here commits.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock, text
from app.actions import (
    amendments,
    appeals,
    comment_edits,
    commitment_updates,
    desk,
    dispositions,
    flags,
    versions,
    wordings,
)
from app.actions import comments as commenting
from app.actions import moderation as deciding
from app.actions import objections as objecting
from app.actions import standards as proposing
from app.models.amendments import Amendment
from app.models.appeals import AppealOutcome
from app.models.comments import Comment
from app.models.commitments import CommitmentUpdate
from app.models.consultations import Consultation, Membership
from app.models.contributions import Contribution
from app.models.dispositions import DispositionKind
from app.models.moderation import Action, Decision, Reason
from app.models.objections import Objection
from app.models.people import Account
from app.models.standards import StandardVersion
from app.rules.statements import FACTORS, Redaction, Statement
from tests.factories.canary_words import FOUND, Flock, What
from tests.factories.moderation import open_case


@dataclass
class Keepers:
    """The people around a text, and the words that are planted beside it."""

    session: Session
    flock: Flock
    consultation: Consultation
    moderators: list[Membership]
    chair: Membership
    flagger: Account

    def decide(
        self, item: Contribution, action: Action, name: str, *, reason: Reason | None = Reason.PERSONAL_ATTACK, by=0
    ) -> Decision:
        """Decide on what waits, with a word of its own in the statement of reasons and one in the note for readers."""
        owner = self._owner(item)
        said = self.flock.word(What.REASONS, name, "explanation", owner=owner)
        meant = self.flock.word(What.REASONS, name, "passage", owner=owner)
        warning = self.flock.word(What.TEXT, name, "contentnote", owner=owner)
        statement = Statement(
            action,
            reason,
            f"Because of {said}.",
            passage=f"The passage {meant}",
            content_note=f"About {warning}",
            ends_at=clock.now() + timedelta(days=30) if action == Action.SUSPEND else None,
        )
        return self._take(item, statement, by)

    def publish(self, item: Contribution, gist: str = "") -> None:
        """Let everybody read it."""
        self._take(item, Statement(Action.PUBLISH, gist=gist), 0)
        if isinstance(item, Comment):
            self._answer(item)

    def propose(self, item: Contribution, name: str, action: Action) -> None:
        """A first reader would take it away for hate; the second has not read it yet."""
        words = {part: self.flock.word(What.DESK, name, "first", part) for part in ("explanation", "passage")}
        sheet = {factor: f"On {self.flock.word(What.DESK, name, 'first', factor)}." for factor in FACTORS}
        statement = Statement(
            action, Reason.INCITEMENT, f"Because {words['explanation']}.", passage=words["passage"], worksheet=sheet
        )
        self._take(item, statement, 0)

    def incite(self, item: Contribution, name: str, action: Action) -> None:
        """Two readers take it away for incitement, each with the worksheet."""
        sheet = {factor: f"On {self.flock.word(What.DESK, name, factor)}." for factor in FACTORS}
        said = self.flock.word(What.REASONS, name, "explanation", owner=self._owner(item))
        for reader in (0, 1):
            self._take(item, Statement(action, Reason.INCITEMENT, f"Because {said}.", worksheet=sheet), reader)

    def flag(self, item: Contribution, name: str, reason: Reason = Reason.THREAT) -> str:
        """Complain about it twice, with and without an account; returns the token of the latter."""
        note = self.flock.word(What.COMPLAINT, name, "flagnote", owner=self.flagger.id)
        other = self.flock.word(What.COMPLAINT, name, "unsignednote")
        both = ((self.flagger, reason, note), (None, Reason.ILLEGAL, other))
        sent = [
            flags.flag(self.session, self.consultation, item, account=account, reason=why, note=f"See {word}.")
            for account, why, word in both
        ]
        return sent[1][1]

    def hold(self, item: Contribution, name: str) -> None:
        """Keep it from readers at once."""
        self.flag(item, name)
        case = open_case(self.session, item)
        desk.hold(self.session, self.consultation, case, by=self.moderators[0], reason=Reason.THREAT)

    def appeal(self, item: Contribution, name: str, *, answered: bool) -> None:
        """Appeal against the decision, with somebody who stands by; another moderator lets it stand."""
        owner = self._owner(item)
        words = [self.flock.word(What.APPEAL, name, part, owner=owner) for part in ("appeal", "supporter", "answer")]
        by = self.session.get_one(Membership, item.membership_id)
        sent = appeals.appeal(self.session, self.consultation, item, by=by, text=words[0], supporter=words[1])
        if answered:
            stands = AppealOutcome.STANDS
            hearing = self.moderators[1]
            appeals.decide(self.session, self.consultation, sent, by=hearing, outcome=stands, answer=words[2])

    def redact(self, item: Contribution) -> None:
        """Take every word out that was planted in it."""
        words = {word for part in wordings.parts_of(self.session, item).values() for word in FOUND.findall(part)}
        taken = tuple(Redaction(word) for word in sorted(words))
        said = self.flock.word(What.REASONS, item.kind.value, "redacted", "explanation", owner=self._owner(item))
        self._take(item, Statement(Action.REDACT, Reason.PERSONAL_DATA, f"Because {said}.", redactions=taken), 0)

    def edit_visibly(self, item: Contribution, name: str) -> None:
        """Replace a published comment a day later, so that its earlier text stays one click away."""
        if not isinstance(item, Comment) or name.startswith("objection"):
            return
        assert item.published_at is not None
        item.published_at -= timedelta(days=2)
        later, change = item.body, item.proposed_change
        item.body += f" {self.flock.word(What.TEXT, name, 'earlier', owner=self._owner(item))}"
        item.html = text.render(item.body)
        self.session.flush()
        by = self.session.get_one(Membership, item.membership_id)
        comment_edits.edit(self.session, self.consultation, item, by=by, body=later, proposed_change=change)
        self._take(item, Statement(Action.PUBLISH), 0)

    def withdraw(self, item: Contribution) -> None:
        """Let its author take it back."""
        by = self.session.get_one(Membership, item.membership_id)
        if isinstance(item, StandardVersion) and item.based_on is not None:
            versions.withdraw(self.session, self.consultation, item, by=by)
        else:
            WITHDRAW[type(item)](self.session, self.consultation, item, by=by)

    def _owner(self, item: Contribution) -> int | None:
        return self.session.get_one(Membership, item.membership_id).account_id

    def _take(self, item: Contribution, statement: Statement, by: int) -> Decision:
        case = open_case(self.session, item)
        return deciding.decide(self.session, self.consultation, case, statement, by=self.moderators[by])

    def _answer(self, item: Comment) -> None:
        """The chair answers an objection and resolves a comment, so that their pages exist."""
        raised = self.session.scalar(select(Objection).where(Objection.comment_id == item.id))
        kind, reason = DispositionKind.NOT_ACCEPTED, "The courts asked for this."
        here = (self.session, self.consultation)
        if raised is not None:
            objecting.answer(*here, raised, by=self.chair, disposition=kind, reason=reason)
        else:
            dispositions.give(*here, item, by=self.chair, kind=kind, reason=reason)


WITHDRAW: dict[type[Contribution], Callable[..., object]] = {
    Comment: commenting.withdraw,
    Amendment: amendments.withdraw,
    CommitmentUpdate: commitment_updates.withdraw,
    StandardVersion: proposing.withdraw,
}
State = Callable[[Keepers, Contribution, str], object]


def _warned(keepers: Keepers, item: Contribution, name: str) -> None:
    keepers.decide(item, Action.WARN, name)


def _suspended(keepers: Keepers, item: Contribution, name: str) -> None:
    keepers.decide(item, Action.SUSPEND, name, reason=Reason.HARASSMENT)


def _declined(keepers: Keepers, item: Contribution, name: str) -> None:
    keepers.decide(item, Action.DECLINE, name)
    keepers.appeal(item, name, answered=False)


NEVER_PUBLISHED: dict[str, State] = {
    "pending": lambda _keepers, _item, _name: None,
    "returned": lambda keepers, item, name: keepers.decide(item, Action.RETURN, name),
    "declined": _declined,
    "proposed": lambda keepers, item, name: keepers.propose(item, name, Action.DECLINE),
    "incited": lambda keepers, item, name: keepers.incite(item, name, Action.DECLINE),
    "withdrawn": lambda keepers, item, _name: keepers.withdraw(item),
    "warned": _warned,
    "suspended": _suspended,
}


def _hidden(keepers: Keepers, item: Contribution, name: str) -> None:
    keepers.edit_visibly(item, name)
    keepers.flag(item, name)
    keepers.decide(item, Action.HIDE, name)
    keepers.appeal(item, name, answered=True)


def _held(keepers: Keepers, item: Contribution, name: str) -> None:
    keepers.edit_visibly(item, name)
    keepers.hold(item, name)


def _retracted(keepers: Keepers, item: Contribution, name: str) -> None:
    keepers.edit_visibly(item, name)
    keepers.withdraw(item)


def _redacted(keepers: Keepers, item: Contribution, name: str) -> None:
    keepers.edit_visibly(item, name)
    keepers.flag(item, name, Reason.PERSONAL_DATA)
    keepers.redact(item)


def _removed(keepers: Keepers, item: Contribution, name: str) -> None:
    keepers.flag(item, name)
    keepers.decide(item, Action.WARN, name)


ONCE_PUBLISHED: dict[str, State] = {
    "hidden": _hidden,
    "held": _held,
    "retracted": _retracted,
    "redacted": _redacted,
    "removed": _removed,
}
