"""When a position may be taken."""

from collections.abc import Sequence
from datetime import datetime

from app.errors import CONFLICT, Refusal
from app.language import _
from app.models.consultations import Consultation, Membership, Phase, PhaseKind, TallyVisibility
from app.models.standards import Standard
from app.rules.standards import why_not_act_on

TAKING_POSITIONS = (PhaseKind.POSITION, PhaseKind.SECOND_ROUND)


def why_not_take_position(
    consultation: Consultation,
    phases: Sequence[Phase],
    standard: Standard,
    membership: Membership | None,
    *,
    at: datetime,
) -> Refusal | None:
    """Members take positions on published standards while a phase for positions runs."""
    return why_not_act_on(consultation, phases, standard, membership, TAKING_POSITIONS, at=at)


def why_not_this_version(standard: Standard, read_version: int | None) -> Refusal | None:
    """A position belongs to the version that was read: a stale page is refused."""
    if read_version is not None and read_version != standard.version:
        sentence = _(
            "The text changed while you were reading. Read version %(version)s, then say where you stand.",
            version=standard.version,
        )
        return Refusal("stale_version", sentence, CONFLICT)
    return None


def why_not_see_tally(consultation: Consultation, *, closed: bool, has_position: bool) -> Refusal | None:
    """Each consultation chooses from when on positions per group are shown."""
    if closed or consultation.tallies_visible == TallyVisibility.ALWAYS:
        return None
    if consultation.tallies_visible == TallyVisibility.AFTER_POSITION:
        if has_position:
            return None
        return Refusal("tally_after_position", _("Positions per group appear here after you have taken a position."))
    return Refusal("tally_after_closing", _("Positions per group appear here after the consultation has closed."))
