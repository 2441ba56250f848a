"""Taking passages out: gone wherever readers look, kept for an appeal, brought back by one, then deleted."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.actions import comment_edits, desk, limits
from app.actions import moderation as actions
from app.events import OriginalDeleted
from app.models.appeals import AppealOutcome
from app.models.comments import CommentText
from app.models.consultations import Membership, Review
from app.models.contributions import State
from app.models.flags import Flag
from app.models.moderation import Action, Decision, Standing
from app.models.notices import Notice
from app.queries import comments as pages
from app.queries import search
from app.rules.appeals import open_until
from app.rules.statements import Redaction
from tests.answers import invalid
from tests.factories import comments, consultations, kinds, moderation, standards
from tests.factories.kinds import WORDS
from tests.factories.viewers import frame, history, viewer

pytestmark = pytest.mark.usefixtures("stopped_clock")
NAME = (Redaction(WORDS, "name"),)


@pytest.fixture
def consultation(session):
    return consultations.opened(session)


@pytest.fixture
def standard(session, consultation):
    return standards.published(session, consultation)


def redact(session, item, *, by=None) -> Decision:
    return moderation.decide(session, item, Action.REDACT, redactions=NAME, by=by)


def undo(session, consultation, decision: Decision) -> None:
    case = session.get_one(moderation.Case, decision.case_id)
    desk.undo(session, consultation, case, by=session.get_one(Membership, decision.moderator_id))


@pytest.mark.parametrize("what", kinds.WAITING)
def test_the_words_are_gone_from_everything_that_readers_see(session, consultation, standard, what):
    item = kinds.WAITING[what](session, consultation, standard)
    assert kinds.words_in(session, item)
    decision = redact(session, item)
    assert kinds.words_in(session, item) == []
    assert (item.state, item.published_at is not None) == (State.REDACTED, True)
    assert "[removed: name]" in actions.wordings.original_text(session, item)
    assert WORDS in decision.original
    assert decision.redactions == [{"passage": WORDS, "what": "name"}]


@pytest.mark.parametrize("what", [what for what in kinds.WAITING if what != "version"])
def test_what_is_published_already_is_redacted_in_place(session, consultation, standard, what, stopped_clock):
    item = kinds.readable(what, session, consultation, standard)
    published = item.published_at
    stopped_clock.forward(hours=1)
    redact(session, item)
    assert kinds.words_in(session, item) == []
    assert (item.state, item.published_at) == (State.REDACTED, published)


def test_a_redacted_standard_is_not_found_by_the_words_that_were_taken_out(session, consultation, standard):
    item = kinds.readable("proposal", session, consultation, standard)
    assert search.similar(session, frame(session, consultation), WORDS, "", "en")
    redact(session, item)
    terms = {line.split(".")[-1]: value for line, value in kinds.everything_of(session, item).items()}
    assert "ingrid" not in terms.values()


@pytest.mark.parametrize("what", kinds.WAITING)
def test_a_passage_that_is_not_there_is_named_and_nothing_happens(session, consultation, standard, what):
    item = kinds.WAITING[what](session, consultation, standard)
    before = kinds.everything_of(session, item)
    both = (*NAME, Redaction("Nobody Atall", "name"))
    with invalid("redactions"), session.begin_nested():
        moderation.decide(session, item, Action.REDACT, redactions=both)
    assert kinds.everything_of(session, item) == before


def edited(session, consultation, standard, stopped_clock):
    """A comment that was changed in public, with the name in its earlier text too."""
    consultation.review = Review.AFTER
    item = comments.pending(session, standard, body=f"First, {WORDS} came.")
    moderation.decide(session, item)
    stopped_clock.forward(days=2)
    author = session.get_one(Membership, item.membership_id)
    comment_edits.edit(session, consultation, item, by=author, body=f"Later, {WORDS} went.")
    return item


def test_a_redacted_text_has_no_history_and_undoing_gives_it_back(session, consultation, standard, stopped_clock):
    item = edited(session, consultation, standard, stopped_clock)
    [earlier] = session.scalars(select(CommentText)).all()
    kept = (earlier.body, earlier.html)
    decision = redact(session, item)
    assert WORDS not in earlier.body + earlier.html
    place = pages.place(session, viewer(None), item.id)
    assert pages.earlier_texts(session, place) == ()
    undo(session, consultation, decision)
    assert (earlier.body, earlier.html) == kept
    assert [text.replaced for text in pages.earlier_texts(session, place)] == [earlier]


def test_a_text_whose_redacted_change_took_its_place_does_not_come_back_as_history(
    session, consultation, standard, stopped_clock
):
    item = kinds.WAITING["change"](session, consultation, standard)
    redact(session, item)
    author = session.get_one(Membership, item.membership_id)
    comment_edits.edit(session, consultation, item, by=author, body="Without any name.")
    moderation.decide(session, item)
    shown = pages.earlier_texts(session, pages.place(session, viewer(None), item.id))
    assert (item.state, len(shown)) == (State.PUBLISHED, 2)
    assert not [text for text in shown if WORDS in text.html]


def test_the_name_that_people_were_told_of_a_text_is_taken_out_too(session, consultation, standard):
    parent = comments.published(session, standard, body=f"{WORDS} wrote.")
    reply = comments.published(session, standard, reply_to=parent, body="I answer.")
    account = session.get_one(Membership, parent.membership_id).account_id
    told = [
        Notice(
            account_id=account,
            contribution_id=one.id,
            code=code,
            values={"label": f"{WORDS} wrote."},
            created_at=parent.created_at,
        )
        for one, code in ((parent, "decision"), (reply, "reply"))
    ]
    session.add_all(told)
    moderation.flagged(session, parent)
    redact(session, parent)
    assert [notice.values["label"] for notice in told] == [parent.label] * 2
    moderation.flagged(session, reply)
    moderation.decide(session, reply, Action.REDACT, redactions=(Redaction("answer"),))
    assert [notice.values["label"] for notice in told] == [parent.label] * 2  # a reply is told by what it answers


@pytest.mark.parametrize("what", kinds.WAITING)
def test_an_appeal_brings_the_words_back_in_their_place(session, consultation, standard, what, stopped_clock):
    item = kinds.WAITING[what](session, consultation, standard)
    places = kinds.words_in(session, item)
    decision = redact(session, item)
    published = item.published_at
    stopped_clock.forward(days=3)
    moderation.heard(session, moderation.appealed(session, item))
    assert (item.state, item.published_at, decision.standing) == (State.PUBLISHED, published, Standing.REPLACED)
    if what == "change":  # the change is what readers see now
        assert (item.body, item.proposed_change) == (f"Then {WORDS}, twice.", f"or {WORDS}")
    else:
        assert set(places) <= set(kinds.words_in(session, item))


def test_a_redaction_that_falls_in_part_is_made_anew(session, consultation, standard):
    item = kinds.WAITING["comment"](session, consultation, standard)
    moderation.decide(session, item, Action.DECLINE)
    milder = moderation.statement(Action.REDACT, redactions=NAME)
    moderation.heard(session, moderation.appealed(session, item), outcome=AppealOutcome.PARTLY, instead=milder)
    assert (item.state, kinds.words_in(session, item)) == (State.REDACTED, [])


def test_a_redacted_text_that_was_hidden_and_returns_is_still_a_redacted_one(session, consultation, standard):
    item = kinds.WAITING["comment"](session, consultation, standard)
    redact(session, item)
    moderation.flagged(session, item)
    moderation.decide(session, item, Action.HIDE)
    moderation.heard(session, moderation.appealed(session, item))
    assert (item.state, kinds.words_in(session, item)) == (State.REDACTED, [])


def late(session, decision: Decision) -> list[int]:
    return list(limits.originals_to_delete(session, open_until(decision.decided_at) + timedelta(seconds=1)))


@pytest.mark.parametrize("what", ["comment", "change", "objection", "proposal", "amendment", "update"])
def test_after_six_months_the_original_is_deleted_everywhere(session, consultation, standard, what, stopped_clock):
    item = kinds.readable(what, session, consultation, standard)
    decision = redact(session, item)
    decision.passage = WORDS
    told = Notice(
        account_id=session.get_one(Membership, item.membership_id).account_id,
        contribution_id=item.id,
        code="decision",
        values={"label": item.label, "passage": WORDS},
        created_at=item.created_at,
    )
    session.add(told)
    assert limits.originals_to_delete(session, open_until(decision.decided_at)) == []
    assert late(session, decision) == [decision.id]
    assert limits.delete_original(session, decision.id)
    session.expire_all()
    left = [
        (row.id, column.key)
        for model in (Decision, Flag, Notice)
        for row in session.scalars(select(model))
        for column in model.__table__.columns
        if WORDS in str(getattr(row, column.key))
    ]
    assert (left, late(session, decision)) == ([], [])
    assert decision.redactions == [{"passage": "", "what": "name"}]
    assert [event.decision_id for event in history(session, consultation, OriginalDeleted)] == [decision.id]
    assert not limits.delete_original(session, decision.id)


def test_while_an_appeal_waits_nothing_is_deleted(session, consultation, standard):
    item = kinds.WAITING["comment"](session, consultation, standard)
    decision = redact(session, item)
    appeal = moderation.appealed(session, item)
    assert not limits.delete_original(session, decision.id)
    assert WORDS in decision.original
    moderation.heard(session, appeal, outcome=AppealOutcome.STANDS)
    assert limits.delete_original(session, decision.id)
    assert decision.original == ""
