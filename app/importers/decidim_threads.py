"""The threads of a Decidim export: which proposal each comment belongs to, and how deep it lies."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from app.importers.reading import Contradiction, SkippedRow
from app.language import Message, _


@dataclass(frozen=True, slots=True)
class Link:
    """One comment and what it answers: a proposal or another comment. `depth` is what the export says."""

    ref: str
    target: str
    on_proposal: bool
    depth: int | None
    line: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a comment stands: below a proposal at depth 0, or one deeper than the comment it answers."""

    proposal_ref: str
    parent_ref: str | None
    depth: int
    line: int


@dataclass(frozen=True, slots=True)
class Threads:
    """The place of each comment that has one, and the rows of those that have none."""

    places: Mapping[str, Place]
    skipped: tuple[SkippedRow, ...]
    contradictions: tuple[Contradiction, ...]


def resolve(file: str, links: Mapping[str, Link], proposals: Collection[str]) -> Threads:
    """The threads that `links` (by their `ref`) form below `proposals`; what leads to none of them is skipped."""
    replies: dict[str, list[Link]] = {}
    places: dict[str, Place] = {}
    for link in links.values():
        if not link.on_proposal:
            replies.setdefault(link.target, []).append(link)
        elif link.target in proposals:
            places[link.ref] = Place(link.target, None, 0, link.line)
    branches = list(places)
    while branches:
        above = branches.pop()
        for link in replies.get(above, ()):
            places[link.ref] = Place(places[above].proposal_ref, above, places[above].depth + 1, link.line)
            branches.append(link.ref)
    skipped = [SkippedRow(file, link.line, _reason(link)) for ref, link in links.items() if ref not in places]
    contradictions = [
        Contradiction(
            file,
            place.line,
            _("It says depth %(said)s but lies at depth %(found)s.", said=links[ref].depth, found=place.depth),
        )
        for ref, place in places.items()
        if links[ref].depth != place.depth
    ]
    return Threads(places, tuple(skipped), tuple(sorted(contradictions, key=lambda found: found.line)))


def _reason(link: Link) -> Message:
    if link.on_proposal:
        return _("Its proposal %(ref)s is not in the export or was left out.", ref=link.target)
    return _("The comment that it answers, %(ref)s, is not in the export or was left out.", ref=link.target)
