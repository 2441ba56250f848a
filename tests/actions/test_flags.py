"""Complaints: kept as they were sent, weighed by past accuracy, and never hiding anything."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from app.actions import comment_edits, flags
from app.actions import comments as commenting
from app.actions import moderation as deciding
from app.events import ContributionFlagged
from app.models.appeals import AppealOutcome
from app.models.consultations import Membership
from app.models.contributions import State
from app.models.flags import Flag, FlagOutcome
from app.models.moderation import Action, Case, Cause, Decision, Reason
from app.models.people import Account
from app.rules.moderation import URGENT
from app.rules.statements import Statement
from tests.answers import forbidden, invalid, refused
from tests.factories import comments, consultations, kinds, moderation, people, standards
from tests.factories.viewers import entries, history

pytestmark = pytest.mark.usefixtures("stopped_clock")


@pytest.fixture
def consultation(session):
    return consultations.opened(session)


@pytest.fixture
def standard(session, consultation):
    return standards.published(session, consultation)


def flag(session, consultation, item, *, by=None, reason=Reason.THREAT, note=""):
    account = session.get_one(Account, by.account_id) if by else None
    return flags.flag(session, consultation, item, account=account, reason=reason, note=note)


def settled(session, item) -> list[FlagOutcome]:
    session.expire_all()
    return list(session.scalars(select(Flag.outcome).where(Flag.contribution_id == item.id).order_by(Flag.id)))


@pytest.mark.parametrize("what", [what for what in kinds.WAITING if what != "version"])
def test_whatever_can_be_read_can_be_flagged_and_is_kept_as_it_was(session, consultation, standard, what):
    item = kinds.WAITING[what](session, consultation, standard)
    moderation.decide(session, item)
    somebody = people.member(session, consultation, group="makers")
    made, token = flag(session, consultation, item, by=somebody)
    case = moderation.open_case(session, item)
    assert (case.cause, case.flags, token, made.group_id) == (Cause.FLAGGED, 1, "", somebody.group_id)
    assert kinds.WORDS in made.text
    moderation.decide(session, item, Action.REDACT, redactions=(moderation.Redaction(kinds.WORDS),))
    assert kinds.WORDS in made.text
    assert item.state == State.REDACTED


def test_who_complained_is_in_no_ledger_and_every_complaint_is(session, consultation, standard):
    item, somebody = comments.published(session, standard), people.member(session, consultation)
    made, _token = flag(session, consultation, item, by=somebody)
    [event] = history(session, consultation, ContributionFlagged)
    assert (event.reason, event.flag_id) == (Reason.THREAT.value, made.id)
    last = entries(session, consultation)[-1]
    assert set(last.payload) == {"reason", "hour", "seals"}
    assert str(somebody.account_id) not in [str(value) for value in last.payload.values()]


def test_without_an_account_two_reasons_count_and_a_token_finds_the_outcome(session, consultation, standard):
    item = comments.published(session, standard)
    with forbidden("account_needed"):
        flag(session, consultation, item, reason=Reason.THREAT, note="Look.")
    with invalid("note"):
        flag(session, consultation, item, reason=Reason.ILLEGAL)
    made, token = flag(session, consultation, item, reason=Reason.ILLEGAL, note="It names a child.")
    again, other = flag(session, consultation, item, reason=Reason.ILLEGAL, note="It names a child.")
    assert (made.account_id, made.token_hash, made.weight) == (None, flags.hash_of(token), 0.5)
    assert token != other
    assert token not in (made.token_hash, again.token_hash)


def test_one_person_flags_a_text_once_until_it_is_decided(session, consultation, standard):
    item, somebody = comments.published(session, standard), people.member(session, consultation)
    flag(session, consultation, item, by=somebody)
    with refused("flagged_before"):
        flag(session, consultation, item, by=somebody, reason=Reason.OFF_TOPIC)
    moderation.decide(session, item)
    flag(session, consultation, item, by=somebody)
    assert session.scalar(select(func.count()).select_from(Case).where(Case.contribution_id == item.id)) == 3
    with forbidden("own_contribution"):
        flag(session, consultation, item, by=session.get_one(Membership, item.membership_id))


def test_something_else_needs_words_and_not_too_many(session, consultation, standard):
    item, somebody = comments.published(session, standard), people.member(session, consultation)
    with invalid("note"):
        flag(session, consultation, item, by=somebody, reason=None)
    with invalid("note"):
        flag(session, consultation, item, by=somebody, note="x" * 2001)
    assert session.scalars(select(Flag)).all() == []


@pytest.mark.parametrize("make", [comments.pending, comments.returned, comments.declined])
def test_what_nobody_can_read_cannot_be_flagged(session, consultation, standard, make):
    with refused("not_readable"):
        flag(session, consultation, make(session, standard), by=people.member(session, consultation))


def test_no_number_of_complaints_hides_a_text(session, consultation, standard):
    item = comments.published(session, standard)
    before = (item.state, item.published_at, item.body)
    for _ in range(30):
        flag(session, consultation, item, by=people.member(session, consultation))
    case = moderation.open_case(session, item)
    assert (item.state, item.published_at, item.body) == before
    assert (case.flags, case.held_at, item.reason) == (30, None, None)
    assert session.scalars(select(Decision).where(Decision.case_id == case.id)).all() == []


@pytest.mark.parametrize("reason", list(Reason))
def test_danger_brings_a_case_forward(session, consultation, standard, reason, stopped_clock):
    item = comments.published(session, standard)
    flag(session, consultation, item, by=people.member(session, consultation), reason=reason)
    hours = (moderation.open_case(session, item).due_at - stopped_clock.now).total_seconds() / 3600
    assert hours == (24 if reason in URGENT else 48)
    stopped_clock.forward(hours=30)
    flag(session, consultation, item, by=people.member(session, consultation), reason=Reason.THREAT)
    later = (moderation.open_case(session, item).due_at - stopped_clock.now).total_seconds() / 3600
    assert later == (-6 if reason in URGENT else 18)  # an urgent one never puts a case off


def test_a_flagger_is_weighed_by_what_became_of_earlier_complaints(session, consultation, standard):
    somebody = people.member(session, consultation)

    def next_weight(action: Action, outcome: FlagOutcome | None = None) -> float:
        item = comments.published(session, standard)
        made, _token = flag(session, consultation, item, by=somebody)
        statement = replace(moderation.statement(action), flags=outcome)
        by = consultations.moderators(session, consultation)[0]
        deciding.decide(session, consultation, moderation.open_case(session, item), statement, by=by)
        session.expire_all()
        return made.weight

    assert next_weight(Action.HIDE) == 1 / 2
    assert next_weight(Action.PUBLISH) == pytest.approx(2 / 3)  # shared
    assert next_weight(Action.PUBLISH, FlagOutcome.MISUSED) == pytest.approx(2 / 3)  # honest costs nothing
    assert next_weight(Action.RETURN) == pytest.approx(1 / 2)  # misused
    assert next_weight(Action.PUBLISH) == pytest.approx(3 / 5)


def test_when_a_removal_falls_on_appeal_the_complaint_was_honest_but_unneeded(session, consultation, standard):
    item = comments.published(session, standard)
    moderation.flagged(session, item)
    moderation.decide(session, item, Action.HIDE)
    appeal = moderation.appealed(session, item)
    assert settled(session, item) == [FlagOutcome.SHARED]
    moderation.heard(session, appeal)
    assert settled(session, item) == [FlagOutcome.HONEST]
    again = comments.published(session, standard)
    moderation.flagged(session, again)
    moderation.decide(session, again, Action.HIDE)
    moderation.heard(session, moderation.appealed(session, again), outcome=AppealOutcome.STANDS)
    assert settled(session, again) == [FlagOutcome.SHARED]


def test_an_author_who_withdraws_settles_what_was_complained_about(session, consultation, standard):
    item = comments.published(session, standard)
    moderation.flagged(session, item)
    author = session.get_one(Membership, item.membership_id)
    commenting.withdraw(session, consultation, item, by=author)
    assert settled(session, item) == [FlagOutcome.TAKEN_BACK]


def test_an_author_does_not_dismiss_complaints_by_calling_a_change_off(session, consultation, standard):
    item = comments.published(session, standard, body="As it was.")
    author = session.get_one(Membership, item.membership_id)
    moderation.flagged(session, item)
    comment_edits.edit(session, consultation, item, by=author, body="Another one.")
    comment_edits.edit(session, consultation, item, by=author, body="As it was.")
    assert (item.next_body, settled(session, item)) == (None, [FlagOutcome.OPEN])
    assert moderation.open_case(session, item).flags == 1
    calm = comments.published(session, standard, body="Calm.")
    author = session.get_one(Membership, calm.membership_id)
    for body in ("Another.", "Calm."):
        comment_edits.edit(session, consultation, calm, by=author, body=body)
    waiting = select(Case).where(Case.contribution_id == calm.id, Case.closed_at.is_(None))
    assert session.scalars(waiting).all() == []


def test_a_complaint_about_a_change_that_was_flagged_first_stays_with_its_text(session, consultation, standard):
    item = comments.published(session, standard, body="As it was.")
    author = session.get_one(Membership, item.membership_id)
    comment_edits.edit(session, consultation, item, by=author, body="Another one.")
    moderation.flagged(session, item)
    comment_edits.edit(session, consultation, item, by=author, body="As it was.")
    case = moderation.open_case(session, item)
    by = consultations.moderators(session, consultation)[0]
    deciding.decide(session, consultation, case, Statement(Action.PUBLISH), by=by)
    assert settled(session, item) == [FlagOutcome.HONEST]
