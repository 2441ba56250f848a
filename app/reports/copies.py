"""A summary as it is handed out when it is not the whole one of its day: words taken out since, or a part of it."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace

from app.language import _, ngettext
from app.reports.blocks import Text, words
from app.reports.columns import Cell
from app.reports.document import Document, unheard
from app.reports.writing import sealed


@dataclass(frozen=True, slots=True)
class Correction:
    """How many texts of a stored summary were removed or changed, and the fingerprint that it had before."""

    fingerprint: str
    texts: int


@dataclass(frozen=True, slots=True)
class Part:
    """What was chosen, empty for everything, and how much was left out by that.

    Who is `not_yet_heard` is told whatever was chosen.
    """

    sections: tuple[str, ...]
    groups: tuple[str, ...]
    languages: tuple[str, ...]
    groups_left_out: int
    texts_left_out: int
    not_yet_heard: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Copy(Document):
    """A document with what sets it apart from the whole one. Its fingerprint is that of the whole, corrected one."""

    corrections: tuple[Correction, ...] = ()
    part: Part | None = None

    @property
    def not_yet_heard(self) -> list[str]:
        """The names of all groups that are not yet heard, those too that were not chosen."""
        return unheard(self.participation) if self.part is None else list(self.part.not_yet_heard)


def corrected(mended: Document, before: Document, texts: int) -> Document:
    """The `mended` document with a fingerprint of its own, beside the one that it had `before`."""
    found = _copy(mended, (*corrections_of(before), Correction(before.fingerprint, texts)), None)
    return sealed(found)


def part_of(whole: Document, filtered: Document, part: Part) -> Document:
    """What was chosen of a document, under the fingerprint of the whole."""
    return replace(_copy(filtered, corrections_of(whole), part), fingerprint=whole.fingerprint)


def part_in(document: Document) -> Part | None:
    """What was chosen of a document; None of a whole one."""
    return document.part if isinstance(document, Copy) else None


def corrections_of(document: Document) -> tuple[Correction, ...]:
    """What was corrected; nothing in a document that is as it was made."""
    return document.corrections if isinstance(document, Copy) else ()


def facts_of(document: Document) -> tuple[tuple[str, Cell], ...]:
    """What sets a copy apart, as rows of the table that a file begins with."""
    if not isinstance(document, Copy):
        return ()
    facts: list[tuple[str, Cell]] = []
    for correction in document.corrections:
        facts += [("fingerprint_before", correction.fingerprint), ("texts_removed_or_changed", correction.texts)]
    if document.part is not None:
        chosen = (("sections", document.part.sections), ("groups", document.part.groups))
        everything = str(_("all"))
        facts += [(f"chosen_{name}", ", ".join(values) or everything) for name, values in chosen]
        facts.append(("chosen_languages", ", ".join(document.part.languages) or everything))
        facts.append(("groups_left_out", document.part.groups_left_out))
        facts.append(("not_yet_heard", ", ".join(document.part.not_yet_heard)))
        facts.append(("texts_left_out", document.part.texts_left_out))
    return tuple(facts)


def notes_of(document: Document) -> Iterator[tuple[str, Text]]:
    """What sets a copy apart, as terms and sentences of the cover that a printed form begins with."""
    if not isinstance(document, Copy):
        return
    for correction in document.corrections:
        sentence = ngettext(
            "%(num)s text of this version was removed or changed since; its figures are as they were.",
            "%(num)s texts of this version were removed or changed since; its figures are as they were.",
            correction.texts,
        )
        yield str(_("Corrected")), words(str(sentence))
        yield str(_("Fingerprint before")), words(correction.fingerprint)
    if document.part is not None:
        groups = ngettext("%(num)s group", "%(num)s groups", document.part.groups_left_out)
        texts = ngettext("%(num)s comment", "%(num)s comments", document.part.texts_left_out)
        yield (
            str(_("A part")),
            words(str(_("Left out: %(what)s. The fingerprint is that of the whole.", what=[groups, texts]))),
        )


def _copy(document: Document, corrections: tuple[Correction, ...], part: Part | None) -> Copy:
    values = {one.name: getattr(document, one.name) for one in fields(Document)}
    return Copy(**values, corrections=corrections, part=part)
