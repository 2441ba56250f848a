"""Promises of companies: what an entry must hold, who sends updates, who sits on a panel, when a reminder is due."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.errors import CONFLICT, Refusal
from app.language import Message, _
from app.models.commitments import Binding, Ending
from app.models.consultations import Consultation, ConsultationState, Membership
from app.models.contributions import READABLE, Contribution
from app.rules.consultations import why_not_member, why_not_suspended
from app.rules.contributions import why_not_edit
from app.rules.words_of_promises import FLAGS, FRAMINGS, HAPPENINGS

LONGEST_TEXT = 4000
LONGEST_NOTE = 2000
LONGEST_COMPANY = 200
LONGEST_SOURCE = 1000
LONGEST_REFERENCE = 80
REMIND_BEFORE = (60, 14)  # days
PANEL_GROUPS = 3
_REFERENCE = re.compile("[a-z0-9]+(?:-[a-z0-9]+)*")
_WHEN = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)
_PARTS = 3
RESERVED = ("new",)


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise as it is entered. `made_on` is a day, a month or a year; `ends_on` counts where it ends on a date."""

    reference: str
    company: str
    made_on: str
    promise: str
    scope: str
    source: str
    exceptions: str = ""
    ending: Ending = Ending.NONE
    ends_on: date | None = None
    condition: str = ""
    binding: Binding = Binding.VOLUNTARY
    framing: str = ""
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Update:
    """Something that happened after a promise, with where that can be read."""

    happened_on: str
    event: str
    what: str
    source: str


@dataclass(frozen=True, slots=True)
class PanelSeat:
    """Somebody on a panel: the group they speak from, if any, and whether it is directly affected."""

    group: str | None
    directly_affected: bool


def problems_of_promise(promise: Promise) -> list[tuple[str, Message]]:
    """What keeps a promise from being entered: each field with what to do."""
    found: list[tuple[str, Message]] = []
    reference = promise.reference
    if len(reference) > LONGEST_REFERENCE or not _REFERENCE.fullmatch(reference) or reference in RESERVED:
        sentence = _(
            "Use small letters, digits and hyphens for the address, at most %(most)s of them.", most=LONGEST_REFERENCE
        )
        found.append(("reference", sentence))
    if not promise.company:
        found.append(("company", _("Name who made the promise.")))
    if not is_when(promise.made_on):
        found.append(("made_on", WHEN))
    found += problems_of_wording(promise.promise, promise.scope, promise.source)
    for name, written, most in (
        ("company", promise.company, LONGEST_COMPANY),
        ("exceptions", promise.exceptions, LONGEST_NOTE),
        ("condition", promise.condition, LONGEST_NOTE),
    ):
        if len(written) > most:
            found.append((name, _("Shorten this to %(most)s characters.", most=most)))
    found += problems_of_ending(promise.ending, promise.ends_on, promise.condition)
    if promise.framing and promise.framing not in FRAMINGS:
        found.append(("framing", _("Choose what it argues from, or nothing.")))
    if any(flag not in FLAGS for flag in promise.flags):
        found.append(("flags", _("Choose among these flags.")))
    return found


def problems_of_wording(promise: str, scope: str, source: str) -> list[tuple[str, Message]]:
    """What keeps words from being those of a promise: they are exact, and have a source."""
    found: list[tuple[str, Message]] = []
    if not promise:
        found.append(("promise", _("Enter the promise in its exact words.")))
    for name, written, most in (("promise", promise, LONGEST_TEXT), ("scope", scope, LONGEST_NOTE)):
        if len(written) > most:
            found.append((name, _("Shorten this to %(most)s characters.", most=most)))
    return found + _problems_of_source(source)


def problems_of_ending(ending: Ending, ends_on: date | None, condition: str) -> list[tuple[str, Message]]:
    """An ending by date has its date, one on a condition its condition."""
    if ending == Ending.DATE and ends_on is None:
        return [("ends_on", _("Enter the day on which it ends."))]
    if ending == Ending.CONDITION and not condition:
        return [("condition", _("Enter the condition in its exact words."))]
    return []


def problems_of_update(update: Update, *, today: date) -> list[tuple[str, Message]]:
    """What keeps an update from being sent: no claim without a date, a kind and a source."""
    found: list[tuple[str, Message]] = []
    if not is_when(update.happened_on):
        found.append(("happened_on", WHEN))
    elif update.happened_on[: len("2026-01-01")] > today.isoformat():
        found.append(("happened_on", _("This lies in the future. Enter what has happened.")))
    if update.event not in HAPPENINGS:
        found.append(("event", _("Choose what kind of event it is.")))
    if not update.what:
        found.append(("what", _("Say in a sentence or two what happened, and who reported it.")))
    if len(update.what) > LONGEST_NOTE:
        found.append(("what", _("Shorten this to %(most)s characters.", most=LONGEST_NOTE)))
    return found + _problems_of_source(update.source)


def _problems_of_source(source: str) -> list[tuple[str, Message]]:
    if not source.startswith(("https://", "http://")) or any(letter.isspace() for letter in source):
        return [("source", _("Enter a full address that begins with https://"))]
    if len(source) > LONGEST_SOURCE:
        return [("source", _("Shorten this to %(most)s characters.", most=LONGEST_SOURCE))]
    return []


WHEN = _("Enter a day, a month or a year, such as 2020-06-08, 2020-06 or 2020.")


def is_when(written: str) -> bool:
    """Whether this is a day, a month or a year."""
    if not _WHEN.fullmatch(written):
        return False
    year, month, day = (int(part) for part in [*written.split("-"), "1", "1"][:_PARTS])
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def why_not_update(consultation: Consultation, membership: Membership | None, *, at: datetime) -> Refusal | None:
    """Members send updates, also long after the consultation has closed: promises are checked years later."""
    if consultation.state == ConsultationState.DRAFT:
        return Refusal(
            "consultation_not_open", _("This consultation is still being prepared. Come back when it opens."), CONFLICT
        )
    return why_not_member(membership) or why_not_suspended(membership, at=at)


def why_not_resend(membership: Membership | None, sent: Contribution) -> Refusal | None:
    """Authors change an update until it is published; a later event is an update of its own."""
    if sent.state in READABLE:
        sentence = _("This update is published, so it can no longer be replaced. Send another one that corrects it.")
        return Refusal("published_update", sentence, CONFLICT)
    return why_not_edit(membership, sent)


def why_not_panel(seats: Sequence[PanelSeat]) -> Refusal | None:
    """A finding is made by people from at least three groups, one of them directly affected."""
    groups = {seat.group for seat in seats if seat.group is not None}
    if len(groups) < PANEL_GROUPS:
        return Refusal(
            "panel_too_narrow",
            _("A panel needs people from at least three groups; these speak from %(count)s.", count=len(groups)),
        )
    if not any(seat.directly_affected and seat.group is not None for seat in seats):
        return Refusal("panel_without_affected", _("A panel needs somebody from a directly affected group."))
    return None


def reminder_due(ends_on: date | None, reminded_on: date | None, today: date) -> bool:
    """Whether an ending comes near that nobody was reminded of: 60 and 14 days before, once each."""
    if ends_on is None or today >= ends_on:
        return False
    reached = [ends_on - timedelta(days=days) for days in REMIND_BEFORE if today >= ends_on - timedelta(days=days)]
    return bool(reached) and (reminded_on is None or reminded_on < max(reached))
