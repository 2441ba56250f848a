"""What somebody tried against moderation and must not work: each of these once did."""

import pytest

from app.actions import flags, moderation, together
from app.actions import redactions as redacting
from app.models.contributions import State
from app.models.moderation import Action, Reason, Standing
from app.models.people import Account
from app.rules.moderation import MOST_CLAIMS, Chosen
from app.rules.redactions import MOST, kept_share, taken_out
from app.rules.statements import Redaction, Statement
from tests.answers import forbidden, invalid, refused
from tests.factories import amendments, comments, consultations, people, standards
from tests.factories import moderation as deciding

pytestmark = pytest.mark.usefixtures("stopped_clock")
NAME = (Redaction("Ingrid Sample", "name"),)
WHY = "It gives somebody away."


@pytest.fixture
def consultation(session):
    return consultations.opened(session)


@pytest.fixture
def standard(session, consultation):
    return standards.published(session, consultation)


def decide(session, consultation, item, statement, by):
    return moderation.decide(session, consultation, deciding.open_case(session, item), statement, by=by)


@pytest.mark.parametrize(
    "other",
    [
        "**Ingrid** Sample",
        "Ingrid&nbsp;Sample",
        "[she](https://example.org/Ingrid-Sample)",
        "I n g r i d Sample",
        "ＩＮＧＲＩＤ Sample",
    ],
)
def test_a_name_that_can_still_be_read_in_another_form_is_not_taken_out_by_half(session, consultation, standard, other):
    item = comments.pending(session, standard, body=f"Ingrid Sample, {other} lives here.")
    by = consultations.moderators(session, consultation)[0]
    with invalid("redactions"):
        decide(session, consultation, item, Statement(Action.REDACT, Reason.PERSONAL_DATA, WHY, redactions=NAME), by)
    assert item.state == State.PENDING


def test_small_and_large_letters_are_taken_out_alike(session, consultation, standard):
    item = comments.pending(session, standard, body="INGRID  SAMPLE and ingrid sample came late.")
    by = consultations.moderators(session, consultation)[0]
    decide(session, consultation, item, Statement(Action.REDACT, Reason.PERSONAL_DATA, WHY, redactions=NAME), by)
    assert item.body == "`[removed: name]` and `[removed: name]` came late."


def test_passages_never_change_what_stands_in_place_of_others():
    passages = (Redaction("Ingrid", "name"), Redaction("name", "other"), Redaction("removed", "other"))
    once, found = taken_out("Ingrid has a name.", passages, language="en")
    assert (once, len(found)) == ("[removed: name] has a [removed: passage].", 2)
    assert taken_out(once, passages, language="en")[0] == once


@pytest.mark.parametrize("passages", [("e",), tuple(f"word{n}" for n in range(MOST + 1))])
def test_passages_are_not_too_short_and_not_too_many(session, standard, passages):
    item = comments.pending(session, standard, body=" ".join(passages))
    with invalid("redactions"):
        redacting.redact(session, item, tuple(Redaction(passage) for passage in passages))


@pytest.mark.parametrize(("text", "share"), [("Ingrid Sample", 0.0), ("Ingrid Sample waits here", 0.45), ("", 1.0)])
def test_how_much_is_left(text, share):
    assert kept_share(text, NAME) == pytest.approx(share, abs=0.05)


@pytest.mark.parametrize("way", ["redact everything", "return what was read"])
def test_milder_steps_that_take_a_text_away_need_two_readers_too(session, consultation, standard, way):
    item = comments.pending(session, standard, body="They hit me.")
    item.lived = True
    first, second = consultations.moderators(session, consultation)
    if way == "return what was read":
        deciding.decide(session, item)
        deciding.flagged(session, item)
        statement = Statement(Action.RETURN, Reason.HATE, WHY)
    else:
        statement = Statement(Action.REDACT, Reason.HATE, WHY, redactions=(Redaction("They hit me."),))
    before = item.state
    assert decide(session, consultation, item, statement, first).standing == Standing.PROPOSED
    assert item.state == before
    assert decide(session, consultation, item, statement, second).standing == Standing.TAKEN


def test_what_was_typed_before_publishing_was_chosen_is_told_to_nobody(session, consultation, standard):
    item = comments.pending(session, standard)
    by = consultations.moderators(session, consultation)[0]
    made = decide(session, consultation, item, Statement(Action.PUBLISH, Reason.THREAT, WHY, passage="hit"), by)
    assert (made.reason, made.explanation, made.passage, item.reason) == (None, "", "", None)


def test_whoever_reported_a_text_does_not_decide_on_it(session, consultation, standard):
    item = comments.published(session, standard)
    first, second = consultations.moderators(session, consultation)
    account = session.get_one(Account, first.account_id)
    flags.flag(session, consultation, item, account=account, reason=Reason.OFF_TOPIC)
    with forbidden("reported_it"):
        decide(session, consultation, item, Statement(Action.PUBLISH), first)
    assert decide(session, consultation, item, Statement(Action.PUBLISH), second).standing == Standing.TAKEN


def test_one_stranger_is_not_many(session, consultation, standard):
    item = comments.published(session, standard)
    for _ in range(5):
        flags.flag(session, consultation, item, account=None, reason=Reason.ILLEGAL, note="It breaks a law.")
    with refused("reported_enough"):
        flags.flag(session, consultation, item, account=None, reason=Reason.ILLEGAL, note="It breaks a law.")


def test_nobody_holds_the_whole_queue(session, consultation, standard):
    from app.actions import desk

    by = consultations.moderators(session, consultation)[0]
    cases = [deciding.open_case(session, comments.pending(session, standard)) for _ in range(MOST_CLAIMS + 2)]
    for case in cases:
        desk.claim(session, consultation, case, by=by)
    assert [case.claimed_by_id for case in cases].count(by.id) == MOST_CLAIMS
    assert cases[-1].claimed_by_id == by.id


def test_what_readers_see_is_not_declined_together_with_others(session, consultation, standard):
    seen, unseen = comments.published(session, standard), comments.pending(session, standard)
    deciding.flagged(session, seen)
    chosen = [Chosen(deciding.open_case(session, item).id, item.revision) for item in (seen, unseen)]
    by = people.moderator(session, consultation)
    outcome = together.decide(session, consultation, chosen, Statement(Action.DECLINE, Reason.OFF_TOPIC, WHY), by=by)
    assert (len(outcome.decisions), len(outcome.left)) == (1, 1)
    assert (seen.state, unseen.state) == (State.PUBLISHED, State.DECLINED)


def test_a_name_goes_from_every_version_of_a_standard_and_returns_after_an_appeal(session, consultation, standard):
    first = "Mr Ingrid Sample of the ministry shall publish the list."
    early = amendments.waiting_version(session, standard, clauses={"1": first})
    deciding.decide(session, early)
    late = amendments.waiting_version(session, standard, clauses={"2": "A body may wait."})
    deciding.decide(session, late)
    deciding.flagged(session, late)
    statement = Statement(Action.REDACT, Reason.PERSONAL_DATA, WHY, redactions=NAME)
    by = consultations.moderators(session, consultation)[0]
    made = decide(session, consultation, late, statement, by)
    for version in (early, late):
        assert "Ingrid" not in str(version.clauses)
    from app.actions import desk
    from app.models.moderation import Case

    desk.undo(session, consultation, session.get_one(Case, made.case_id), by=by)
    for version in (early, late):
        assert first in str(version.clauses)
