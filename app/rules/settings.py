"""The settings of a consultation: what can be chosen, what keeps a choice from being stored, what changed."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum

from app.errors import CONFLICT, Refusal
from app.language import LANGUAGES, Message, _
from app.models.consultations import Consultation, ConsultationState, Participation, Review, TallyVisibility
from app.rules.local_time import in_words, zone, zones

LONGEST_SLUG = 80
LONGEST_TITLE = 300
LONGEST_PURPOSE = 8000
LONGEST_NAME = 200
LONGEST_REASON = 1000
RANGES: Mapping[str, tuple[int, int]] = {
    "minimum_group": (3, 100),
    "minimum_voices": (1, 100_000),
    "consensus_percent": (51, 100),
    "contested_percent": (1, 100),
    "reply_days": (1, 365),
}
"""From and to what a number may be chosen. Three is the smallest group that any statistics office shows."""
STRICTNESS = (TallyVisibility.ALWAYS, TallyVisibility.AFTER_POSITION, TallyVisibility.AFTER_CLOSING)
_SLUG = re.compile("[a-z0-9]+(?:-[a-z0-9]+)*")
RESERVED = ("new",)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a chair chose for a consultation, its groups and phases aside."""

    slug: str
    title: str
    purpose: str
    language: str
    asked_by: str
    answered_by: str
    answer_due: date | None
    time_zone: str
    opens_at: datetime | None
    closes_at: datetime | None
    participation: Participation
    review: Review
    tallies_visible: TallyVisibility
    minimum_group: int
    minimum_voices: int
    consensus_percent: int
    contested_percent: int
    reply_days: int


def chosen(consultation: Consultation) -> Chosen:
    """What is chosen now."""
    return Chosen(**{field.name: getattr(consultation, field.name) for field in fields(Chosen)})


def suggested_slug(title: str) -> str:
    """An address made of the words of a title; empty where it has no Latin letters or digits."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().casefold()
    return re.sub("[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_SLUG].strip("-")


def problems_of_settings(choice: Chosen) -> list[tuple[str, Message]]:
    """What keeps settings from being stored: each field with what to do."""
    found: list[tuple[str, Message]] = []
    if not choice.title:
        found.append(("title", _("Write the question that is put to people.")))
    if len(choice.slug) > LONGEST_SLUG or not _SLUG.fullmatch(choice.slug) or choice.slug in RESERVED:
        sentence = _(
            "Use small letters, digits and hyphens for the address, at most %(most)s of them.", most=LONGEST_SLUG
        )
        found.append(("slug", sentence))
    for name, most in (
        ("title", LONGEST_TITLE),
        ("purpose", LONGEST_PURPOSE),
        ("asked_by", LONGEST_NAME),
        ("answered_by", LONGEST_NAME),
    ):
        if len(getattr(choice, name)) > most:
            found.append((name, _("Shorten this to %(most)s characters.", most=most)))
    if choice.language not in LANGUAGES:
        found.append(("language", _("Choose one of the languages.")))
    if choice.time_zone not in zones():
        found.append(("time_zone", _("Enter a time zone as a region and a place, such as Europe/Berlin, or UTC.")))
    for name, (least, most) in RANGES.items():
        if not least <= getattr(choice, name) <= most:
            found.append((name, _("Enter a number from %(least)s to %(most)s.", least=least, most=most)))
    return found + _problems_of_order(choice)


def _problems_of_order(choice: Chosen) -> list[tuple[str, Message]]:
    found: list[tuple[str, Message]] = []
    if choice.contested_percent > choice.consensus_percent:
        found.append(("contested_percent", _("This cannot be more than what consensus needs.")))
    if choice.opens_at and choice.closes_at and choice.closes_at <= choice.opens_at:
        found.append(("closes_at", _("It has to close after it opens.")))
    if (
        choice.closes_at
        and choice.answer_due
        and choice.answer_due < choice.closes_at.astimezone(zone(choice.time_zone)).date()
    ):
        found.append(("answer_due", _("The answer comes after the consultation has closed.")))
    return found


def why_not_set_up(*, administrator: bool, chairs: bool) -> Refusal | None:
    """Administrators, and people who chair a consultation already, set up new ones."""
    if administrator or chairs:
        return None
    return Refusal("not_convening", _("Only administrators and chairs can set up a consultation."))


def why_not_change_settings(consultation: Consultation) -> Refusal | None:
    """What is over stays as it was."""
    if consultation.state in (ConsultationState.CLOSED, ConsultationState.RESPONDED):
        sentence = _("This consultation is closed. Its settings stay as people knew them.")
        return Refusal("settings_closed", sentence, CONFLICT)
    return None


def problems_once_open(consultation: Consultation, choice: Chosen) -> list[tuple[str, Message]]:
    """What may not be changed any more, because people rely on it: nothing that protects them gets weaker."""
    found: list[tuple[str, Message]] = []
    if choice.slug != consultation.slug:
        found.append(("slug", _("The address stays as it is, because links lead to it.")))
    if choice.minimum_group < consultation.minimum_group:
        sentence = _(
            "People took part knowing that groups smaller than %(size)s are not shown. You can only raise it.",
            size=consultation.minimum_group,
        )
        found.append(("minimum_group", sentence))
    if STRICTNESS.index(choice.tallies_visible) < STRICTNESS.index(consultation.tallies_visible):
        sentence = _("People took positions knowing who sees them when. You can only show tallies later, not sooner.")
        found.append(("tallies_visible", sentence))
    if choice.opens_at != consultation.opens_at:
        found.append(("opens_at", _("It has opened already.")))
    return found


def changes_of_settings(before: Chosen, after: Chosen) -> list[dict[str, str]]:
    """What changed, setting by setting, for the public record."""
    return [
        {"setting": field.name, "before": _written(before, field.name), "after": _written(after, field.name)}
        for field in fields(Chosen)
        if getattr(before, field.name) != getattr(after, field.name)
    ]


def _written(choice: Chosen, name: str) -> str:
    value = getattr(choice, name)
    if value is None:
        return ""
    if isinstance(value, datetime):
        return in_words(value, choice.time_zone)
    if isinstance(value, StrEnum):
        return value.value
    return str(value)
