"""What a stored summary may still say: its figures stay, each text and name in it is compared with what is public now.

An object is found again by what identifies it. Where it is gone, its words are blank; where they differ, those of now
are used. Fields are words unless they are listed as figures, so that a new field hides too much rather than too little.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any

from app.language import Message
from app.reports.document import Document

IDENTITY: Mapping[str, tuple[str, ...]] = {
    "GroupVoices": ("group",),
    "GroupTally": ("group_key",),
    "StandardReport": ("number",),
    "CommentLine": ("id",),
    "Argument": ("id",),
    "MinorityPosition": ("id",),
    "ObjectionLine": ("id",),
    "CreditLine": ("version",),
    "TrailLine": ("number",),
    "PromiseReport": ("reference",),
    "PromiseEvent": ("date", "event", "source"),
    "BalanceLine": ("group",),
    "PhaseReport": ("kind",),
    "OpinionShared": ("standard",),
    "OpinionApart": ("standard",),
    "OpinionCross": ("group",),
}
"""By what an object of a list is found again; one that is not here by its place among those before and after it."""
FIGURES: Mapping[str, frozenset[str]] = {
    name: frozenset(listed.split())
    for name, listed in {
        "Document": "schema fingerprint as_of",
        "About": "slug state opens_at closes_at language answer_due source",
        "GroupVoices": "group",
        "GroupTally": "group_key",
        "StandardReport": "measure context missing consensus_state response outcome stated_on dispositions language"
        " promised_on done_on answered_on",
        "CommentLine": "stance clause created_at channel disposition type",
        "Argument": "bridging stance channel appears",
        "MinorityPosition": "position state",
        "ObjectionLine": "state",
        "StepLine": "step on disposition",
        "CreditLine": "change_class published_on",
        "TrailLine": "became",
        "PromiseReport": "reference made_on ending ends_on binding state found_on",
        "PromiseEvent": "date event",
        "BalanceLine": "group level",
        "CampaignFigures": "shown",
        "ProcessReport": "participation review tallies_visible",
        "PhaseReport": "kind opens_on closes_on",
        "CountLine": "key",
        "WeekLine": "begins_on",
        "DueProcess": "by_reason",
        "GroupProcess": "name",
        "BodyLine": "instrument name kind route",
        "OpinionReport": "found_at marks",
        "OpinionGroup": "letter",
        "OpinionShare": "group",
        "OpinionShared": "language",
        "OpinionApart": "language",
        "OpinionCross": "group",
    }.items()
}
"""The texts that are no words: codes, days, and names of the law."""
OF_TEXT = frozenset(("title", "summary", "clauses", "grounding", "duty_bearers", "enforcement", "evidence"))
"""What belongs to one version of a standard."""
GUARDS: Mapping[str, Mapping[str, str]] = {
    "StandardReport": {
        "outcome_reasons": "stated_on",
        "stated_by": "stated_on",
        "response_text": "response",
        "done": "done_on",
    },
    "CommentLine": {"observation": "disposition"},
    "PromiseReport": {"reasons": "found_on", "company_answer": "found_on", "panel": "found_on"},
}
"""Words that are those of now only while the field beside them says the same: a later outcome has other reasons."""
WHOLE = frozenset(("clauses", "evidence"))
"""Lists of words that are taken or left as a whole."""
OF_COMMENT = frozenset(("CommentLine", "Argument", "MinorityPosition", "ObjectionLine"))
OF_GROUP: Mapping[str, str] = {"GroupTally": "group_key", "OpinionCross": "group"}
"""What is named after a stakeholder group, and the field with its key."""
OF_STANDARD = frozenset(("OpinionShared", "OpinionApart"))
"""What is named after a standard."""


@dataclass(frozen=True, slots=True)
class VersionWords:
    """The text of one version of a standard, as far as everybody may read it now."""

    title: str
    summary: str
    clauses: tuple[Any, ...]
    grounding: tuple[str, ...]
    duty_bearers: tuple[str, ...]
    enforcement: str
    evidence: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class CommentWords:
    """What a comment says now that is not in the summary of now, because its standard has no place there."""

    author: str
    group: str
    text: str
    proposed_change: str
    language: str


@dataclass(frozen=True, slots=True)
class Public:
    """What everybody may read now: the summary of now, and what is public beside it.

    `versions` are those of earlier texts by number and version, `comments` those of standards without a place in it.
    """

    document: Document
    versions: Mapping[tuple[int, int], VersionWords] = field(default_factory=dict)
    comments: Mapping[int, CommentWords] = field(default_factory=dict)


def mended(stored: Document, public: Public) -> tuple[Document, int]:
    """The stored document with the words that may be read now, and how many texts differ by that."""
    live = {standard.number: standard for standard in public.document.standards}
    comments = {line.id: line for standard in live.values() for line in standard.comments}
    mender = _Mender(public, comments, {}, set())
    for standard in stored.standards:
        now = [live[standard.number]] if standard.number in live else []
        mender.texts[standard.number] = mender.text_of(standard, now)
    found = mender.mend(stored, (public.document,), ("document",))
    return (replace(found, fingerprint=stored.fingerprint) if mender.touched else stored), len(mender.touched)


def missing(stored: Document, live: Document) -> tuple[set[tuple[int, int]], set[int]]:
    """The versions and comments of a stored document that have to be looked up, because the one of now lacks them."""
    now = {(standard.number, standard.version) for standard in live.standards}
    here = {line.id for standard in live.standards for line in standard.comments}
    versions = {(standard.number, standard.version) for standard in stored.standards} - now
    quoted = {line.id for standard in stored.standards for line in standard.comments}
    return versions, quoted - here


@dataclass(frozen=True, slots=True)
class _Mender:
    public: Public
    comments: Mapping[int, object]
    texts: dict[int, Sequence[object]]
    touched: set[tuple[object, ...]]

    def mend(self, old: Any, now: Sequence[object], owner: tuple[object, ...]) -> Any:
        """The object with the words of now: those of the first of its counterparts that has such a field."""
        kind, changes = type(old).__name__, dict[str, Any]()
        for one in fields(old):
            value = getattr(old, one.name)
            if one.name in FIGURES.get(kind, ()):
                continue
            live = self._counterpart(old, one.name, now)
            mended_value = self._value(value, live, owner, whole=one.name in WHOLE)
            if mended_value is not value:
                changes[one.name] = mended_value
        return replace(old, **changes) if changes else old

    def _counterpart(self, old: Any, name: str, now: Sequence[object]) -> Any:
        kind = type(old).__name__
        if kind == "StandardReport" and name in OF_TEXT:
            now = self.text_of(old, now)
        guard = GUARDS.get(kind, {}).get(name)
        for candidate in now:
            if hasattr(candidate, name):
                same = guard is None or getattr(candidate, guard, None) == getattr(old, guard, None)
                return getattr(candidate, name) if same else None
        return None

    def text_of(self, old: Any, now: Sequence[object]) -> Sequence[object]:
        """The text of a standard in the version that the stored document has, if everybody may read it now."""
        same = [one for one in now if getattr(one, "version", None) == old.version]
        earlier = self.public.versions.get((old.number, old.version))
        return same or ([earlier] if earlier is not None else [])

    def _value(self, value: Any, live: Any, owner: tuple[object, ...], *, whole: bool) -> Any:
        if isinstance(value, Message) or value is None or isinstance(value, bool | int | float):
            return value
        if is_dataclass(value) and not isinstance(value, type):
            return self.mend(value, () if live is None else (live,), owner)
        if isinstance(value, str):
            return self._word(value, live if isinstance(live, str) else "", owner)
        if isinstance(value, Mapping):
            return self._word(value, live if isinstance(live, Mapping) else {}, owner)
        if whole or not any(is_dataclass(item) for item in value):
            return self._listed(value, tuple(live or ()), owner)
        return self._items(value, tuple(live or ()), owner)

    def _word(self, value: Any, live: Any, owner: tuple[object, ...]) -> Any:
        """What was empty stays so: nothing is told by an old summary that it did not tell."""
        if not value or value == live:
            return value
        self.touched.add(owner)
        return live

    def _listed(self, value: Any, live: tuple[Any, ...], owner: tuple[object, ...]) -> Any:
        if not any(isinstance(item, str) or is_dataclass(item) for item in value):
            return value
        return value if tuple(value) == live else self._word(value, live, owner)

    def _items(self, old: Sequence[Any], live: tuple[Any, ...], owner: tuple[object, ...]) -> Any:
        found = tuple(
            self.mend(item, self._again(item, index, live), self._owner(item, owner)) for index, item in enumerate(old)
        )
        return old if all(one is item for one, item in zip(found, old, strict=True)) else found

    def _again(self, item: Any, index: int, live: tuple[Any, ...]) -> list[object]:
        """What this object is now: the one with the same identity, and the comment that it quotes."""
        kind = type(item).__name__
        if kind in OF_GROUP:
            key = getattr(item, OF_GROUP[kind])
            return [seat for seat in self.public.document.participation if seat.group == key]
        if kind in OF_STANDARD:
            return list(self.texts.get(item.standard, ()))
        if kind not in IDENTITY:
            return list(live[index : index + 1])
        if kind not in OF_COMMENT:
            return _same(item, IDENTITY[kind], live)
        if item.id is None:
            return [item]  # without a published reason it has no words, only the group that could be shown
        comment = self.comments.get(item.id) or self.public.comments.get(item.id)
        if comment is None:
            return []
        return [comment] if kind == "CommentLine" else [*_same(item, IDENTITY[kind], live), comment]

    def _owner(self, item: Any, owner: tuple[object, ...]) -> tuple[object, ...]:
        """What the reader counts as one text: a comment is the same wherever it is quoted."""
        kind = type(item).__name__
        names = IDENTITY.get(kind)
        if names is None:
            return owner
        key = tuple(getattr(item, name) for name in names)
        return ("comment", *key) if kind in OF_COMMENT else (*owner, kind, *key)


def _same(item: object, names: Sequence[str], live: tuple[Any, ...]) -> list[object]:
    wanted = [getattr(item, name) for name in names]
    return [one for one in live if [getattr(one, name, None) for name in names] == wanted][:1]
