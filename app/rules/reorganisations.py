"""Merging, splitting and withdrawing a standard: who is asked and when it is done. Nobody is moved unasked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.errors import CONFLICT, Refusal
from app.language import Message, _, ngettext
from app.models.consultations import Consultation, ConsultationState, Membership
from app.models.positions import Choice
from app.models.reorganisations import Part, Reorganisation, ReorganisationKind, ReorganisationState
from app.models.standards import Standard
from app.rules.consultations import CHAIRING_ROLES, why_not_member
from app.rules.standards import LONGEST_TITLE
from app.rules.versions import leads_text

SUPPORTING = (Choice.SUPPORT, Choice.RESERVATIONS)
FEWEST_PARTS, MOST_PARTS = 2, 4


@dataclass(frozen=True, slots=True)
class Answers:
    """What supporters said: how many were asked, and of those who answered how many agree and disagree."""

    asked: int
    agree: int
    disagree: int

    @property
    def complete(self) -> bool:
        """Whether everybody who was asked has answered."""
        return self.agree + self.disagree >= self.asked


def why_not_reorganise(
    consultation: Consultation, standard: Standard, membership: Membership | None, asked: Reorganisation | None
) -> Refusal | None:
    """The author and the chair propose it, one at a time, while the consultation is open."""
    if refusal := why_not_member(membership):
        return refusal
    if not leads_text(standard, membership):
        sentence = _("Only the author of a standard and the chair propose to merge, split or withdraw it.")
        return Refusal("not_author_or_chair", sentence)
    if consultation.state != ConsultationState.OPEN:
        return Refusal("not_open", _("This consultation is not open, so nobody could be asked."), CONFLICT)
    if standard.withdrawn_at is not None:
        return Refusal("standard_withdrawn", _("This standard was withdrawn. Its discussion stays readable."), CONFLICT)
    if asked is not None:
        sentence = _("Its supporters are already being asked. Wait for their answers, or call that off.")
        return Refusal("already_asked", sentence, CONFLICT)
    return None


def why_not_parts(parts: Sequence[Part], numbers: Sequence[str]) -> Message | None:
    """A split has two to four parts; each has a title and a clause, and every clause goes to one of them."""
    taken = [number for part in parts for number in part["clauses"]]
    if not FEWEST_PARTS <= len(parts) <= MOST_PARTS or any(not part["clauses"] for part in parts):
        return _("Put at least one clause into each of two to four parts.")
    if any(not part["title"] or len(part["title"]) > LONGEST_TITLE for part in parts):
        return _("Give each part a title of up to %(most)s characters.", most=LONGEST_TITLE)
    if sorted(taken) != sorted(numbers):
        return _("Put every clause into exactly one part.")
    return None


def why_not_target(standard: Standard, target: Standard | None) -> Message | None:
    """A standard is merged into another one that stands."""
    if target is None or target.id == standard.id or target.withdrawn_at is not None or target.number is None:
        return _("Choose the standard that it becomes part of.")
    return None


def why_not_answer(
    found: Reorganisation, choice: Choice | None, membership: Membership | None, *, at: datetime
) -> Refusal | None:
    """Those who support the standard answer, and change their answer, until the time is over."""
    if refusal := why_not_member(membership):
        return refusal
    if found.state != ReorganisationState.ASKED:
        return Refusal("reorganisation_over", _("This was decided in the meantime."), CONFLICT)
    if at >= found.answer_by:
        return Refusal("time_over", _("The time for answers ended on %(date)s.", date=found.answer_by), CONFLICT)
    if choice not in SUPPORTING:
        return Refusal("no_supporter", _("Only those who support this standard are asked."))
    return None


def why_not_end(found: Reorganisation, membership: Membership | None) -> Refusal | None:
    """Whoever proposed it and the chair bring it to its end, once."""
    if refusal := why_not_member(membership):
        return refusal
    assert membership is not None
    if membership.id != found.membership_id and membership.role not in CHAIRING_ROLES:
        return Refusal("not_proposer_or_chair", _("Only whoever proposed it and the chair can do this."))
    if found.state != ReorganisationState.ASKED:
        return Refusal("reorganisation_over", _("This was decided in the meantime."), CONFLICT)
    return None


def why_not_carry_out(
    found: Reorganisation, membership: Membership | None, answers: Answers, *, at: datetime
) -> Refusal | None:
    """It is done when everybody answered or the time is over, unless more supporters disagree than agree."""
    if refusal := why_not_end(found, membership):
        return refusal
    if not answers.complete and at < found.answer_by:
        sentence = _(
            "Supporters can answer until %(date)s. It can be done then, or when all have.", date=found.answer_by
        )
        return Refusal("answers_awaited", sentence, CONFLICT)
    if answers.disagree > answers.agree:
        sentence = ngettext(
            "%(num)s supporter disagrees, more than agree. Call it off, or propose something that they can agree to.",
            "%(num)s supporters disagree, more than agree. Call it off, or propose something that they can agree to.",
            answers.disagree,
        )
        return Refusal("supporters_disagree", sentence, CONFLICT)
    return None


def why_not_withdraw_at_once(standard: Standard, supporters: int) -> Refusal | None:
    """A published standard that others support is withdrawn only after they were asked."""
    if standard.number is None or supporters == 0:
        return None
    sentence = ngettext(
        "%(num)s other person supports this standard. Ask them first, on its page, under Merge, split or withdraw.",
        "%(num)s others support this standard. Ask them first, on its page, under Merge, split or withdraw.",
        supporters,
    )
    return Refusal("supporters_to_ask", sentence, CONFLICT)


def moves_positions(kind: ReorganisationKind) -> bool:
    """Whether there is a standard to which a position can go along."""
    return kind != ReorganisationKind.WITHDRAW
