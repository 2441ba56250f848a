"""The state a text begins in, and what its author and others may do with it: every state, every person."""

from datetime import UTC, datetime, timedelta

import pytest

from app.errors import CONFLICT, FORBIDDEN, Refusal
from app.models.comments import Comment
from app.models.consultations import Consultation, Identity, Membership, Review
from app.models.contributions import State
from app.rules.contributions import (
    edits_freely,
    first_state,
    why_not_edit,
    why_not_endorse,
    why_not_own,
    why_not_withdraw,
)

NOON = datetime(2026, 6, 10, 12, tzinfo=UTC)
AUTHOR, OTHER = Membership(id=1), Membership(id=2)
READABLE = {State.PUBLISHED, State.REDACTED}


def text(state: State = State.PUBLISHED) -> Comment:
    return Comment(membership_id=AUTHOR.id, state=state)


def answer(refusal: Refusal | None) -> tuple[str, int] | None:
    return (refusal.code, refusal.status) if refusal else None


@pytest.mark.parametrize("identity", Identity)
@pytest.mark.parametrize("review", Review)
def test_confidential_people_are_always_read_first(identity: Identity, review: Review) -> None:
    held = review == Review.BEFORE or identity == Identity.CONFIDENTIAL
    state = first_state(Consultation(review=review), Membership(identity=identity), at=NOON)
    assert state == (State.PENDING if held else State.PUBLISHED)


@pytest.mark.parametrize("state", State)
def test_authors_edit_what_waits_was_returned_or_is_published(state: State) -> None:
    editable = {State.PENDING, State.RETURNED, *READABLE}
    assert answer(why_not_edit(AUTHOR, text(state))) == (None if state in editable else ("not_editable", CONFLICT))


@pytest.mark.parametrize("state", State)
def test_authors_take_back_once_what_moderation_has_not_removed(state: State) -> None:
    refused = {State.WITHDRAWN: "already_withdrawn", State.DECLINED: "already_removed", State.HIDDEN: "already_removed"}
    expected = (refused[state], CONFLICT) if state in refused else None
    assert answer(why_not_withdraw(AUTHOR, text(state))) == expected


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("somebody", [None, OTHER])
@pytest.mark.parametrize("rule", [why_not_edit, why_not_withdraw, why_not_own])
def test_nobody_else_touches_a_text_in_any_state(rule, somebody: Membership | None, state: State) -> None:
    assert answer(rule(somebody, text(state))) == ("not_author", FORBIDDEN)


@pytest.mark.parametrize("state", State)
def test_others_endorse_what_everybody_reads(state: State) -> None:
    expected = None if state in READABLE else ("not_readable", CONFLICT)
    assert answer(why_not_endorse(OTHER, text(state))) == expected
    assert answer(why_not_endorse(AUTHOR, text(state))) == ("own_contribution", FORBIDDEN)
    assert answer(why_not_endorse(None, text(state))) == ("not_joined", FORBIDDEN)


@pytest.mark.parametrize(
    ("published_hours_ago", "replies", "free"),
    [
        (None, 0, True),  # nobody has read it yet
        (None, 3, True),
        (0, 0, True),
        (23.999, 0, True),
        (24, 0, False),
        (1, 1, False),
        (30, 1, False),
    ],
)
def test_free_edits_last_a_day_or_until_the_first_reply(
    published_hours_ago: float | None, replies: int, free: bool
) -> None:
    comment = text()
    if published_hours_ago is not None:
        comment.published_at = NOON - timedelta(hours=published_hours_ago)
    assert edits_freely(comment, replies=replies, at=NOON) == free
