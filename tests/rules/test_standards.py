"""What a proposal must hold, and when it may be sent or sent again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.errors import CONFLICT, FORBIDDEN
from app.models.consultations import Consultation, ConsultationState, Membership, Phase, PhaseKind
from app.models.contributions import State
from app.models.standards import StandardVersion
from app.rules.standards import NewEvidence, Proposal, problems, why_not_propose, why_not_resubmit

NOON = datetime(2026, 6, 10, 12, tzinfo=UTC)
DAY = timedelta(days=1)
GOOD = Proposal(title="A match is a lead", summary="Nobody is arrested for it.", clauses=("The police shall check.",))
STUDY = NewEvidence(authors=("Joy Buolamwini",), title="Gender Shades")


def fields(proposal: Proposal) -> list[str]:
    return [field for field, _message in problems(proposal)]


def test_grounding_duty_bearer_and_enforcement_may_be_missing() -> None:
    assert not (GOOD.groundings)
    assert not (GOOD.duty_bearers)
    assert not (GOOD.enforcement)
    assert problems(GOOD) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"title": ""}, ["title"]),
        ({"title": "x" * 200}, []),
        ({"title": "x" * 201}, ["title"]),
        ({"summary": ""}, ["summary"]),
        ({"summary": "word " * 150}, []),
        ({"summary": "word " * 151}, ["summary"]),
        ({"clauses": ()}, ["clauses-0-text"]),
        ({"clauses": ("shall",) * 40}, []),
        ({"clauses": ("shall",) * 41}, ["clauses-0-text"]),
        ({"clauses": ("shall", "x" * 1500)}, []),
        ({"clauses": ("shall", "x" * 1501)}, ["clauses-1-text"]),
        ({"enforcement": "x" * 2001}, ["enforcement"]),
        ({"affected": "x" * 2001}, ["affected"]),
        ({"enforcement": "x" * 2000, "affected": "x" * 2000}, []),
        ({"evidence": (STUDY,)}, []),
        ({"evidence": (STUDY, replace(STUDY, authors=()))}, ["evidence-1-authors"]),
        ({"evidence": (replace(STUDY, title=""),)}, ["evidence-0-title"]),
        ({"evidence": (replace(STUDY, url="https://example.org/a"),)}, []),
        ({"evidence": (replace(STUDY, url="javascript:alert(1)"),)}, ["evidence-0-url"]),
        ({"evidence": (replace(STUDY, url="example.org"),)}, ["evidence-0-url"]),
    ],
)
def test_each_limit_names_its_field(change: dict, expected: list[str]) -> None:
    assert fields(replace(GOOD, **change)) == expected


def test_every_problem_is_named_at_once() -> None:
    worst = Proposal(
        title="", summary="", clauses=("x" * 1501,), evidence=(NewEvidence(authors=(), title="", url="ftp://x"),)
    )
    assert fields(worst) == [
        "title",
        "summary",
        "clauses-0-text",
        "evidence-0-authors",
        "evidence-0-title",
        "evidence-0-url",
    ]


def test_a_long_summary_is_told_how_long_it_is() -> None:
    [(_field, message)] = problems(replace(GOOD, summary="word " * 163))
    assert str(message) == "Shorten the summary to 150 words; it has 163."


@pytest.mark.parametrize("phase", PhaseKind)
@pytest.mark.parametrize("member", [True, False])
def test_members_propose_in_the_phase_for_proposals(phase: PhaseKind, member: bool) -> None:
    phases = [Phase(kind=phase, opens_at=NOON - DAY, closes_at=NOON + DAY)]
    open_one = Consultation(state=ConsultationState.OPEN)
    refusal = why_not_propose(open_one, phases, Membership() if member else None, at=NOON)
    expected = "phase_absent" if phase != PhaseKind.SUBMIT else None if member else "not_joined"
    assert (refusal.code if refusal else None) == expected


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (State.PENDING, None),
        (State.RETURNED, None),
        (State.PUBLISHED, ("published_version", CONFLICT)),
        (State.REDACTED, ("published_version", CONFLICT)),
        (State.DECLINED, ("not_editable", CONFLICT)),
        (State.HIDDEN, ("not_editable", CONFLICT)),
        (State.WITHDRAWN, ("not_editable", CONFLICT)),
    ],
)
def test_a_proposal_is_sent_again_until_it_is_published(state: State, expected: tuple[str, int] | None) -> None:
    version = StandardVersion(membership_id=1, state=state)
    refusal = why_not_resubmit(Membership(id=1), version)
    assert ((refusal.code, refusal.status) if refusal else None) == expected


@pytest.mark.parametrize("somebody", [None, Membership(id=2)])
def test_nobody_sends_the_proposal_of_another_again(somebody: Membership | None) -> None:
    refusal = why_not_resubmit(somebody, StandardVersion(membership_id=1, state=State.RETURNED))
    assert refusal
    assert (refusal.code, refusal.status) == ("not_author", FORBIDDEN)
