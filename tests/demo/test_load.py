"""The demonstration: the same every time, true to its content, and with a record that proves itself."""

from collections import Counter

import pytest
from sqlalchemy import func, select

from app.actions import people, projections
from app.demo import load
from app.demo.content import part, written
from app.demo.people import PASSWORD, sign_ins
from app.errors import Refused
from app.models.amendments import Amendment
from app.models.comments import Comment
from app.models.consultations import Consultation, Membership, Role, StakeholderGroup
from app.models.contributions import Contribution, State
from app.models.events import OutboxEntry
from app.models.evidence import Evidence
from app.models.flags import Flag
from app.models.moderation import Case
from app.models.notices import Notice
from app.models.objections import Objection
from app.models.outcomes import Outcome, Response
from app.models.people import Account
from app.models.positions import Position
from app.models.reorganisations import Reorganisation
from app.models.standards import Draft, Standard, StandardVersion
from app.queries import consultations, positions
from app.queries.people import ANYBODY
from app.queries.record import consultation_ids, flaws
from app.rules.consensus import ConsensusState
from app.rules.objections import REMAINING, UNANSWERED
from app.rules.standards import SUMMARY_WORDS

SLUG = "facial-recognition"
STATES = {
    1: ConsensusState.NOT_YET_HEARD,
    2: ConsensusState.CONTESTED,
    3: ConsensusState.SUPPORTED_WITH_RECORDED_OBJECTION,
    4: ConsensusState.CONSENSUS,
    5: ConsensusState.SUPPORTED_WITH_RECORDED_OBJECTION,
    6: ConsensusState.NO_CONSENSUS,
    7: ConsensusState.TOO_EARLY,
    8: ConsensusState.SUPPORTED_WITH_RECORDED_OBJECTION,
    9: ConsensusState.SUPPORTED_WITH_RECORDED_OBJECTION,
    10: ConsensusState.CONTESTED,
}


@pytest.fixture
def reading(told):
    with told.read() as session:
        yield session


def objections(session, standard, *states):
    mine = select(func.count()).select_from(Objection).where(Objection.standard_id == standard.id)
    return session.scalar(mine.where(Objection.state.in_(states)))


def test_the_standards_stand_where_the_design_shows_them(reading):
    frame = consultations.frame(reading, SLUG, ANYBODY)
    rows = reading.execute(
        select(Standard, StandardVersion).join(StandardVersion, StandardVersion.standard_id == Standard.id)
    ).all()
    subjects = [
        positions.Subject(
            standard,
            version.affected_groups,
            objections(reading, standard, *UNANSWERED),
            objections(reading, standard, *REMAINING),
        )
        for standard, version in rows
        if standard.number is not None
    ]
    results = positions.results(reading, frame, subjects)
    found = {subject.standard.number: results[subject.standard.id].consensus.state for subject in subjects}
    assert found == STATES


def test_everybody_counted_is_a_voice(reading):
    heard = consultations.heard(reading, consultations.frame(reading, SLUG, ANYBODY))
    assert (heard.people, heard.organisations) == (564, 71)
    assert [seat.key for seat in heard.not_yet_heard] == ["standards_experts"]
    assert len(heard.seats) == 14
    assert [seat.key for seat in heard.seats if seat.directly_affected] == [
        "wrongly_identified",
        "scanned_or_watched",
        "community_organisations",
        "workers",
    ]


def test_the_texts_are_those_of_the_content(reading):
    content = {standard["title"]: standard for standard in part("standards")["standards"]}
    proposed = select(StandardVersion).where(StandardVersion.state == State.PUBLISHED, StandardVersion.number == 1)
    versions = reading.scalars(proposed).all()
    assert {version.title for version in versions} == set(content)
    for version in versions:
        clauses = content[version.title]["clauses"]
        assert [clause["text"] for clause in version.clauses] == [clause["text"] for clause in clauses]
        assert [clause["number"] for clause in version.clauses] == [str(n + 1) for n in range(len(clauses))]
        assert 0 < len(version.summary.split()) <= SUMMARY_WORDS
        assert version.duty_bearers
        assert version.affected_groups


def test_authors_of_research_are_named_in_full_and_shared(reading):
    cited = {ref for standard in part("standards")["standards"] for ref in standard["evidence"]}
    found = {piece.reference: piece for piece in reading.scalars(select(Evidence))}
    assert set(found) == cited
    assert found["r-gendershades-2018"].authors == ["Joy Buolamwini", "Timnit Gebru"]


def test_what_a_moderator_must_act_on_waits(reading):
    waiting = reading.scalars(select(Contribution).where(Contribution.state == State.PENDING)).all()
    cases = set(reading.scalars(select(Case.contribution_id).where(Case.closed_at.is_(None))))
    reported = set(reading.scalars(select(Flag.contribution_id)))
    assert {contribution.id for contribution in waiting} | reported == cases
    assert Counter(contribution.kind.value for contribution in waiting) == {"comment": 47, "standard_version": 1}
    assert (len(cases), len(reported)) == (52, 4)
    published = reading.scalars(select(Comment.body).where(Comment.state == State.PUBLISHED)).all()
    expected = [c["text"] for c in part("comments")["comments"] if c["expected"]["state"] == "published"]
    assert set(expected) <= set(published)


def test_confidential_people_are_shown_by_a_gist_only(reading):
    members = select(Membership.id).where(Membership.identity == "confidential")
    comment = reading.scalars(select(Comment).where(Comment.membership_id.in_(members))).one()
    assert comment.gist == written("gists")["22"]


def test_the_accounts_sign_in_and_have_something_to_see(reading, told):
    emails = sign_ins(reading)
    assert len(emails) == 8
    accounts = {account.email: account for account in reading.scalars(select(Account))}
    assert all(account.demo and account.proved_at for account in accounts.values())
    assert [email for email in emails if accounts[email].administrator] == ["admin@demo.example"]
    roles = Counter(reading.scalars(select(Membership.role).where(Membership.account_id.is_not(None))))
    assert (roles[Role.MODERATOR], roles[Role.CHAIR], roles[Role.POLICYMAKER]) == (2, 2, 1)
    mine = select(Membership.id).where(Membership.account_id == accounts["member@demo.example"].id)
    states = Counter(reading.scalars(select(Contribution.state).where(Contribution.membership_id.in_(mine))))
    assert states == {State.PUBLISHED: 1, State.PENDING: 1, State.RETURNED: 1}
    assert reading.scalars(select(Notice.code).where(Notice.account_id == accounts["member@demo.example"].id)).all()
    assert len(reading.scalars(select(Draft)).all()) == 2
    with told.write() as session:
        account, _token = people.sign_in(session, email="member@demo.example", password=PASSWORD)
        assert account.display_name == "R."


def test_there_is_a_standard_in_each_stage(reading):
    moved = dict(
        reading.execute(select(Standard.number, Standard.moved_to).where(Standard.moved_to.is_not(None))).all()
    )
    assert moved == {4: "outcome", 6: "outcome", 7: "discuss", 8: "resolve", 9: "second_round"}
    outcomes = dict(
        reading.execute(select(Standard.number, Outcome.kind).join(Standard, Standard.id == Outcome.standard_id)).all()
    )
    assert outcomes == {4: "adopted", 6: "not_adopted"}
    assert reading.scalars(select(Response.kind)).all() == ["accepted"]
    amended = Counter(reading.scalars(select(Amendment.outcome)))
    assert amended == {"open": 3, "adopted": 2, "declined": 1}
    assert reading.scalars(select(Reorganisation.kind)).all() == ["split"]
    states = Counter(reading.scalars(select(Objection.state)))
    assert states == {"sustained": 6, "raised": 1, "withdrawn": 1, "overruled": 1, "appealed": 1}
    assert reading.scalars(select(Standard.version).where(Standard.number == 9)).one() == 3


def test_nothing_follows_from_it_later(reading):
    assert reading.scalars(select(OutboxEntry)).all() == []


def test_the_record_and_the_counts_hold(reading):
    assert projections.differences(reading) == []
    assert [flaws(reading, ledger) for _name, ledger in consultation_ids(reading, None)] == [[], [], []]


def test_it_is_loaded_once(told):
    with told.write() as session, pytest.raises(Refused) as refused:
        load.load(session)
    assert refused.value.refusal.code == "demo_loaded"


def test_it_is_the_same_every_time(session, reading):
    load.load(session)
    session.flush()
    spoken_from = select(StakeholderGroup.key).join(Membership, Membership.group_id == StakeholderGroup.id)
    for counted in (select(Position.choice), spoken_from, select(Comment.endorsements)):
        assert Counter(session.scalars(counted)) == Counter(reading.scalars(counted))
    assert session.scalar(select(func.count()).select_from(Consultation).where(Consultation.demo)) == 2
    assert projections.differences(session) == []
