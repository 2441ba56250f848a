"""The words of a commenting sheet: what its last column says of a comment, written and read back."""

import re
from dataclasses import dataclass

from app.models.dispositions import DispositionKind

HEADER = (
    "MB/NC",
    "Line number",
    "Clause/Subclause",
    "Paragraph/Figure/Table",
    "Type of comment",
    "Comments",
    "Proposed change",
    "Observations of the secretariat",
)
REFERENCE = "sheet "
"""What the reference of a comment begins with that came in with a sheet; its number there, or a digest, follows."""
WORDS = {
    DispositionKind.ACCEPTED: "Accepted",
    DispositionKind.MODIFIED: "Accepted with modification",
    DispositionKind.NOT_ACCEPTED: "Rejected",
    DispositionKind.NOTED: "Noted",
    DispositionKind.DUPLICATE: "Duplicate",
    DispositionKind.OUT_OF_SCOPE: "Out of scope",
    DispositionKind.DEFERRED: "Deferred",
    DispositionKind.WITHDRAWN: "Withdrawn",
}
"""What observations of the secretariat begin with: the words that standards bodies use, in English as the header."""
_READ = {word.casefold(): kind for kind, word in WORDS.items()} | {"not accepted": DispositionKind.NOT_ACCEPTED}
_SHAPE = re.compile(
    r"(?P<word>" + "|".join(sorted(map(re.escape, _READ), key=len, reverse=True)) + r")"
    r"(?: \((?P<more>[^()]*)\))?(?:\s*[:.,;]\s*(?P<reason>.*))?",
    re.IGNORECASE | re.DOTALL,
)
_VERSION = re.compile(r"version ([0-9]{1,9})")
_COMMENT = re.compile(r"\[([0-9]{1,16})\]")


@dataclass(frozen=True, slots=True)
class Observation:
    """What was done with a comment, as the sheet says it."""

    kind: DispositionKind
    reason: str = ""
    version: int | None = None
    duplicate_of: int | None = None
    deferred_to: str = ""


def number_told(reference: str | None) -> int | None:
    """The number under which a comment came in with a sheet, if it did."""
    told = (reference or "").removeprefix(REFERENCE)
    return int(told) if reference != told and told.isdecimal() else None


def written(said: Observation) -> str:
    """The cell, such as `Accepted with modification (version 2): Clause 2 says so`."""
    more = ""
    if said.version is not None:
        more = f" (version {said.version})"
    elif said.duplicate_of is not None:
        more = f" ([{said.duplicate_of}])"
    elif said.deferred_to:
        more = f" ({said.deferred_to})"
    return f"{WORDS[said.kind]}{more}" + (f": {said.reason}" if said.reason else "")


def read(cell: str) -> Observation | None:
    """What a cell says; None for free text that fits no word, which is kept as it is."""
    found = _SHAPE.fullmatch(cell.strip())
    if found is None:
        return None
    kind, more = _READ[found["word"].casefold()], found["more"] or ""
    version, comment = _VERSION.fullmatch(more), _COMMENT.fullmatch(more)
    return Observation(
        kind=kind,
        reason=(found["reason"] or "").strip(),
        version=int(version[1]) if version else None,
        duplicate_of=int(comment[1]) if comment else None,
        deferred_to=more if kind == DispositionKind.DEFERRED else "",
    )
