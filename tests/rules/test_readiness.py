"""What has to be done before a consultation opens, and who may be asked to do what."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.errors import Refusal
from app.models.consultations import Consultation, ConsultationState, Membership, Role
from app.models.invitations import Invitation
from app.rules.readiness import Preparation, checks, why_not_open, why_not_open_itself
from app.rules.team import (
    why_not_accept,
    why_not_invite,
    why_not_take_back,
    why_not_withdraw_invitation,
    works,
)

NOON = datetime(2026, 6, 10, 12, tzinfo=UTC)
READY = {"reviewers": 2, "groups": 2, "affected_groups": 1, "phases": 1, "phases_in_order": True}


def draft(**fields: object) -> Consultation:
    return Consultation(state=ConsultationState.DRAFT, **fields)


def code(refusal: Refusal | None) -> str | None:
    return refusal.code if refusal else None


@pytest.mark.parametrize(
    ("lacking", "expected"),
    [
        ({}, None),
        ({"reviewers": 1}, "too_few_reviewers"),
        ({"groups": 1}, "too_few_groups"),
        ({"affected_groups": 0}, "nobody_affected"),
        ({"phases": 0}, "no_phases"),
        ({"phases_in_order": False}, "phases_out_of_order"),
    ],
)
def test_opening_needs_what_is_needed(lacking: dict[str, object], expected: str | None) -> None:
    prepared = Preparation(**(READY | lacking))
    assert code(why_not_open(draft(), prepared, at=NOON)) == expected
    left = [check.code for check in checks(draft(), prepared, at=NOON) if check.blocks and not check.done]
    assert left == ([expected] if expected else [])  # the list and the rule agree


@pytest.mark.parametrize("state", ConsultationState)
def test_only_a_draft_opens(state: ConsultationState) -> None:
    expected = None if state == ConsultationState.DRAFT else "not_a_draft"
    assert code(why_not_open(Consultation(state=state), Preparation(**READY), at=NOON)) == expected


def test_advice_does_not_block() -> None:
    bare = draft(closes_at=None)
    advised = [check.code for check in checks(bare, Preparation(**READY), at=NOON) if not check.done]
    assert advised == ["no_answer_promised", "no_background", "no_closing"]
    full = draft(
        closes_at=NOON + timedelta(days=1), purpose="Why.", answered_by="Minister", answer_due=date(2027, 1, 1)
    )
    assert all(check.done for check in checks(full, Preparation(**READY), at=NOON))
    late = draft(closes_at=NOON)
    assert "no_closing" in [check.code for check in checks(late, Preparation(**READY), at=NOON) if not check.done]
    assert why_not_open(late, Preparation(**READY), at=NOON) is None


@pytest.mark.parametrize(
    ("opens_at", "expected"),
    [(None, "no_opening_time"), (NOON, "no_opening_time"), (NOON + timedelta(minutes=1), None)],
)
def test_opening_by_the_calendar_needs_a_time_to_come(opens_at: datetime | None, expected: str | None) -> None:
    assert code(why_not_open_itself(draft(opens_at=opens_at), at=NOON)) == expected
    assert code(why_not_open_itself(Consultation(state=ConsultationState.OPEN), at=NOON)) == "not_a_draft"


def person(number: int, role: Role) -> Membership:
    return Membership(id=number, role=role)


CHAIR, DEPUTY, MODERATOR = person(1, Role.CHAIR), person(2, Role.DEPUTY), person(3, Role.MODERATOR)


@pytest.mark.parametrize(
    ("by", "role", "expected"),
    [
        (CHAIR, Role.MODERATOR, None),
        (CHAIR, Role.CHAIR, None),
        (DEPUTY, Role.POLICYMAKER, None),
        (DEPUTY, Role.CHAIR, "chair_alone"),
        (MODERATOR, Role.MODERATOR, "not_chair"),
        (CHAIR, Role.PARTICIPANT, "no_such_role"),
    ],
)
def test_who_invites_to_what(by: Membership, role: Role, expected: str | None) -> None:
    assert code(why_not_invite(by, role, groups=2)) == expected
    if expected is None:
        assert code(why_not_invite(by, role, groups=0)) == "no_groups"


@pytest.mark.parametrize(
    ("state", "by", "target", "team", "expected"),
    [
        (ConsultationState.OPEN, CHAIR, MODERATOR, [CHAIR, DEPUTY, MODERATOR], None),
        (ConsultationState.OPEN, CHAIR, MODERATOR, [CHAIR, MODERATOR], "too_few_reviewers"),
        (ConsultationState.DRAFT, CHAIR, MODERATOR, [CHAIR, MODERATOR], None),
        (ConsultationState.OPEN, CHAIR, person(4, Role.POLICYMAKER), [CHAIR, person(4, Role.POLICYMAKER)], None),
        (ConsultationState.DRAFT, CHAIR, CHAIR, [CHAIR, DEPUTY], "last_chair"),
        (ConsultationState.DRAFT, CHAIR, CHAIR, [CHAIR, person(5, Role.CHAIR)], None),
        (ConsultationState.DRAFT, DEPUTY, CHAIR, [CHAIR, person(5, Role.CHAIR), DEPUTY], "chair_alone"),
        (ConsultationState.DRAFT, MODERATOR, DEPUTY, [CHAIR, DEPUTY, MODERATOR], "not_chair"),
        (ConsultationState.DRAFT, CHAIR, person(6, Role.PARTICIPANT), [CHAIR], "no_role"),
    ],
)
def test_what_can_be_taken_back(
    state: ConsultationState, by: Membership, target: Membership, team: list[Membership], expected: str | None
) -> None:
    assert code(why_not_take_back(Consultation(state=state), by, target, team)) == expected


def test_accepting_keeps_a_chair() -> None:
    assert why_not_accept(None, [CHAIR], Role.MODERATOR) is None
    assert code(why_not_accept(MODERATOR, [CHAIR], Role.MODERATOR)) == "has_role"
    assert code(why_not_accept(CHAIR, [CHAIR, DEPUTY], Role.POLICYMAKER)) == "last_chair"
    assert why_not_accept(MODERATOR, [CHAIR], Role.CHAIR) is None


def test_a_link_works_until_it_is_used_withdrawn_or_old() -> None:
    asked = Invitation(expires_at=NOON)
    assert works(asked, NOON - timedelta(seconds=1))
    assert not works(asked, NOON)
    assert why_not_withdraw_invitation(asked) is None
    assert code(why_not_withdraw_invitation(Invitation(accepted_at=NOON))) == "invitation_accepted"
    assert code(why_not_withdraw_invitation(Invitation(withdrawn_at=NOON))) == "invitation_withdrawn"
    assert not works(Invitation(expires_at=NOON, withdrawn_at=NOON), NOON - timedelta(days=1))
