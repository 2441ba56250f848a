"""Who may decide what: every action on every state, with and without its statement of reasons."""

from datetime import UTC, datetime, timedelta

import pytest

from app.errors import CONFLICT, FORBIDDEN, Refusal
from app.models.amendments import Amendment
from app.models.comments import Comment
from app.models.commitments import CommitmentUpdate
from app.models.consultations import Identity, Membership, Role
from app.models.contributions import State
from app.models.moderation import Action, Case, Reason
from app.models.standards import StandardVersion
from app.rules.moderation import (
    CLAIM,
    REMOVING,
    RESTRICTING,
    Involved,
    next_state,
    why_not_decide,
    why_not_moderate,
    why_two_readers,
)
from app.rules.statements import ASK_FIRST, FACTORS, Item, Redaction, Statement, problem_of

NOON = datetime(2026, 6, 10, 12, tzinfo=UTC)
READABLE = {State.PUBLISHED, State.REDACTED}
AUTHOR = Membership(id=1, role=Role.PARTICIPANT, identity=Identity.PSEUDONYM)
MODERATOR = Membership(id=2, role=Role.MODERATOR)
PASSAGE = (Redaction("Ingrid Sample", "name"),)


def answer(refusal: Refusal | None) -> tuple[str, int] | None:
    return (refusal.code, refusal.status) if refusal else None


def decide(
    by: Membership | None,
    *,
    author: Membership = AUTHOR,
    closed: bool = False,
    read: int | None = None,
    first: int | None = None,
    held_by: int | None = None,
    held_for: timedelta = CLAIM,
):
    case = Case(closed_at=NOON if closed else None)
    if held_by is not None:
        case.claimed_by_id, case.claimed_until = held_by, NOON + held_for
    return answer(why_not_decide(by, case, Comment(revision=3), Involved(author, first), at=NOON, read_revision=read))


def problem(
    action: Action,
    state: State = State.PENDING,
    *,
    reason: Reason | None = Reason.OFF_TOPIC,
    explanation: str = "Because.",
    author: Membership = AUTHOR,
    gist: str = "",
    redactions: tuple[Redaction, ...] = PASSAGE,
    days: int = 7,
    worksheet: dict[str, str] | None = None,
    held: bool = False,
    warned: bool = True,
    asked_before: bool = False,
) -> tuple[str, str] | None:
    statement = Statement(
        action,
        reason,
        explanation,
        gist=gist,
        redactions=redactions,
        worksheet=worksheet or {},
        ends_at=NOON + timedelta(days=days),
    )
    item = Item(Comment(state=state), author, held=held, warned=warned, asked_before=asked_before)
    found = problem_of(statement, item, at=NOON)
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
        ("Example Org", " example  ORG", ("own_organisation", FORBIDDEN)),
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


@pytest.mark.parametrize(
    ("held_by", "held_for", "expected"),
    [
        (None, CLAIM, None),
        (2, CLAIM, None),
        (3, CLAIM, ("claimed", CONFLICT)),
        (3, timedelta(seconds=1), ("claimed", CONFLICT)),
        (3, timedelta(0), None),
    ],
)
def test_one_person_at_a_time_reads_a_case(held_by, held_for, expected) -> None:
    assert decide(MODERATOR, held_by=held_by, held_for=held_for) == expected


def test_the_first_reader_is_never_the_second() -> None:
    assert decide(MODERATOR, first=2) == ("first_reader", FORBIDDEN)
    assert decide(MODERATOR, first=3) is None


@pytest.mark.parametrize("lived", [True, False])
@pytest.mark.parametrize("opposes", [True, False])
@pytest.mark.parametrize("reason", Reason)
@pytest.mark.parametrize("action", Action)
def test_two_people_read_before_hate_lived_experience_and_opposition_are_removed(
    action: Action, reason: Reason, opposes: bool, lived: bool
) -> None:
    found = why_two_readers(action, reason, Comment(lived=lived), opposes_own=opposes)
    hateful = reason in (Reason.HATE, Reason.INCITEMENT)
    assert (found is not None) == (action in REMOVING and (hateful or lived or opposes))
    asked = why_two_readers(action, reason, Comment(lived=False), opposes_own=False, asked=True)
    assert (asked is not None) == (action in RESTRICTING)


@pytest.mark.parametrize("held", [True, False])
@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("action", Action)
def test_every_action_on_every_state(action: Action, state: State, held: bool) -> None:
    nothing_to_hide = action == Action.HIDE and state not in READABLE and not held
    assert problem(action, state, held=held) == (("action", "not_published") if nothing_to_hide else None)


@pytest.mark.parametrize("action", Action)
def test_who_is_refused_learns_why(action: Action) -> None:
    restricts = action in RESTRICTING
    assert problem(action, State.PUBLISHED, reason=None) == (("reason", "reason_needed") if restricts else None)
    missing = ("explanation", "explanation_needed" if restricts else "note_needed")
    expected = None if action == Action.PUBLISH else missing
    assert problem(action, State.PUBLISHED, explanation="") == expected


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("reason", Reason)
def test_some_reasons_ask_the_author_first_and_one_is_only_a_label(action: Action, reason: Reason) -> None:
    found = problem(action, State.PUBLISHED, reason=reason, worksheet=dict.fromkeys(FACTORS, "Looked at."))
    if action in RESTRICTING and reason == Reason.UNDISCLOSED_AUTOMATION:
        assert found == ("action", "label_only")
    elif action in RESTRICTING and reason in ASK_FIRST and action != Action.RETURN:
        assert found == ("action", "ask_first")
        assert problem(action, State.PUBLISHED, reason=reason, asked_before=True) is None
    else:
        assert found is None


@pytest.mark.parametrize("missing", FACTORS)
def test_incitement_is_removed_only_with_all_six_factors(missing: str) -> None:
    whole = dict.fromkeys(FACTORS, "Looked at.")
    assert problem(Action.DECLINE, reason=Reason.INCITEMENT, worksheet=whole) is None
    partial = {**whole, missing: ""}
    assert problem(Action.DECLINE, reason=Reason.INCITEMENT, worksheet=partial) == (missing, "worksheet_needed")
    assert problem(Action.RETURN, reason=Reason.INCITEMENT, worksheet=partial) is None


@pytest.mark.parametrize(
    ("warned", "days", "expected"),
    [
        (False, 7, ("action", "warn_first")),
        (True, 7, None),
        (True, 183, None),
        (True, 184, ("ends_on", "end_needed")),
        (True, 0, ("ends_on", "end_needed")),
        (True, -1, ("ends_on", "end_needed")),
    ],
)
def test_a_suspension_follows_a_warning_and_ends(warned: bool, days: int, expected) -> None:
    assert problem(Action.SUSPEND, warned=warned, days=days) == expected


def test_a_redaction_names_its_passages() -> None:
    assert problem(Action.REDACT, redactions=()) == ("redactions", "redactions_needed")


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("identity", Identity)
@pytest.mark.parametrize("gist", ["", "Somebody was stopped."])
def test_of_confidential_people_nothing_is_published_but_a_gist(action: Action, identity: Identity, gist: str) -> None:
    author = Membership(id=1, identity=identity)
    publishes = action in (Action.PUBLISH, Action.NOTE, Action.REDACT)
    needed = identity == Identity.CONFIDENTIAL and publishes and not gist
    assert problem(action, State.PUBLISHED, author=author, gist=gist) == (("gist", "gist_needed") if needed else None)


@pytest.mark.parametrize("state", State)
def test_where_each_decision_leads(state: State) -> None:
    seen = state in (*READABLE, State.HIDDEN)
    assert {action: next_state(action, state) for action in Action} == {
        Action.PUBLISH: State.PUBLISHED,
        Action.NOTE: State.PUBLISHED,
        Action.RETURN: State.RETURNED,
        Action.REDACT: State.REDACTED,
        Action.DECLINE: State.DECLINED,
        Action.HIDE: State.HIDDEN,
        Action.WARN: State.HIDDEN if seen else State.DECLINED,
        Action.SUSPEND: State.HIDDEN if seen else State.DECLINED,
    }
    assert next_state(Action.WARN, state, change_waits=True) == State.DECLINED
    assert next_state(Action.PUBLISH, state, redacted=True) == State.REDACTED


@pytest.mark.parametrize("made", [CommitmentUpdate, Amendment, StandardVersion])
@pytest.mark.parametrize("gist", ["", "Somebody saw it."])
def test_updates_to_promises_need_a_gist_and_texts_of_standards_none(made, gist):
    hidden = Membership(id=2, identity=Identity.CONFIDENTIAL)
    found = problem_of(Statement(Action.PUBLISH, gist=gist), Item(made(state=State.PENDING), hidden), at=NOON)
    assert (found is not None) == (made is CommitmentUpdate and not gist)
