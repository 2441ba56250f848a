"""The exported record: after closing, anybody recounts the published tallies with the standard library alone."""

import hashlib
import json

import pytest

from app.actions import consultations as chair
from app.actions import positions
from app.models.positions import Choice
from app.queries import listings, record
from app.queries.positions import Subject, results
from tests.factories import comments, consultations, objections, people, standards
from tests.factories.viewers import entries, frame

pytestmark = pytest.mark.usefixtures("stopped_clock")
SUPPORT, RESERVATIONS, ABSTAIN, OBJECT = Choice
PUBLISHED_GROUPS = ("wrongly", "scanned")


def verified(exported: str) -> dict[int, dict[tuple[str, str], dict[str, int]]]:
    """A verifier as a stranger would write it: checks the chain and every opening, then counts.

    Returns, by number of the standard, counts of each choice by block and group ("" is all of the block). Whatever does
    not fit stops it.
    """

    def digest(value):
        written = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(written.encode()).hexdigest()

    data = json.loads(exported)
    texts = {line["id"]: line for line in data["standards"]}
    standing, previous = {}, "0" * 64
    for seq, entry in enumerate(data["entries"], start=1):
        covered = {name: entry[name] for name in ("seq", "kind", "payload", "previous")}
        assert (entry["seq"], entry["previous"], entry["hash"]) == (seq, previous, digest(covered))
        previous = entry["hash"]
        opened = {}
        for seal, opening in zip(entry["payload"].get("seals", []), entry.get("openings", []), strict=False):
            if opening and "salt" in opening:
                assert digest(opening) == seal
            opened.update(opening or {})
        if entry["kind"] == "PositionTaken" and "choice" in opened:
            standing[opened["position"]] = opened
        elif entry["kind"] == "PositionWithdrawn" and "position" in opened:
            del standing[opened["position"]]
    counts = {}
    for taken in standing.values():
        text = texts[taken["standard"]]
        if not text["counts_from"] <= taken["version"] <= text["version"]:
            continue  # carried over from an earlier text: shown apart, not counted
        for group in ("", taken["group"]):
            cell = counts.setdefault(text["number"], {}).setdefault((taken["block"], group), {})
            cell[taken["choice"]] = cell.get(taken["choice"], 0) + 1
    return counts


def exported(session, consultation, somebody=None) -> str:
    seen = frame(session, consultation, somebody)
    head = record.header(session, seen)
    return json.dumps({**head, "entries": list(record.exported(session, seen))}, ensure_ascii=False)


def published(session, consultation) -> dict[int, dict[tuple[str, str], dict[str, int]]]:
    """What the pages say, in the verifier's shape: people in all, each shown group, organisations if shown."""
    seen = frame(session, consultation)
    rows = listings.readable_versions(session, seen)
    computed = results(session, seen, [Subject(row[0], (), 0, 0) for row in rows])
    found = {}
    for standard, *_rest in rows:
        result = computed[standard.id]
        cells = {("people", ""): result.people}
        cells |= {("people", tally.group_key): tally for tally in result.groups if tally.shown}
        cells |= {("organisations", ""): result.organisations} if result.organisations else {}
        found[standard.number] = {key: plain(cell) for key, cell in cells.items()}
    return found


def plain(cell) -> dict[str, int]:
    counts = {SUPPORT: cell.support, RESERVATIONS: cell.reservations, ABSTAIN: cell.abstain, OBJECT: cell.object}
    return {choice.value: count for choice, count in counts.items() if count}


@pytest.fixture
def story(session):
    """Two groups that may be shown, two that may not, people who changed their minds, and one organisation."""
    consultation = consultations.opened(session)
    first, second = (standards.published(session, consultation) for _ in range(2))
    standards.positions_of(session, first, "wrongly", {SUPPORT: 4, OBJECT: 2})
    standards.positions_of(session, first, "scanned", {RESERVATIONS: 5, ABSTAIN: 1})
    standards.positions_of(session, first, "researchers", {OBJECT: 3})
    standards.positions_of(session, first, "makers", {ABSTAIN: 2})
    standards.positions_of(session, second, "wrongly", {SUPPORT: 6})
    flipping = people.member(session, consultation, group="wrongly")
    for choice in (SUPPORT, OBJECT, ABSTAIN):
        standards.position(session, first, choice, by=flipping)
    leaving = people.member(session, consultation, group="scanned")
    standards.position(session, first, OBJECT, by=leaving)
    positions.withdraw(session, consultation, first, by=leaving)
    organisation = people.member(session, consultation, group="makers", organisation="Example Cameras Ltd")
    standards.position(session, first, RESERVATIONS, by=organisation)
    standards.position(session, first, SUPPORT, by=people.member(session, consultation, proved=False))
    objections.all_answered(session, consultation)
    chair.close(session, consultation)
    session.flush()
    return consultation


def test_what_was_published_can_be_recounted_from_the_record(session, story):
    recounted = verified(exported(session, story))
    for number, cells in published(session, story).items():
        for key, counts in cells.items():
            assert recounted[number][key] == counts, (number, key)


def test_small_groups_are_merged_and_cannot_be_told_apart(session, story):
    written = exported(session, story)
    recounted = verified(written)
    assert {key for key in recounted[1] if key[0] == "people"} == {
        ("people", ""),
        ("people", "wrongly"),
        ("people", "scanned"),
        ("people", "suppressed"),
    }
    assert recounted[1]["people", "suppressed"] == {"object": 3, "abstain": 2}
    assert "researchers" not in written
    assert "makers" not in written


def test_an_organisation_on_its_own_cannot_be_read_back(session, story):
    assert ("organisations", "") not in published(session, story)[1]
    written = exported(session, story)
    assert "organisations" not in written
    assert "support_with_reservations" in written  # of the people
    assert verified(written)[1].keys() & {("organisations", "")} == set()


def test_an_unpublished_organisation_stays_closed_when_it_withdraws(session):
    consultation = consultations.opened(session)
    standard = standards.published(session, consultation)
    organisation = people.member(session, consultation, organisation="Example Cameras Ltd")
    taken = standards.position(session, standard, OBJECT, by=organisation).id
    positions.withdraw(session, consultation, standard, by=organisation)
    objections.all_answered(session, consultation)
    chair.close(session, consultation)
    assert str(taken) not in exported(session, consultation)
    assert verified(exported(session, consultation)) == {}


def test_enough_organisations_are_opened_as_one_block(session):
    """Their groups are in no table, so they stay closed even where the people of the same group are shown."""
    consultation = consultations.opened(session)
    standard = standards.published(session, consultation)
    standards.positions_of(session, standard, "wrongly", {SUPPORT: 5})
    for n in range(5):
        member = people.member(session, consultation, group="wrongly", organisation=f"Organisation {n}")
        standards.position(session, standard, OBJECT, by=member)
    objections.all_answered(session, consultation)
    chair.close(session, consultation)
    recounted = verified(exported(session, consultation))[1]
    assert recounted["organisations", ""] == {"object": 5} == recounted["organisations", "suppressed"]
    assert recounted["people", "wrongly"] == {"support": 5}
    assert ("organisations", "wrongly") not in recounted


def test_nobody_is_ever_named(session, story):
    for entry in json.loads(exported(session, story))["entries"]:
        for opening in entry.get("openings", []):
            assert "membership_id" not in (opening or {})
    salts = {s["salt"] for e in entries(session, story) for s in e.sealed if "membership_id" in s or "group" in s}
    shown = {s["salt"] for e in entries(session, story) for s in e.sealed if s.get("group") in PUBLISHED_GROUPS}
    written = exported(session, story)
    assert not [salt for salt in salts - shown if salt in written]


def test_while_it_is_open_nothing_is_opened(session):
    consultation = consultations.opened(session)
    standard = standards.published(session, consultation)
    member = people.member(session, consultation, group="wrongly")
    standards.positions_of(session, standard, "wrongly", {SUPPORT: 6})
    written = exported(session, consultation, member)
    assert "openings" not in written
    assert not [s["salt"] for e in entries(session, consultation) for s in e.sealed if s["salt"] in written]


def test_nothing_pending_is_in_it(session):
    consultation = consultations.opened(session)
    standard = standards.published(session, consultation)
    waiting = [
        comments.pending(session, standard, body="Quokka"),
        comments.declined(session, standard, body="Quokka"),
        comments.returned(session, standard, body="Quokka"),
        standards.pending(session, consultation, title="Quokka"),
    ]
    ids = [str(item.id) for item in waiting]
    objections.all_answered(session, consultation)
    chair.close(session, consultation)
    written = exported(session, consultation)
    assert "quokka" not in written.lower()
    assert not [key for key in ids if key in written]


def test_the_page_of_the_record_ends_with_the_head_of_the_chain(session, story):
    page = record.latest(session, frame(session, story))
    assert (page.total, page.head) == (page.entries[0].seq, page.entries[0].hash)
    assert len(page.entries) == record.LATEST
