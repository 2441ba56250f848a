"""Who may decide what: every action on every state, with and without its statement of reasons."""

from datetime import UTC, datetime

import pytest

from app.errors import CONFLICT, FORBIDDEN, Refusal
from app.models.amendments import Amendment
from app.models.comments import Comment
from app.models.commitments import CommitmentUpdate
from app.models.consultations import Identity, Membership, Role
from app.models.contributions import State
from app.models.moderation import Action, Case, Reason
from app.models.standards import StandardVersion
from app.rules.moderation import NEXT_STATE, next_state, why_not_action, why_not_decide, why_not_moderate

NOON = datetime(2026, 6, 10, 12, tzinfo=UTC)
READABLE = {State.PUBLISHED, State.REDACTED}
AVAILABLE = {Action.PUBLISH, Action.NOTE, Action.RETURN, Action.DECLINE, Action.HIDE}
REASONED = {Action.RETURN, Action.DECLINE, Action.HIDE}
AUTHOR = Membership(id=1, role=Role.PARTICIPANT, identity=Identity.PSEUDONYM)
MODERATOR = Membership(id=2, role=Role.MODERATOR, identity=Identity.NAMED)


def answer(refusal: Refusal | None) -> tuple[str, int] | None:
    return (refusal.code, refusal.status) if refusal else None


def decide(by: Membership | None, *, author: Membership = AUTHOR, closed: bool = False, read: int | None = None):
    case = Case(closed_at=NOON if closed else None)
    return answer(why_not_decide(by, case, Comment(revision=3), author, read_revision=read))


def problem(
    action: Action,
    state: State = State.PENDING,
    *,
    reason: Reason | None = Reason.OFF_TOPIC,
    explanation: str = "Because.",
    author: Membership = AUTHOR,
    gist: str = "",
) -> tuple[str, str] | None:
    found = why_not_action(action, reason, explanation, Comment(state=state), author, gist=gist)
    return (found[0], found[1].code) if found else None


@pytest.mark.parametrize("role", Role)
def test_moderators_and_chairs_review(role: Role) -> None:
    expected = None if role in (Role.MODERATOR, Role.CHAIR, Role.DEPUTY) else ("not_moderator", FORBIDDEN)
    assert answer(why_not_moderate(Membership(role=role))) == expected
    assert decide(Membership(id=9, role=role)) == expected
    assert answer(why_not_moderate(None)) == ("not_moderator", FORBIDDEN)


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.CHAIR, Role.DEPUTY])
def test_nobody_decides_on_their_own_item_whatever_their_role(role: Role) -> None:
    own = Membership(id=1, role=role)
    assert decide(own, author=own) == ("own_item", FORBIDDEN)


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        ("Example Org", "Example Org", ("own_organisation", FORBIDDEN)),
        ("Example Org", "Another Org", None),
        ("Example Org", None, None),
        (None, None, None),  # two people without an organisation are no colleagues
    ],
)
def test_nobody_decides_for_their_own_organisation(mine: str | None, theirs: str | None, expected) -> None:
    moderator = Membership(id=2, role=Role.MODERATOR, organisation=mine)
    author = Membership(id=1, role=Role.PARTICIPANT, organisation=theirs)
    assert decide(moderator, author=author) == expected


@pytest.mark.parametrize(("read", "stale"), [(None, False), (3, False), (2, True), (4, True)])
def test_a_decision_is_about_the_text_that_was_read(read: int | None, stale: bool) -> None:
    assert decide(MODERATOR, read=read) == (("text_changed", CONFLICT) if stale else None)


def test_a_case_is_decided_once() -> None:
    assert decide(MODERATOR, closed=True) == ("case_closed", CONFLICT)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("action", Action)
def test_every_action_on_every_state(action: Action, state: State) -> None:
    if action not in AVAILABLE:
        expected = ("action", "action_unavailable")
    elif action == Action.HIDE and state not in READABLE:
        expected = ("action", "not_published")
    else:
        expected = None
    assert problem(action, state) == expected


@pytest.mark.parametrize("action", AVAILABLE)
def test_who_is_refused_learns_why(action: Action) -> None:
    assert problem(action, State.PUBLISHED, reason=None) == (
        ("reason", "reason_needed") if action in REASONED else None
    )
    missing = ("explanation", "explanation_needed" if action in REASONED else "note_needed")
    expected = None if action == Action.PUBLISH else missing
    assert problem(action, State.PUBLISHED, explanation="") == expected


@pytest.mark.parametrize("action", AVAILABLE)
@pytest.mark.parametrize("identity", Identity)
@pytest.mark.parametrize("gist", ["", "Somebody was stopped."])
def test_of_confidential_people_nothing_is_published_but_a_gist(action: Action, identity: Identity, gist: str) -> None:
    author = Membership(id=1, identity=identity)
    needed = identity == Identity.CONFIDENTIAL and action in (Action.PUBLISH, Action.NOTE) and not gist
    assert problem(action, State.PUBLISHED, author=author, gist=gist) == (("gist", "gist_needed") if needed else None)


def test_where_each_decision_leads() -> None:
    assert {action: next_state(action) for action in sorted(AVAILABLE)} == {
        Action.PUBLISH: State.PUBLISHED,
        Action.NOTE: State.PUBLISHED,
        Action.RETURN: State.RETURNED,
        Action.DECLINE: State.DECLINED,
        Action.HIDE: State.HIDDEN,
    }
    assert set(NEXT_STATE) == AVAILABLE


@pytest.mark.parametrize("made", [CommitmentUpdate, Amendment, StandardVersion])
@pytest.mark.parametrize("gist", ["", "Somebody saw it."])
def test_updates_to_promises_need_a_gist_and_texts_of_standards_none(made, gist):
    waiting = made(state=State.PENDING)
    hidden = Membership(id=2, identity=Identity.CONFIDENTIAL)
    found = why_not_action(Action.PUBLISH, None, "", waiting, hidden, gist=gist)
    assert (found is not None) == (made is CommitmentUpdate and not gist)
