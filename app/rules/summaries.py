"""Who may store a summary, and when: never so soon after the last one that their difference gives somebody away."""

from collections.abc import Mapping

from app.errors import CONFLICT, Refusal
from app.language import _
from app.models.consultations import Consultation, ConsultationState, Membership
from app.models.summaries import Asker, RunState, RunStep
from app.rules.consultations import TEAM

TRIES = 3
"""So often a run is begun before it is given up."""
PROGRESS: Mapping[RunStep, int] = {RunStep.QUEUE: 0, RunStep.GATHER: 10, RunStep.PACK: 60, RunStep.STORE: 90}
"""How far a run has come at the beginning of each step, in percent."""


def why_not_make_summary(membership: Membership | None, *, administrator: bool) -> Refusal | None:
    """The team of a consultation and administrators store summaries; everybody reads them."""
    if administrator or (membership is not None and membership.role in TEAM):
        return None
    sentence = _(
        "Only the chair, moderators and policymakers of this consultation, and administrators, store versions."
    )
    return Refusal("not_in_team", sentence)


def asker_of(membership: Membership | None) -> Asker:
    """In which role somebody asks who may; without one here, as an administrator."""
    return Asker(membership.role.value) if membership is not None and membership.role in TEAM else Asker.ADMINISTRATOR


def why_not_make_now(
    consultation: Consultation, *, unfinished: int | None, same: int | None, changed: int, since: int | None
) -> Refusal | None:
    """One at a time, only of what is public and has changed, and not while too few people moved.

    `unfinished` is the number of a run that is not done yet, `same` that of one that would say the same. `changed`
    people took, changed or withdrew a position since run number `since`, the last one.
    """
    if consultation.state == ConsultationState.DRAFT:
        return Refusal("not_public", _("A version can be stored once the consultation is open."), CONFLICT)
    if unfinished is not None:
        sentence = _("Version %(number)s is being made. Wait until it is done.", number=str(unfinished))
        return Refusal("summary_waiting", sentence, CONFLICT)
    if same is not None:
        sentence = _("Nothing has changed since version %(number)s. Use that one.", number=str(same))
        return Refusal("summary_same", sentence, CONFLICT)
    if since is not None and consultation.state == ConsultationState.OPEN:
        return why_not_tell_apart(changed, minimum=consultation.minimum_group)
    return None


def why_not_tell_apart(changed: int, *, minimum: int) -> Refusal | None:
    """Two summaries tell nobody's position apart when nobody's changed between them, or those of enough people did."""
    if changed == 0 or changed >= minimum:
        return None
    sentence = _(
        "Only a few positions changed since the last version. So that comparing both gives nobody away, the next one"
        " can be stored once at least %(minimum)s people have changed theirs.",
        minimum=minimum,
    )
    return Refusal("too_few_changes", sentence, CONFLICT)


def why_not_again(state: RunState) -> Refusal | None:
    """Only what failed is tried again."""
    if state != RunState.FAILED:
        return Refusal("summary_not_failed", _("This version did not fail. Look again at its page."), CONFLICT)
    return None
