"""The exported record of changed texts: carried-over positions, and the positions on amendments."""

import hashlib
import json

import pytest

from app.actions import amendment_positions, positions
from app.actions import amendments as actions
from app.actions import consultations as chair
from app.models.consultations import Membership
from app.models.contributions import State
from app.models.positions import Choice
from app.queries import amendments, record
from tests.factories import amendments as making
from tests.factories import consultations, standards
from tests.factories.viewers import frame

pytestmark = pytest.mark.usefixtures("stopped_clock")
OTHERWISE = {"1": "A police service shall treat a match only as a hint."}


@pytest.fixture
def consultation(session):
    return consultations.opened(session)


@pytest.fixture
def standard(session, consultation):
    return standards.published(session, consultation)


def export(session, consultation) -> dict:
    seen = frame(session, consultation)
    head = record.header(session, seen)
    return json.loads(json.dumps({**head, "entries": list(record.exported(session, seen))}))


def digest(value) -> str:
    written = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def opened(exported: dict, kind: str) -> list[dict]:
    """What was opened of the entries of a kind, each opening checked against its seal."""
    found = []
    for entry in exported["entries"]:
        if entry["kind"] == kind:
            merged = {}
            for seal, opening in zip(entry["payload"]["seals"], entry["openings"], strict=True):
                if opening and "salt" in opening:
                    assert digest(opening) == seal
                merged.update(opening or {})
            found.append(merged)
    return found


def test_it_says_from_which_version_positions_count(session, consultation, standard):
    early = [standards.position(session, standard, group="wrongly") for _ in range(6)]
    making.version(session, standard, clauses=OTHERWISE)
    holder = session.get_one(Membership, early[0].membership_id)
    positions.confirm(session, consultation, standard, by=holder)
    chair.close(session, consultation)
    exported = export(session, consultation)
    [text] = exported["standards"]
    assert (text["version"], text["counts_from"]) == (2, 2)
    last = {taken["position"]: taken["version"] for taken in opened(exported, "PositionTaken")}
    assert sorted(last.values()) == [1] * 5 + [2]


def test_the_tally_of_an_amendment_can_be_recounted(session, consultation, standard):
    amendment = making.published(session, standard)
    for choice, group, count in (
        (Choice.SUPPORT, "wrongly", 4),
        (Choice.OBJECT, "wrongly", 2),
        (Choice.ABSTAIN, "scanned", 6),
        (Choice.OBJECT, "researchers", 3),
        (Choice.SUPPORT, "makers", 2),
    ):
        for _ in range(count):
            making.position(session, amendment, choice, group=group)
    leaving = making.position(session, amendment, Choice.OBJECT, group="wrongly")
    by = session.get_one(Membership, leaving.membership_id)
    amendment_positions.withdraw(session, consultation, amendment, by=by)
    chair.close(session, consultation)
    exported = export(session, consultation)
    assert exported["amendments"] == [{"id": amendment.id, "standard": 1, "number": 1}]
    standing = {taken["position"]: taken for taken in opened(exported, "AmendmentPositionTaken")}
    for gone in opened(exported, "AmendmentPositionWithdrawn"):
        del standing[gone["position"]]
    counted: dict[tuple[str, str], int] = {}
    for taken in standing.values():
        for group in ("", taken["group"]):
            counted[group, taken["choice"]] = counted.get((group, taken["choice"]), 0) + 1
    tally = amendments.page(session, frame(session, consultation), 1, 1).tally
    assert counted["", "support"] == tally.people.support == 6
    assert counted["", "object"] == tally.people.object == 5
    for group in tally.groups:
        if group.shown:
            assert counted.get((group.group_key, "support"), 0) == group.support
            assert counted.get((group.group_key, "object"), 0) == group.object
    assert {group for group, _choice in counted} == {"", "wrongly", "scanned", "suppressed"}
    assert "researchers" not in json.dumps(exported)


def test_nothing_is_opened_of_an_amendment_that_nobody_can_read(session, consultation, standard):
    amendment = making.published(session, standard)
    taken = making.position(session, amendment)
    actions.settle(session, amendment, State.HIDDEN)
    chair.close(session, consultation)
    exported = json.dumps(export(session, consultation)["amendments"])
    assert exported == "[]"
    openings = opened(export(session, consultation), "AmendmentPositionTaken")
    assert openings == [{}]
    assert str(taken.id) not in json.dumps(export(session, consultation)["entries"][-3:])
