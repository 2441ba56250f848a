"""When a standard may be proposed, and what a proposal must hold."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from app.errors import CONFLICT, Refusal
from app.language import Message, _
from app.models.consultations import Consultation, Membership, Phase, PhaseKind
from app.models.contributions import READABLE
from app.models.standards import Context, DutyBearer, MeasureKind, Standard, StandardVersion
from app.rules.consultations import why_not_member, why_not_now, why_not_suspended
from app.rules.contributions import why_not_edit, why_not_withdraw
from app.rules.phases import phases_of

SUMMARY_WORDS = 150
LONGEST_TITLE = 200
LONGEST_CLAUSE = 1500
LONGEST_TEXT = 2000
MOST_CLAUSES = 40
MOST_DUTY_BEARERS = 12
MOST_EVIDENCE = 20
SECTORS = ("public", "business", "both")
PROPOSING = (PhaseKind.SUBMIT,)


@dataclass(frozen=True, slots=True)
class NewEvidence:
    """A piece of evidence as its proposer describes it."""

    authors: tuple[str, ...]
    title: str
    year: int | None = None
    venue: str = ""
    url: str = ""
    finding: str = ""
    reference: str | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """Everything that makes up the text of a standard; keys stand for provisions and stakeholder groups.

    `numbers` are those that the clauses keep, in their order; empty for a clause that is new.
    """

    title: str
    clauses: tuple[str, ...]
    summary: str = ""
    measure: MeasureKind = MeasureKind.STANDARD
    context: Context = Context.OTHER
    groundings: tuple[str, ...] = ()
    duty_bearers: tuple[DutyBearer, ...] = ()
    enforcement_kinds: tuple[str, ...] = ()
    enforcement: str = ""
    affected: str = ""
    affected_groups: tuple[str, ...] = ()
    evidence: tuple[NewEvidence, ...] = field(default=())
    language: str = "en"
    numbers: tuple[str, ...] = ()


def why_not_propose(
    consultation: Consultation, phases: Sequence[Phase], membership: Membership | None, *, at: datetime
) -> Refusal | None:
    """Members propose standards while the phase for proposals runs."""
    acting = why_not_now(consultation, phases, PROPOSING, at=at) or why_not_member(membership)
    return acting or why_not_suspended(membership, at=at)


def why_not_act_on(
    consultation: Consultation,
    phases: Sequence[Phase],
    standard: Standard,
    membership: Membership | None,
    kinds: Sequence[PhaseKind],
    *,
    at: datetime,
) -> Refusal | None:
    """Members act on published standards while a phase that allows it runs."""
    if refusal := why_not_now(consultation, phases_of(consultation, standard, phases), kinds, at=at):
        return refusal
    if standard.withdrawn_at is not None:
        return Refusal("standard_withdrawn", _("This standard was withdrawn. Its discussion stays readable."), CONFLICT)
    return why_not_member(membership)


def why_not_resubmit(membership: Membership | None, version: StandardVersion) -> Refusal | None:
    """Authors change a proposal until it is published; from then on its text changes by amendment."""
    if version.state in READABLE:
        sentence = _(
            "This text is published, so it can no longer be replaced. Comment with the change that you would make."
        )
        return Refusal("published_version", sentence, CONFLICT)
    return why_not_edit(membership, version)


def why_not_withdraw_standard(
    membership: Membership | None, standard: Standard, version: StandardVersion
) -> Refusal | None:
    """Authors may always take a standard back, once; a published text stays readable."""
    if membership is None or membership.id != standard.membership_id:
        return Refusal("not_author", _("Only its author can do this."))
    if refusal := why_not_withdraw(membership, version):
        return refusal
    if standard.withdrawn_at is not None:
        return Refusal("already_withdrawn", _("You have already withdrawn this."), CONFLICT)
    return None


def missing_links(version: StandardVersion, *, grounded: bool) -> tuple[str, ...]:
    """Which links of right, duty-bearer and enforcement a text lacks; it is said on the page and in the summary."""
    links = {
        "grounding": grounded,
        "duty_bearer": bool(version.duty_bearers),
        "enforcement": bool(version.enforcement or version.enforcement_kinds),
    }
    return tuple(name for name, there in links.items() if not there)


def problems(proposal: Proposal) -> list[tuple[str, Message]]:
    """What keeps a proposal from being sent: each field with what to do.

    Missing grounding, duty-bearer or enforcement is never among them; the page says what is missing.
    """
    found: list[tuple[str, Message]] = []
    if not proposal.title:
        found.append(("title", _("Give the standard a title.")))
    if len(proposal.title) > LONGEST_TITLE:
        found.append(("title", _("Shorten the title to %(most)s characters.", most=LONGEST_TITLE)))
    if not proposal.summary:
        found.append(("summary", _("Say in plain words what this standard would change.")))
    if len(proposal.summary.split()) > SUMMARY_WORDS:
        count = len(proposal.summary.split())
        found.append(
            ("summary", _("Shorten the summary to %(most)s words; it has %(count)s.", most=SUMMARY_WORDS, count=count))
        )
    if not proposal.clauses:
        found.append(("clauses-0-text", _("Write at least one clause: who shall do what.")))
    if len(proposal.clauses) > MOST_CLAUSES:
        found.append(("clauses-0-text", _("Use at most %(most)s clauses.", most=MOST_CLAUSES)))
    found += _problems_of_duty_bearers(proposal)
    for index, clause in enumerate(proposal.clauses):
        if len(clause) > LONGEST_CLAUSE:
            found.append(
                (f"clauses-{index}-text", _("Shorten this clause to %(most)s characters.", most=LONGEST_CLAUSE))
            )
    for name, written in (("enforcement", proposal.enforcement), ("affected", proposal.affected)):
        if len(written) > LONGEST_TEXT:
            found.append((name, _("Shorten this to %(most)s characters.", most=LONGEST_TEXT)))
    found += _problems_of_evidence(proposal)
    return found


def _problems_of_duty_bearers(proposal: Proposal) -> list[tuple[str, Message]]:
    found: list[tuple[str, Message]] = []
    if any(len(bearer["name"]) > LONGEST_TITLE for bearer in proposal.duty_bearers):
        found.append(("duty_bearers-0-name", _("Shorten this to %(most)s characters.", most=LONGEST_TITLE)))
    if len(proposal.duty_bearers) > MOST_DUTY_BEARERS:
        found.append(("duty_bearers-0-name", _("Name at most %(most)s duty-bearers.", most=MOST_DUTY_BEARERS)))
    return found


def _lengths(piece: NewEvidence) -> tuple[tuple[str, str, int], ...]:
    longest_name = max(piece.authors, key=len, default="")
    return (
        ("authors", longest_name, 120),
        ("title", piece.title, 400),
        ("venue", piece.venue, 300),
        ("url", piece.url, 1000),
        ("finding", piece.finding, LONGEST_TEXT),
    )


def _problems_of_evidence(proposal: Proposal) -> list[tuple[str, Message]]:
    found: list[tuple[str, Message]] = []
    if len(proposal.evidence) > MOST_EVIDENCE:
        found.append(("evidence-0-title", _("Give at most %(most)s pieces of evidence.", most=MOST_EVIDENCE)))
    for index, piece in enumerate(proposal.evidence):
        if not piece.authors:
            found.append(
                (f"evidence-{index}-authors", _("Name the authors in full. Credit is part of every citation."))
            )
        for name, written, most in _lengths(piece):
            if len(written) > most:
                found.append((f"evidence-{index}-{name}", _("Shorten this to %(most)s characters.", most=most)))
        if not piece.title:
            found.append((f"evidence-{index}-title", _("Give the title of this evidence.")))
        if piece.url and not piece.url.startswith(("https://", "http://")):
            found.append((f"evidence-{index}-url", _("Enter a full address that begins with https://")))
    return found
