"""Friendly hints on the wording of a clause. They never block, and nothing imported gets any.

A clause of a standard says who shall, should or may do what (ISO/IEC Directives, Part 2: shall is a requirement, should
a recommendation, may a permission). The words are English ones: clauses in other languages get no hint.
"""

import re
from dataclasses import dataclass

from app.language import Message, _

ENGLISH = "en"
_MODAL = re.compile(r"\b(shall|should|may)\b", re.IGNORECASE)
_OTHER_DUTY = re.compile(
    r"\b(must|will have to|has to|have to|needs? to|is required to|are required to)\b", re.IGNORECASE
)
_NOBODY = frozenset(("it", "this", "that", "they", "there", "these", "those", "which", "one"))
_PASSIVE = re.compile(
    r"\b(?:shall|should|may)(?: not)? be (?:\w+ly )?\w+(?:ed|en|wn|ut|de|ld|nt|pt|id)\b", re.IGNORECASE
)
_BY_SOMEBODY = re.compile(r"\bby (?!means|way|default|law|post|e-?mail|\d)", re.IGNORECASE)
_BALANCE = re.compile(r"\b(balanc\w*|trade[- ]?offs?|weigh\w*)\b", re.IGNORECASE)
_ABSOLUTE = re.compile(
    r"\b(tortur\w*|cruel|inhuman|degrading|slavery|servitude|forced disappearances?|freedom of thought"
    r"|right to be recognised (?:as a person )?before the law|refoulement)\b",
    re.IGNORECASE,
)
_UNTESTABLE = re.compile(
    r"\b(ethical(?:ly)?|responsibl[ey]|appropriate(?:ly)?|reasonable|where possible|as far as possible|best efforts?"
    r"|adequate(?:ly)?|trustworthy)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Hint:
    """What could make a clause clearer: a stable code and a sentence."""

    code: str
    message: Message


def hints_of(clause: str, *, language: str = ENGLISH, absolute: bool = False) -> tuple[Hint, ...]:
    """What could make this clause clearer. `absolute`: the standard rests on a right that nothing may limit."""
    if not clause.strip() or language.partition("-")[0] != ENGLISH:
        return ()
    found = (
        _of_the_verb(clause),
        _of_the_actor(clause),
        _of_balancing(clause, absolute=absolute),
        _of_what_cannot_be_checked(clause),
    )
    return tuple(hint for hint in found if hint is not None)


def modal_verbs(clause: str) -> tuple[str, ...]:
    """The modal verbs of a clause in lower case, each once, in the order of shall, should, may."""
    used = {match.lower() for match in _MODAL.findall(clause)}
    return tuple(verb for verb in ("shall", "should", "may") if verb in used)


def _of_the_verb(clause: str) -> Hint | None:
    verbs = modal_verbs(clause)
    if len(verbs) > 1:
        return Hint(
            "several_verbs",
            _("This clause uses %(verbs)s. Split it, so that a duty and advice can be agreed on apart.", verbs=verbs),
        )
    if verbs:
        return None
    if other := _OTHER_DUTY.search(clause):
        return Hint(
            "other_verb",
            _("Write “shall” instead of “%(word)s”: in a standard it is the word for a duty.", word=other[0]),
        )
    return Hint(
        "no_verb", _("Say how strong this is: “shall” for a duty, “should” for advice, “may” for a permission.")
    )


def _of_the_actor(clause: str) -> Hint | None:
    verb = _MODAL.search(clause)
    if verb is None:
        return None
    subject = re.findall(r"\w+", clause[: verb.start()])
    if not subject or (len(subject) == 1 and subject[0].lower() in _NOBODY):
        return Hint("no_actor", _("Name who acts: a police service, a landlord, a buyer."))
    if _PASSIVE.search(clause) and not _BY_SOMEBODY.search(clause):
        return Hint(
            "passive", _("This says what happens, but not who does it. Begin with who acts, or add “by” and the actor.")
        )
    return None


def _of_balancing(clause: str, *, absolute: bool) -> Hint | None:
    if _BALANCE.search(clause) and (absolute or _ABSOLUTE.search(clause)):
        return Hint(
            "balanced_absolute_right",
            _("Some rights, such as freedom from torture, are absolute: nothing is weighed against them."),
        )
    return None


def _of_what_cannot_be_checked(clause: str) -> Hint | None:
    if word := _UNTESTABLE.search(clause):
        return Hint(
            "cannot_be_checked",
            _("“%(word)s” cannot be checked by somebody else. Say what has to be done, or how much.", word=word[0]),
        )
    return None
