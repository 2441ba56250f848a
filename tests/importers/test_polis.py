"""Storing a Polis export: what it becomes, that it can be stopped anywhere, and that nothing is doubled."""

from collections import Counter

import pytest
from sqlalchemy import select

from app.actions import projections
from app.errors import Refused
from app.events import read
from app.importers import polis
from app.importers.polis_export import read_polis
from app.models.consultations import Consultation, ConsultationState, ImportRun, Membership, Phase, PhaseKind
from app.models.contributions import State
from app.models.events import LedgerEntry
from app.models.moderation import Case
from app.models.positions import Choice, Position, PositionTally
from app.models.standards import SearchTerm, Standard, StandardVersion
from app.queries.record import flaws
from tests.importers.test_polis_export import STATEMENTS, export


@pytest.fixture
def small_batches(monkeypatch):
    monkeypatch.setattr(polis, "STATEMENTS_AT_ONCE", 2)
    monkeypatch.setattr(polis, "VOTES_AT_ONCE", 2)


def run(session, folder, into="talk", most=None):
    """Import, committing each batch, as the command does; stop after `most` batches."""
    done = []
    for progress in polis.store(session, read_polis(folder), into=into):
        session.commit()
        done.append(progress)
        if len(done) == most:
            break
    return done


def votes_by_ref(session):
    rows = session.execute(
        select(Standard.reference, Membership.reference, Position.choice)
        .join(Standard, Standard.id == Position.standard_id)
        .join(Membership, Membership.id == Position.membership_id)
    )
    return {(standard, voter): choice for standard, voter, choice in rows}


def test_statements_become_standards_with_one_clause(session, tmp_path):
    run(session, export(tmp_path))
    rows = session.execute(
        select(Standard.reference, Standard.number, StandardVersion)
        .join(StandardVersion, StandardVersion.standard_id == Standard.id)
        .order_by(Standard.id)
    ).all()
    found = [(ref, number, version.state, version.title, version.clauses) for ref, number, version in rows]
    assert found == [
        ("0", 1, State.PUBLISHED, "First, in two lines", [{"number": "1", "text": "First, in\ntwo lines"}]),
        ("1", None, State.PENDING, "Waiting", [{"number": "1", "text": "Waiting"}]),
        ("2", None, State.DECLINED, "Rejected", [{"number": "1", "text": "Rejected"}]),
    ]
    waiting = rows[1][2].id
    assert session.scalars(select(Case.contribution_id).where(Case.closed_at.is_(None))).all() == [waiting]
    assert set(session.scalars(select(SearchTerm.term))) == {"first", "in", "two", "line"}


def test_the_consultation_is_closed_and_took_place_when_the_data_say(session, tmp_path):
    run(session, export(tmp_path))
    found = session.scalars(select(Consultation)).one()
    assert (found.title, found.purpose, found.source_note) == ("A question", "Two\nlines", "https://polis.example/1")
    assert (found.state, found.source.value, found.last_number) == (ConsultationState.CLOSED, "polis", 1)
    phases = {phase.kind: phase for phase in session.scalars(select(Phase))}
    assert phases[PhaseKind.SUBMIT].opens_at.timestamp() == 1_400_000_000
    assert phases[PhaseKind.POSITION].closes_at.timestamp() == 1_400_000_301


def test_the_latest_vote_holds_and_every_vote_is_in_the_record(session, tmp_path, small_batches):
    run(session, export(tmp_path))
    assert votes_by_ref(session) == {
        ("0", "1"): Choice.SUPPORT,
        ("0", "2"): Choice.OBJECT,
        ("0", "10"): Choice.SUPPORT,
        ("1", "1"): Choice.SUPPORT,
        ("1", "10"): Choice.ABSTAIN,
        ("2", "1"): Choice.OBJECT,
    }
    entries = session.scalars(select(LedgerEntry).where(LedgerEntry.kind == "PositionTaken").order_by(LedgerEntry.seq))
    references = dict(session.execute(select(Membership.id, Membership.reference)).all())
    cast = [(references[event.membership_id], event.choice) for event in map(read, entries)]
    assert cast[1:3] == [("2", "support"), ("2", "object")]
    assert len(cast) == 7
    tallies = session.execute(select(PositionTally.choice, PositionTally.count, PositionTally.group_id))
    assert Counter({choice: count for choice, count, _group in tallies if choice == Choice.ABSTAIN}) == {"abstain": 1}


def test_voters_and_authors_are_members_without_account_and_group(session, tmp_path):
    run(session, export(tmp_path))
    members = {member.reference: member for member in session.scalars(select(Membership))}
    assert set(members) == {"1", "2", "10", "7", "8", polis.NOT_STATED}
    assert members["2"].display_name == "Participant 2"
    assert all(m.account_id is None and m.group_id is None and m.counted_from for m in members.values())


def test_whatever_is_committed_is_complete(database, tmp_path, small_batches):
    with database.write() as session:
        for _progress in polis.store(session, read_polis(export(tmp_path)), into="talk"):
            session.commit()
            with database.read() as reading:
                assert projections.differences(reading) == []
                assert flaws(reading, reading.scalars(select(Consultation.id)).one()) == []


@pytest.mark.parametrize("batches", range(1, 8))
def test_a_stopped_import_goes_on(database, tmp_path, small_batches, batches):
    folder = export(tmp_path)
    with database.write() as session:
        run(session, folder, most=batches)
    with database.write() as session:
        run(session, folder)
    with database.write() as session:
        assert run(session, folder) == []
        assert len(votes_by_ref(session)) == 6
        kinds = Counter(session.scalars(select(LedgerEntry.kind)))
        assert (kinds["PositionTaken"], kinds["MemberJoined"], kinds["ConsultationClosed"]) == (7, 6, 1)
        assert session.scalars(select(Consultation.last_number)).one() == 1
        assert {run.rows_done for run in session.scalars(select(ImportRun))} == {3, 7}
        assert all(run.finished for run in session.scalars(select(ImportRun)))
        assert projections.differences(session) == []


def test_rows_of_a_batch_that_was_not_committed_leave_nothing(database, tmp_path, small_batches):
    with database.write() as session:
        next(polis.store(session, read_polis(export(tmp_path)), into="talk"))
    with database.read() as session:
        assert session.scalars(select(Consultation)).all() == []


def test_other_files_are_refused(session, tmp_path):
    run(session, export(tmp_path))
    export(tmp_path, comments=STATEMENTS.replace("Waiting", "Altered"))
    with pytest.raises(Refused) as refused:
        run(session, tmp_path)
    assert refused.value.refusal.code == "other_import"


def test_a_consultation_made_in_another_way_is_refused(session, tmp_path, stopped_clock):
    session.add(Consultation(slug="talk", title="Ours", created_at=stopped_clock.now))
    session.flush()
    with pytest.raises(Refused) as refused:
        run(session, export(tmp_path))
    assert refused.value.refusal.code == "other_source"


def test_two_at_once_are_refused(database, tmp_path, small_batches):
    folder = export(tmp_path)
    with database.write() as first:
        steps = polis.store(first, read_polis(folder), into="talk")
        next(steps)
        first.commit()
        with database.write() as second:
            run(second, folder, most=1)
        with pytest.raises(Refused) as refused:
            next(steps)
    assert refused.value.refusal.code == "import_running"
