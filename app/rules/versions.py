"""When a published text may be replaced, how much a new version changes, and which positions still count."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from app.errors import CONFLICT, Refusal
from app.language import Message, _
from app.models.consultations import Consultation, ConsultationState, Membership, Phase, PhaseKind
from app.models.contributions import READABLE, State
from app.models.standards import ChangeClass, Clause, Standard, StandardVersion
from app.rules.consultations import CHAIRING_ROLES, why_not_member, why_not_suspended
from app.rules.contributions import why_not_own
from app.rules.differences import Fate, clause_changes
from app.rules.standards import why_not_act_on

SETTLING = (PhaseKind.SUBMIT, PhaseKind.DISCUSS, PhaseKind.POSITION, PhaseKind.RESOLVE)
LONGEST_WHY = 2000
ORDER = (ChangeClass.EDITORIAL, ChangeClass.SUBSTANTIVE, ChangeClass.NEW_REQUIREMENT)
DUTY = re.compile(
    r"\b(shall|must|doit|doivent|devra|devront|deberá|deberán|должен|должна|должно|должны|يجب)\b|应当|必须",
    re.IGNORECASE,
)
FORCE = re.compile(
    r"\b(shall|must|should|may|can|cannot|not|no|never|none|nobody|nor|neither|without|unless|except|only|all|any"
    r"|doit|doivent|devra|devront|devrait|devraient|peut|peuvent|ne|pas|jamais|aucun|aucune|sans|sauf|seulement"
    r"|deberá|deberán|debería|deberían|puede|pueden|podrá|podrán|nunca|ningún|ninguna|sin|salvo|sólo|solo"
    r"|должен|должна|должно|должны|следует|может|могут|не|никогда|без|кроме|только"
    r"|يجب|ينبغي|يجوز|لا|لم|لن|ليس|دون|إلا|فقط)\b"
    r"|应当|必须|应该|可以|不得|不|没有|除非|只|\d+",
    re.IGNORECASE,
)
"""Words that carry the force of a clause (duty, advice, permission, negation, exception), and numbers."""


def why_not_write_version(
    consultation: Consultation,
    phases: Sequence[Phase],
    standard: Standard,
    membership: Membership | None,
    *,
    at: datetime,
) -> Refusal | None:
    """The author and the chair change a published text until the second round begins; everybody else amends it."""
    if refusal := why_not_member(membership) or _why_not_lead(standard, membership):
        return refusal
    acting = why_not_act_on(consultation, phases, standard, membership, SETTLING, at=at)
    return acting or why_not_suspended(membership, at=at)


def _why_not_lead(standard: Standard, membership: Membership | None) -> Refusal | None:
    if leads_text(standard, membership):
        return None
    sentence = _("Only its author and the chair write a new version. You can propose another wording of any clause.")
    return Refusal("not_author_or_chair", sentence)


def leads_text(standard: Standard, membership: Membership | None) -> bool:
    """Whether somebody answers for the text of a standard: its author, the chair and the deputies."""
    return membership is not None and (membership.id == standard.membership_id or membership.role in CHAIRING_ROLES)


def why_not_based_on(standard: Standard, read_version: int | None) -> Refusal | None:
    """A new version changes the text in force: a stale page is refused."""
    if read_version is not None and read_version != standard.version:
        sentence = _(
            "The text changed while you were writing. What you typed is kept; compare it with version %(version)s.",
            version=standard.version,
        )
        return Refusal("stale_version", sentence, CONFLICT)
    return None


def why_not_change_waiting(membership: Membership | None, version: StandardVersion) -> Refusal | None:
    """Whoever wrote a version changes it, or takes it back, while it waits or after it was returned."""
    if refusal := why_not_own(membership, version):
        return refusal
    if version.state not in (State.PENDING, State.RETURNED):
        sentence = _("This version can no longer be changed. Write a new one.")
        return Refusal("version_decided", sentence, CONFLICT)
    return None


def why_not_publish(
    consultation: Consultation, standard: Standard, version: StandardVersion, state: State
) -> Refusal | None:
    """A version for an earlier text would undo later changes; after closing nobody could confirm a position."""
    if state not in READABLE or version.number is not None or version.based_on is None:
        return None
    if consultation.state != ConsultationState.OPEN and version.change_class != ChangeClass.EDITORIAL:
        sentence = _(
            "The consultation has closed, so nobody could confirm a position on a new text. Decline it with this"
            " reason."
        )
        return Refusal("text_after_closing", sentence, CONFLICT)
    if version.based_on == standard.version:
        return None
    sentence = _(
        "The text in force has changed since this was written. Return it, so that its author can base it on version"
        " %(version)s.",
        version=standard.version,
    )
    return Refusal("based_on_earlier", sentence, CONFLICT)


def least_class(old: Sequence[Clause], new: Sequence[Clause]) -> ChangeClass:
    """The smallest class that these changes of clauses allow.

    An added clause with a duty is a new requirement; clauses that come or go, and words that carry the force of a
    clause, are never editorial (domain rule C17: in doubt substantive).
    """
    least = ChangeClass.EDITORIAL
    for change in clause_changes(old, new):
        if change.fate == Fate.ADDED and DUTY.search(change.new):
            return ChangeClass.NEW_REQUIREMENT
        if change.fate in (Fate.ADDED, Fate.REMOVED) or _force(change.old) != _force(change.new):
            least = ChangeClass.SUBSTANTIVE
    return least


def why_not_class(chosen: ChangeClass, old: Sequence[Clause], new: Sequence[Clause]) -> Message | None:
    """What to choose instead, when a change is said to be smaller than it is."""
    least = least_class(old, new)
    if ORDER.index(chosen) >= ORDER.index(least):
        return None
    if least == ChangeClass.NEW_REQUIREMENT:
        return _("A new clause with a duty is a new requirement. Choose that.")
    return _(
        "This is more than editorial: a clause comes or goes, or a word such as shall, not or a number changes."
        " Choose a substantive change."
    )


def numbered(texts: Sequence[str], kept: Sequence[str], current: Iterable[str], used: Iterable[str]) -> list[Clause]:
    """Clauses with their numbers: a clause keeps the one that it has, a new one gets the next that was never used.

    `kept` names for each text the number that it keeps, empty for a new one; only numbers of the `current` text can be
    kept, each once. `used` are the numbers of all versions, whatever became of them.
    """
    free, following = set(current), next_number(used)
    found: list[Clause] = []
    for place, written in enumerate(texts):
        number = kept[place] if place < len(kept) else ""
        if number in free:
            free.remove(number)
        else:
            number, following = str(following), following + 1
        found.append({"number": number, "text": written})
    return found


def next_number(used: Iterable[str]) -> int:
    """The first whole number above all that were ever used; 3.2 counts as 3."""
    whole = [int(first) for number in used if (first := number.split(".")[0]).isascii() and first.isdecimal()]
    return max(whole, default=0) + 1


def counts_from(versions: Iterable[tuple[int, ChangeClass]], in_force: int) -> int:
    """The earliest version whose positions count for the one in force: only editorial changes lie between them.

    `versions` are numbers and change classes of everything that was ever published.
    """
    first = in_force
    for number, change_class in sorted(versions, reverse=True):
        if number > in_force:
            continue
        first = number
        if change_class != ChangeClass.EDITORIAL:
            break
    return first


def still_counts(standard: Standard, taken_on: int) -> bool:
    """Whether a position taken on this version counts for the text in force."""
    return standard.counts_from <= taken_on <= (standard.version or taken_on)


def _force(written: str) -> Counter[str]:
    return Counter(found.group(0).casefold() for found in FORCE.finditer(written))
