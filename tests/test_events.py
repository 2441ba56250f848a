"""The ledger: a chain that shows every change, and commitments that show nothing before their time."""

import hashlib
import json
from dataclasses import fields

import pytest
from sqlalchemy import delete, func, select, update

from app import clock, events
from app.events import ledger
from app.models.events import LedgerEntry, OutboxEntry
from app.models.positions import Choice
from app.queries.record import flaws
from tests.factories import comments, consultations, moderation, people, standards
from tests.factories.viewers import entries

pytestmark = pytest.mark.usefixtures("stopped_clock")
LEDGER = LedgerEntry.__table__


@pytest.fixture
def consultation(session):
    """Some history: people joined, a standard, a comment, a decision, positions."""
    consultation = consultations.opened(session)
    standard = standards.published(session, consultation)
    comments.published(session, standard)
    for choice in (Choice.SUPPORT, Choice.OBJECT):
        standards.position(session, standard, choice)
    return consultation


def middle(session, consultation) -> LedgerEntry:
    """An entry with something sealed, with others on both sides."""
    chain = entries(session, consultation)
    return next(entry for entry in chain[3:-2] if entry.sealed and len(entry.payload) > 1)


def tamper(session, entry: LedgerEntry, **columns) -> None:
    session.execute(update(LEDGER).where(LEDGER.c.id == entry.id).values(**columns))
    session.expire_all()


def test_an_honest_chain_has_no_flaw(session, consultation):
    chain = entries(session, consultation)
    assert [entry.seq for entry in chain] == list(range(1, len(chain) + 1))
    assert chain[0].previous == "0" * 64
    assert flaws(session, consultation.id) == []
    assert flaws(session, None) == []


def test_the_hash_can_be_recomputed_without_the_application(session, consultation):
    for entry in entries(session, consultation):
        covered = {"seq": entry.seq, "kind": entry.kind, "payload": entry.payload, "previous": entry.previous}
        written = json.dumps(covered, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
        assert entry.hash == hashlib.sha256(written).hexdigest()


@pytest.mark.parametrize(
    ("column", "change"),
    [
        ("payload", lambda entry: {**entry.payload, "hour": "2020-01-01T00Z"}),
        ("payload", lambda entry: {**entry.payload, "added": 1}),
        ("payload", lambda entry: {key: value for key, value in entry.payload.items() if key != "seals"}),
        ("kind", lambda _entry: "PositionWithdrawn"),
        ("hash", lambda _entry: "f" * 64),
        ("previous", lambda _entry: "f" * 64),
        ("seq", lambda entry: entry.seq + 1000),
        ("sealed", lambda entry: [{**opening, "salt": "0" * 32} for opening in entry.sealed]),
        ("sealed", lambda entry: [{**opening, next(iter(opening)): 12345} for opening in entry.sealed]),
        ("sealed", lambda entry: [*entry.sealed, {"salt": "0" * 32}]),
    ],
)
def test_a_changed_entry_is_found(session, consultation, column, change):
    entry = middle(session, consultation)
    tamper(session, entry, **{column: change(entry)})
    assert flaws(session, consultation.id)


def test_a_changed_payload_with_a_hash_that_fits_breaks_the_next_link(session, consultation):
    entry = middle(session, consultation)
    seq, payload = entry.seq, {**entry.payload, "hour": "2020-01-01T00Z"}
    forged = events.entry_hash(seq=seq, kind=entry.kind, payload=payload, previous=entry.previous)
    tamper(session, entry, payload=payload, hash=forged)
    assert [(flaw.seq, flaw.what) for flaw in flaws(session, consultation.id)] == [
        (seq + 1, "does not follow from the entry before it")
    ]


def test_a_deleted_entry_is_found(session, consultation):
    entry = middle(session, consultation)
    seq = entry.seq
    session.execute(delete(OutboxEntry).where(OutboxEntry.entry_id == entry.id))
    session.execute(delete(LEDGER).where(LEDGER.c.id == entry.id))
    found = flaws(session, consultation.id)
    assert found[0].what == f"number {seq} is missing"


def test_swapped_entries_are_found(session, consultation):
    one, other = entries(session, consultation)[4:6]
    first, second = one.seq, other.seq
    tamper(session, one, seq=9999)
    tamper(session, other, seq=first)
    tamper(session, one, seq=second)
    assert {flaw.seq for flaw in flaws(session, consultation.id)} >= {first, second}


def test_each_ledger_is_a_chain_of_its_own(session, consultation):
    other = consultations.opened(session)
    people.account(session, proved=False)
    chains = [entries(session, place) for place in (consultation, other, None)]
    assert [chain[0].previous for chain in chains] == ["0" * 64] * 3
    assert all([entry.seq for entry in chain] == list(range(1, len(chain) + 1)) for chain in chains)
    ids = [consultation.id, other.id, None]
    assert [flaws(session, consultation_id) for consultation_id in ids] == [[], [], []]


def test_the_public_part_of_a_position_says_nothing(session, consultation):
    taken = [entry for entry in entries(session, consultation) if entry.kind == "PositionTaken"]
    for entry in taken:
        assert set(entry.payload) == {"hour", "seals"}
        assert all(len(seal) == 64 for seal in entry.payload["seals"])
        opened = {name for opening in entry.sealed for name in opening} - {"salt"}
        assert opened == {"position", "standard", "version", "choice", "block", "group", "membership_id"}


def test_equal_choices_have_different_commitments(session, consultation):
    standard = standards.published(session, consultation)
    for _ in range(3):
        standards.position(session, standard, Choice.SUPPORT)
    taken = [entry for entry in entries(session, consultation) if entry.kind == "PositionTaken"]
    seals = [seal for entry in taken for seal in entry.payload["seals"]]
    salts = [opening["salt"] for entry in taken for opening in entry.sealed]
    assert len(set(seals)) == len(seals)
    assert len(set(salts)) == len(salts)
    assert all(len(salt) == 32 for salt in salts)


def test_a_guess_cannot_be_checked_without_the_salt(session, consultation):
    entry = next(entry for entry in entries(session, consultation) if entry.kind == "PositionTaken")
    choice = {name: value for name, value in entry.sealed[0].items() if name != "salt"}
    guesses = [{**choice, "choice": guess.value} for guess in Choice]
    assert {events.digest(guess) for guess in guesses}.isdisjoint(entry.payload["seals"])
    assert events.digest(entry.sealed[0]) == entry.payload["seals"][0]


def test_only_the_hour_is_public(session, consultation, stopped_clock):
    assert {entry.payload["hour"] for entry in entries(session, consultation)} == {"2026-06-10T12Z"}
    assert "recorded_at" not in str(entries(session, consultation)[0].payload)


SAMPLES = {
    "int": 7,
    "str": "wörds",
    "str | None": None,
    "int | None": 7,
    "bool": True,
    "dict": {"sections": [], "campaigns": "grouped"},
    "list": [{"setting": "title", "before": "", "after": "wörds"}],
}


@pytest.mark.parametrize("event_type", events.EVENTS.values())
def test_every_event_is_read_as_it_was_written(event_type):
    """Sealed or not, nothing is lost: worked out on the entry itself, without a database."""
    values = {field.name: sample(field) for field in fields(event_type)}
    event = event_type(**values)
    payload, sealed = ledger._seal(event, clock.now())
    hidden = {name for group in event_type.SEALS for name in group}
    assert hidden.isdisjoint(payload)
    assert [events.digest(opening) for opening in sealed] == payload.get("seals", [])
    entry = LedgerEntry(consultation_id=event.consultation_id, kind=event_type.__name__, payload=payload, sealed=sealed)
    assert events.read(entry) == event


def sample(field) -> object:
    name = field.type if isinstance(field.type, str) else getattr(field.type, "__name__", str(field.type))
    return SAMPLES[name]


def test_what_is_rolled_back_did_not_happen(session, consultation):
    before = len(entries(session, consultation)), session.scalar(select(func.count()).select_from(OutboxEntry))
    with session.begin_nested() as undone:
        people.member(session, consultation)
        undone.rollback()
    after = len(entries(session, consultation)), session.scalar(select(func.count()).select_from(OutboxEntry))
    assert after == before
    people.member(session, consultation)
    assert flaws(session, consultation.id) == []


def test_every_entry_has_its_consequences_waiting_but_those_of_an_import(session, consultation):
    chain = [entry.id for entry in entries(session, consultation)]
    waiting = set(session.scalars(select(OutboxEntry.entry_id)))
    assert set(chain) <= waiting
    past = [events.MemberJoined(consultation_id=consultation.id, membership_id=n, group="wrongly") for n in (1, 2)]
    assert events.record_history(session, consultation.id, past) == 2
    assert events.record_history(session, consultation.id, []) == 0
    assert set(session.scalars(select(OutboxEntry.entry_id))) == waiting
    assert len(entries(session, consultation)) == len(chain) + 2
    assert flaws(session, consultation.id) == []


def test_a_decision_shows_what_and_why_but_not_on_whom(session, consultation):
    standard = standards.published(session, consultation)
    comment = comments.pending(session, standard)
    moderation.decide(session, comment)
    entry = entries(session, consultation)[-1]
    assert (entry.kind, entry.payload["action"], entry.payload["reason"]) == ("DecisionTaken", "publish", None)
    assert {"decision_id", "contribution_id"}.isdisjoint(entry.payload)
