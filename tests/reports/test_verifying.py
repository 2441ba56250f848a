"""A summary that does not agree with itself is found out, line by line, from its JSON alone."""

import json

import pytest

from app import clock
from app.actions import consultations as chairing
from app.reports.document import as_json
from app.reports.gather import gather
from app.reports.verifying import flaws
from tests.factories import objections, summaries
from tests.factories.viewers import frame
from tests.gauges import NOON

pytestmark = [pytest.mark.sqlite, pytest.mark.usefixtures("stopped_clock")]


@pytest.fixture(scope="module")
def published(sqlite):
    """The JSON of one summary, gathered once."""
    with clock.stop_at(NOON), sqlite.undone() as session:
        consultation = summaries.told(session)
        return json.dumps(as_json(gather(session, frame(session, consultation))))


@pytest.fixture
def data(published):
    return json.loads(published)


def test_an_honest_summary_has_no_flaw(data):
    assert flaws(data) == []


def test_after_the_closing_neither(session):
    consultation = summaries.told(session)
    objections.all_answered(session, consultation)
    chairing.close(session, consultation)
    assert flaws(json.loads(json.dumps(as_json(gather(session, frame(session, consultation)))))) == []


def first(data):
    return data["standards"][0]


def shown(data):
    return next(tally for tally in first(data)["by_group"] if "positions" in tally)


CHANGES = {
    "standards.1.positions.n": lambda data: first(data)["positions"].update(support=99),
    "standards.1.approval_percent": lambda data: first(data).update(approval_percent=3),
    "standards.1.confirmed": lambda data: first(data).update(confirmed=1),
    "standards.1.by_group.wrongly.n": lambda data: shown(data)["positions"].update(n=8),
    "standards.1.by_group.wrongly.approval_percent": lambda data: shown(data).update(approval_percent=50),
    "standards.1.by_group": lambda data: shown(data)["positions"].update(support=40, n=43),
    "standards.1.comments": lambda data: first(data)["comments"].append(first(data)["comments"][0]),
    "standards.1.dispositions": lambda data: first(data)["comments"][0].update(disposition="noted"),
    "participation": lambda data: data.update(people=2),
    "moderation": lambda data: data["moderation"].update(received=0),
    "moderation.overturned": lambda data: data["moderation"].update(overturned=1),
    "people": lambda data: data.update(people="many"),
    "positions": lambda data: first(data)["positions"].update(support=-1),
}


@pytest.mark.parametrize("place", CHANGES)
def test_what_was_changed_is_named_with_its_place(data, place):
    CHANGES[place](data)
    found = {flaw.place for flaw in flaws(data)}
    assert place in found
    assert "fingerprint" in found or place == "people"


def test_a_quotation_that_is_not_what_the_comment_says(data):
    argument = first(data)["arguments"]["for"][0]
    argument["text"] = "Something else."
    assert f"standards.1.for.{argument['id']}" in {flaw.place for flaw in flaws(data)}


def test_a_minority_in_other_words(data):
    minority = next(one for one in first(data)["minority"] if one["id"])
    minority["text"] = "Something else."
    assert f"standards.1.minority.{minority['id']}" in {flaw.place for flaw in flaws(data)}


def test_a_state_that_the_rules_do_not_give(data):
    one = first(data)
    counts = {"support": 24, "support_with_reservations": 0, "abstain": 0, "object": 0, "n": 24}
    one.update(consensus_state="no_consensus", by_group=[], minority=[], positions=counts, approval_percent=100)
    for group in data["participation"]:
        group["directly_affected"] = False
    found = {flaw.place: str(flaw.what) for flaw in flaws(data)}
    assert found["standards.1.consensus_state"] == "By the rules it should be consensus."
    one["consensus_state"] = "consensus"
    found = {flaw.place: str(flaw.what) for flaw in flaws(data)}
    assert "100% of 24 approve." in found["standards.1.explanation"]
