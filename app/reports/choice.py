"""What somebody wants of a summary: sections, groups, languages of quotations, campaigns grouped or apart.

A choice leaves out and never recomputes: every total stays that of the whole, and so does the fingerprint.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.errors import Invalid
from app.language import Message, _
from app.reports.campaigns_report import CampaignsShown
from app.reports.copies import Part, part_of
from app.reports.document import Document
from app.reports.sections import SECTIONS

QUOTED = ("minority", "arguments_for", "arguments_against", "from_affected", "from_others")


CHAPTERS: Mapping[str, Message] = {key: title for key, (title, _build) in SECTIONS.items()}
"""The sections that can be chosen, by their keys."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen; an empty list stands for everything."""

    sections: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    campaigns: CampaignsShown = CampaignsShown.GROUPED

    @property
    def whole(self) -> bool:
        """Whether nothing is left out."""
        return not (self.sections or self.groups or self.languages)

    def parameters(self) -> dict[str, object]:
        """The choice as plain values, for a stored run, its ledger entry and a query."""
        return {
            "sections": list(self.sections),
            "groups": list(self.groups),
            "languages": list(self.languages),
            "campaigns": self.campaigns.value,
        }

    def applied(self, document: Document) -> Document:
        """The document without the groups, and the texts in other languages, that were not chosen."""
        if self.whole:
            return document
        standards = tuple(self._standard(standard) for standard in document.standards)
        participation = tuple(group for group in document.participation if self._has_group(group.group))
        kept = sum(len(standard.comments) for standard in standards)
        part = Part(
            sections=self.sections,
            groups=self.groups,
            languages=self.languages,
            groups_left_out=len(document.participation) - len(participation),
            texts_left_out=sum(len(standard.comments) for standard in document.standards) - kept,
            not_yet_heard=tuple(document.not_yet_heard),
        )
        return part_of(document, replace(document, standards=standards, participation=participation), part)

    def _standard(self, standard: Any) -> Any:
        by_group = tuple(tally for tally in standard.by_group if self._has_group(tally.group_key))
        if not self.languages:
            return replace(standard, by_group=by_group)
        spoken = {line.id: line.language for line in standard.comments}
        quoted = {
            name: tuple(one for one in getattr(standard, name) if one.id is None or self._has_language(spoken, one.id))
            for name in QUOTED
            if hasattr(standard, name)
        }
        comments = tuple(line for line in standard.comments if self._has_language(spoken, line.id))
        return replace(standard, **quoted, comments=comments, by_group=by_group)

    def _has_group(self, key: str) -> bool:
        return not self.groups or key in self.groups

    def _has_language(self, spoken: Mapping[int, str], comment_id: int) -> bool:
        return spoken.get(comment_id, "") in self.languages


def chosen(asked: Mapping[str, Sequence[str]], *, groups: Collection[str], languages: Collection[str]) -> Choice:
    """The choice that a form or a query asks for; each name once, in the order of what there is.

    Raises:
        Invalid: it asks for a section, group, language or way of counting that does not exist here.
    """
    campaigns = next(iter(asked.get("campaigns", ())), CampaignsShown.GROUPED.value)
    if campaigns not in set(CampaignsShown):
        raise Invalid("campaigns", _("Choose whether campaigns are grouped or apart."))
    return Choice(
        sections=_known("sections", asked, list(CHAPTERS)),
        groups=_known("groups", asked, groups),
        languages=_known("languages", asked, languages),
        campaigns=CampaignsShown(campaigns),
    )


def kept_choice(parameters: Mapping[str, object]) -> Choice:
    """The choice of a stored run, from its parameters."""

    def listed(name: str) -> tuple[str, ...]:
        values = parameters.get(name)
        return tuple(str(value) for value in values) if isinstance(values, list) else ()

    shown = CampaignsShown(str(parameters.get("campaigns", CampaignsShown.GROUPED.value)))
    return Choice(listed("sections"), listed("groups"), listed("languages"), shown)


def _known(name: str, asked: Mapping[str, Sequence[str]], known: Collection[str]) -> tuple[str, ...]:
    """What was asked for under this name; commas separate several in one. All that there is counts as nothing left out.

    Raises:
        Invalid: there is no such thing.
    """
    wanted = {part.strip() for value in asked.get(name, ()) for part in value.split(",") if part.strip()}
    unknown = sorted(wanted - set(known))
    if unknown:
        sentence = _(
            "“%(value)s” cannot be chosen here. These can: %(known)s.", value=unknown[0][:40], known=list(known)
        )
        raise Invalid(name, sentence)
    return tuple(one for one in known if one in wanted) if wanted < set(known) else ()
