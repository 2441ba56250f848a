"""The register as somebody sees it: filters, both ways of links, and nothing that waits."""

import json
from dataclasses import replace

import pytest

from app.actions import commitments as actions
from app.models.commitments import Binding, CommitmentState
from app.models.consultations import Role
from app.models.moderation import Action
from app.queries import commitment_updates as sent_by_me
from app.queries import commitments as reading
from app.queries import queue, record
from app.queries.commitments import Wanted
from app.queries.queue_filters import Filters
from app.reports.document import as_json
from app.reports.formats import FORMATS
from app.reports.gather import gather
from tests.factories import commitments, consultations, moderation, people, standards
from tests.factories.commitments import PROMISE
from tests.factories.viewers import frame, viewer
from tests.queries.test_visibility import words_in
from tests.unpacking import unpacked

pytestmark = pytest.mark.usefixtures("stopped_clock")


@pytest.fixture
def opened(session):
    return consultations.opened(session)


@pytest.fixture
def promise(session, opened):
    return commitments.registered(session, opened)


def answers(session, consultation, somebody) -> str:
    """Everything that this person is told of promises, in one text."""
    seen = frame(session, consultation, somebody)
    document = gather(session, seen)
    told = [
        reading.register(session, seen, Wanted()),
        reading.page(session, seen, PROMISE.reference),
        reading.promises(session, seen),
        json.dumps([record.header(session, seen), *record.exported(session, seen)]),
        *(unpacked(kind.render(document)) for kind in FORMATS.values()),
    ]
    return "\n".join(words_in(told))


def test_what_waits_was_returned_declined_or_hidden_is_nobodys_to_read(session, opened, promise):
    author = people.member(session, opened)
    for word, action in (("returnedupdate", Action.RETURN), ("declinedupdate", Action.DECLINE)):
        moderation.decide(session, commitments.sent(session, promise, by=author, what=f"A {word}."), action)
    commitments.sent(session, promise, by=author, what="A pendingupdate.")
    commitments.published(session, promise, by=author, what="A publishedupdate.")
    stranger = people.member(session, opened)
    for somebody in (None, stranger):
        told = answers(session, opened, somebody)
        assert "publishedupdate" in told
        for word in ("returnedupdate", "declinedupdate", "pendingupdate"):
            assert word not in told, word
    mine = "\n".join(words_in(reading.page(session, frame(session, opened, author), PROMISE.reference)))
    assert "pendingupdate" in mine
    assert "returnedupdate" in mine
    assert "pendingupdate" not in json.dumps(as_json(gather(session, frame(session, opened, author))))
    assert len(sent_by_me.mine(session, author.account_id)) == 4
    assert sent_by_me.mine(session, stranger.account_id) == ()
    waiting = queue.queue(session, viewer(consultations.moderators(session, opened)[0]), Filters())
    assert "A pendingupdate." in [line.contribution.label for line in waiting.lines]


def test_filters_count_everything_and_show_what_fits(session, opened, promise):
    commitments.registered(session, opened, promise=replace(PROMISE, reference="b", binding=Binding.STATUTORY))
    seen = frame(session, opened)
    page = reading.register(session, seen, Wanted(binding="statutory"))
    assert ([line.commitment.reference for line in page.lines], page.total) == (["b"], 2)
    assert page.bindings == {"voluntary": 1, "statutory": 1}
    assert reading.register(session, seen, Wanted(state="nothing")).lines == ()


def test_promises_and_standards_know_each_other(session, opened, promise):
    standard = standards.published(session, opened)
    standards.pending(session, opened)
    actions.link(session, opened, promise, [standard.number, 99])
    assert [line.number for line in reading.page(session, frame(session, opened), "c-example-2024").line.standards] == [
        1
    ]
    assert [found.id for found in reading.bearing_on(session, standard)] == [promise.id]
    actions.link(session, opened, promise, [])
    assert reading.bearing_on(session, standard) == ()


def test_the_number_of_statements_does_not_grow(session, opened, count_statements):
    def cost(promises: int, each: int) -> int:
        for number in range(promises):
            made = commitments.registered(session, opened, promise=replace(PROMISE, reference=f"c-{each}-{number}"))
            for _ in range(each):
                commitments.published(session, made)
        session.expire_all()
        seen = frame(session, opened)
        with count_statements() as statements:
            reading.register(session, seen, Wanted())
        return len(statements)

    assert cost(1, 1) == cost(4, 3)


def test_the_summary_tells_of_promises(session, opened, promise):
    panel = [people.member(session, opened, group=group).display_name for group in ("wrongly", "makers", "public")]
    chair = people.member(session, opened, role=Role.CHAIR)
    actions.find(
        session,
        opened,
        promise,
        by=chair,
        state=CommitmentState.KEPT,
        reasons="No sale is known.",
        company_answer="We keep it.",
        panel=panel,
    )
    commitments.published(session, promise, what="An audit was published.")
    [told] = as_json(gather(session, frame(session, opened)))["commitments"]
    assert (told["state"], told["reasons"], told["company_answer"]) == ("kept", "No sale is known.", "We keep it.")
    assert [event["what"] for event in told["events"]] == ["An audit was published."]
    assert len(told["panel"]) == 3
    for name, kind in FORMATS.items() - {("iso", FORMATS["iso"])}:  # has comments alone
        assert "We keep it." in unpacked(kind.render(gather(session, frame(session, opened)))), name
