"""Words that nobody could write by chance, who may read each, and finding them in any answer."""

import html
import io
import re
import zipfile
from dataclasses import dataclass, field
from enum import StrEnum

from tests.unpacking import unpacked

BEGINNING = "qzqxqz"
"""No word of any language begins so, and hardly a token: the chance is one in 300 million for each place in one."""
FOUND = re.compile(f"{BEGINNING}[a-z]*")


class What(StrEnum):
    """What a word is part of; that decides who reads it beside its owner."""

    TEXT = "text that is not published"
    ORIGINAL = "original of somebody confidential"
    REASONS = "statement of reasons"
    DESK = "note of a moderator to the team"
    COMPLAINT = "note of a flag"
    APPEAL = "words of an appeal"
    NAME = "name of an author with nothing published"
    PERSON = "name of somebody confidential"
    FLAGGER = "name of whoever flagged"
    ADDRESS = "e-mail address"
    ACCOUNT = "name of an account"
    DRAFT = "draft"
    PREPARED = "consultation that is being prepared"
    UNDER = "text on a standard that is hidden"


@dataclass(frozen=True)
class Canary:
    """One word, what it is part of, and the accounts that it belongs to."""

    word: str
    what: What
    owners: frozenset[int] = frozenset()


@dataclass
class Flock:
    """Every canary by its word."""

    canaries: dict[str, Canary] = field(default_factory=dict)

    def word(self, what: What, *parts: str, owner: int | None = None) -> str:
        """A new word made of these parts; the same parts give the same word and add an owner."""
        word = BEGINNING + "".join(re.sub("[^a-z]", "", part.lower()) for part in parts)
        owners = self.canaries[word].owners if word in self.canaries else frozenset[int]()
        self.canaries[word] = Canary(word, what, owners | ({owner} if owner is not None else set()))
        return word

    def found_in(self, text: str) -> set[Canary]:
        """The canaries in a text, also those that were cut short or that something was added to."""
        return {canary for word in set(FOUND.findall(text.lower())) for canary in self._meant(word)}

    def _meant(self, word: str) -> list[Canary]:
        if word in self.canaries:
            return [self.canaries[word]]
        alike = [c for known, c in self.canaries.items() if known.startswith(word) or word.startswith(known)]
        assert alike, f"{word} was never planted"
        return alike


def words_of(body: bytes) -> str:
    """What a file or page says; of an archive, what every part of it says, to any depth."""
    if body.startswith(b"%PDF"):
        return unpacked(body)
    if not body.startswith(b"PK"):
        return html.unescape(body.decode("utf-8", "replace"))
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return "\n".join([*archive.namelist(), *(words_of(archive.read(name)) for name in archive.namelist())])
